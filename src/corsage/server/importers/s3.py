"""Amazon S3: the CORS configuration of a bucket, as JSON (the console's, or the command line's) or as XML."""

from collections.abc import Mapping, Sequence
from typing import Final

from corsage.server.importers.imported import Imported
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

_PEER: Final = "s3"
_JSON: Final = {
    "origins": "AllowedOrigins",
    "methods": "AllowedMethods",
    "headers": "AllowedHeaders",
    "exposed": "ExposeHeaders",
    "max_age": "MaxAgeSeconds",
}
_XML: Final = {
    "AllowedOrigin": "AllowedOrigins",
    "AllowedMethod": "AllowedMethods",
    "AllowedHeader": "AllowedHeaders",
    "ExposeHeader": "ExposeHeaders",
}


def from_s3(options: Mapping[str, object] | Sequence[object] | str) -> Imported:
    """Translate a bucket's rules.

    Args:
        options: ``{"CORSRules": […]}``, the list alone, or the XML of the API as text.
    """
    translation = Translation()
    rules = _rules(options, translation)
    rule = one_rule(rules, translation)
    if rule is None:
        translation.lost(
            _PEER, None, "There is no rule: no page of another origin could read anything.", "Nor can it."
        )
        return nothing(_PEER, translation)
    take_origins(rule, translation, named_have_credentials=True)
    take_methods(rule, translation)
    take_headers(rule, translation)
    translation.take_exposed(f"{rule.option}.ExposeHeaders", rule.exposed)
    if rule.max_age is not None:
        translation.values["max_age"] = rule.max_age
    translation.different(
        _PEER,
        None,
        "A preflight that no rule matches was answered 403, and answers to requests without Origin had no Vary.",
        "Every preflight has one status, and every answer that depends on the origin has Vary.",
        "Origin: https://evil.com",
    )
    return imported(_PEER, translation)


def _rules(options: Mapping[str, object] | Sequence[object] | str, translation: Translation) -> list[Rule]:
    if isinstance(options, str):
        try:
            found = read_rules(options, "CORSRule", frozenset((*_XML, "MaxAgeSeconds")))
        except UnreadableXmlError as error:
            translation.lost(_PEER, None, f"It is no XML that is read: {error}.", "It is left out.")
            return []
        return read_rules_json([_of_xml(each) for each in found], _JSON, translation, option="CORSRule")
    value = options.get("CORSRules", []) if isinstance(options, Mapping) else options
    return read_rules_json(value, _JSON, translation, option="CORSRules")


def _of_xml(rule: Mapping[str, list[str]]) -> dict[str, object]:
    made: dict[str, object] = {_XML[name]: texts for name, texts in rule.items() if name in _XML}
    if rule.get("MaxAgeSeconds"):
        made["MaxAgeSeconds"] = rule["MaxAgeSeconds"][-1]
    return made
