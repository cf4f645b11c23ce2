"""The recorder's server, without its sockets: answers the hops of one scenario from its description."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

from corsage.browser import Engine
from corsage.model import FailureKind, HeaderList, NetworkFailure, WireKind, WireRequest, WireResponse

_PATH: Final = re.compile(r"/s/([^/]*)/([0-9]+)", re.ASCII)
_PORTS: Final = {"http": frozenset({80, 8000, 9000, 9100}), "https": frozenset({443, 8443, 9443})}
_BLANKS: Final = " \t"
# A blank before the colon is an error (RFC 9112, 5.1): Chromium trims it, the others ignore the line.
_TRIMS_NAMES: Final = frozenset({Engine.CHROMIUM, Engine.STANDARD})
_LINE_END: Final = re.compile(r"\r?\n")
_INTERIM: Final = range(100, 200)
_NO_CONTENT: Final = frozenset({204, 304})
_NOT_FOUND: Final[dict[str, Any]] = {"status": 404, "headers": [], "body": ""}


@dataclass(slots=True)
class ScenarioServer:
    """Answers requests, and keeps what it saw.

    Attributes:
        scenario: the scenario's JSON.
        engine: whose HTTP parser reads the answers.
        seen: what reached the server, in the recording's form.
    """

    scenario: dict[str, Any]
    engine: Engine
    seen: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[tuple[int, bool], int] = field(default_factory=dict)

    def __call__(self, request: WireRequest) -> WireResponse | NetworkFailure:
        """Answer one request."""
        url = request.url
        if url.port not in _PORTS.get(url.scheme, ()):
            return NetworkFailure(FailureKind.CONNECTION_REFUSED, f"no server on port {url.port}")
        match = _PATH.fullmatch(url.path)
        hops = self.scenario["server"]["hops"]
        if match is None or match[1] != self.scenario["id"] or int(match[2]) >= len(hops):
            return _unknown_scenario()
        hop = int(match[2])
        self.seen.append(_seen(request, hop))
        answer = self._answer(hops[hop], hop, preflight=request.kind is WireKind.PREFLIGHT)
        if answer.get("drop"):
            return NetworkFailure(FailureKind.CONNECTION_CLOSED, "the server closed the connection")
        return _response(answer, self.engine)

    def _answer(self, hop: dict[str, Any], number: int, *, preflight: bool) -> dict[str, Any]:
        answer = hop.get("preflight", _NOT_FOUND) if preflight else hop["response"]
        if not isinstance(answer, list):
            return answer  # type: ignore[no-any-return]
        count = self.counts.get((number, preflight), 0)
        self.counts[number, preflight] = count + 1
        return answer[min(count, len(answer) - 1)]  # type: ignore[no-any-return]


def _seen(request: WireRequest, hop: int) -> dict[str, Any]:
    return {
        "kind": request.kind.value,
        "hop": hop,
        "method": request.method,
        "url": request.url.without_credentials_and_fragment,
        "headers": sorted(([name.lower(), value] for name, value in HeaderList(request.headers).combined())),
        "body": (request.body or b"").decode("utf-8", "replace"),
    }


def _response(answer: dict[str, Any], engine: Engine) -> WireResponse | NetworkFailure:
    status = answer["status"]
    if status in _INTERIM:
        return NetworkFailure(
            FailureKind.PROTOCOL_ERROR, f"an interim response, {status}, and nothing after it"
        )
    body = (answer.get("body") or "").encode()
    lines = [(name, value) for name, value in answer.get("headers") or ()]
    if status not in _NO_CONTENT:
        lines.append(("Content-Length", str(len(body))))
    lines.append(("Connection", "close"))
    return WireResponse(status, HeaderList(_parsed(lines, engine)), body)


def _parsed(lines: list[tuple[str, str]], engine: Engine) -> list[tuple[str, str]]:
    """Read header lines as the browser's HTTP parser does, odd names and folded values included."""
    text = "".join(f"{name}: {value}\r\n" for name, value in lines)
    headers: list[tuple[str, str]] = []
    for line in _LINE_END.split(text):
        name, colon, value = line.partition(":")
        if line[:1] in {" ", "\t"}:
            # An obsolete folding (RFC 9112, 5.2): the line continues the one before it.
            if headers:
                last, old = headers[-1]
                headers[-1] = (last, f"{old} {line.strip(_BLANKS)}".strip(_BLANKS))
        elif colon and (name == name.rstrip(_BLANKS) or engine in _TRIMS_NAMES):
            headers.append((name.rstrip(_BLANKS), value.strip(_BLANKS)))
    return [(name, _as_soup_reads(value)) for name, value in headers] if engine is Engine.WEBKIT else headers


def _as_soup_reads(value: str) -> str:
    """Return *value* as WebKit's GTK port gets it: bytes that are no UTF-8 become U+FFFD, in UTF-8."""
    if value.isascii():
        return value
    return value.encode("latin-1", "replace").decode("utf-8", "replace").encode().decode("latin-1")


def _unknown_scenario() -> WireResponse:
    body = b"unknown scenario"
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Access-Control-Allow-Origin", "*"),
        ("Cache-Control", "no-store"),
        ("Content-Length", str(len(body))),
        ("Connection", "close"),
    ]
    return WireResponse(404, HeaderList(headers), body)
