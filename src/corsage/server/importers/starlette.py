"""Starlette's and FastAPI's ``CORSMiddleware``: its keyword arguments.

Facts of Starlette 1.10: read in its source and seen by running it.
"""

from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.importers.expressions import take_expression
from corsage.server.importers.imported import Imported
from corsage.server.importers.options import Options, flag, number, split, text, texts
from corsage.server.importers.settling import imported
from corsage.server.importers.translation import CONTENT_TYPE, Translation
from corsage.server.serialized_origin import split_serialized_origin

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
# What its "*" stands for.
_ALL_METHODS: Final = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY")
_LETTERS: Final = "A text is taken letter by letter: no browser was satisfied by the list that came of it."


def from_starlette(options: Options, peer: str = "starlette") -> Imported:
    """Translate the keyword arguments of ``CORSMiddleware``."""
    translation = Translation()
    translation.unknown(options, _KNOWN, "It is no argument of CORSMiddleware, which raises TypeError.")
    if flag(options, "allow_credentials", translation):
        translation.values["credentials"] = True
    _origins(options, translation)
    expression = text(options, "allow_origin_regex", translation)
    if expression is not None and not translation.any_origin:
        take_expression(translation, "allow_origin_regex", expression)
    _methods(options, translation)
    _headers(options, translation)
    _rest(options, translation)
    _always(translation, peer)
    return imported(peer, translation)


def _origins(options: Options, translation: Translation) -> None:
    given = options.get("allow_origins")
    if isinstance(given, str):
        _origins_in_a_text(given, translation)
        return
    origins = texts(options, "allow_origins", translation, [])
    if WILDCARD in origins:
        if translation.credentials:
            says = "Every origin was reflected, with cookies: whatever site a user visits could read as that user."
            translation.refuse_everyone_with_cookies("allow_origins", WILDCARD, says)
        translation.allow_everyone()
        return
    never = "It is compared as text, so that no origin was ever equal to it."
    translation.take_origins("allow_origins", origins, wildcards=never)


def _origins_in_a_text(given: str, translation: Translation) -> None:
    """A text fits the type hint, and ``in`` searches it."""
    if given == WILDCARD:
        _origins({"allow_origins": [WILDCARD]}, translation)
        return
    if WILDCARD in given:
        says = "A text that holds a star counts as the star: every origin was allowed"
        says += ", with cookies." if translation.credentials else "."
        instead = "It is read as a list of patterns."
        translation.danger("allow_origins", given, says, instead, "Origin: https://evil.com")
    else:
        starts = (given[:end] for end in range(len(given) - 1, 0, -1))
        meant = split(given)
        witness = next((each for each in starts if split_serialized_origin(each) and each not in meant), "")
        says = "A text is searched, not compared: every origin that is a part of it was allowed."
        translation.danger("allow_origins", given, says, "It is read as a list.", f"Origin: {witness}")
    translation.take_origins("allow_origins", split(given), wildcards="")


def _methods(options: Options, translation: Translation) -> None:
    given = options.get("allow_methods")
    if isinstance(given, str):
        if WILDCARD not in given:
            translation.different("allow_methods", given, _LETTERS, "It is read as a list.")
        given = [WILDCARD] if WILDCARD in given else split(given)
    methods = texts({"allow_methods": given}, "allow_methods", translation, ["GET"])
    if WILDCARD in methods:
        translation.take_methods(_ALL_METHODS)
        says = f"The star stands for {', '.join(_ALL_METHODS)}; every other method was refused."
        translation.different(
            "allow_methods", WILDCARD, says, "These are listed.", "Access-Control-Request-Method: PURGE"
        )
        return
    translation.take_methods(methods, "allow_methods")
    translation.note_refused(methods, ("POST", "HEAD"))


def _headers(options: Options, translation: Translation) -> None:
    given = options.get("allow_headers")
    if isinstance(given, str) and WILDCARD not in given:
        translation.different("allow_headers", given, _LETTERS, "It is read as a list.")
        given = split(given)
    names = (
        [WILDCARD]
        if isinstance(given, str)
        else texts({"allow_headers": given}, "allow_headers", translation, [])
    )
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


def _rest(options: Options, translation: Translation) -> None:
    exposed = options.get("expose_headers")
    if isinstance(exposed, str) and len(exposed) > 1:
        translation.different("expose_headers", exposed, _LETTERS, "It is read as a list.")
    if isinstance(exposed, str):
        exposed = split(exposed)
    translation.take_exposed(
        "expose_headers", texts({"expose_headers": exposed}, "expose_headers", translation, [])
    )
    translation.values["max_age"] = number(options, "max_age", translation, 600)
    if flag(options, "allow_private_network", translation):
        translation.values["private_network"] = True


def _always(translation: Translation, peer: str) -> None:
    if translation.credentials or translation.listed("exposed_headers"):
        translation.different(
            peer,
            None,
            "Access-Control-Allow-Credentials and -Expose-Headers went to origins that are not allowed, too.",
            "They get nothing but Vary.",
            "Origin: https://evil.com",
        )
    translation.different(
        peer,
        None,
        "A 500 for an exception that nobody handles had no CORS headers: pages saw a CORS error instead.",
        "Errors carry the headers.",
        "a request that raises",
    )
