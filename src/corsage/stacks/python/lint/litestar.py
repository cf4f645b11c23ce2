"""What goes wrong with Litestar's `CORSConfig`."""

from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.python.lint import mistakes
from corsage.stacks.python.lint.mistakes import Library
from corsage.stacks.python.lint.source import options_of

_KNOWN: Final = (
    "allow_origins",
    "allow_methods",
    "allow_headers",
    "allow_credentials",
    "allow_origin_regex",
    "expose_headers",
    "max_age",
)
_LIBRARY: Final = Library(
    lambda text: options_of(text, ("CORSConfig",), _KNOWN),
    ("allow_origins",),
    "allow_credentials",
    _KNOWN,
    star_by_default=True,
)


def _has_expression_beside_the_default(text: str) -> bool:
    return any(
        "allow_origin_regex" in options and "allow_origins" not in options
        for options in _LIBRARY.all_of(text)
    )


PITFALLS: Final[tuple[Pitfall, ...]] = (
    mistakes.star_with_credentials(
        _LIBRARY,
        "The answers to preflights have the star, which browsers refuse with credentials; requests with a cookie are "
        "answered with whatever origin asks. Without allow_origins it is the same: the star is its default.",
    ),
    Pitfall(
        "expression-beside-the-default",
        "allow_origin_regex without allow_origins narrows nothing: allow_origins is the star unless it is set.",
        "Write allow_origins=[] beside it.",
        _has_expression_beside_the_default,
    ),
    mistakes.slash(_LIBRARY),
    mistakes.no_scheme(_LIBRARY),
    mistakes.odd_origin(_LIBRARY),
    mistakes.several_in_a_text(_LIBRARY),
    mistakes.wildcard(
        _LIBRARY,
        "A star in an origin stands for any characters, dots and slashes too: https://example.* allows "
        "https://example.com.evil.com.",
        r'Write an expression: allow_origin_regex=r"https://(?:[a-z0-9-]+\.)+example\.com", allow_origins=[].',
    ),
    mistakes.text_for_list(_LIBRARY, "allow_origins is a text: it is taken letter by letter."),
    mistakes.unknown_option(_LIBRARY, "CORSConfig has no such field, and raises TypeError."),
    Pitfall(
        "options-are-taken",
        "CORSConfig answers every OPTIONS that has an Origin: pages do not reach a handler of your own for it.",
        "Give what it says another method.",
    ),
)
