"""Ruby source text, and the block that rack-cors takes wherever it is used."""

import re
from collections.abc import Iterable
from typing import Final

from corsage.server import Policy
from corsage.stacks.narrowed import lower_case_lost, named_headers, named_methods
from corsage.stacks.origins import Origins, literal
from corsage.stacks.parts import exposed_headers_of
from corsage.stacks.shared_syntax import carried_over

_WORD: Final = re.compile(r"[a-z]+")
_ESCAPED: Final = re.compile(r"\\.|[/#]", re.DOTALL)
_WEB: Final = ("http://", "https://")
_DEFAULT_AGE: Final = 5  # which browsers take without a Max-Age; the library's own is 7200


def ruby_text(text: str) -> str:
    """Write *text* as a string that nothing is put into."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def ruby_list(names: Iterable[str]) -> str:
    """Write *names* as a list of strings."""
    return f"[{', '.join(map(ruby_text, names))}]"


def ruby_regex(expression: str) -> str:
    """Write *expression*, without anchors, as a literal for whole texts. ``^`` and ``$`` would be those of lines."""
    inner = _ESCAPED.sub(lambda found: f"\\{found[0]}" if len(found[0]) == 1 else found[0], expression)
    return rf"/\A(?:{inner})\z/"


def rack_cors_block(policy: Policy) -> tuple[str, tuple[str, ...]]:
    """Write what stands between ``do`` and ``end``, and what it cannot say."""
    carried = carried_over(policy)
    origins = _origins(carried.origins)
    if not origins:
        return "  # No origin is allowed.\n", carried.limits
    methods, lost_methods = named_methods(policy)
    headers, lost_headers = named_headers(policy)
    options = [f"methods: {_symbols(methods)}"]
    if headers:
        options.append("headers: :any" if headers == ("*",) else f"headers: {ruby_list(headers)}")
    exposed = exposed_headers_of(policy)
    if exposed:
        options.append(f"expose: {ruby_list(exposed)}")
    if policy.credentials:
        options.append("credentials: true")
    age = _DEFAULT_AGE if policy.max_age is None else max(policy.max_age, 0)
    options.append(f"max_age: {age}")
    listed = ",\n            ".join(origins)
    body = (
        "  allow do\n"
        f"    origins {listed}\n"
        "    resource '*',\n" + ",\n".join(f"             {option}" for option in options) + "\n  end\n"
    )
    return body, (*carried.limits, *lost_methods, *lower_case_lost(methods), *lost_headers)


def _origins(origins: Origins) -> list[str]:
    if origins.everyone:
        return ["'*'"]
    listed = [ruby_text(each) for each in origins.exact if each.startswith(_WEB)]
    # The library's older versions take a text without http for a host's name.
    others = [literal(each) for each in origins.exact if not each.startswith(_WEB)]
    return listed + [ruby_regex(each) for each in (*others, *origins.expressions)]


def _symbols(methods: tuple[str, ...]) -> str:
    names = [name.lower() for name in methods]
    if all(_WORD.fullmatch(name) for name in names):
        return f"%i[{' '.join(names)}]"
    return ruby_list(names)
