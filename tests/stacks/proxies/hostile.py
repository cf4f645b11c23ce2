"""Policies that configurations must hold as text, whatever is in it; and what every proxy is run with."""

from __future__ import annotations

from typing import Final

from corsage.server import Policy

# Every one means itself, and would mean something else to a configuration that takes it for its own.
HOSTILE: Final = (
    r"""https://a["'`;#%$]?b\.example""",
    r"https://[a-z]{2}\.example",
    r"https://x\.example|https://(?:y|z)\.example",
    r"""https://q\\?"?'?\.example""",
    r"https://\$?\{?\$?home\}?\.example",
    r"https://t%20?%?\.example",
    r"https://n\d+\.tab\.example",
)


def hostile_policy() -> Policy:
    return Policy(
        origins=["https://app.example"],
        origin_regexes=HOSTILE,
        methods=["M!#&'*+-.^_`|~0"],
        request_headers=["X-!#&'*+-.^_`|~0"],
        credentials=True,
    )


# With these and no others the hostile expressions mean what they say.
ALLOWED: Final = (
    "https://ab.example",
    "https://fr.example",
    "https://x.example",
    "https://y.example",
    "https://q.example",
    "https://home.example",
    "https://n17.tab.example",
)
DENIED: Final = (
    "https://abc.example",
    "https://f.example",
    "https://xxexample",
    "https://x.example.evil.com",
    "https://evil.com",
    "https://qq.example.evil.com",
)
RARE: Final = Policy(
    origins=["https://app.example"],
    methods=["PUT"],
    private_network=True,
    timing=True,
    resource_policy="cross-origin",
    preflight_status=200,
    dangerously_allow_null_origin=True,
)
EVERYTHING: Final = Policy(
    origins="*", methods="*", request_headers="*", exposed_headers="*", timing=True, public=True
)
NULL: Final = Policy(origins=["null"], dangerously_allow_null_origin=True)
