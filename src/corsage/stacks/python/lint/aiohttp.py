"""What goes wrong with aiohttp-cors."""

import re
from collections.abc import Iterator
from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.python.lint import mistakes
from corsage.stacks.python.lint.mistakes import Library
from corsage.stacks.python.lint.source import Options, Value, options_of, read

_KNOWN: Final = ("allow_credentials", "expose_headers", "allow_headers", "max_age", "allow_methods")
_SETUP: Final = re.compile(
    r"aiohttp_cors\s{0,3}\.\s{0,3}setup\s{0,3}\(|from aiohttp_cors import [^\n]{0,80}\bsetup\b"
)
_ADD: Final = re.compile(r"\.\s{0,3}add\s{0,3}\(")


def _options(text: str) -> Iterator[Options]:
    """Find each origin with its options, in what `setup` and `add` are given."""
    source = read(text)
    for call in source.calls("setup", "add"):
        given = [source.value(each) for each in (*call.args[1:2], *(word.value for word in call.keywords))]
        for value in given:
            for origin, own in value.entries.items():
                yield {"origin": Value((origin,)), **own.entries}


_LIBRARY: Final = Library(_options, ("origin",), "allow_credentials")
_RESOURCES: Final = Library(lambda text: options_of(text, ("ResourceOptions",), _KNOWN), (), known=_KNOWN)


def _adds_no_route(text: str) -> bool:
    return _SETUP.search(text) is not None and _ADD.search(text) is None


PITFALLS: Final[tuple[Pitfall, ...]] = (
    Pitfall(
        "no-route-added",
        "aiohttp_cors.setup adds CORS to no route: its defaults hold for those that are given to cors.add.",
        "for route in list(app.router.routes()): cors.add(route), after the routes.",
        _adds_no_route,
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
        "An origin with a star in it is compared as text, and equal to none; aiohttp-cors has no patterns.",
        "List the origins, or add the headers in code of your own.",
    ),
    mistakes.unknown_option(_RESOURCES, "ResourceOptions has no such field, and raises TypeError."),
    Pitfall(
        "no-vary",
        "aiohttp-cors sends no Vary, and nothing on a 404: a cache may give one page's answer to another.",
        "Add the headers in on_response_prepare instead.",
    ),
)
