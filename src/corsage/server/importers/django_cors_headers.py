"""django-cors-headers: its ``CORS_`` settings.

Facts of django-cors-headers 4.9: read in its source and seen by running it.
"""

import re
from typing import Final

from corsage.server.draft import NULL, WILDCARD
from corsage.server.importers.expressions import take_expression, whole, without_case, witness_of
from corsage.server.importers.imported import Imported
from corsage.server.importers.options import Options, flag, number, text, texts
from corsage.server.importers.path_expressions import EVERYWHERE, path_patterns_of
from corsage.server.importers.path_remarks import remark_on_paths
from corsage.server.importers.settling import imported, imported_by_path
from corsage.server.importers.translation import Translation
from corsage.server.serialized_origin import split_serialized_origin

_PEER: Final = "django-cors-headers"
_OLD_NAMES: Final = {
    "CORS_ORIGIN_ALLOW_ALL": "CORS_ALLOW_ALL_ORIGINS",
    "CORS_ORIGIN_WHITELIST": "CORS_ALLOWED_ORIGINS",
    "CORS_ORIGIN_REGEX_WHITELIST": "CORS_ALLOWED_ORIGIN_REGEXES",
}
_KNOWN: Final = (
    "CORS_ALLOWED_ORIGINS",
    "CORS_ALLOWED_ORIGIN_REGEXES",
    "CORS_ALLOW_ALL_ORIGINS",
    "CORS_URLS_REGEX",
    "CORS_ALLOW_METHODS",
    "CORS_ALLOW_HEADERS",
    "CORS_EXPOSE_HEADERS",
    "CORS_PREFLIGHT_MAX_AGE",
    "CORS_ALLOW_CREDENTIALS",
    "CORS_ALLOW_PRIVATE_NETWORK",
)
_METHODS: Final = ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"]
_HEADERS: Final = ["accept", "authorization", "content-type", "user-agent", "x-csrftoken", "x-requested-with"]
# What is read as a scheme or as a host.
_HAS_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//[^/?#]")
_MAX_AGE: Final = 86_400


def from_django_cors_headers(options: Options) -> Imported:
    """Translate the settings; what does not begin with ``CORS_`` is not looked at."""
    translation = Translation()
    given = {_OLD_NAMES.get(name, name): value for name, value in options.items() if name.startswith("CORS_")}
    given |= {name: value for name, value in options.items() if name in _KNOWN}
    translation.unknown(given, _KNOWN, "It is no setting of django-cors-headers, which does not read it.")
    if flag(given, "CORS_ALLOW_CREDENTIALS", translation):
        translation.values["credentials"] = True
    _origins(given, translation)
    _methods(given, translation)
    _headers(given, translation)
    translation.take_exposed("CORS_EXPOSE_HEADERS", texts(given, "CORS_EXPOSE_HEADERS", translation, []))
    age = number(given, "CORS_PREFLIGHT_MAX_AGE", translation, _MAX_AGE)
    if age == 0:
        says = "0 was dropped: browsers kept the answers to preflights for five seconds."
        translation.different("CORS_PREFLIGHT_MAX_AGE", 0, says, "They do not keep them at all.")
    translation.values["max_age"] = age
    if flag(given, "CORS_ALLOW_PRIVATE_NETWORK", translation):
        translation.values["private_network"] = True
    _always(translation)
    paths = _paths(given, translation)
    everywhere = imported(_PEER, translation)
    if paths == (EVERYWHERE,):
        return everywhere
    return imported_by_path(_PEER, dict.fromkeys(paths, translation), translation)


