"""Statements that set the headers of a policy, for programs without a library."""

from dataclasses import dataclass

from corsage.server import Policy
from corsage.stacks.node import header_lines
from corsage.stacks.node.allowed import Allowed
from corsage.stacks.node.javascript import quoted


@dataclass(frozen=True, slots=True)
class Words:
    """How a framework says it.

    Attributes:
        set_header: the function, which is given name and value.
        vary: the statement that adds ``Origin`` to ``Vary``.
        origin: the request's origin; the empty text where it has none.
    """

    set_header: str
    vary: str
    origin: str


def statements(policy: Policy, allowed: Allowed, words: Words) -> list[str]:
    """Return the lines of a function's body, for which ``isPreflight`` is declared, and ``isAllowed`` where needed."""
    setter, indent = words.set_header, "  " if allowed.everyone else "    "
    lines = _all(header_lines.always(policy), setter, "  ")
    if not allowed.everyone:
        lines += [
            "  // Caches keep one answer for each origin, and one for none.\n",
            f"  {words.vary}\n",
            f"  const origin = {words.origin};\n",
            "  if (isAllowed(origin)) {\n",
        ]
    value = "'*'" if allowed.everyone else "origin"
    names = ["Access-Control-Allow-Origin", *(["Timing-Allow-Origin"] if policy.timing else [])]
    lines += [f"{indent}{setter}({quoted(name)}, {value});\n" for name in names]
    lines += _all(header_lines.for_allowed(policy), setter, indent)
    preflight = header_lines.for_preflights(policy)
    if policy.private_network:
        preflight.append(("Access-Control-Allow-Private-Network", "true"))
    lines += [f"{indent}if (isPreflight) {{\n", *_all(preflight, setter, f"{indent}  "), f"{indent}}}\n"]
    return lines if allowed.everyone else [*lines, "  }\n"]


def _all(pairs: header_lines.Pairs, setter: str, indent: str) -> list[str]:
    return [f"{indent}{setter}({quoted(name)}, {quoted(value)});\n" for name, value in pairs]
