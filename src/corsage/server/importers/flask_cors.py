"""flask-cors: the keyword arguments of ``CORS()``, or ``CORS_`` keys of ``app.config``.

Facts of flask-cors 6.0.5: read in its source and seen by running it.
"""

import re
from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.importers.expressions import take_expression, whole, without_case, witness_of
from corsage.server.importers.flask_paths import HINTS, paths_of
from corsage.server.importers.imported import Imported
from corsage.server.importers.options import Options, flag, number, split
from corsage.server.importers.path_expressions import EVERYWHERE
from corsage.server.importers.settling import imported, imported_by_path
from corsage.server.importers.translation import Translation
from corsage.server.origin_pattern import parse_origin_pattern
from corsage.server.serialized_origin import split_serialized_origin

_PEER: Final = "flask-cors"
_KNOWN: Final = (
    "origins",
    "methods",
    "allow_headers",
    "expose_headers",
    "supports_credentials",
    "max_age",
    "send_wildcard",
    "vary_header",
    "resources",
    "automatic_options",
    "intercept_exceptions",
    "always_send",
    "allow_private_network",
)
_METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")


def from_flask_cors(options: Options) -> Imported:
    """Translate keyword arguments or configuration keys; other keys of a Flask configuration are not looked at."""
    translation = Translation()
    given = _keywords(options)
    translation.unknown(given, _KNOWN, "It is no option of flask-cors, which writes a line to the log.")
    paths = paths_of(given.get("resources", EVERYWHERE), _KNOWN, translation)
    if list(paths) == [EVERYWHERE]:
        _translate({**given, **paths[EVERYWHERE]}, translation)
        return imported(_PEER, translation)
    by_path: dict[str, Translation] = {}
    for pattern, own in paths.items():
        by_path[pattern] = Translation(translation.report)
        _translate({**given, **own}, by_path[pattern])
    return imported_by_path(_PEER, by_path, translation)


def _keywords(options: Options) -> dict[str, object]:
    """Return the keyword arguments: all of *options*, or its CORS_ keys in lower case."""
    from_config = {
        name.removeprefix("CORS_").lower(): value
        for name, value in options.items()
        if name.startswith("CORS_")
    }
    return from_config or dict(options)


def _translate(given: Options, translation: Translation) -> None:
    if flag(given, "supports_credentials", translation):
        translation.values["credentials"] = True
    _origins(given, translation)
    _methods(given, translation)
    _headers(given, translation)
    translation.take_exposed("expose_headers", _list(given.get("expose_headers"), []))
    age = number(given, "max_age", translation)
    if age == 0:
        says = "0 was dropped: browsers kept the answers to preflights for five seconds."
        translation.different("max_age", 0, says, "They do not keep them at all.")
    translation.values["max_age"] = age
    if flag(given, "allow_private_network", translation):
        translation.values["private_network"] = True
    if given.get("vary_header", True) is False:
        instead = "Vary: Origin is there whenever the answer depends on the origin."
        translation.different(
            "vary_header", False, "There was no Vary, so that caches mixed answers up.", instead
        )


def _list(value: object, default: list[str]) -> list[str]:
    """Read a text or a list of texts; a text may hold several names."""
    if value is None:
        return list(default)
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return split(str(value))


def _origins(given: Options, translation: Translation) -> None:
    value = given.get("origins", WILDCARD)
    # A text is one origin here, whatever it holds.
    origins = [value] if isinstance(value, str) else _list(value, [WILDCARD])
    if WILDCARD in origins or ".*" in origins:
        if translation.credentials and flag(given, "send_wildcard", translation):
            says = "flask-cors raises ValueError for this together with send_wildcard."
            translation.lost("origins", WILDCARD, says, "Everyone may read, without cookies.")
        elif translation.credentials:
            says = "Every origin was reflected, with cookies: whatever site a user visits could read as that user."
            translation.refuse_everyone_with_cookies("origins", value if "origins" in given else None, says)
        translation.allow_everyone()
        return
    for position, origin in enumerate(origins):
        _origin(f"origins[{position}]", origin, translation)
    literal = [each for each in origins if not HINTS & set(each)]
    if len(literal) == len(origins) == 1:
        translation.different(
            "origins",
            origins[0],
            "With one origin there was no Vary, and requests without Origin were answered as if they came from it.",
            "Vary: Origin is always there, and requests without Origin get no Allow-Origin.",
            "GET without Origin",
        )


