"""The report of ``corsage policy explain``, for programs."""

from dataclasses import asdict
from typing import Any

from corsage.apps.cli.policy.explained import Explained, View
from corsage.pair import Exchange


def explain_json(found: Explained) -> dict[str, Any]:
    """Return what was found as JSON."""
    explanation = found.explanation
    choice = explanation.choice
    return {
        "origin": found.question.origin,
        "method": found.question.method,
        "path": found.path,
        "pattern": None if choice is None else choice.pattern,
        "other_patterns": [] if choice is None else [asdict(each) for each in choice.losers],
        "contested": [] if choice is None else [asdict(each) for each in choice.contested],
        "has_policy": explanation.policy is not None,
        "allowed": found.views[0].simulation.allowed,
        "readable": found.readable,
        "findings": [asdict(finding) for finding in explanation.findings],
        "unasked_headers": list(found.unasked),
        "dropped_headers": list(found.dropped),
        "exchanges": [_exchange(each) for each in found.views[0].simulation.exchanges],
        "browsers": {view.name: _view(view) for view in found.views},
    }


def _exchange(exchange: Exchange) -> dict[str, Any]:
    decision = exchange.decision
    return {
        "kind": exchange.request.kind.value,
        "method": exchange.request.method,
        "request_headers": [list(pair) for pair in exchange.request.headers],
        "status": exchange.response.status,
        "cors_headers": [] if decision is None else [list(pair) for pair in decision.headers],
        "allowed": decision is not None and decision.allowed,
        "reason": None if decision is None or decision.reason is None else decision.reason.value,
        "detail": "" if decision is None else decision.detail,
    }


def _view(view: View) -> dict[str, Any]:
    return {
        "verdict": view.verdict.kind.value,
        "code": view.report.code or view.verdict.code,
        "summary": view.verdict.sentence,
        "console": list(view.report.lines),
    }
