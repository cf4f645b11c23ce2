"""Evidence: what somebody has in hand when a request failed, in whatever form it came.

Readers (`corsage.clients`) make it of messages, snippets, recordings and notes; `corsage.diagnosis` judges it. What is
not known is ``None`` or empty: evidence is nearly always partial.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from corsage.model.cause import Cause
from corsage.model.headers import NO_HEADERS, HeaderList
from corsage.model.messages import FailureKind, NetworkFailure, WireRequest, WireResponse
from corsage.model.symptom import Symptom


class Speaker(StrEnum):
    """Who wrote a message."""

    CHROMIUM = "chromium"
    FIREFOX = "firefox"
    WEBKIT = "webkit"
    SERVER = "server"
    LIBRARY = "library"  # of the client: axios, Angular, Flutter
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a console or a log, understood.

    Attributes:
        text: as it was pasted, in one line, bounded.
        speaker: who wrote it.
        says: what it says.
        url: of the resource, as written; empty where it names none.
        first_url: where the request began, where it was redirected.
        origin: of the page, as written; empty likewise.
        api: what asked: ``fetch``, ``XMLHttpRequest``, ``font``, ``script``, ``Worker`` …; empty likewise.
        parameter: the header's value, header, method or directive at fault.
        status: which the message names.
        failure: what the network did, for `Symptom.NETWORK`.
        stack: the product whose message it is, as `corsage.stacks` names it, for servers; empty otherwise.
    """

    text: str
    speaker: Speaker
    says: Cause | Symptom
    url: str = ""
    first_url: str = ""
    origin: str = ""
    api: str = ""
    parameter: str = ""
    status: int | None = None
    failure: FailureKind | None = None
    stack: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one response.

    Attributes:
        status: ``None`` where nobody said.
        headers: what is known of them.
        whole: whether `headers` are all that came, so that what is absent was absent.
        body: its beginning, as text.
        failure: why none came.
    """

    status: int | None = None
    headers: HeaderList = NO_HEADERS
    whole: bool = False
    body: str = ""
    failure: FailureKind | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A product that took part: a framework, a proxy, a cloud's service.

    Attributes:
        stack: its name in `corsage.stacks`.
        kind: what it is there: ``app``, ``proxy``, ``gateway``, ``cdn``, ``storage``, ``platform``, ``idp`` or
            ``service``.
        traits: what is peculiar to it, as its stack says.
        why: how we know.
        sure: from 0 to 1.
    """

    stack: str
    kind: str
    traits: frozenset[str] = frozenset()
    why: str = ""
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Slip:
    """A usual mistake that a configuration in the evidence makes.

    Attributes:
        stack: whose configuration it is.
        name: of the mistake, as the stack calls it.
        says: what goes wrong.
        instead: what to do.
    """

    stack: str
    name: str
    says: str
    instead: str


Exchanges = Sequence[tuple[WireRequest, WireResponse | NetworkFailure]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one request that failed, or that somebody complains of.

    Attributes:
        messages: in the order in which they were pasted.
        method: of the page's request; empty where unknown.
        url: what the page asked for; empty likewise. May be relative, or hold placeholders.
        origin: of the page, as written (``https://app.example``, ``null``, ``file://``).
        page: the page's whole URL, where known.
        mode: ``cors``, ``no-cors``, ``same-origin``, ``websocket``; with what asked in brackets: ``cors (font)``.
        credentials: ``include``, ``same-origin``, ``omit``; empty where unknown.
        request_headers: that the page set.
        body: the beginning of the request's body, as text; ``None`` where unknown.
        preflight: the answer to the preflight, where anything is known of it.
        actual: the answer to the actual request, likewise.
        hops: answers that redirected, in order, before `actual`.
        notes: what the reporter says, in free text.
        observed: what readers found in what was pasted, a sentence each; the reporter did not say so.
        products: what they use, in their own words: ``django-cors-headers``, ``nginx 1.25``.
        places: the products that were recognised; filled in by the diagnosis.
        slips: mistakes in configurations that were pasted; filled in by the diagnosis.
        exchanges: whole exchanges, which the engine can replay; empty where there are none.
        probes: what was tried beyond the request itself, as ``name: result``.
    """

    messages: tuple[Message, ...] = ()
    method: str = ""
    url: str = ""
    origin: str = ""
    page: str = ""
    mode: str = ""
    credentials: str = ""
    request_headers: HeaderList = NO_HEADERS
    body: str | None = None
    preflight: Answer | None = None
    actual: Answer | None = None
    hops: tuple[Answer, ...] = ()
    notes: str = ""
    observed: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    slips: tuple[Slip, ...] = ()
    exchanges: Exchanges = ()
    probes: tuple["Probe", ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Probe:
    """Something that was tried beside the request itself, and what came of it.

    Attributes:
        name: ``without-origin``, ``fresh`` (past every cache), ``preflight-plain``, ``other-origin``, ``tls``,
            ``address``.
        answer: what was answered.
        says: the result in a sentence.
    """

    name: str
    answer: Answer
    says: str
