"""What goes wrong with the CORS of Sanic Extensions."""

from collections.abc import Iterator
from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.python.lint import mistakes
from corsage.stacks.python.lint.mistakes import Library
from corsage.stacks.python.lint.source import Options, Value, options_of, read

_KNOWN: Final = (
    "CORS_ALLOW_HEADERS",
    "CORS_ALWAYS_SEND",
    "CORS_AUTOMATIC_OPTIONS",
    "CORS_EXPOSE_HEADERS",
    "CORS_MAX_AGE",
    "CORS_METHODS",
    "CORS_ORIGINS",
    "CORS_SEND_WILDCARD",
    "CORS_SUPPORTS_CREDENTIALS",
    "CORS_VARY_HEADER",
)


def _options(text: str) -> Iterator[Options]:
    settings = read(text).settings("CORS_")
    if settings:
        yield settings
    for options in options_of(text, ("Config", "Extend"), tuple(name.lower() for name in _KNOWN)):
        named = {name.upper(): value for name, value in options.items() if name.startswith("cors_")}
        if named:
            yield named


_LIBRARY: Final = Library(
    _options, ("CORS_ORIGINS",), "CORS_SUPPORTS_CREDENTIALS", _KNOWN, matches_starts=True
)


def _lists_the_star(text: str) -> bool:
    values = [options.get("CORS_ORIGINS", Value()) for options in _options(text)]
    return any(not value.is_text and "*" in value.texts for value in values)


PITFALLS: Final[tuple[Pitfall, ...]] = (
    mistakes.star_with_credentials(
        _LIBRARY,
        "Sanic Extensions raises SanicException; re.compile('.*') in its place gives everybody the cookies' data.",
    ),
    Pitfall(
        "star-in-a-list",
        'CORS_ORIGINS = ["*"] is an origin that is called *, which nobody has.',
        'Write CORS_ORIGINS = "*", or list the origins.',
        _lists_the_star,
    ),
    mistakes.slash(_LIBRARY),
    mistakes.no_scheme(_LIBRARY),
    mistakes.odd_origin(_LIBRARY),
    mistakes.wildcard(
        _LIBRARY,
        "An origin with a star in it is compared as text, and equal to none.",
        r'Write an expression: re.compile(r"https://([a-z0-9-]+\.)+example\.com\Z").',
    ),
    mistakes.open_end(_LIBRARY),
    mistakes.unknown_option(_LIBRARY, "Sanic Extensions does not read this setting: it is without effect."),
    Pitfall(
        "vary-is-lost",
        "Sanic Extensions replaces the Vary of your handlers, and sends none to strangers: a cache may give one page's "
        "answer to another.",
        "Set app.config.CORS = False, and add the headers in middleware of your own.",
    ),
)
