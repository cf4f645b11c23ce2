"""Who is allowed, as JavaScript writes it: a list for libraries that take one, a function for the others."""

from dataclasses import dataclass

from corsage.server import Policy
from corsage.server.origin_pattern import OriginPattern
from corsage.stacks.node.javascript import array, quoted_all
from corsage.stacks.node.regexes import expression_literal, regex_literal
from corsage.stacks.origins import Origins, origins_of, pattern_expression
from corsage.stacks.parts import LOOKUP_LOST


@dataclass(frozen=True, slots=True)
class Allowed:
    """The origins of a policy.

    Attributes:
        everyone: whether ``*`` is meant.
        exact: literals of single origins.
        expressions: literals of expressions for the others.
        limits: why some are left out.
    """

    everyone: bool
    exact: tuple[str, ...]
    expressions: tuple[str, ...]
    limits: tuple[str, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """All literals, for a list that may hold texts and expressions."""
        return (*self.exact, *self.expressions)


def allowed_by(policy: Policy) -> Allowed:
    """Write the origins of *policy*."""
    origins = origins_of(policy)
    regexes = {text: regex_literal(text) for text in origins.regexes}
    return Allowed(
        everyone=origins.everyone,
        exact=tuple(quoted_all(origins.exact)),
        expressions=(
            *map(_pattern_literal, origins.patterns),
            *(literal for literal in regexes.values() if literal is not None),
        ),
        limits=_limits(origins, [text for text, literal in regexes.items() if literal is None]),
    )


def _pattern_literal(pattern: OriginPattern) -> str:
    return expression_literal(f"^{pattern_expression(pattern)}$")


def _limits(origins: Origins, lost: list[str]) -> tuple[str, ...]:
    found = [
        f"The expression {text} has no equal in JavaScript: the origins that only it allows are left out."
        for text in lost
    ]
    return (*found, *((LOOKUP_LOST,) if origins.lookup else ()))


def is_allowed_function(allowed: Allowed, *, typed: bool = False) -> str:
    """Return the declaration of ``isAllowed``, which tells of an origin whether it may; with a line feed at its end.

    Args:
        allowed: the origins, without ``*``.
        typed: whether it is for TypeScript.
    """
    lines = []
    checks = []
    if allowed.exact or not allowed.expressions:
        lines.append(f"const allowedOrigins = new Set{'<string>' if typed else ''}({array(allowed.exact)});")
        checks.append("allowedOrigins.has(origin)")
    if allowed.expressions:
        lines.append(f"const allowedPatterns = {array(allowed.expressions)};")
        checks.append("allowedPatterns.some((pattern) => pattern.test(origin))")
    parameter = "origin: string" if typed else "origin"
    between = " " if len(checks) == 1 else "\n  "
    lines += [f"const isAllowed = ({parameter}) =>{between}{' || '.join(checks)};", ""]
    return "\n".join(lines)
