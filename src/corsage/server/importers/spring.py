"""Spring: `CorsConfiguration`'s options, the properties of Boot and of Cloud Gateway, and the registry's methods.

Facts of Spring Framework 6: read in its source. They were not seen by running it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from corsage.server.importers.imported import Imported
from corsage.server.importers.reflecting import take_named_headers, take_named_methods, take_safelisted
from corsage.server.importers.settling import imported, imported_by_path
from corsage.server.importers.spring_origins import take_spring_origins
from corsage.server.importers.spring_properties import (
    EVERYWHERE,
    OPTIONS,
    Found,
    find_configurations,
    read_properties,
)
from corsage.server.importers.translation import Translation, nothing

_PEER: Final = "spring"
_REFUSED: Final = "Requests of other origins with {} were answered 403."
_AGE: Final = re.compile(r"(?:PT)?([0-9]{1,9})\s?(ms|s|m|h|d)?", re.IGNORECASE)
_SECONDS: Final[Mapping[str, float]] = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400}
# What the registry and @CrossOrigin take where nothing is said.
_PERMITTED: Final[Mapping[str, object]] = {
    "allowedOrigins": ["*"],
    "allowedMethods": ["GET", "HEAD", "POST"],
    "allowedHeaders": ["*"],
    "maxAge": 1800,
}
_ENTRY: Final = re.compile(r"(?:[^,\[]|\[[^\]]{0,400}\]|\[)+")
_SEGMENT: Final = re.compile(r"[A-Za-z0-9._~-]{1,100}|\{[A-Za-z0-9_]{1,50}\}")


def from_spring(options: Mapping[str, object] | str) -> Imported:
    """Translate options that have no defaults: a bean's, and those of application.properties and application.yml.

    Args:
        options: the setters' names (``allowedOrigins``, ``allowed-origins``) with their values; or the whole
            configuration, nested as in YAML or flat; or the text of application.properties.
    """
    return _translated(read_properties(options) if isinstance(options, str) else options, {})


def from_spring_registry(options: Mapping[str, object]) -> Imported:
    """Translate what is called on a ``CorsRegistration`` or written in ``@CrossOrigin``, which have defaults."""
    return _translated(options, _PERMITTED)


def _translated(options: Mapping[str, object], defaults: Mapping[str, object]) -> Imported:
    translation = Translation()
    found = find_configurations(options)
    if not found:
        if defaults and not options:
            found = [Found("", EVERYWHERE, {}, {})]
        else:
            says = "There is no option of CORS in it: no page of another origin could read anything."
            translation.lost(_PEER, None, says, "Nor can it.")
            return nothing(_PEER, translation)
    if len(found) == 1 and found[0].path == EVERYWHERE:
        _one(found[0], defaults, translation)
        return imported(_PEER, translation)
    by_path: dict[str, Translation] = {}
    for each in found:
        pattern = _path_pattern(each.path)
        if pattern is None or pattern in by_path:
            says = (
                "A policy has no such path."
                if pattern is None
                else "There are options for this path already."
            )
            translation.lost(each.where or each.path, each.path, says, "It is left out.")
            continue
        by_path[pattern] = Translation(translation.report)
        _one(each, defaults, by_path[pattern])
    return imported_by_path(_PEER, by_path, translation)


def _path_pattern(path: str) -> str | None:
    """Write Spring's path as a policy's; ``None`` where it says what a policy's cannot."""
    if path in {EVERYWHERE, "**"}:
        return "/*"
    bare = path.removesuffix("/**")
    segments = [("{any}" if each == "*" else each) for each in bare.strip("/").split("/")]
    if not path.startswith("/") or not all(map(_SEGMENT.fullmatch, segments)):
        return None
    numbered = [each if each != "{any}" else f"{{any{number}}}" for number, each in enumerate(segments)]
    return f"/{'/'.join(numbered)}{'/*' if bare != path else ''}"


def _one(found: Found, defaults: Mapping[str, object], translation: Translation) -> None:
    options = found.options
    translation.unknown(found.unknown, OPTIONS.values(), "It is no option of Spring's CORS.")
    if _is_true(options.get("allowCredentials")):
        translation.values["credentials"] = True
    if _is_true(options.get("allowPrivateNetwork")):
        translation.values["private_network"] = True
    patterns = _list(options.get("allowedOriginPatterns"))
    no_origins = None if patterns else defaults.get("allowedOrigins")
    take_spring_origins(translation, _list(options.get("allowedOrigins", no_origins)), patterns)
    methods = _list(options.get("allowedMethods", defaults.get("allowedMethods", ["GET", "HEAD"])))
    take_named_methods(translation, "allowedMethods", methods, compared=True)
    take_safelisted(translation, "allowedMethods", methods, _REFUSED)
    headers = _list(options.get("allowedHeaders", defaults.get("allowedHeaders")))
    take_named_headers(translation, "allowedHeaders", headers)
    translation.take_exposed("exposedHeaders", _list(options.get("exposedHeaders")))
    _age(options.get("maxAge", defaults.get("maxAge")), translation)
    if not translation.any_origin:
        says = "Every request of an origin that is not allowed was answered 403, Invalid CORS request."
        instead = "It reaches the application; browsers keep the answer from the page."
        translation.different(_PEER, None, says, instead, "GET with Origin: https://evil.com")


def _is_true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() == "true")


def _list(value: object) -> Sequence[str]:
    """Read a list as Spring binds it: a text is split at its commas, but for those of a pattern's ports."""
    if isinstance(value, str):
        return [each.strip() for each in _ENTRY.findall(value) if each.strip()]
    if not isinstance(value, list | tuple):
        return []
    return [part for each in value if isinstance(each, str) for part in _list(each)]


def _age(value: object, translation: Translation) -> None:
    if value is None:
        return
    found = _AGE.fullmatch(str(value).strip())
    if found is None:
        translation.lost(
            "maxAge", value, "It is neither seconds nor a duration such as 30m.", "It is left out."
        )
        return
    translation.values["max_age"] = int(int(found[1]) * _SECONDS[(found[2] or "s").lower()])
