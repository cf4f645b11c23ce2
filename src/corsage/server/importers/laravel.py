"""Laravel: the text of ``config/cors.php``.

Facts of fruitcake/php-cors 1.4: read in its source and seen by running it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from corsage.server.importers.express_regexes import take_regex
from corsage.server.importers.expressions import without_case
from corsage.server.importers.imported import Imported
from corsage.server.importers.php_array import Code, read_array
from corsage.server.importers.reflecting import take_named_headers, take_named_methods
from corsage.server.importers.settling import imported, imported_by_path
from corsage.server.importers.spring_origins import take_star_pattern
from corsage.server.importers.translation import Translation, nothing

_PEER: Final = "laravel"
_KNOWN: Final = (
    "paths",
    "allowed_methods",
    "allowed_origins",
    "allowed_origins_patterns",
    "allowed_headers",
    "exposed_headers",
    "max_age",
    "supports_credentials",
)
_CODE: Final = "It is code, which is not run here."
_DELIMITERS: Final = {"(": ")", "[": "]", "{": "}", "<": ">"}
_SEGMENT: Final = re.compile(r"[A-Za-z0-9._~-]{1,100}")


def from_laravel(text: str) -> Imported:
    """Translate the array that the file returns."""
    translation = Translation()
    options = read_array(text)
    paths = [] if options is None else _texts(options, "paths", translation)
    if options is None or not paths:
        says = "It names no path: no page of another origin could read anything."
        translation.lost("paths", None, says, "Nor can it.")
        return nothing(_PEER, translation)
    translation.unknown(options, _KNOWN, "It is no option of Laravel's CORS, which does not read it.")
    first = Translation(translation.report)
    _translate(options, first)
    patterns = [pattern for each in paths for pattern in _pattern(each, translation)]
    if "/*" in patterns:
        return imported(_PEER, first)
    by_path: dict[str, Translation] = {}
    for pattern in patterns:
        by_path[pattern] = Translation(translation.report)
        by_path[pattern].values = dict(first.values)
    return imported_by_path(_PEER, by_path, translation)


def _pattern(path: str, translation: Translation) -> list[str]:
    """Write an entry of ``paths`` as a policy's; none where a policy has no such path."""
    bare = path.strip("/")
    if bare == "*":
        return ["/*"]
    start = bare.removesuffix("/*")
    if path != "/" and not all(map(_SEGMENT.fullmatch, start.split("/"))):
        translation.lost("paths", path, "A policy has no such path.", "It is left out.")
        return []
    return [f"/{start}/*" if start != bare else f"/{bare}"]


def _translate(options: Mapping[str, object], translation: Translation) -> None:
    credentials = options.get("supports_credentials", False)
    if credentials is True:
        translation.values["credentials"] = True
    elif credentials is not False:
        translation.lost("supports_credentials", _shown(credentials), _CODE, "Credentials are not allowed.")
    _origins(options, translation)
    methods = [each.upper() for each in _texts(options, "allowed_methods", translation)]
    take_named_methods(translation, "allowed_methods", methods, compared=False)
    take_named_headers(translation, "allowed_headers", _texts(options, "allowed_headers", translation))
    translation.take_exposed("exposed_headers", _texts(options, "exposed_headers", translation))
    age = options.get("max_age", 0)
    if isinstance(age, bool) or not isinstance(age, int | None):
        translation.lost("max_age", _shown(age), _CODE, "It is left out.")
    else:
        translation.values["max_age"] = age


def _origins(options: Mapping[str, object], translation: Translation) -> None:
    origins = _texts(options, "allowed_origins", translation)
    patterns = _texts(options, "allowed_origins_patterns", translation)
    if "*" in origins:
        if translation.credentials:
            says = "Every origin was sent back, with cookies: whatever site a user visits could read as that user."
            translation.refuse_everyone_with_cookies("allowed_origins", "*", says)
        translation.allow_everyone()
        return
    for number, origin in enumerate(origins):
        option = f"allowed_origins[{number}]"
        if "*" in origin:
            take_star_pattern(translation, option, origin)
        else:
            translation.take_origin(option, origin, wildcards="")
    if len(origins) == 1 and not patterns and "*" not in origins[0]:
        translation.different(
            "allowed_origins",
            origins[0],
            "It was sent to everybody, whoever asked: browsers of other origins refused it.",
            "It is sent to this origin alone.",
            "Origin: https://evil.com",
        )
    for number, pattern in enumerate(patterns):
        _expression(translation, f"allowed_origins_patterns[{number}]", pattern)


def _expression(translation: Translation, option: str, written: str) -> None:
    """Take an expression of PCRE, which has delimiters and flags, and is searched for."""
    end = written.rfind(_DELIMITERS.get(written[:1], written[:1]))
    if end <= 0 or written[:1].isalnum() or written[:1] in {"\\", " ", "^", "*"}:
        says = "It has no delimiters: preg_match warned, and nobody was let in by it."
        translation.lost(option, written, says, "It is left out: list the origins.")
        return
    body, flags = written[1:end], written[end + 1 :]
    pattern = re.sub(r"^\\A", "^", re.sub(r"\\[zZ]$", "$", body)).replace(r"\/", "/")
    take_regex(option, without_case(pattern, ignored="i" in flags), translation)


def _texts(options: Mapping[str, object], name: str, translation: Translation) -> Sequence[str]:
    value = options.get(name)
    if value is None or value is False:
        return []
    listed = value if isinstance(value, list) else [value]
    for each in listed:
        if not isinstance(each, str):
            translation.lost(name, _shown(each), _CODE, "It is left out: write down what it was.")
    return [each for each in listed if isinstance(each, str)]


def _shown(value: object) -> str:
    return value.text if isinstance(value, Code) else str(value)
