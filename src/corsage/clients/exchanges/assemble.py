"""Requests and responses become evidence: which is the preflight, which the actual request, which a redirect."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from corsage.clients.exchanges.heads import Head, Request, Response
from corsage.clients.snippets.asked import Asked
from corsage.clients.written import LONGEST_TEXT, LONGEST_VALUE, text_of
from corsage.model.evidence import Answer, Evidence, Probe
from corsage.model.names import REDIRECT_STATUSES
from corsage.model.sites import is_loopback_host

MOST_PROBES: Final = 10
_PROGRAM: Final = "the program that asked, no browser,"
_NO_CONTENT: Final = 204


@dataclass(slots=True)
class Exchange:
    """A request with its response; either may be missing."""

    request: Request = field(default_factory=Request)
    response: Response | None = None


def paired(heads: Sequence[Head]) -> list[Exchange]:
    """Put each response to the request before it."""
    found: list[Exchange] = []
    open_ = False
    for number, head in enumerate(heads):
        following = heads[number + 1] if number + 1 < len(heads) else None
        if (
            isinstance(head, Request)
            and not head.shown
            and isinstance(following, Request)
            and "://" in head.target
        ):
            continue  # wget names the address before it shows the request
        if isinstance(head, Request):
            found.append(Exchange(head))
            open_ = True
        elif open_:
            found[-1].response = head
            open_ = False
        else:
            found.append(Exchange(response=head))
    return [each for each in found if each.request.method.upper() != "CONNECT"]


def assembled(exchanges: Sequence[Exchange]) -> Evidence | None:
    """Make evidence of *exchanges*; ``None`` where there is none."""
    preflights: list[Exchange] = []
    others: list[Exchange] = []
    for each in exchanges:
        (preflights if _is_preflight(each, exchanges) else others).append(each)
    chains = _chains(others)
    if not preflights and not chains:
        return None
    with_origin = [chain for chain in chains if chain[0].request.header("origin")]
    chain = (with_origin or chains or [[]])[-1]
    first = chain[0].request if chain else preflights[-1].request
    evidence = _asked(first, preflights[-1].request if preflights else None).evidence()
    if evidence.method.upper() == "OPTIONS" and not chain:
        # That of the preflight, whose headers, and so the method that it announced, are not shown.
        evidence = replace(evidence, method="")
    probes = _probes(chains, chain)
    actual = _answer(chain[-1]) if chain else None
    if actual is not None and _asked_without_origin(chain[0]):
        # Many servers send CORS headers only to who sends an Origin: what is absent here need not be absent there.
        probes.append(Probe("without-origin", actual, f"{_PROGRAM} sent no Origin"))
        actual = replace(actual, whole=False)
    return replace(
        evidence,
        preflight=_answer(preflights[-1]) if preflights else None,
        actual=actual,
        hops=tuple(answer for each in chain[:-1] if (answer := _answer(each)) is not None),
        probes=tuple(probes),
        notes=_words(exchanges),
        observed=(*evidence.observed, *_observed(exchanges)),
    )


def _is_preflight(exchange: Exchange, among: Sequence[Exchange]) -> bool:
    if exchange.request.method or exchange.request.headers:
        return exchange.request.is_preflight
    # Of a response alone: preflights are answered without content, and before something else.
    response = exchange.response
    if response is None or not response.header("access-control-allow-methods"):
        return False
    return response.status == _NO_CONTENT or (len(among) > 1 and exchange is among[0])


def _chains(exchanges: Sequence[Exchange]) -> list[list[Exchange]]:
    """Put a redirect and what follows it together."""
    chains: list[list[Exchange]] = []
    for each in exchanges:
        before = chains[-1][-1].response if chains else None
        redirected = before is not None and before.status in REDIRECT_STATUSES and before.header("location")
        if redirected:
            chains[-1].append(each)
        else:
            chains.append([each])
    return chains


def _asked_without_origin(exchange: Exchange) -> bool:
    """Whether a program that is no browser asked, without Origin, and got no CORS header."""
    request, response = exchange.request, exchange.response
    if not request.shown or request.header("origin") or "mozilla" in request.header("user-agent").lower():
        return False
    return (
        response is not None
        and response.failure is None
        and not response.header("access-control-allow-origin")
    )


def _answer(exchange: Exchange) -> Answer | None:
    return exchange.response.answer() if exchange.response is not None else None


def _asked(request: Request, preflight: Request | None) -> Asked:
    """Make of *request* what was asked; what it leaves open the *preflight* may tell."""
    asked = Asked(url=_url(request), method=request.method, headers=list(request.headers), body=request.body)
    if preflight is not None and preflight is not request:
        asked.url = asked.url or _url(preflight)
        asked.method = asked.method or preflight.header("access-control-request-method")
        if not request.headers:
            announced = preflight.header("access-control-request-headers").split(",")
            asked.headers += [(name.strip(), "(set)") for name in announced if name.strip()]
        if not asked.has("origin") and preflight.header("origin"):
            asked.headers.append(("Origin", preflight.header("origin")))
    return asked


def _url(request: Request) -> str:
    host = request.header("host") or request.header(":authority")
    path = request.target or request.header(":path")
    if "://" in path or not host or path == "*":
        return text_of(path, LONGEST_VALUE)
    secure = request.secure
    if secure is None and request.header(":scheme"):
        secure = request.header(":scheme") == "https"
    if secure is None:
        # Nothing tells; a host with a port of its own is usually one of development.
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        secure = not is_loopback_host((name or host).lower()) and port in ("", "443", host)
    return text_of(f"{'https' if secure else 'http'}://{host}{path}", LONGEST_VALUE)


def _probes(chains: Sequence[Sequence[Exchange]], judged: Sequence[Exchange]) -> list[Probe]:
    """Make probes of the requests that are not the one in question: most often it was tried without an origin."""
    found: list[Probe] = []
    for chain in chains[:MOST_PROBES]:
        answer = _answer(chain[-1])
        if chain is judged or answer is None:
            continue
        request = chain[0].request
        origin = request.header("origin")
        name = "other-origin" if origin else "without-origin"
        result = answer.failure.value if answer.failure is not None else str(answer.status or "an answer")
        sent = f"with Origin: {origin[:200]}" if origin else "without Origin"
        if request.shown or origin:
            found.append(Probe(name, answer, f"{request.method or 'a request'} {sent} gave {result}"))
    return found


def _words(exchanges: Sequence[Exchange]) -> str:
    words = (each.response.words for each in exchanges if each.response is not None)
    return "\n".join(dict.fromkeys(each for each in words if each))[:LONGEST_TEXT]


def _observed(exchanges: Sequence[Exchange]) -> tuple[str, ...]:
    requests = (each.request for each in exchanges)
    if any(request.method.upper() == "OPTIONS" and not request.is_preflight for request in requests):
        return ("the OPTIONS request has no Access-Control-Request-Method: it is no preflight",)
    return ()
