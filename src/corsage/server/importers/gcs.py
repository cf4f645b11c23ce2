"""Google Cloud Storage: the CORS configuration of a bucket."""

from collections.abc import Mapping, Sequence
from typing import Final

from corsage.server.importers.imported import Imported
from corsage.server.importers.settling import imported
from corsage.server.importers.storage_rules import (
    one_rule,
    read_rules_json,
    take_headers,
    take_methods,
    take_origins,
)
from corsage.server.importers.translation import Translation, nothing

_PEER: Final = "gcs"
_TEXT: Final = "It was compared as text, so that no origin was ever equal to it."
_JSON: Final = {
    "origins": "origin",
    "methods": "method",
    "headers": "responseHeader",
    "max_age": "maxAgeSeconds",
}


def from_gcs(options: Mapping[str, object] | Sequence[object]) -> Imported:
    """Translate a bucket's entries.

    Args:
        options: the list that the command line takes, or an object with it under ``cors`` or ``cors_config``.
    """
    translation = Translation()
    value: object = options
    if isinstance(options, Mapping):
        value = options.get("cors", options.get("cors_config", []))
    rule = one_rule(read_rules_json(value, _JSON, translation, option="cors"), translation)
    if rule is None:
        translation.lost(
            _PEER, None, "There is no entry: no page of another origin could read anything.", "Nor can it."
        )
        return nothing(_PEER, translation)
    take_origins(rule, translation, named_have_credentials=False, wildcards=_TEXT)
    take_methods(rule, translation)
    take_headers(rule, translation)
    # One list for both directions.
    translation.take_exposed(
        f"{rule.option}.responseHeader", [each for each in rule.headers if each == "*" or "*" not in each]
    )
    if rule.max_age is not None:
        translation.values["max_age"] = rule.max_age
    return imported(_PEER, translation)
