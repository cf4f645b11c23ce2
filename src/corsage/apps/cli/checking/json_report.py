"""The report as JSON: the form of ``check.schema.json``, described in ``docs/check-json.md``."""

from collections.abc import Sequence
from typing import Any, Final

from corsage import __version__
from corsage.apps.cli.checking.curl import curl_line
from corsage.apps.cli.checking.reasons import reasons
from corsage.apps.cli.checking.run import Checked, View
from corsage.apps.cli.checking.steps import says
from corsage.apps.cli.checking.verdict import judge
from corsage.clients.live import Certificate, Exchange, LiveOptions, Timing
from corsage.model import HeaderList, NetworkFailure, Outcome, Step, WireResponse

SCHEMA_VERSION: Final = 1


def json_document(
    results: Sequence[Checked], notes: Sequence[str], options: LiveOptions, exit_code: int, *, verbose: bool
) -> dict[str, Any]:
    """Return the whole output of a call."""
    return {
        "schema": SCHEMA_VERSION,
        "version": __version__,
        "exit_code": exit_code,
        "notes": list(notes),
        "results": [_result(checked, options, verbose=verbose) for checked in results],
    }


def _result(checked: Checked, options: LiveOptions, *, verbose: bool) -> dict[str, Any]:
    question, outcome = checked.question, checked.outcome
    verdict = judge(question, outcome)
    refusal = outcome.refusal
    step = checked.trace.refusal if refusal is not None or outcome.thrown is not None else None
    result = {
        "url": question.url.href,
        "origin": question.origin,
        "page": question.client.url.href,
        "method": question.method,
        "api": question.api,
        "profile": checked.profile.name,
        "verdict": verdict.kind.value,
        "code": verdict.code,
        "is_cors": refusal.cause.is_cors if refusal is not None else None,
        "parameter": refusal.parameter if refusal is not None else None,
        "summary": verdict.sentence,
        "reasons": reasons(checked),
        "request": _request(outcome),
        "thrown": _thrown(outcome),
        "network_failure": _failure(refusal.failure) if refusal is not None else None,
        "response": _response(outcome),
        "step": None if step is None else _step(step),
        "exchanges": [_exchange(exchange, options) for exchange in checked.exchanges],
        "browsers": {view.profile.engine.value: _view(checked, view) for view in checked.views},
        "fix": _fix(checked),
        "warnings": list(dict.fromkeys(outcome.warnings)),
        "withheld_cookies": [text for each in checked.trace if " withheld: " in (text := says(each))],
    }
    return result | ({"trace": [_step(each) for each in checked.trace]} if verbose else {})


def _request(outcome: Outcome) -> dict[str, Any] | None:
    request = outcome.request
    if request is None:
        return None
    return {
        "method": request.method,
        "mode": request.mode.value,
        "credentials": request.credentials.value,
        "redirect": request.redirect.value,
        "headers": _pairs(request.headers),
        "dropped_headers": list(request.dropped_headers),
    }


def _pairs(headers: HeaderList) -> list[list[str]]:
    return [list(pair) for pair in headers]


def _thrown(outcome: Outcome) -> dict[str, Any] | None:
    if outcome.thrown is None:
        return None
    return {"name": outcome.thrown.name, "reason": outcome.thrown.reason}


def _failure(failure: NetworkFailure | None) -> dict[str, str] | None:
    return None if failure is None else {"kind": failure.kind.value, "detail": failure.detail}


def _response(outcome: Outcome) -> dict[str, Any] | None:
    response = outcome.response
    if response is None:
        return None
    return {
        "type": response.type.value,
        "status": response.status,
        "url": response.url,
        "redirected": response.redirected,
        "readable_headers": [list(pair) for pair in response.headers],
        "hidden_headers": list(response.hidden_headers),
        "body_bytes": None if response.body is None else len(response.body),
    }


def _step(step: Step) -> dict[str, str]:
    return {
        "algorithm": step.algorithm.name,
        "number": step.number,
        "verdict": step.verdict.value,
        "says": says(step),
        "url": step.url,
    }


def _exchange(exchange: Exchange, options: LiveOptions) -> dict[str, Any]:
    request, answer = exchange.request, exchange.response
    response = answer if isinstance(answer, WireResponse) else None
    return {
        "kind": request.kind.value,
        "method": request.method,
        "url": request.url.without_credentials_and_fragment,
        "request_headers": _pairs(request.headers),
        "request_body_bytes": None if request.body is None else len(request.body),
        "response": None if response is None else _answer(exchange, response),
        "failure": _failure(answer) if isinstance(answer, NetworkFailure) else None,
        "address": exchange.address,
        "timing": _timing(exchange.timing),
        "certificate": _certificate(exchange.certificate),
        "curl": curl_line(request, options),
    }


def _answer(exchange: Exchange, response: WireResponse) -> dict[str, Any]:
    return {
        "status": response.status,
        "reason": exchange.reason,
        "http_version": exchange.http_version,
        "headers": _pairs(response.headers),
        "body_bytes": len(response.body),
        "truncated": exchange.truncated,
    }


def _timing(timing: Timing | None) -> dict[str, float] | None:
    if timing is None:
        return None
    return {
        "name_lookup": timing.name_lookup,
        "connect": timing.connect,
        "tls": timing.tls,
        "first_byte": timing.first_byte,
        "total": timing.total,
    }


def _certificate(certificate: Certificate | None) -> dict[str, Any] | None:
    if certificate is None:
        return None
    return {
        "subject": certificate.subject,
        "issuer": certificate.issuer,
        "not_before": certificate.not_before,
        "not_after": certificate.not_after,
        "alternative_names": list(certificate.alternative_names),
    }


def _view(checked: Checked, view: View) -> dict[str, Any]:
    if view.outcome is None or view.report is None:
        return {"verdict": None, "code": None, "parameter": None, "console": []}
    return {
        "verdict": judge(checked.question, view.outcome).kind.value,
        "code": view.report.code,
        "parameter": view.report.parameter or None,
        "console": list(view.report.lines),
    }


def _fix(checked: Checked) -> dict[str, Any] | None:
    repair = checked.repair
    if repair is None:
        return None
    return {
        "changes": [
            {
                "method": change.method,
                "url": change.url,
                "preflight": change.preflight,
                "header": change.header,
                "old": change.old,
                "new": change.new,
                "why": change.why,
            }
            for change in repair.changes
        ],
        "proven": repair.proven,
        "passes_in": list(repair.passes_in),
        "notes": list(repair.notes),
    }
