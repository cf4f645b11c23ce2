"""The usual mistakes in lists of origins and options, whichever library they are for."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.python.lint.source import UNKNOWN, Options, Value

# Finds every set of options that a text has.
Reader = Callable[[str], Iterable[Options]]

_WITH_PATH: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]{0,30}://[^/\s]+/\S*")
_SCHEME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]{0,30}://")
_HOST: Final = re.compile(r"(?:localhost|(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{1,63})(?::[0-9]{1,5})?/?")
_ODD: Final = re.compile(r"https://[^/]+:443/?|http://[^/]+:80/?|[a-z][a-z0-9+.\-]{0,30}://[^/]*[A-Z][^/]*/?")
_WILD: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]{0,30}://[^/]*\*")
_OF_EXPRESSIONS: Final = frozenset("\\^$()[]|?+")
_ENDS: Final = ("$", r"\Z", r"\z")


@lru_cache(maxsize=8)
def _all_of(read: Reader, text: str) -> tuple[Options, ...]:
    return tuple(read(text))


@dataclass(frozen=True, slots=True)
class Library:
    """What a library calls its options.

    Attributes:
        read: finds them.
        origins: names of options that list origins, as text.
        credentials: the option for credentials.
        known: all of its options; empty where others may stand among them.
        star_by_default: whether it allows everybody where no origins are given.
        expressions: whether a text of `origins` that looks like an expression is one.
        regexes: names of options that hold expressions.
        matches_starts: whether expressions need not match to an origin's end.
    """

    read: Reader
    origins: tuple[str, ...]
    credentials: str = ""
    known: Collection[str] = ()
    star_by_default: bool = False
    expressions: bool = False
    regexes: tuple[str, ...] = ()
    matches_starts: bool = False

    def all_of(self, text: str) -> tuple[Options, ...]:
        """Find every set of options in *text*: once, for all pitfalls."""
        return _all_of(self.read, text)

    def any_origin(self, matches: Callable[[str], bool]) -> Callable[[str], bool]:
        """Make what tells whether an origin of a text is such."""
        return lambda text: any(
            matches(origin) for options in self.all_of(text) for origin in self._of(options)
        )

    def _of(self, options: Options) -> Iterable[str]:
        for name in self.origins:
            for origin in options.get(name, Value()).texts:
                if not (self.expressions and set(origin) & _OF_EXPRESSIONS):
                    yield origin.strip()


def slash(library: Library) -> Pitfall:
    """Origins with a slash, or a path, at their end."""
    return Pitfall(
        "origin-with-slash",
        "An origin ends with a slash or has a path. Browsers send neither, so it is never equal to what they send.",
        "Write scheme, host and port alone: https://app.example.com.",
        library.any_origin(lambda origin: _WITH_PATH.fullmatch(origin) is not None),
    )


def no_scheme(library: Library) -> Pitfall:
    """Hosts in the place of origins."""
    return Pitfall(
        "origin-without-scheme",
        "An origin has no scheme. Browsers send https:// or http:// with it, so the two are never equal.",
        "Write the scheme, too: https://app.example.com.",
        library.any_origin(lambda origin: not _SCHEME.match(origin) and _HOST.fullmatch(origin) is not None),
    )


def odd_origin(library: Library) -> Pitfall:
    """The scheme's own port, and capitals."""
    return Pitfall(
        "origin-not-as-sent",
        "An origin names the port that its scheme has anyway, or has capitals. Browsers leave that port out and write "
        "small letters.",
        "Leave :443 and :80 out, and write small letters.",
        library.any_origin(lambda origin: _ODD.fullmatch(origin) is not None),
    )


def wildcard(library: Library, says: str, instead: str) -> Pitfall:
    """A star within an origin."""
    return Pitfall(
        "wildcard-in-origin",
        says,
        instead,
        library.any_origin(lambda origin: _WILD.match(origin) is not None and not origin.endswith("://*")),
    )


def star_with_credentials(library: Library, says: str) -> Pitfall:
    """Everybody, with cookies."""

    def seen(text: str) -> bool:
        return any(
            options.get(library.credentials, Value()).constant is True and _is_for_all(library, options)
            for options in library.all_of(text)
        )

    return Pitfall(
        "any-origin-with-credentials", says, "List the origins that may send cookies, each by name.", seen
    )


def text_for_list(library: Library, says: str) -> Pitfall:
    """A text in the place of a list of origins."""

    def seen(text: str) -> bool:
        values = [
            options[name] for options in library.all_of(text) for name in library.origins if name in options
        ]
        return any(value.is_text and value.texts != ("*",) for value in values)

    return Pitfall("text-for-list", says, 'Write a list: ["https://app.example.com"].', seen)


def several_in_a_text(library: Library) -> Pitfall:
    """Origins joined by commas or spaces."""
    return Pitfall(
        "origins-in-one-text",
        "One text holds several origins. It is compared as a whole, so that it is equal to none of them.",
        "Make each a text of its own, in a list.",
        library.any_origin(lambda origin: len(_SCHEME.findall(origin)) > 1),
    )


def unknown_option(library: Library, says: str) -> Pitfall:
    """A name that the library does not know."""
    return Pitfall(
        "unknown-option",
        says,
        f"The names are: {', '.join(sorted(library.known))}.",
        lambda text: any(
            name not in library.known
            for options in library.all_of(text)
            for name in options
            if name != UNKNOWN
        ),
    )


def open_end(library: Library) -> Pitfall:
    """Expressions that hold for what an origin begins with."""

    def seen(text: str) -> bool:
        return any(
            not expression.endswith(_ENDS) and expression not in (".*", "*")
            for options in library.all_of(text)
            for expression in _expressions(library, options)
        )

    return Pitfall(
        "expression-open-at-its-end",
        "An expression need only match the beginning of an origin here: https://app.example.com.evil.com passes where "
        "https://app.example.com does.",
        r"End it with \Z, or $.",
        seen,
    )


def _expressions(library: Library, options: Options) -> Iterable[str]:
    for name in (*library.regexes, *library.origins):
        value = options.get(name, Value())
        yield from value.expressions
        if name in library.regexes:
            yield from value.texts
        elif library.expressions:
            yield from (text for text in value.texts if set(text) & (_OF_EXPRESSIONS - {"+"}))


def _is_for_all(library: Library, options: Options) -> bool:
    given = [options[name] for name in (*library.origins, *library.regexes) if name in options]
    if not given:
        return library.star_by_default and UNKNOWN not in options
    return any({"*", ".*"} & {*value.texts, *value.expressions} for value in given)
