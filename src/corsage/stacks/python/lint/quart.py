"""What goes wrong with quart-cors."""

from collections.abc import Iterator
from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.python.lint import mistakes
from corsage.stacks.python.lint.mistakes import Library
from corsage.stacks.python.lint.source import Options, options_of, read

_KNOWN: Final = (
    "allow_origin",
    "allow_methods",
    "allow_headers",
    "allow_credentials",
    "expose_headers",
    "max_age",
    "send_origin_wildcard",
)


def _options(text: str) -> Iterator[Options]:
    yield from options_of(text, ("cors", "route_cors", "websocket_cors"), _KNOWN)
    settings = read(text).settings("QUART_CORS_")
    if settings:
        yield {name.removeprefix("QUART_CORS_").lower(): value for name, value in settings.items()}


_LIBRARY: Final = Library(
    _options,
    ("allow_origin",),
    "allow_credentials",
    (*_KNOWN, "app", "app_or_blueprint", "provide_automatic_options"),
    star_by_default=True,
    matches_starts=True,
)

PITFALLS: Final[tuple[Pitfall, ...]] = (
    mistakes.star_with_credentials(
        _LIBRARY, "Every request is answered with 500: quart-cors raises ValueError. The star is its default."
    ),
    mistakes.slash(_LIBRARY),
    mistakes.no_scheme(_LIBRARY),
    mistakes.odd_origin(_LIBRARY),
    mistakes.several_in_a_text(_LIBRARY),
    mistakes.wildcard(
        _LIBRARY,
        "An origin with a star in it is compared as text, and equal to none.",
        r'Write an expression: re.compile(r"https://([a-z0-9-]+\.)+example\.com\Z").',
    ),
    mistakes.open_end(_LIBRARY),
    mistakes.unknown_option(_LIBRARY, "quart-cors has no such argument, and raises TypeError."),
    Pitfall(
        "own-websockets-refused",
        "cors(app) refuses WebSockets of every page that is not listed, those of this host's own among them.",
        "List the host's own origin, too, where its pages open WebSockets.",
    ),
)
