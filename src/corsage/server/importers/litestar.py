"""Litestar's ``CORSConfig``: its fields.

Facts of Litestar 2.25: read in its source and seen by running it.
"""

import re
from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.importers.expressions import take_expression
from corsage.server.importers.imported import Imported
from corsage.server.importers.options import Options, flag, number, text, texts
from corsage.server.importers.settling import imported
from corsage.server.importers.translation import ANYBODY, CONTENT_TYPE, Translation
from corsage.server.origin_pattern import Breadth, parse_origin_pattern

_PEER: Final = "litestar"
_KNOWN: Final = (
    "allow_origins",
    "allow_methods",
    "allow_headers",
    "allow_credentials",
    "allow_origin_regex",
    "expose_headers",
    "max_age",
)
_ALL_METHODS: Final = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
_LETTERS: Final = "A text is taken letter by letter."


def from_litestar(options: Options) -> Imported:
    """Translate the fields of ``CORSConfig``."""
    translation = Translation()
    translation.unknown(options, _KNOWN, "It is no field of CORSConfig, which raises TypeError.")
    if flag(options, "allow_credentials", translation):
        translation.values["credentials"] = True
    _origins(options, translation)
    _methods(options, translation)
    _headers(options, translation)
    translation.take_exposed("expose_headers", texts(options, "expose_headers", translation, []))
    translation.values["max_age"] = number(options, "max_age", translation, 600)
    _always(translation)
    return imported(_PEER, translation)


def _origins(options: Options, translation: Translation) -> None:
    given = options.get("allow_origins")
    expression = text(options, "allow_origin_regex", translation)
    if isinstance(given, str):
        if WILDCARD in given and given != WILDCARD:
            says = "A text that holds a star counts as the star: every origin was allowed."
            translation.danger("allow_origins", given, says, "It is read as a pattern.", ANYBODY)
        elif given != WILDCARD:
            translation.different(
                "allow_origins", given, f"{_LETTERS} No origin was allowed.", "It is read as one origin."
            )
        given = [given]
    elif given is None and expression is not None:
        says = (
            "allow_origins is * unless it is set, and then no expression is asked: every origin was allowed."
        )
        instead = "The expression alone decides."
        translation.danger("allow_origin_regex", expression, says, instead, ANYBODY)
        given = []
    origins = texts({"allow_origins": given}, "allow_origins", translation, [WILDCARD])
    if WILDCARD in origins:
        _everyone(translation)
        return
    for number_, origin in enumerate(origins):
        _origin(f"allow_origins[{number_}]", origin, translation)
    if expression is not None:
        take_expression(translation, "allow_origin_regex", expression)


def _everyone(translation: Translation) -> None:
    if translation.credentials:
        translation.refuse_everyone_with_cookies(
            "allow_origins",
            WILDCARD,
            "A request that carried a cookie was answered with its origin, whatever it was, and with credentials; "
            "the answers to preflights had the star, which browsers refuse with credentials.",
            "GET with Origin: https://evil.com and a Cookie",
        )
    translation.allow_everyone()


def _origin(option: str, origin: str, translation: Translation) -> None:
    """A star is any characters, wherever it stands."""
    pattern = parse_origin_pattern(origin)
    if WILDCARD not in origin or (pattern is not None and pattern.breadth is Breadth.EXACT):
        never = "It is compared as text, so that no origin was ever equal to it."
        translation.take_origin(option, origin, wildcards="" if WILDCARD in origin else never)
        if pattern is not None and pattern.port == WILDCARD:
            bare = origin.removesuffix(":*")
            says = (
                "The star stood for any characters after the colon: the port of the scheme was not allowed."
            )
            translation.different(option, origin, says, f"{bare} is allowed, too.", f"Origin: {bare}")
        return
    made = re.compile(re.escape(origin).replace(r"\*", ".*"))
    if pattern is not None:
        odd = f"{pattern.scheme}://evil.com/.{pattern.host}"
        says = "The star stood for any characters, slashes too: what is no origin was reflected."
        translation.different(option, origin, says, "The star stands for host names alone.", f"Origin: {odd}")
        translation.take_origin(option, origin, wildcards="")
        return
    witness = next((each for each in _strangers(origin) if made.fullmatch(each)), "")
    says = "The star stood for any characters: names that strangers may register were allowed."
    instead = "It is left out: list the origins."
    translation.danger(option, origin, says, instead, f"Origin: {witness}" if witness else "")


def _strangers(origin: str) -> list[str]:
    return [
        "https://evil.com",
        origin.replace(WILDCARD, "com.evil.com"),
        origin.replace(WILDCARD, "evil"),
        origin.replace(WILDCARD, ""),
    ]


def _methods(options: Options, translation: Translation) -> None:
    methods = texts(options, "allow_methods", translation, [WILDCARD])
    if WILDCARD in methods:
        translation.take_methods(_ALL_METHODS)
        return
    translation.take_methods(methods, "allow_methods")
    translation.note_refused(methods, ("GET", "HEAD", "POST"))


def _headers(options: Options, translation: Translation) -> None:
    names = texts(options, "allow_headers", translation, [WILDCARD])
    if WILDCARD in names:
        translation.take_any_header("allow_headers", WILDCARD)
        return
    translation.take_headers([*names, CONTENT_TYPE])
    translation.different(
        "allow_headers",
        ", ".join(names),
        "Accept, Accept-Language, Content-Language and Content-Type were always granted, with any value.",
        "content-type is listed, for application/json; the others need leave for unusual values alone, and have none.",
        "Access-Control-Request-Headers: accept",
    )


def _always(translation: Translation) -> None:
    translation.different(
        _PEER,
        None,
        "Every OPTIONS request with an Origin was answered by the middleware; the application's own were not reached.",
        "Preflights alone are: OPTIONS with Origin and Access-Control-Request-Method.",
        "OPTIONS with Origin: https://app.example.com",
    )
    translation.different(
        _PEER,
        None,
        "The application's own Vary was overwritten, and there was none for origins that are not allowed.",
        "Vary is merged, and there whenever the answer depends on the origin.",
        "a response with Vary: Accept-Encoding",
    )
