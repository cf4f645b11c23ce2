"""Repair: the smallest change of a server's answers that lets a request through.

The engine itself is the judge. It fetches against the recorded answers; where it is refused, the answer at fault is
changed in the one way that its refusal asks for, and the fetch begins again. What comes out is strict (the exact
origin, the needed method and headers alone) and proven: the last run was let through.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from corsage.browser import CookieJar, Profile, drive, fetch
from corsage.model import (
    Cause,
    HeaderList,
    NetworkFailure,
    OpaqueOrigin,
    Refusal,
    Request,
    WireKind,
    WireRequest,
    WireResponse,
)
from corsage.model.sites import schemelessly_same_site
from corsage.pair.advice import ADVICE
from corsage.pair.preflight_status import preflight_advice

STATUS: Final = ":status"
_MOST_CHANGES: Final = 24
_OK_STATUSES: Final = range(200, 300)

# A response is known by its kind, method and URL.
_Key = tuple[WireKind, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one response.

    Attributes:
        method: of the request that is answered: OPTIONS for preflights.
        url: the resource that answers.
        preflight: whether its answer to the preflight changes, or the actual response.
        header: the header's name, or ``:status``.
        old: the value now, as received; ``None`` where absent.
        new: the value it needs; ``None`` where the header must go.
        why: in one sentence.
    """

    method: str
    url: str
    preflight: bool
    header: str
    old: str | None
    new: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What to change, and whether the engine saw it work.

    Attributes:
        changes: of responses, in the order in which the browser meets them.
        proven: whether every profile lets the request through with the changes made.
        passes_in: names of the profiles that do.
        notes: what no header can repair, or what goes with the changes.
    """

    changes: tuple[Change, ...]
    proven: bool
    passes_in: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Server:
    """The recorded answers, with the changes made so far."""

    answers: dict[_Key, WireResponse | NetworkFailure]
    changes: dict[tuple[_Key, str], Change] = field(default_factory=dict)
    last: _Key | None = None
    asked: HeaderList = field(default_factory=HeaderList)

    def __call__(self, request: WireRequest) -> WireResponse | NetworkFailure:
        self.asked = request.headers
        self.last = key = (request.kind, request.method, request.url.href)
        return self.answers.setdefault(key, WireResponse(204 if request.kind is WireKind.PREFLIGHT else 200))

    def set(self, header: str, value: str | None, why: str) -> None:
        """Change *header* of the answer that was given last."""
        assert self.last is not None  # noqa: S101 - something was asked before it was refused
        answer = self.answers[self.last]
        if isinstance(answer, NetworkFailure):
            return
        lower = header.lower()
        old = str(answer.status) if header == STATUS else answer.headers.get(lower)
        if header == STATUS:
            answer = WireResponse(int(value or 0), answer.headers, answer.body, answer.address)
        else:
            kept = answer.headers.without([lower])
            headers = kept if value is None else kept.with_header(header, value)
            answer = WireResponse(answer.status, headers, answer.body, answer.address)
        self.answers[self.last] = answer
        first = self.changes.get((self.last, lower))
        self.changes[self.last, lower] = Change(
            method=self.last[1],
            url=self.last[2],
            preflight=self.last[0] is WireKind.PREFLIGHT,
            header=header,
            old=first.old if first else old,
            new=value,
            why=why,
        )

    @property
    def answer(self) -> WireResponse:
        """The answer that was given last."""
        answer = self.answers[self.last] if self.last else None
        assert isinstance(answer, WireResponse)  # noqa: S101 - only an answer is refused for its status
        return answer

    @property
    def status(self) -> int:
        """The status of the answer that was given last."""
        return self.answer.status

    def get(self, header: str) -> HeaderList:
        """Return the headers of the answer that was given last."""
        del header
        assert self.last is not None  # noqa: S101 - see set()
        answer = self.answers[self.last]
        return HeaderList() if isinstance(answer, NetworkFailure) else answer.headers


def repair(
    request: Request,
    exchanges: Sequence[tuple[WireRequest, WireResponse | NetworkFailure]],
    profiles: Sequence[Profile],
    cookies: CookieJar | None = None,
) -> Repair | None:
    """Find what lets *request* through in every one of *profiles*.

    Args:
        request: as the page makes it.
        exchanges: what servers answered so far. Requests beyond them are answered plainly, without CORS headers.
        profiles: the browsers.
        cookies: what the browser holds.

    Returns:
        ``None`` where every profile lets the request through as it is.
    """
    server = _Server({(asked.kind, asked.method, asked.url.href): answer for asked, answer in exchanges})
    notes: dict[str, None] = {}
    hopeful = list(profiles)
    for _ in range(_MOST_CHANGES + len(profiles)):
        failure = _first_failure(request, server, hopeful, cookies)
        if failure is None:
            break
        profile, refusal = failure
        if not _improve(server, request, refusal, notes):
            hopeful.remove(profile)
    else:
        hopeful = [each for each in hopeful if _first_failure(request, server, [each], cookies) is None]
    if not server.changes and not notes and len(hopeful) == len(profiles):
        return None
    return Repair(
        changes=tuple(server.changes.values()),
        proven=len(hopeful) == len(profiles),
        passes_in=tuple(profile.name for profile in hopeful),
        notes=tuple(notes),
    )


def _first_failure(
    request: Request, server: _Server, profiles: Sequence[Profile], cookies: CookieJar | None
) -> tuple[Profile, Refusal] | None:
    for profile in profiles:
        jar = CookieJar(list(cookies.cookies)) if cookies is not None else None
        outcome = drive(fetch(request, profile=profile, cookies=jar), server)
        if outcome.refusal is not None:
            return profile, outcome.refusal
    return None


def _improve(server: _Server, request: Request, refusal: Refusal, notes: dict[str, None]) -> bool:
    """Make the change that *refusal* asks for; tell whether there was one."""
    if refusal.cause in ADVICE:
        notes[ADVICE[refusal.cause]] = None
    change = _REPAIRS.get(refusal.cause)
    return change is not None and change(server, request, refusal, notes)


def _allow_origin(server: _Server, request: Request, refusal: Refusal, notes: dict[str, None]) -> bool:
    with_credentials = request.credentials.value == "include"
    if refusal.origin == "null":
        # `null` is every sandboxed frame of the world: never allowed by name.
        tainted = not isinstance(request.client.origin, OpaqueOrigin)
        notes[
            "Request the final URL directly: after this redirect the browser hides the page's origin."
            if tainted
            else "Do not answer `null`: it stands for every sandboxed page there is. Give the page a real origin."
        ] = None
        if with_credentials or refusal.parameter == "*":
            return False
        server.set(
            "Access-Control-Allow-Origin",
            "*",
            "if everyone may read this answer: without credentials it suits every origin, hidden ones too",
        )
        return True
    server.set(
        "Access-Control-Allow-Origin", refusal.origin, "must be the page's origin, byte for byte, and once"
    )
    _vary_by_origin(server)
    return True


def _vary_by_origin(server: _Server) -> None:
    present = server.get("vary").get("vary") or ""
    names = [name.strip() for name in present.split(",") if name.strip()]
    if not {"origin", "*"} & {name.lower() for name in names}:
        server.set(
            "Vary", ", ".join([*names, "Origin"]), "keeps caches from giving one origin's answer to another"
        )


def _allow_credentials(server: _Server, request: Request, refusal: Refusal, notes: dict[str, None]) -> bool:
    del request, refusal, notes
    server.set(
        "Access-Control-Allow-Credentials",
        "true",
        "the request carries credentials; the value is case-sensitive",
    )
    return True


def _answer_preflight(server: _Server, request: Request, refusal: Refusal, notes: dict[str, None]) -> bool:
    del request, refusal
    notes[preflight_advice(server.answer)] = None
    if server.status not in _OK_STATUSES:
        server.set(STATUS, "204", "a preflight must be answered with 200 to 299")
    else:
        server.set("Location", None, "browsers refuse any preflight answer that names another place")
    return True


def _allow_method(server: _Server, request: Request, refusal: Refusal, notes: dict[str, None]) -> bool:
    del notes
    methods = _members(server, "access-control-allow-methods")
    wanted = refusal.parameter or request.method
    methods += [wanted] if wanted not in methods else []
    server.set("Access-Control-Allow-Methods", ", ".join(methods), "must list the method, in this spelling")
    return True


def _allow_headers(server: _Server, request: Request, refusal: Refusal, notes: dict[str, None]) -> bool:
    del request, refusal, notes
    names = _members(server, "access-control-allow-headers")
    known = {name.lower() for name in names}
    wanted = server.asked.extract("access-control-request-headers") or ()
    names += [name for name in wanted if name.lower() not in known]
    why = "must list every header that needs permission" if names else "does not parse, and nothing needs it"
    server.set("Access-Control-Allow-Headers", ", ".join(names) or None, why)
    return True


def _members(server: _Server, header: str) -> list[str]:
    """Return what the header lists already; a wildcard goes, being a name like any other with credentials."""
    return [name for name in server.get(header).extract(header) or () if name != "*"]


def _allow_embedding(server: _Server, request: Request, refusal: Refusal, notes: dict[str, None]) -> bool:
    del notes
    near = schemelessly_same_site(request.client.origin, refusal.url.origin)
    near = near and refusal.cause is not Cause.CORP_NOT_SAME_SITE
    value = "same-site" if near else "cross-origin"
    server.set("Cross-Origin-Resource-Policy", value, "says which pages may embed the resource")
    return True


_REPAIRS: Final[dict[Cause, Callable[[_Server, Request, Refusal, dict[str, None]], bool]]] = {
    Cause.MISSING_ALLOW_ORIGIN: _allow_origin,
    Cause.MULTIPLE_ALLOW_ORIGIN: _allow_origin,
    Cause.INVALID_ALLOW_ORIGIN: _allow_origin,
    Cause.ALLOW_ORIGIN_MISMATCH: _allow_origin,
    Cause.WILDCARD_WITH_CREDENTIALS: _allow_origin,
    Cause.INVALID_ALLOW_CREDENTIALS: _allow_credentials,
    Cause.PREFLIGHT_MISSING_ALLOW_ORIGIN: _allow_origin,
    Cause.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN: _allow_origin,
    Cause.PREFLIGHT_INVALID_ALLOW_ORIGIN: _allow_origin,
    Cause.PREFLIGHT_ALLOW_ORIGIN_MISMATCH: _allow_origin,
    Cause.PREFLIGHT_WILDCARD_WITH_CREDENTIALS: _allow_origin,
    Cause.PREFLIGHT_INVALID_ALLOW_CREDENTIALS: _allow_credentials,
    Cause.PREFLIGHT_INVALID_STATUS: _answer_preflight,
    Cause.PREFLIGHT_DISALLOWED_REDIRECT: _answer_preflight,
    Cause.PREFLIGHT_INVALID_REDIRECT: _answer_preflight,
    Cause.INVALID_ALLOW_METHODS: _allow_method,
    Cause.METHOD_DISALLOWED: _allow_method,
    Cause.INVALID_ALLOW_HEADERS: _allow_headers,
    Cause.HEADER_DISALLOWED: _allow_headers,
    Cause.CORP_NOT_SAME_ORIGIN: _allow_embedding,
    Cause.CORP_NOT_SAME_SITE: _allow_embedding,
    Cause.CORP_REQUIRED_BY_EMBEDDER: _allow_embedding,
}