def _origin(option: str, origin: str, translation: Translation) -> None:
    if not HINTS & set(origin):
        several = split(origin)
        if len(several) > 1:
            says = "Several origins in one text are no origin: none of them was allowed."
            translation.different(option, origin, says, "It is read as a list.")
        never = "It is compared as text, so that no origin was ever equal to it."
        for each in several:
            translation.take_origin(option, each, wildcards=never)
        return
    pattern = parse_origin_pattern(origin)
    try:
        matches = re.compile(origin, re.IGNORECASE).match
    except re.error:
        translation.lost(
            option, origin, "It is no regular expression: flask-cors raises ValueError.", "It is left out."
        )
        return
    if pattern is not None:
        _guessed(option, origin, translation)
        return
    # Case is ignored here.
    lower = without_case(origin, ignored=True)
    made = f"(?:{whole(lower)})" if origin.endswith("$") else f"(?:{whole(lower)}).*"
    witness = witness_of(lower, made, lambda found: matches(found) is not None)
    if witness is not None:
        says = "It was matched from the start alone: an origin that goes on after it was allowed."
        translation.danger(option, origin, says, "It must match the whole origin.", f"Origin: {witness}")
    take_expression(translation, option, lower)


def _guessed(option: str, origin: str, translation: Translation) -> None:
    """A wildcard or an IPv6 address that was taken for a regular expression: ``/*`` is any number of slashes."""
    matches = re.compile(origin, re.IGNORECASE).match
    bare = origin.replace("*.", "").removesuffix(":*")
    candidates = (origin.replace("*.", "x"), origin.replace(":*", ".evil.com"), f"{bare}.evil.com")
    accepted = next((each for each in candidates if split_serialized_origin(each) and matches(each)), "")
    pattern = parse_origin_pattern(origin)
    meant = pattern.example() if pattern is not None else ""
    refused = "" if not meant or matches(meant) else f", and {meant} was not allowed"
    says = f"It was taken for a regular expression, in which the star repeats the sign before it{refused}."
    if accepted:
        translation.danger(option, origin, says, "It is a pattern of origins.", f"Origin: {accepted}")
    else:
        translation.different(option, origin, says, "It is a pattern of origins.")
    translation.take_origin(option, origin, wildcards="")


def _methods(given: Options, translation: Translation) -> None:
    methods = [each.upper() for each in _list(given.get("methods"), list(_METHODS))]
    if WILDCARD in methods:
        says = "The star stands for nothing but itself: no method was granted by it."
        translation.lost("methods", WILDCARD, says, "List the methods.", "Access-Control-Request-Method: PUT")
    translation.take_methods(each for each in methods if each != WILDCARD)
    if "methods" in given:
        _always_about_methods(methods, translation)


def _always_about_methods(methods: list[str], translation: Translation) -> None:
    joined = ", ".join(methods)
    if "POST" not in joined:
        translation.different(
            "methods",
            joined,
            "A preflight for POST was not granted its headers, though browsers need no leave for the method.",
            "GET, HEAD and POST pass; an application that must refuse them does so itself.",
            "OPTIONS with Access-Control-Request-Method: POST, Access-Control-Request-Headers: authorization",
        )
    part = next((name[:-1] for name in methods if len(name) > 1 and name[:-1] not in methods), None)
    if part is not None:
        translation.different(
            "methods",
            joined,
            "The method asked for was searched in the joined list: a part of a name passed.",
            "Names are compared as a whole.",
            f"Access-Control-Request-Method: {part}",
        )


def _headers(given: Options, translation: Translation) -> None:
    written = given.get("allow_headers")
    names = _list(written, [WILDCARD])
    if isinstance(written, str) and len(names) > 1:
        says = "A text is one name here, whatever it holds: none of these was granted."
        instead = "It is read as a list."
        witness = f"Access-Control-Request-Headers: {names[0]}"
        translation.different("allow_headers", written, says, instead, witness)
    if WILDCARD in names or ".*" in names:
        translation.take_any_header("allow_headers", given.get("allow_headers"))
        return
    plain = [each for each in names if not HINTS & set(each)]
    for each in names:
        if each not in plain:
            says = "It is an expression over header names."
            translation.lost("allow_headers", each, says, "It is left out: list the names.")
    translation.take_headers(plain)
