"""What goes wrong with CORS in Tornado's handlers."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.python.lint import mistakes
from corsage.stacks.python.lint.mistakes import Library
from corsage.stacks.python.lint.source import Options, Value, name_of, read

_ORIGIN: Final = "access-control-allow-origin"
_CREDENTIALS: Final = "access-control-allow-credentials"
_REFLECTED: Final = re.compile(
    r"Access-Control-Allow-Origin[\"']\s{0,3},\s{0,3}(?:self\.)?request\.headers(?:\.get\(|\[)\s{0,3}[\"']Origin",
    re.IGNORECASE,
)
_OPEN_CHECK: Final = re.compile(
    r"def check_origin\s{0,3}\([^)]{0,120}\)[^:\n]{0,40}:\s{0,200}(?:#[^\n]{0,200}\s{0,100})?return True\b"
)


def _headers(text: str) -> dict[str, Value]:
    """Find what ``set_header`` and ``add_header`` are given."""
    source = read(text)
    return {
        str(call.args[0].value).lower(): source.value(call.args[1])
        for call in source.calls("set_header", "add_header")
        if len(call.args) > 1 and isinstance(call.args[0], ast.Constant)
    }


def _options(text: str) -> Iterator[Options]:
    found = _headers(text)
    if _ORIGIN in found:
        yield {"origin": found[_ORIGIN]}


_LIBRARY: Final = Library(_options, ("origin",))


def _has_star_with_credentials(text: str) -> bool:
    found = _headers(text)
    return "true" in found.get(_CREDENTIALS, Value()).texts and "*" in found.get(_ORIGIN, Value()).texts


def _reflects(text: str) -> bool:
    return _REFLECTED.search(text) is not None and _CREDENTIALS in text.lower()


def _answers_no_preflight(text: str) -> bool:
    if _ORIGIN not in _headers(text):
        return False
    names = {
        node.name for node in read(text).nodes() if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    return not names & {"options", "find_handler"}


def _has_login_in_prepare(text: str) -> bool:
    for node in read(text).nodes():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == "prepare":
            inner = list(ast.walk(node))
            knows = any(isinstance(each, ast.Constant) and each.value == "OPTIONS" for each in inner)
            refuses = any(isinstance(each, ast.Constant) and each.value in (401, 403) for each in inner)
            redirects = any(isinstance(each, ast.Call) and name_of(each.func) == "redirect" for each in inner)
            if not knows and (refuses or redirects):
                return True
    return False


PITFALLS: Final[tuple[Pitfall, ...]] = (
    Pitfall(
        "no-options",
        "The handlers have no options(): Tornado answers preflights with 405.",
        "Answer them: in find_handler of the application, or by an options() of the base class that sets 204.",
        _answers_no_preflight,
    ),
    Pitfall(
        "star-with-credentials",
        "The star and Access-Control-Allow-Credentials are sent together: browsers refuse the star where cookies are "
        "sent.",
        "Send the origin that asks, where it is on a list, and Vary: Origin.",
        _has_star_with_credentials,
    ),
    Pitfall(
        "any-origin-with-credentials",
        "The request's Origin is written back whatever it is, with leave for cookies: whatever site a user visits can "
        "read as that user.",
        "Compare it with a list first.",
        _reflects,
    ),
    Pitfall(
        "websocket-check-off",
        "check_origin returns True: every page may open WebSockets here, with the users' cookies.",
        "return origin in ORIGINS or super().check_origin(origin)",
        _OPEN_CHECK,
    ),
    Pitfall(
        "login-before-preflight",
        "prepare() turns away who is not logged in, and preflights never are: they carry no credentials.",
        'Let them pass: if self.request.method == "OPTIONS": return.',
        _has_login_in_prepare,
    ),
    mistakes.slash(_LIBRARY),
    mistakes.no_scheme(_LIBRARY),
    mistakes.several_in_a_text(_LIBRARY),
)
