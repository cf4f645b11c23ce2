"""A diagnosis as JSON: ``diagnosis.schema.json`` says what is in it."""

from typing import Any, Final

from corsage import __version__
from corsage.apps.cli.diagnosing.lines import brief_json
from corsage.diagnosis import Diagnosis, Snippet
from corsage.model.evidence import Message, Place, Slip
from corsage.pair.amend import Amendment
from corsage.pair.repair import Change

SCHEMA_VERSION: Final = 1


def json_of(diagnosis: Diagnosis, exit_code: int) -> dict[str, Any]:
    """Return the whole output of a call."""
    return {
        "schema": SCHEMA_VERSION,
        "version": __version__,
        "exit_code": exit_code,
        **diagnosis_json(diagnosis),
    }


def diagnosis_json(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return all of *diagnosis* that programs may want."""
    cure = diagnosis.remedy
    return {
        **brief_json(diagnosis),
        "warnings": list(diagnosis.warnings),
        "messages": [_message(each) for each in diagnosis.evidence.messages],
        "mistakes": [_mistake(each) for each in dict.fromkeys(diagnosis.evidence.slips)],
        "stacks": [_place(each) for each in diagnosis.evidence.places],
        "changes": [_change(each) for each in diagnosis.repair.changes] if diagnosis.repair else [],
        "changes_proven": diagnosis.repair.proven if diagnosis.repair else None,
        "amendments": [_amendment(each) for each in diagnosis.amendments],
        "policy": cure.policy.values() if cure is not None else None,
        "policy_proven": cure.proven if cure is not None else None,
        "snippets": [_snippet(each) for each in diagnosis.snippets],
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "speaker": message.speaker.value,
        "says": message.says.value,
        "url": message.url or None,
        "origin": message.origin or None,
        "parameter": message.parameter or None,
        "status": message.status,
        "text": message.text,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"stack": place.stack, "kind": place.kind, "confidence": place.sure, "why": place.why}


def _mistake(slip: Slip) -> dict[str, Any]:
    return {"stack": slip.stack, "name": slip.name, "says": slip.says, "instead": slip.instead or None}


def _change(change: Change) -> dict[str, Any]:
    return {
        "of": "preflight" if change.preflight else "response",
        "url": change.url,
        "header": change.header,
        "old": change.old,
        "new": change.new,
        "why": change.why,
    }


def _amendment(change: Amendment) -> dict[str, Any]:
    return {
        "part": change.part.value,
        "name": change.name or None,
        "old": change.old,
        "new": change.new,
        "why": change.why,
        "proven": change.proven,
    }


def _snippet(snippet: Snippet) -> dict[str, Any]:
    rendered = snippet.rendered
    return {
        "stack": snippet.stack,
        "executed": rendered.executed or None,
        "files": [
            {"name": each.name, "language": each.language, "text": each.text} for each in rendered.files
        ],
        "steps": list(rendered.steps),
        "limits": list(rendered.limits),
    }
