"""What goes wrong with Falcon's `CORSMiddleware`."""

import re
from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.python.lint import mistakes
from corsage.stacks.python.lint.mistakes import Library
from corsage.stacks.python.lint.source import Value, options_of

_KNOWN: Final = ("allow_origins", "expose_headers", "allow_credentials", "allow_private_network")
_LIBRARY: Final = Library(
    lambda text: options_of(text, ("CORSMiddleware",), _KNOWN), ("allow_origins",), known=_KNOWN
)


def _gives_all_credentials(text: str) -> bool:
    return any(
        "*" in options.get("allow_credentials", Value()).texts
        and ("allow_origins" not in options or "*" in options["allow_origins"].texts)
        for options in _LIBRARY.all_of(text)
    )


def _has_yes_for_origins(text: str) -> bool:
    return any(
        options.get("allow_credentials", Value()).constant is True for options in _LIBRARY.all_of(text)
    )


def _lists_the_star(text: str) -> bool:
    values = [options.get("allow_origins", Value()) for options in _LIBRARY.all_of(text)]
    return any(not value.is_text and "*" in value.texts for value in values)


PITFALLS: Final[tuple[Pitfall, ...]] = (
    Pitfall(
        "any-origin-with-credentials",
        "allow_credentials='*' gives every origin that is allowed leave for cookies, and every origin is allowed: "
        "whatever site a user visits can read as that user.",
        "List the origins in allow_origins and in allow_credentials.",
        _gives_all_credentials,
    ),
    Pitfall(
        "credentials-are-origins",
        "allow_credentials is a list of origins, not yes or no: True raises TypeError.",
        'Write allow_credentials=["https://app.example.com"].',
        _has_yes_for_origins,
    ),
    Pitfall(
        "star-in-a-list",
        "The star may only stand alone: in a list it raises ValueError.",
        'Write allow_origins="*", or list the origins.',
        _lists_the_star,
    ),
    Pitfall(
        "everything-by-default",
        "cors_enable=True allows every origin, and every method and header that is asked for.",
        "List the origins, in a component of your own.",
        re.compile(r"\bcors_enable\s{0,3}=\s{0,3}True\b"),
    ),
    mistakes.slash(_LIBRARY),
    mistakes.no_scheme(_LIBRARY),
    mistakes.odd_origin(_LIBRARY),
    mistakes.several_in_a_text(_LIBRARY),
    mistakes.wildcard(
        _LIBRARY,
        "An origin with a star in it is compared as text, and equal to none.",
        "List the origins, or match an expression in a component of your own.",
    ),
    mistakes.unknown_option(
        _LIBRARY,
        "CORSMiddleware has no such argument: Falcon chooses neither methods nor headers. It raises TypeError.",
    ),
)
