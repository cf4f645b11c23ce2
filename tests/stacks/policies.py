"""The policies that every stack is run with, and the origins that are tried on each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corsage.server import Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

POLICIES: Final[Mapping[str, Policy]] = {
    "exact": Policy(
        origins=["https://app.example", "https://admin.example:8443"],
        methods=["PUT", "DELETE", "PATCH"],
        request_headers=["Authorization", "X-Token"],
        exposed_headers=["X-Total"],
        credentials=True,
        max_age=600,
    ),
    "public": Policy(
        origins="*",
        methods=["PUT", "DELETE"],
        request_headers=["X-Token"],
        exposed_headers=["X-Total"],
        max_age=3600,
        public=True,
    ),
    "patterns": Policy(
        origins=["https://*.deep.example", "https://+.one.example", "http://localhost:*"],
        methods=["PUT"],
        request_headers=["X-Token"],
        exposed_headers=["X-Total"],
    ),
    "regex": Policy(
        origins=["https://app.example"],
        origin_regexes=[r"https://pr-[0-9]+\.preview\.example", r"https://(?:red|blue)\.example"],
        methods=["DELETE"],
        credentials=True,
    ),
    "apps": Policy(
        origins=["capacitor://localhost", "ionic://localhost", "http://localhost", "https://localhost"],
        methods=["PUT"],
        request_headers=["X-Token"],
        credentials=True,
    ),
    "nothing": Policy(),
}

# Tried on every policy: the policy itself says who is allowed. Most are allowed by none.
ORIGINS: Final = (
    "https://app.example",
    "https://admin.example:8443",
    "https://x.deep.example",
    "https://y.x.deep.example",
    "https://x.one.example",
    "http://localhost",
    "http://localhost:3000",
    "https://localhost",
    "capacitor://localhost",
    "ionic://localhost",
    "https://pr-17.preview.example",
    "https://blue.example",
    # Strangers, and whoever looks like one of those above.
    "https://evil.com",
    "null",
    "https://app.example.evil.com",
    "https://evilapp.example",
    "https://appxexample",
    "https://sub.app.example",
    "http://app.example",
    "https://app.example:8443",
    "https://admin.example",
    "https://deep.example",
    "https://evildeep.example",
    "https://x.deep.example.evil.com",
    "https://x.deepxexample",
    "http://x.deep.example",
    "https://x.deep.example:8443",
    "https://y.x.one.example",
    "https://localhost:3000",
    "http://localhost.evil.com",
    "http://localhost:evil",
    "capacitor://localhost.evil.com",
    "https://pr-17.preview.example.evil.com",
    "https://pr-.preview.example",
    "https://pr-17xpreview.example",
    "https://evil.com?https://pr-17.preview.example",
    "https://blue.example.evil.com",
    "https://red",
    # No browser sends these.
    "HTTPS://APP.EXAMPLE",
    "https://app.example/",
    "https://app.example:443",
    "https://app.example, https://evil.com",
    "https://app.example https://evil.com",
    "https://evil.com/.deep.example",
    "https://evil.com#x.deep.example",
    "nonsense",
    "*",
)
