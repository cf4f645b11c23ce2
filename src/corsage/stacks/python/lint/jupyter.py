"""What goes wrong with the settings of Jupyter Server, in its file or on the command line."""

import re
from collections.abc import Iterator
from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.python.lint import mistakes
from corsage.stacks.python.lint.mistakes import Library
from corsage.stacks.python.lint.source import Options, Value, read

_NAMES: Final = ("allow_origin", "allow_origin_pat")
_APPS: Final = r"(?:ServerApp|NotebookApp|LabApp|SingleUserNotebookApp|IdentityProvider)"
# Where it stands at all; settings of files and options of commands alike.
_WRITTEN: Final = re.compile(
    _APPS
    + r"[\"']?\s{0,3}[.:{]{1,3}\s{0,20}[\"']?(allow_origin(?:_pat)?|token|password|disable_check_xsrf)\b[\"']?"
    r"\s{0,3}[=:]{1,2}\s{0,3}(?:r?[\"']([^\"'\n]{0,300})[\"']|([^\s\"',}]{1,300}))"
)


def _written(text: str) -> dict[str, str]:
    found = {match[1]: match[2] if match[2] is not None else match[3] for match in _WRITTEN.finditer(text)}
    for name, value in read(text).settings("allow_origin").items():
        if value.is_text:
            found.setdefault(name, value.texts[0])
    return found


def _options(text: str) -> Iterator[Options]:
    found = {name: Value((value,), is_text=True) for name, value in _written(text).items() if name in _NAMES}
    lists = read(text).settings("allow_origin")
    found |= {name: value for name, value in lists.items() if name in _NAMES}
    if found:
        yield found


_LIBRARY: Final = Library(_options, ("allow_origin",))


def _is_list(text: str) -> bool:
    return any(
        not options["allow_origin"].is_text and bool(options["allow_origin"].texts)
        for options in _options(text)
        if "allow_origin" in options
    )


def _is(name: str, *values: str) -> "re.Pattern[str]":
    return re.compile(rf"{_APPS}\.{name}\s{{0,3}}={{1,2}}\s{{0,3}}(?:{'|'.join(values)})(?![\w.])")


PITFALLS: Final[tuple[Pitfall, ...]] = (
    Pitfall(
        "any-origin",
        "allow_origin = '*' is for WebSockets, too: every page may open the kernels', and with the user's cookie run "
        "code.",
        "Write the origins as an expression: c.ServerApp.allow_origin_pat.",
        lambda text: _written(text).get("allow_origin") == "*",
    ),
    Pitfall(
        "expression-for-all",
        "allow_origin_pat = '.*' allows every origin, WebSockets of kernels included.",
        r"Name the hosts: r'https://app\.example\.com'.",
        lambda text: _written(text).get("allow_origin_pat") in (".*", "^.*$", "*", "https?://.*", ".+"),
    ),
    Pitfall(
        "both-settings",
        "allow_origin and allow_origin_pat are both set: the expression is not asked.",
        "Take allow_origin away.",
        lambda text: all(_written(text).get(name) for name in _NAMES),
    ),
    Pitfall(
        "list-of-origins",
        "allow_origin is one text; a list is refused when the server starts.",
        "Write an expression: c.ServerApp.allow_origin_pat.",
        _is_list,
    ),
    mistakes.several_in_a_text(_LIBRARY),
    mistakes.slash(_LIBRARY),
    mistakes.no_scheme(_LIBRARY),
    mistakes.odd_origin(_LIBRARY),
    mistakes.wildcard(
        _LIBRARY,
        "allow_origin is compared as text: with a star in it it is equal to no origin.",
        "Write an expression: c.ServerApp.allow_origin_pat.",
    ),
    Pitfall(
        "xsrf-check-off",
        "disable_check_xsrf lets every page write in the name of a user who is logged in.",
        "Leave it off, and send the token: Authorization: token ...",
        _is("disable_check_xsrf", "True", "'True'", '"True"', "true"),
    ),
    Pitfall(
        "no-token",
        "With an empty token nobody need log in: whatever page is allowed runs code here.",
        "Leave the token as it is made.",
        _is("token", "''", '""'),
    ),
)
