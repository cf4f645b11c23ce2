"""What goes wrong with Starlette's `CORSMiddleware`, in FastAPI, too."""

import ast
from collections.abc import Callable
from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.python.lint import mistakes
from corsage.stacks.python.lint.mistakes import Library
from corsage.stacks.python.lint.source import UNKNOWN, name_of, options_of, read

_NAME: Final = "CORSMiddleware"
_KNOWN: Final = (
    "allow_origins",
    "allow_origin_regex",
    "allow_methods",
    "allow_headers",
    "allow_credentials",
    "allow_private_network",
    "expose_headers",
    "max_age",
)
# Beside its options: the application, where it is put around one.
_LIBRARY: Final = Library(
    lambda text: options_of(text, (_NAME,), _KNOWN),
    ("allow_origins",),
    "allow_credentials",
    (*_KNOWN, "app"),
    regexes=("allow_origin_regex",),
)

_MOST: Final = 100


def _is_added_too_early(text: str) -> bool:
    """Tell whether other middleware is added to the same application after it."""
    source = read(text)
    added = [
        (node.lineno, node.func.value, node.args[0])
        for node in source.nodes()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr == "add_middleware" and node.args
    ]
    decorated = [
        (node.lineno, each.func.value, each)
        for node in source.nodes()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for each in node.decorator_list
        if isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and each.func.attr == "middleware"
    ]
    ours = [(line, name_of(app)) for line, app, what in added if name_of(what) == _NAME]
    others = [(line, name_of(app)) for line, app, what in added if name_of(what) != _NAME]
    others += [(line, name_of(app)) for line, app, _ in decorated]
    return any(later > line and app == other for line, app in ours for later, other in others[:_MOST])


def _is_behind_others_in_a_list(text: str) -> bool:
    for node in read(text).nodes():
        if isinstance(node, ast.List):
            names = [
                name_of(each.args[0])
                for each in node.elts
                if isinstance(each, ast.Call) and name_of(each.func) == "Middleware" and each.args
            ]
            if _NAME in names[1:]:
                return True
    return False


def _lacks(option: str) -> Callable[[str], bool]:
    def seen(text: str) -> bool:
        if read(text).tree is None:
            return False
        return any(
            "allow_origins" in options and not {option, UNKNOWN} & options.keys()
            for options in _LIBRARY.all_of(text)
        )

    return seen


PITFALLS: Final[tuple[Pitfall, ...]] = (
    Pitfall(
        "added-before-others",
        "Other middleware is added after CORSMiddleware, and so stands outside of it: a login there refuses "
        "preflights, and what it answers has no CORS headers.",
        "Add CORSMiddleware after all others, or put it around the application: app = CORSMiddleware(app, ...).",
        lambda text: _is_added_too_early(text) or _is_behind_others_in_a_list(text),
    ),
    Pitfall(
        "errors-without-headers",
        "The 500 of an exception that nobody handles is made outside of all middleware, and has no CORS headers: pages "
        "see a CORS error in its place.",
        "Put CORSMiddleware around the application, in the place of add_middleware.",
    ),
    mistakes.star_with_credentials(
        _LIBRARY,
        "Every origin is written back, null too, with leave for cookies: whatever site a user visits can read as that "
        "user.",
    ),
    mistakes.slash(_LIBRARY),
    mistakes.no_scheme(_LIBRARY),
    mistakes.odd_origin(_LIBRARY),
    mistakes.several_in_a_text(_LIBRARY),
    mistakes.wildcard(
        _LIBRARY,
        "allow_origins are compared as text: an origin with a star in it is equal to none.",
        r'Write an expression: allow_origin_regex=r"https://([a-z0-9-]+\.)+example\.com".',
    ),
    mistakes.text_for_list(
        _LIBRARY,
        "allow_origins is a text. It is searched, not compared: every part of it is allowed, https://e as well.",
    ),
    mistakes.unknown_option(_LIBRARY, "CORSMiddleware has no such argument, and raises TypeError."),
    Pitfall(
        "methods-not-listed",
        "Without allow_methods preflights are granted for GET alone: JSON sent by POST is refused with 400.",
        'List the methods: allow_methods=["GET", "POST", "PUT"].',
        _lacks("allow_methods"),
    ),
    Pitfall(
        "request-headers-not-listed",
        "Without allow_headers none is granted beside Content-Type: Authorization is refused with 400.",
        'List them: allow_headers=["Authorization", "Content-Type"].',
        _lacks("allow_headers"),
    ),
)
