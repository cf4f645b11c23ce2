"""The conversation as a sequence diagram: what the page asked, what the browser sent, what the server answered."""

from corsage.apps.cli.checking.canvas import Canvas
from corsage.apps.cli.checking.deciding import ADDRESS, STATUS, deciding_header
from corsage.apps.cli.checking.messages import request_lines, response_lines
from corsage.apps.cli.checking.run import Checked
from corsage.apps.cli.checking.verdict import Kind, Verdict
from corsage.apps.cli.checking.words import NETWORK
from corsage.apps.cli.document import Line, Section
from corsage.apps.cli.terminal import Glyphs
from corsage.apps.cli.text import shown
from corsage.browser.address_spaces import address_space
from corsage.clients.live import Exchange
from corsage.model import NetworkFailure, WireKind, WireResponse

_GOOD, _BAD, _QUIET = "green", "bold red", "dim"
_NAMES = {
    "access-control-allow-origin": "Access-Control-Allow-Origin",
    "access-control-allow-credentials": "Access-Control-Allow-Credentials",
    "access-control-allow-methods": "Access-Control-Allow-Methods",
    "access-control-allow-headers": "Access-Control-Allow-Headers",
    "cross-origin-resource-policy": "Cross-Origin-Resource-Policy",
    "content-type": "Content-Type",
}


def conversation(
    checked: Checked, verdict: Verdict, columns: int, glyphs: Glyphs, *, verbose: bool
) -> Section:
    """Draw the conversation."""
    canvas = Canvas(columns, glyphs)
    canvas.heads()
    canvas.page_asks(_asks(checked))
    canvas.gap()
    last = len(checked.exchanges) - 1
    for number, exchange in enumerate(checked.exchanges):
        _draw_exchange(canvas, checked, exchange, number, decides=number == last, verbose=verbose)
        canvas.gap()
    words, style = _gets(checked, verdict)
    canvas.page_gets(words, style)
    return Section("The conversation", tuple(Line(row, indent=0) for row in canvas.rows))


def _asks(checked: Checked) -> str:
    question = checked.question
    request = checked.outcome.request
    if request is None:
        return f"{question.api} {shown(question.method)} {shown(question.url.href)}"
    settings = f"mode {request.mode}, credentials {request.credentials}"
    return f"{question.api} {shown(request.method)} {shown(request.url.href)} ({settings})"


def _gets(checked: Checked, verdict: Verdict) -> tuple[str, str]:
    outcome = checked.outcome
    if verdict.kind in (Kind.READABLE, Kind.LOADED):
        response = outcome.response
        seen = f"response, type {response.type}" if response is not None else "response"
        return seen + (
            f", status {response.status}" if response is not None and response.status else ""
        ), _GOOD
    if verdict.kind is Kind.OPAQUE:
        return "opaque response: no status, no headers, no body", "yellow"
    if outcome.thrown is not None:
        return f"{outcome.thrown.name}: {shown(outcome.thrown.reason)}", _BAD
    api = checked.question.api
    return {
        "fetch()": "TypeError, without a reason",
        "XMLHttpRequest": "error event, status 0",
    }.get(api, "error event, without a reason"), _BAD


def _draw_exchange(
    canvas: Canvas, checked: Checked, exchange: Exchange, number: int, *, decides: bool, verbose: bool
) -> None:
    request = exchange.request
    label = "preflight: " if request.kind is WireKind.PREFLIGHT else ""
    url = shown(request.url.without_credentials_and_fragment)
    canvas.request(f"{number + 1} {label}{shown(request.method)} {url}")
    for line in request_lines(request, checked.outcome.request):
        canvas.text(line)
    if isinstance(exchange.response, NetworkFailure):
        _draw_failure(canvas, exchange.response, checked)
    else:
        _draw_response(
            canvas,
            exchange,
            exchange.response,
            deciding_header(checked.outcome) if decides else None,
            checked,
        )
    if verbose:
        for line in _facts(exchange):
            canvas.text(line, _QUIET)


def _draw_failure(canvas: Canvas, failure: NetworkFailure, checked: Checked) -> None:
    refusal = checked.outcome.refusal
    host = "the server" if refusal is None else shown(refusal.url.host)
    canvas.response("no answer", _BAD, canvas.glyphs.no)
    canvas.text(NETWORK[failure.kind][0].format(host=host), _BAD)


def _draw_response(
    canvas: Canvas, exchange: Exchange, response: WireResponse, deciding: str | None, checked: Checked
) -> None:
    refused = checked.outcome.refusal is not None
    mark = canvas.glyphs.no if refused else canvas.glyphs.yes
    style = _BAD if refused else _GOOD
    status = f"{response.status} {shown(exchange.reason)}".rstrip()
    if deciding == STATUS:
        canvas.response(status, style, mark)
    else:
        canvas.response(status, "bold")
    rows = response_lines(response, () if deciding is None else (deciding,))
    for name, line in rows:
        if name == deciding:
            canvas.text(line, style, mark)
        else:
            canvas.text(line)
    if deciding == ADDRESS and exchange.address is not None:
        canvas.text(f"(server address {exchange.address}: {address_space(exchange.address)})", style, mark)
    elif deciding in _NAMES and deciding not in response.headers:
        canvas.text(f"(no {_NAMES[deciding]})", style, mark)
    elif not rows:
        canvas.text("(no CORS headers)", _QUIET)


def _facts(exchange: Exchange) -> list[str]:
    """Return where the answer came from, what it took, and who vouches for the server."""
    facts = [
        fact for fact in (exchange.http_version, exchange.address and f"from {exchange.address}") if fact
    ]
    lines = [", ".join(facts)] if facts else []
    timing = exchange.timing
    if timing is not None:
        phases = (
            ("name", timing.name_lookup),
            ("connected", timing.connect),
            ("TLS", timing.tls),
            ("first byte", timing.first_byte),
            ("all", timing.total),
        )
        lines.append(
            "after " + ", ".join(f"{seconds * 1000:.0f} ms {name}" for name, seconds in phases if seconds)
        )
    if exchange.certificate is not None:
        certificate = exchange.certificate
        lines.append(f"certificate {shown(certificate.subject)} by {shown(certificate.issuer)}")
        lines.append(f"valid {shown(certificate.not_before)} to {shown(certificate.not_after)}")
        lines.append(f"for {shown(', '.join(certificate.alternative_names))}")
    if exchange.truncated:
        lines.append("the body was cut")
    return [line for line in lines if line]
