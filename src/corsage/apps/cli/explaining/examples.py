"""The examples of a rule as one would write them, and what the rule says about the bad one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from corsage.clients.structured import read_structured
from corsage.diagnosis import diagnose
from corsage.model.rule import Problem, Rule
from corsage.rules import DiagnosisRule
from corsage.server.formats import check_document, read_variables, write_toml
from corsage.server.policy import problems_of
from corsage.server.rules import PolicyRule

_SURE: Final = 0.3


@dataclass(frozen=True, slots=True)
class Example:
    """An example as text.

    Attributes:
        language: ``toml``, ``sh``, ``python`` or ``json``.
        text: with a line feed at its end.
    """

    language: str
    text: str


def example_of(fields: Mapping[str, object]) -> Example:
    """Write *fields* as a policy file; as variables or Python where a file cannot hold them, reports as JSON."""
    if "reporter_notes" in fields:
        return Example("json", json.dumps(_known(fields), indent=2, ensure_ascii=False) + "\n")
    text = fields.get("text")
    if isinstance(text, str):
        return Example("toml", text)
    if fields and all(name.isupper() for name in fields):
        return Example("sh", "".join(f"{name}={value}\n" for name, value in fields.items()))
    if any(callable(value) for value in fields.values()):
        return Example("python", _python(fields))
    return Example("toml", write_toml({"cors": dict(fields)}))


def problems_of_example(rule: Rule) -> tuple[Problem, ...]:
    """Return what is found in the bad example of *rule*."""
    if isinstance(rule, DiagnosisRule):
        return _findings(rule)
    if isinstance(rule, PolicyRule):
        return problems_of(rule.bad)
    example = example_of(rule.bad)
    if example.language == "sh":
        return read_variables({name: str(value) for name, value in rule.bad.items()})[1]
    found = check_document(example.text)
    return tuple(dict.fromkeys(problem for problems in found.values() for problem in problems))


def _findings(rule: DiagnosisRule) -> tuple[Problem, ...]:
    """Return what the diagnosis says of the bad example, first things first."""
    findings = diagnose(read_structured(rule.bad)).findings
    return tuple(
        Problem(each.rule.code, each.rule.severity, each.rule.name, "", "; ".join(each.reasons))
        for each in findings
        if each.confidence >= _SURE
    )


def _known(value: object) -> object:
    """Return *value* without what says nothing."""
    if not isinstance(value, Mapping):
        return value
    kept = {name: _known(each) for name, each in value.items() if name != "status_reported"}
    return {name: each for name, each in kept.items() if each not in (None, "", {}, [])}


def _python(fields: Mapping[str, object]) -> str:
    return f"Policy({', '.join(f'{name}={_literal(value)}' for name, value in fields.items())})\n"


def _literal(value: object) -> str:
    if callable(value):
        return str(getattr(value, "__name__", "lookup"))
    return json.dumps(value) if isinstance(value, str | list) else repr(value)
