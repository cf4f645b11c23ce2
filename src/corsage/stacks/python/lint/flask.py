"""What goes wrong with flask-cors."""

import ast
from collections.abc import Iterator
from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.python.lint import mistakes
from corsage.stacks.python.lint.mistakes import Library
from corsage.stacks.python.lint.source import Options, Value, name_of, options_of, read

_KNOWN: Final = (
    "origins",
    "methods",
    "allow_headers",
    "expose_headers",
    "supports_credentials",
    "max_age",
    "send_wildcard",
    "vary_header",
    "resources",
    "automatic_options",
    "intercept_exceptions",
    "always_send",
    "allow_private_network",
)
_ANSWERS: Final = frozenset({"abort", "redirect", "jsonify", "make_response", "Response"})


def _options(text: str) -> Iterator[Options]:
    """Find what is given to ``CORS`` and ``cross_origin``, for each of the resources, and in the configuration."""
    for options in options_of(text, ("CORS", "cross_origin"), _KNOWN):
        resources = options.get("resources", Value()).entries.values()
        yield from ({**options, **own.entries} for own in resources)
        if not resources:
            yield options
    settings = read(text).settings("CORS_")
    if settings:
        yield {name.removeprefix("CORS_").lower(): value for name, value in settings.items()}


_LIBRARY: Final = Library(
    _options,
    ("origins",),
    "supports_credentials",
    (*_KNOWN, "app"),
    star_by_default=True,
    expressions=True,
    matches_starts=True,
)


def _has_login_before(text: str) -> bool:
    """Tell whether a function of before_request answers by itself, and has no word of OPTIONS."""
    for node in read(text).nodes():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_before_request(node):
            inner = list(ast.walk(node))
            knows = any(isinstance(each, ast.Constant) and each.value == "OPTIONS" for each in inner)
            if not knows and any(
                isinstance(each, ast.Call) and name_of(each.func) in _ANSWERS for each in inner
            ):
                return True
    return False


def _is_before_request(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(name_of(each) in {"before_request", "before_app_request"} for each in node.decorator_list)


def _is_above_the_route(text: str) -> bool:
    for node in read(text).nodes():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = [
                name_of(each.func if isinstance(each, ast.Call) else each) for each in node.decorator_list
            ]
            if "cross_origin" in names and "route" in names[names.index("cross_origin") :]:
                return True
    return False


def _has_names_in_one_text(text: str) -> bool:
    names = ("allow_headers",)
    values = [options[name] for options in _options(text) for name in names if name in options]
    return any(value.is_text and "," in "".join(value.texts) for value in values)


def _has_path_with_star(text: str) -> bool:
    values = [options["resources"] for options in _options(text) if "resources" in options]
    return any(path.endswith("/*") and len(path) > len("/*") for value in values for path in value.texts)


PITFALLS: Final[tuple[Pitfall, ...]] = (
    mistakes.star_with_credentials(
        _LIBRARY,
        "Every origin is written back, null too, with leave for cookies: whatever site a user visits can read as that "
        "user. Without origins it is the same.",
    ),
    mistakes.slash(_LIBRARY),
    mistakes.no_scheme(_LIBRARY),
    mistakes.odd_origin(_LIBRARY),
    mistakes.several_in_a_text(_LIBRARY),
    mistakes.wildcard(
        _LIBRARY,
        "An origin with a star is taken for a regular expression: https://*.example.com refuses "
        "https://a.example.com and allows https://xexample.com.",
        r'Write the expression: re.compile(r"https://([a-z0-9-]+\.)+example\.com\Z").',
    ),
    mistakes.open_end(_LIBRARY),
    mistakes.unknown_option(
        _LIBRARY, "flask-cors has no such option; it writes a line to the log and goes on without."
    ),
    Pitfall(
        "names-in-one-text",
        "allow_headers is one text with several names: it is taken for one name, and none is granted.",
        'Write a list: ["Content-Type", "Authorization"].',
        _has_names_in_one_text,
    ),
    Pitfall(
        "path-with-star",
        "The paths of resources are regular expressions, matched at their beginning: /api/* is /api and any number of "
        "slashes, and holds for /apiary.",
        'Write r"/api/.*".',
        _has_path_with_star,
    ),
    Pitfall(
        "login-before-preflight",
        "A function of before_request turns away who is not logged in, and preflights never are: they carry no "
        "credentials.",
        'Let it pass: if request.method == "OPTIONS": return None.',
        _has_login_before,
    ),
    Pitfall(
        "decorator-above-route",
        "@cross_origin stands above @app.route, which has registered the view without it.",
        "Put it below the route, next to the function.",
        _is_above_the_route,
    ),
    Pitfall(
        "decorator-misses-errors",
        "@cross_origin adds nothing to abort() and to exceptions: pages see a CORS error in the place of a 401 or 500.",
        "Use CORS(app, resources=...) for the whole application.",
    ),
)
