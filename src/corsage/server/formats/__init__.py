"""Texts become policies, and policies texts: TOML, JSON, environment variables. No files here, no environment."""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from corsage.model.rule import Problem
from corsage.server.formats.document import CORS_TABLE, Document, read_document
from corsage.server.formats.document_rules import DOCUMENT_RULES, DocumentRule
from corsage.server.formats.env import policy_from_variables, read_variables, write_variables
from corsage.server.formats.environments import policy_set, resolve
from corsage.server.formats.json import read_json, write_json
from corsage.server.formats.toml import read_toml, write_toml
from corsage.server.policy import Policy, PolicyError
from corsage.server.policy_set import PolicySet

Format: TypeAlias = Literal["toml", "json"]


def parse_document(text: str, format: Format = "toml", table: Sequence[str] = CORS_TABLE) -> Document:  # noqa: A002 - the word
    """Parse a policy file.

    Args:
        text: the whole file.
        format: of the text.
        table: where the policy is in it; ``("tool", "corsage", "cors")`` in ``pyproject.toml``.

    Raises:
        PolicyError: the text does not parse. What is in the wrong place is in the document's `problems`.
    """
    return read_document(read_toml(text) if format == "toml" else read_json(text), table)


def read_policies(
    text: str,
    environment: str | None = None,
    format: Format = "toml",  # noqa: A002 - the word
    table: Sequence[str] = CORS_TABLE,
) -> PolicySet:
    """Make the policies of a file in *environment*.

    Raises:
        PolicyError: with every problem there is.
    """
    return policy_set(parse_document(text, format, table), environment)


def check_document(
    text: str,
    format: Format = "toml",  # noqa: A002 - the word
    table: Sequence[str] = CORS_TABLE,
) -> dict[str | None, tuple[Problem, ...]]:
    """Return all problems of a file, warnings too, by environment; those of none, and of all, under ``None``."""
    try:
        document = parse_document(text, format, table)
    except PolicyError as error:
        return {None: error.problems}
    return check_environments(document)


def check_environments(document: Document) -> dict[str | None, tuple[Problem, ...]]:
    """Return all problems of *document*, by environment; those of none, and of all, under ``None``."""
    found: dict[str | None, tuple[Problem, ...]] = {
        None: (*document.problems, *resolve(document, None).all_problems())
    }
    for name in document.environments:
        found[name] = resolve(document, name).all_problems()
    return found


def document_of(policies: Policy | PolicySet) -> dict[str, dict[str, object]]:
    """Return *policies* as the tables of a file, whatever its format. `origin_lookup` is code and is left out."""
    if isinstance(policies, Policy):
        return {"cors": policies.values()}
    table = {} if policies.default is None else policies.default.values()
    if policies.default is not None and not table and policies.paths:
        table["origins"] = []  # nothing is allowed elsewhere; without a field, elsewhere would be left alone
    if policies.paths or policies.default is None:
        table["paths"] = {pattern: policy.values() for pattern, policy in policies.paths.items()}
    return {"cors": table}


def write_policies(policies: Policy | PolicySet, format: Format = "toml") -> str:  # noqa: A002 - the word
    """Write *policies* as a file, as they are: its environment stands in it as a field."""
    document: Mapping[str, object] = document_of(policies)
    return write_toml(document) if format == "toml" else write_json(document)


__all__ = [
    "DOCUMENT_RULES",
    "Document",
    "DocumentRule",
    "Format",
    "check_document",
    "check_environments",
    "document_of",
    "parse_document",
    "policy_from_variables",
    "policy_set",
    "read_document",
    "read_json",
    "read_policies",
    "read_toml",
    "read_variables",
    "resolve",
    "write_json",
    "write_policies",
    "write_toml",
    "write_variables",
]
