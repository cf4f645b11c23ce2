"""Policies beside those of the matrix: what is rare, and what libraries often get wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corsage.server import Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

MORE_POLICIES: Final[Mapping[str, Policy]] = {
    "null": Policy(origins=["https://app.example", "null"], dangerously_allow_null_origin=True),
    "single": Policy(origins=["https://app.example"], credentials=True, max_age=5),
    "mixed": Policy(
        origins=["https://app.example", "https://*.deep.example", "capacitor://localhost"],
        methods=["PATCH"],
        exposed_headers=["X-Total"],
        max_age=5,
    ),
}
EVERYTHING: Final = Policy(
    origins="*", public=True, methods="*", request_headers="*", exposed_headers="*", max_age=5
)
