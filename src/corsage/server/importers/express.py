"""The ``cors`` package of Express: its options, as JSON. Regular expressions are written ``{"regex": "…"}``.

Facts of cors 2.8.6: read in its source and seen by running it.
"""

from collections.abc import Mapping
from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.importers.express_regexes import take_regex
from corsage.server.importers.imported import Imported
from corsage.server.importers.options import Options, flag, number, split
from corsage.server.importers.settling import imported
from corsage.server.importers.translation import Translation
from corsage.server.origin_pattern import parse_origin_pattern

_PEER: Final = "express"
_KNOWN: Final = (
    "origin",
    "methods",
    "allowedHeaders",
    "headers",
    "exposedHeaders",
    "credentials",
    "maxAge",
    "preflightContinue",
    "optionsSuccessStatus",
)
_METHODS: Final = ("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE")
_NO: Final = (None, False, "", 0)


def from_express(options: Options) -> Imported:
    """Translate the options."""
    translation = Translation()
    translation.unknown(options, _KNOWN, "It is no option of cors, which does not read it.")
    credentials = options.get("credentials", False)
    if credentials is True:
        translation.values["credentials"] = True
    elif credentials is not False:
        says = "Nothing but true counts: credentials were not allowed."
        translation.different("credentials", credentials, says, "They are not allowed either.")
    _origin(options.get("origin", WILDCARD), translation)
    _names(options, translation)
    if "maxAge" in options:
        translation.values["max_age"] = number(options, "maxAge", translation)
    if flag(options, "preflightContinue", translation):
        translation.values["preflight_continue"] = True
    status = number(options, "optionsSuccessStatus", translation, 204)
    if status != 204:  # noqa: PLR2004 - the default of both
        translation.values["preflight_status"] = status
    _always(translation)
    return imported(_PEER, translation)


def _origin(origin: object, translation: Translation) -> None:
    if origin is True:
        if translation.credentials:
            says = "Every origin was reflected, with cookies: whatever site a user visits could read as that user."
            translation.refuse_everyone_with_cookies("origin", True, says)
        translation.allow_everyone()
    elif origin == WILDCARD:
        if translation.credentials:
            says = "Browsers refuse the star with credentials: no request with cookies could be read."
            instead = "Everyone may read, without cookies. List the origins that need them, and set credentials = true."
            translation.different("origin", WILDCARD, says, instead, "fetch(…, {credentials: 'include'})")
        translation.allow_everyone()
    elif not origin:
        translation.values["origins"] = []
        if origin not in (False, []):
            translation.different("origin", origin, "It switched CORS off.", "No origin is allowed.")
    else:
        _origins(
            origin if isinstance(origin, list) else [origin], translation, alone=not isinstance(origin, list)
        )


def _origins(origins: list[object], translation: Translation, *, alone: bool) -> None:
    for number_, each in enumerate(origins):
        option = "origin" if alone else f"origin[{number_}]"
        if isinstance(each, Mapping) and isinstance(each.get("regex"), str):
            take_regex(option, each["regex"], translation)
        elif isinstance(each, str):
            _text(option, each, translation, alone=alone)
        elif isinstance(each, list):
            _origins(each, translation, alone=False)
        elif each:
            says = "What is neither text nor expression counts as yes: every origin was allowed"
            says += ", with cookies." if translation.credentials else "."
            translation.danger(option, each, says, "It is left out.", "Origin: https://evil.com")
        else:
            translation.lost(option, each, "It allowed nothing.", "It is left out.")


def _text(option: str, origin: str, translation: Translation, *, alone: bool) -> None:
    if origin == WILDCARD:
        translation.different(
            option,
            origin,
            "In a list the star is a text like any other: no origin was equal to it.",
            'It is left out; origins = "*" would allow everyone.',
            "Origin: https://app.example.com",
        )
        return
    pattern = parse_origin_pattern(origin)
    if alone and (pattern is None or pattern.is_exact):
        translation.different(
            option,
            origin,
            "It was sent to everybody, whoever asked: browsers of other origins refused it.",
            "It is sent to this origin alone.",
            "Origin: https://evil.com",
        )
    several = split(origin)
    if len(several) > 1:
        says = "Several origins in one text are no origin: none of them was allowed."
        translation.different(option, origin, says, "It is read as a list.")
    never = "It was sent or compared as text, so that no origin was ever equal to it."
    for each in several:
        translation.take_origin(option, each, wildcards=never)


def _names(options: Options, translation: Translation) -> None:
    methods = _list(options, "methods", translation)
    if methods is not None and WILDCARD in methods and not translation.credentials:
        translation.values["methods"] = [WILDCARD]
    else:
        given = _METHODS if methods is None else methods
        translation.take_methods((each for each in given if each != WILDCARD), "methods")
    # An empty list counts as yes in JavaScript: it grants nothing. An empty text counts as no.
    name = "headers" if options.get("allowedHeaders") in _NO else "allowedHeaders"
    headers = None if options.get(name) in _NO else _list(options, name, translation)
    if headers is None:
        translation.take_any_header("allowedHeaders", None)
    elif WILDCARD in headers and translation.credentials:
        says = "With credentials browsers take the star for a header of that name: it granted nothing."
        translation.different(name, WILDCARD, says, "It is left out: name the headers that your pages set.")
        translation.take_headers(each for each in headers if each != WILDCARD)
    else:
        translation.take_headers(headers)
    translation.take_exposed("exposedHeaders", _list(options, "exposedHeaders", translation) or [])


def _list(options: Options, name: str, translation: Translation) -> list[str] | None:
    value = options.get(name)
    if isinstance(value, str):
        return split(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return value
    if value is not None:
        translation.lost(name, value, "It is neither a text nor a list of texts.", "It is left out.")
    return None


def _always(translation: Translation) -> None:
    translation.different(
        _PEER,
        None,
        "Every OPTIONS request was answered by the middleware; the application's own were not reached.",
        "Preflights alone are: OPTIONS with Origin and Access-Control-Request-Method.",
        "OPTIONS without Access-Control-Request-Method",
    )
    if translation.credentials or translation.listed("exposed_headers"):
        translation.different(
            _PEER,
            None,
            "Access-Control-Allow-Credentials and -Expose-Headers went to origins that are not allowed, too.",
            "They get nothing but Vary.",
            "Origin: https://evil.com",
        )
