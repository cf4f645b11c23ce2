"""Azure: the CORS of App Service and Functions, and the rules of the blob service."""

from collections.abc import Mapping, Sequence
from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.importers.imported import Imported
from corsage.server.importers.options import Options, flag, texts
from corsage.server.importers.settling import imported
from corsage.server.importers.storage_rules import (
    Rule,
    one_rule,
    read_rules_json,
    take_headers,
    take_methods,
    take_origins,
)
from corsage.server.importers.translation import Translation, nothing
from corsage.server.importers.xml_rules import UnreadableXmlError, read_rules

_APP: Final = "azure-app-service"
_BLOB: Final = "azure-blob"
# Under these the settings lie in what the API, the templates and the command line print.
_AROUND: Final = ("properties", "siteConfig", "cors")
_DEEPEST: Final = 6
_FIELDS: Final = {
    "origins": "allowedOrigins",
    "methods": "allowedMethods",
    "headers": "allowedHeaders",
    "exposed": "exposedHeaders",
    "max_age": "maxAgeInSeconds",
}
_TEXT: Final = "It was compared as text, so that no origin was ever equal to it."
_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def from_azure(options: Mapping[str, object] | Sequence[object] | str) -> Imported:
    """Translate what ``az webapp cors show`` or the properties of a blob service hold.

    Args:
        options: ``{"allowedOrigins": […], "supportCredentials": …}``; ``{"corsRules": […]}``; what
            ``az storage cors list`` prints; the XML of the storage API as text; the first two also inside
            ``properties``, ``siteConfig`` and ``cors``.
    """
    translation = Translation()
    if isinstance(options, str):
        return _blob(_of_xml(options, translation), translation)
    found: object = options
    for _ in range(_DEEPEST):
        inner = next((found[key] for key in _AROUND if isinstance(found, Mapping) and key in found), None)
        if inner is None:
            break
        found = inner
    if isinstance(found, Mapping) and "corsRules" not in found and "allowedOrigins" in found:
        return _app(found, translation)
    return _blob(found.get("corsRules", []) if isinstance(found, Mapping) else found, translation)


def _app(options: Options, translation: Translation) -> Imported:
    if flag(options, "supportCredentials", translation):
        translation.values["credentials"] = True
    origins = texts(options, "allowedOrigins", translation, [])
    if WILDCARD in origins:
        if translation.credentials:
            says = "Browsers refuse the star with credentials: no request with cookies could be read."
            instead = "Everyone may read, without cookies. List the origins that need them."
            translation.different("supportCredentials", True, says, instead)
        translation.allow_everyone()
    else:
        rule = Rule("cors", tuple(origins), _METHODS)
        take_origins(rule, translation, named_have_credentials=False)
    translation.take_methods(_METHODS)
    translation.take_any_header("allowedOrigins", None)
    return imported(_APP, translation)


def _blob(value: object, translation: Translation) -> Imported:
    rules = read_rules_json(_small_letters(value), _FIELDS, translation, option="corsRules")
    rule = one_rule(rules, translation)
    if rule is None:
        translation.lost(
            _BLOB, None, "There is no rule: no page of another origin could read anything.", "Nor can it."
        )
        return nothing(_BLOB, translation)
    take_origins(rule, translation, named_have_credentials=True, wildcards=_TEXT)
    take_methods(rule, translation)
    take_headers(rule, translation)
    exposed = [each for each in rule.exposed if each == WILDCARD or WILDCARD not in each]
    translation.take_exposed(f"{rule.option}.exposedHeaders", exposed)
    for text in rule.exposed:
        if text not in exposed:
            says = "Every header that begins like this could be read."
            translation.lost(
                f"{rule.option}.exposedHeaders", text, says, "It is left out: name those that pages read."
            )
    if rule.max_age is not None:
        translation.values["max_age"] = rule.max_age
    return imported(_BLOB, translation)


def _small_letters(value: object) -> object:
    """The command line prints ``AllowedOrigins``, with capitals; the API ``allowedOrigins``."""
    if not isinstance(value, list | tuple):
        return value
    return [
        {f"{key[:1].lower()}{key[1:]}": each for key, each in rule.items() if isinstance(key, str)}
        if isinstance(rule, Mapping)
        else rule
        for rule in value
    ]


def _of_xml(text: str, translation: Translation) -> list[object]:
    names = frozenset(f"{name[:1].upper()}{name[1:]}" for name in _FIELDS.values())
    try:
        rules = read_rules(text, "CorsRule", names)
    except UnreadableXmlError as error:
        translation.lost(_BLOB, None, f"It is no XML that is read: {error}.", "It is left out.")
        return []
    return [{name: texts_[-1] for name, texts_ in rule.items()} for rule in rules]
