"""What `corsage check` has seen, as evidence for a diagnosis."""

from collections.abc import Sequence
from typing import Final

from corsage.apps.cli.checking.run import Checked
from corsage.clients.live import Exchange
from corsage.model import ElementInit, HeaderList, NetworkFailure, WireKind, WireResponse, XhrInit
from corsage.model.evidence import Answer, Evidence, Message, Place, Probe, Speaker

_LONGEST_BODY: Final = 4000


def evidence_of(
    checked: Checked, places: Sequence[Place] = (), probes: Sequence[Probe] = (), notes: str = ""
) -> Evidence:
    """Make evidence of *checked*, of the stacks that the user names, and of what was tried beside it."""
    question = checked.question
    init = question.init
    actual = [each for each in checked.exchanges if each.request.kind is WireKind.ACTUAL]
    preflights = [each for each in checked.exchanges if each.request.kind is WireKind.PREFLIGHT]
    with_credentials = (
        init.with_credentials if isinstance(init, XhrInit | ElementInit) else init.credentials == "include"
    )
    return Evidence(
        messages=_messages(checked),
        method=question.method,
        url=question.url.href,
        origin=question.origin,
        page=question.client.url.href if question.origin != "null" else "",
        mode=_mode(checked),
        credentials="include" if with_credentials else "",
        request_headers=_headers(checked),
        preflight=answer_of(preflights[-1]) if preflights else None,
        actual=answer_of(actual[-1]) if actual else None,
        hops=tuple(answer_of(each) for each in actual[:-1]),
        notes=notes,
        places=tuple(places),
        exchanges=tuple((each.request, each.response) for each in checked.exchanges),
        probes=tuple(probes),
    )


def answer_of(exchange: Exchange) -> Answer:
    """Return what came of *exchange*; everything of it is known."""
    response = exchange.response
    if isinstance(response, NetworkFailure):
        return Answer(failure=response.kind)
    assert isinstance(response, WireResponse)  # noqa: S101 - there is no third
    body = response.body[:_LONGEST_BODY].decode(errors="replace")
    return Answer(response.status, response.headers, whole=True, body=body)


def _headers(checked: Checked) -> HeaderList:
    init = checked.question.init
    return HeaderList(() if isinstance(init, ElementInit) else init.headers)


def _mode(checked: Checked) -> str:
    init = checked.question.init
    if isinstance(init, ElementInit):
        mode = "no-cors" if init.crossorigin is None else "cors"
        return f"{mode} ({init.initiator.value})"
    return "cors" if isinstance(init, XhrInit) else init.mode


def _messages(checked: Checked) -> tuple[Message, ...]:
    """Return what the console says of it, as a message that is understood already."""
    refusal = checked.outcome.refusal
    if refusal is None:
        return ()
    view = next((each for each in checked.views if each.profile is checked.profile), None)
    lines = view.report.lines if view is not None and view.report is not None else ()
    return (
        Message(
            text=lines[0] if lines else refusal.cause.value,
            speaker=Speaker.CHROMIUM,
            says=refusal.cause,
            url=refusal.url.href,
            first_url=refusal.first_url.href if refusal.first_url != refusal.url else "",
            origin=refusal.origin,
            parameter=refusal.parameter,
            status=refusal.status,
            failure=refusal.failure.kind if refusal.failure is not None else None,
        ),
    )
