"""CORS126: an origin that a wildcard of the same list allows already."""

from collections.abc import Iterator
from typing import Final

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.origin_index import OriginIndex
from corsage.server.origin_pattern import Breadth, OriginPattern, parse_origin_pattern
from corsage.server.rules.base import PolicyRule, example
from corsage.server.sorted_origins import Placed, sorted_origins

# Patterns are held against each other one by one; more of them than this are not.
_MOST: Final = 200


class OriginNeedless(PolicyRule):
    """Whoever removes the needless entry believes that the origin is refused from then on."""

    code = "CORS126"
    name = "origin-needless"
    severity = Severity.NOTE
    what = "An entry of `origins` that another one covers, such as a subdomain beside the wildcard over it."
    why = "It changes nothing; but whoever takes it out believes that the origin is refused from then on."
    fix = "Remove it, or the wildcard."
    bad = example(origins=["https://*.example.com", "https://shop.example.com"])
    good = example(origins=["https://*.example.com"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find exact origins and patterns that a pattern covers."""
        broad = sorted_origins(draft.origins).broad
        if not broad or draft.allows_any_origin:
            return
        index = OriginIndex(pattern for _, pattern in broad)
        places = {number for number, _ in broad}
        for number, text in enumerate(draft.origins):
            if number not in places and index.allows(text) and parse_origin_pattern(text) is not None:
                yield self._needless(number, text, _first_over(text, broad))
        if len(broad) <= _MOST:
            yield from self._patterns(broad)

    def _patterns(self, broad: tuple[Placed, ...]) -> Iterator[Problem]:
        for number, pattern in broad:
            for _, other in broad:
                if other != pattern and covers(other, pattern):
                    yield self._needless(number, pattern.text, other.text)
                    break

    def _needless(self, number: int, text: str, over: str) -> Problem:
        return self.problem(f"origins[{number}]", text, f"{over} allows it already")


def covers(wide: OriginPattern, narrow: OriginPattern) -> bool:
    """Tell whether *wide* accepts every origin that *narrow* does."""
    if wide.scheme != narrow.scheme or wide.port not in ("*", narrow.port):
        return False
    if wide.host == narrow.host:
        return wide.breadth is narrow.breadth or (
            wide.breadth is Breadth.ANY_DEPTH and narrow.breadth is Breadth.ONE_LABEL
        )
    if wide.breadth is Breadth.EXACT or not narrow.host.endswith(f".{wide.host}"):
        return False
    one_more = narrow.host.count(".") - wide.host.count(".") == 1
    return wide.breadth is Breadth.ANY_DEPTH or (one_more and narrow.breadth is Breadth.EXACT)


def _first_over(text: str, broad: tuple[Placed, ...]) -> str:
    narrow = parse_origin_pattern(text)
    found = (pattern.text for _, pattern in broad if narrow is not None and covers(pattern, narrow))
    return next(found, "a wildcard")
