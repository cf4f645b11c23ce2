"""The origins of a policy, as configurations need them: an exact list, and one expression for the rest."""

import re
from dataclasses import dataclass
from typing import Final

from corsage.server import Policy
from corsage.server.draft import NULL, WILDCARD
from corsage.server.origin_pattern import Breadth, OriginPattern, parse_origin_pattern

_LABEL: Final = "[a-z0-9_-]+"
_PORT: Final = "(?::[0-9]+)?"


@dataclass(frozen=True, slots=True)
class Origins:
    """Who is allowed.

    Attributes:
        everyone: whether ``*`` is meant; then the rest is empty.
        exact: single origins, as browsers write them; ``null`` among them where it is allowed.
        patterns: entries with a wildcard.
        regexes: expressions of the policy's own, over whole origins, in Python's syntax.
        lookup: whether a function is asked, too, which no configuration can.
    """

    everyone: bool
    exact: tuple[str, ...]
    patterns: tuple[OriginPattern, ...]
    regexes: tuple[str, ...]
    lookup: bool

    @property
    def expressions(self) -> tuple[str, ...]:
        """Expressions for patterns and regexes, without anchors, in what PCRE, RE2, JavaScript and Java share."""
        return (*map(pattern_expression, self.patterns), *self.regexes)

    @property
    def single(self) -> str | None:
        """The only origin there is, where there is only one."""
        return self.exact[0] if len(self.exact) == 1 and not self.expressions and not self.lookup else None


def origins_of(policy: Policy) -> Origins:
    """Sort the origins of *policy*."""
    if policy.origins == WILDCARD or WILDCARD in policy.origins:
        return Origins(
            everyone=True, exact=(), patterns=(), regexes=(), lookup=policy.origin_lookup is not None
        )
    exact: list[str] = []
    patterns: list[OriginPattern] = []
    for text in policy.origins:
        pattern = None if text == NULL else parse_origin_pattern(text)
        if pattern is None or pattern.is_exact:
            exact.append(text)
        else:
            patterns.append(pattern)
    if policy.dangerously_allow_null_origin and NULL not in exact:
        exact.append(NULL)
    return Origins(
        everyone=False,
        exact=tuple(exact),
        patterns=tuple(patterns),
        regexes=tuple(policy.origin_regexes),
        lookup=policy.origin_lookup is not None,
    )


def pattern_expression(pattern: OriginPattern) -> str:
    """Return an expression for all that *pattern* covers, without anchors."""
    wild = {Breadth.EXACT: "", Breadth.ONE_LABEL: rf"{_LABEL}\.", Breadth.ANY_DEPTH: rf"(?:{_LABEL}\.)+"}
    port = _PORT if pattern.port == "*" else f":{pattern.port}" if pattern.port else ""
    return f"{literal(pattern.scheme)}://{wild[pattern.breadth]}{literal(pattern.host)}{port}"


def literal(text: str) -> str:
    """Escape *text* for an expression, and no more than is needed: a slash or a hyphen needs nothing."""
    return re.sub(r"([.+*?^$()\[\]{}|\\])", r"\\\1", text)


def whole_expression(origins: Origins) -> str | None:
    """Return one anchored expression for every allowed origin, exact ones too; ``None`` where there is none."""
    parts = [*map(literal, origins.exact), *origins.expressions]
    if not parts or origins.everyone:
        return None
    return f"^(?:{'|'.join(parts)})$" if len(parts) > 1 else f"^{_grouped(parts[0])}$"


def _grouped(expression: str) -> str:
    return f"(?:{expression})" if "|" in expression else expression