def _origins(given: Options, translation: Translation) -> None:
    if flag(given, "CORS_ALLOW_ALL_ORIGINS", translation):
        if translation.credentials:
            says = "Every origin was reflected, with cookies, null too: whatever site a user visits could read as them."
            translation.refuse_everyone_with_cookies("CORS_ALLOW_ALL_ORIGINS", True, says)
        translation.allow_everyone()
        return
    for position, origin in enumerate(texts(given, "CORS_ALLOWED_ORIGINS", translation, [])):
        option = f"CORS_ALLOWED_ORIGINS[{position}]"
        if origin == WILDCARD:
            says = "The star is no origin, and the system checks refuse it (corsheaders.E013)."
            instead = 'It is left out; origins = "*" would allow everyone.'
            translation.lost(option, origin, says, instead)
            continue
        if not _HAS_SCHEME.match(origin) and origin != NULL:
            says = "It has neither scheme nor host, as null has none: null was allowed, and no origin of its own."
            instead = "null is not allowed."
            translation.danger(option, origin, says, instead, "Origin: null")
        never = "Scheme and host are compared as text, and no host was ever equal to it; no check warns."
        translation.take_origin(option, origin, wildcards=never)
    exact = next((each for each in translation.listed("origins") if split_serialized_origin(each)), None)
    if exact is not None:
        translation.different(
            "CORS_ALLOWED_ORIGINS",
            exact,
            "Scheme and host alone are compared: what is no origin, with a path for example, was reflected.",
            "The whole of Origin is compared.",
            f"Origin: {exact}/evil?x",
        )
    for position, pattern in enumerate(texts(given, "CORS_ALLOWED_ORIGIN_REGEXES", translation, [])):
        _expression(f"CORS_ALLOWED_ORIGIN_REGEXES[{position}]", pattern, translation)


def _expression(option: str, pattern: str, translation: Translation) -> None:
    try:
        matches = re.compile(pattern).match
    except re.error:
        translation.lost(
            option, pattern, "It is no regular expression: every request raised.", "It is left out."
        )
        return
    lower = without_case(pattern)
    made = f"(?:{whole(lower)})" if pattern.endswith("$") else f"(?:{whole(lower)}).*"
    witness = witness_of(lower, made, lambda origin: matches(origin) is not None)
    if witness is not None:
        says = "It was matched from the start alone: an origin that goes on after it was allowed."
        translation.danger(option, pattern, says, "It must match the whole origin.", f"Origin: {witness}")
    take_expression(translation, option, pattern)


def _starred(given: Options, name: str, translation: Translation, default: list[str]) -> list[str]:
    """Read a list whose star goes out as a star."""
    names = texts(given, name, translation, default)
    if WILDCARD in names and translation.credentials:
        says = "With credentials browsers take the star for a name like any other: it granted nothing."
        translation.different(name, WILDCARD, says, "It is left out: list the names.")
        return [each for each in names if each != WILDCARD]
    return names


def _methods(given: Options, translation: Translation) -> None:
    methods = _starred(given, "CORS_ALLOW_METHODS", translation, _METHODS)
    if WILDCARD in methods:
        translation.values["methods"] = [WILDCARD]
    else:
        translation.take_methods(methods, "CORS_ALLOW_METHODS")


def _headers(given: Options, translation: Translation) -> None:
    names = _starred(given, "CORS_ALLOW_HEADERS", translation, _HEADERS)
    if WILDCARD in names:
        named = [each for each in names if each.lower() == "authorization"]
        translation.take_headers([WILDCARD, *named])
    else:
        translation.take_headers(names)


def _paths(given: Options, translation: Translation) -> tuple[str, ...]:
    expression = text(given, "CORS_URLS_REGEX", translation)
    if expression is None:
        return (EVERYWHERE,)
    patterns = path_patterns_of(expression)
    if patterns is None:
        says = "It is an expression over paths that no path pattern says."
        instead = (
            "No policy is made, for it would be for other paths, too: list the paths under [cors.paths]."
        )
        translation.lost("CORS_URLS_REGEX", expression, says, instead)
        return ()
    remark_on_paths(translation, "CORS_URLS_REGEX", expression, patterns)
    return patterns


def _always(translation: Translation) -> None:
    translation.different(
        _PEER,
        None,
        "OPTIONS with Access-Control-Request-Method was answered by the middleware even without Origin.",
        "Preflights alone are: they have both.",
        "OPTIONS with Access-Control-Request-Method: PUT, without Origin",
    )
    translation.different(
        _PEER,
        None,
        "Preflights had Vary: origin alone, though their answers depend on more for other software.",
        "Vary names the request's method and headers, too.",
        "OPTIONS with Origin and Access-Control-Request-Method",
    )
