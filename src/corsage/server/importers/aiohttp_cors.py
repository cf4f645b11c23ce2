"""aiohttp-cors: the ``defaults`` of ``setup()``, a mapping of origin to the fields of ``ResourceOptions``.

Facts of aiohttp-cors 0.8.1: read in its source and seen by running it.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.importers.imported import Imported
from corsage.server.importers.options import Options, flag, number, texts
from corsage.server.importers.settling import imported
from corsage.server.importers.translation import Translation

_PEER: Final = "aiohttp-cors"
_KNOWN: Final = ("allow_credentials", "expose_headers", "allow_headers", "max_age", "allow_methods")
_METHODS: Final = ("DELETE", "PATCH", "PUT")
_REFUSED: Final = "aiohttp-cors raises ValueError."


def from_aiohttp_cors(options: Options) -> Imported:
    """Translate the mapping of origins to options.

    There, each origin has options of its own; here, a policy is one for all of its origins. Where the options differ,
    what all of them allow is kept.
    """
    translation = Translation()
    by_origin: dict[str, Options] = {}
    for origin, each in options.items():
        if isinstance(each, Mapping):
            translation.unknown(each, _KNOWN, f"It is no field of ResourceOptions: {_REFUSED}")
            by_origin[origin] = each
        else:
            translation.lost(origin, each, f"Its options are not a mapping: {_REFUSED}", "It is left out.")
    if len({_comparable(each) for each in by_origin.values()}) > 1:
        translation.lost(
            ", ".join(by_origin),
            None,
            "Each origin had options of its own.",
            "A policy is one for all of its origins: what every one of them allowed is kept.",
        )
    _credentials_and_origins(by_origin, translation)
    _methods(list(by_origin.values()), translation)
    _headers(list(by_origin.values()), translation)
    _exposed(list(by_origin.values()), translation)
    ages = [number(each, "max_age", translation) for each in by_origin.values()]
    if ages and None not in ages:
        translation.values["max_age"] = min(age for age in ages if age is not None)
    _always(translation)
    return imported(_PEER, translation)


def _comparable(options: Options) -> str:
    return repr(sorted((name, repr(value)) for name, value in options.items()))


def _credentials_and_origins(by_origin: Mapping[str, Options], translation: Translation) -> None:
    with_cookies = {
        origin: flag(each, "allow_credentials", translation) for origin, each in by_origin.items()
    }
    if with_cookies and all(with_cookies.values()):
        translation.values["credentials"] = True
    if with_cookies.get(WILDCARD):
        says = (
            "Every origin was reflected, with cookies: whatever site a user visits could read as that user."
        )
        translation.refuse_everyone_with_cookies(WILDCARD, "allow_credentials = true", says)
    elif WILDCARD in by_origin:
        translation.allow_everyone()
        for origin, cookies in with_cookies.items():
            if cookies:
                instead = "Everyone may read, without cookies: give the paths that need cookies a policy of their own."
                translation.lost(
                    origin, "allow_credentials = true", "This origin alone might send cookies.", instead
                )
    else:
        never = "It is compared as text, so that no origin was ever equal to it."
        translation.take_origins("defaults", by_origin, wildcards=never)


def _common(options: Sequence[Options], name: str, translation: Translation) -> list[str]:
    """Return what all of *options* list, or ``*`` where all have it."""
    lists = [
        [WILDCARD] if each.get(name) == WILDCARD else texts(each, name, translation, []) for each in options
    ]
    named = [names for names in lists if WILDCARD not in names]
    if not named:
        return [WILDCARD] if lists else []
    others = [{name.lower() for name in names} for names in named[1:]]
    return [name for name in named[0] if all(name.lower() in other for other in others)]


def _methods(options: Sequence[Options], translation: Translation) -> None:
    methods = _common(options, "allow_methods", translation)
    if WILDCARD in methods and not translation.credentials:
        translation.values["methods"] = [WILDCARD]
    elif WILDCARD in methods:
        translation.take_methods(_METHODS)
        says = "Every method was granted, with credentials too."
        translation.lost("allow_methods", WILDCARD, says, f"Only {', '.join(_METHODS)} are: name the others.")
    elif methods:
        translation.take_methods(each.upper() for each in methods)
    else:
        says = "Without allow_methods the methods are those of the routes that were added to it."
        translation.lost("allow_methods", None, says, "GET, HEAD and POST are allowed: list the others.")
    if WILDCARD not in methods:
        translation.different(
            "allow_methods",
            ", ".join(methods),
            "A preflight for POST was answered 403 unless the method was listed or its route added, though browsers "
            "need no leave for it.",
            "GET, HEAD and POST pass.",
            "OPTIONS with Access-Control-Request-Method: POST",
        )


def _headers(options: Sequence[Options], translation: Translation) -> None:
    names = _common(options, "allow_headers", translation)
    if WILDCARD in names:
        translation.take_any_header("allow_headers", WILDCARD)
    else:
        translation.take_headers(names)


def _exposed(options: Sequence[Options], translation: Translation) -> None:
    names = _common(options, "expose_headers", translation)
    if WILDCARD in names and translation.credentials:
        says = "Every header that a response had was exposed by name."
        translation.lost("expose_headers", WILDCARD, says, "None is: name those that your pages read.")
    else:
        translation.take_exposed("expose_headers", names)


def _always(translation: Translation) -> None:
    translation.different(
        _PEER,
        None,
        "There was never a Vary, though answers named the origin: a cache could give one origin's answer to another.",
        "Vary: Origin is there whenever the answer depends on the origin.",
        "GET from one origin, then from another, through a cache",
    )
    translation.different(
        _PEER,
        None,
        "A 404 had no CORS headers: pages saw a CORS error instead.",
        "Errors carry the headers.",
        "GET /no/such/path",
    )
