"""CORS125: a scheme that no page has, though one nearly alike does."""

from collections.abc import Iterator
from typing import Final

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.origin_pattern import parse_origin_pattern
from corsage.server.rules.base import PolicyRule, example, place

# Where a page connects to is not where it comes from.
_CONNECTIONS: Final = {"ws": "http", "wss": "https", "ftp": "https"}
# One slip of the finger from https or http. Custom schemes are welcome, and none of these is one.
_SLIPS: Final = (
    {
        slip: right
        for right in ("https", "http")
        for at in range(len(right))
        for slip in (
            right[:at] + right[at + 1 :],
            right[:at] + right[at] + right[at:],
            right[:at] + right[at + 1 : at + 2] + right[at] + right[at + 2 :],
        )
        if slip not in {"http", "https"}
    }
    | {"http+s": "https", "hxxp": "http", "hxxps": "https"}
    | _CONNECTIONS
)


class OriginSchemeTypo(PolicyRule):
    """A slip of the finger makes a custom scheme."""

    code = "CORS125"
    name = "origin-scheme-typo"
    severity = Severity.WARNING
    what = "A scheme that differs from `http` or `https` by a slip of the finger, or is `ws`, `wss` or `ftp`."
    why = (
        "Any name can be a scheme, so the entry is valid; but no browser has a page with that scheme. A page that "
        "opens a WebSocket comes from http or https, too."
    )
    fix = "Correct the scheme."
    bad = example(origins=["htps://shop.example.com"])
    good = example(origins=["https://shop.example.com"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find schemes one slip away from those of the web."""
        for index, text in enumerate(draft.origins):
            scheme, separator, rest = text.partition("://")
            right = _SLIPS.get(scheme) if separator else None
            if right is not None and parse_origin_pattern(text) is not None:
                yield self.problem(
                    place(draft, "origins", index),
                    text,
                    f"no browser has pages of the scheme {scheme}",
                    suggestion=f"{right}://{rest}",
                )
