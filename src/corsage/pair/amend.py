"""Amend: the one change of the request, or of its URL, that lets it through against the server as it is.

The other half of `repair`: there the server's answers change, here the page's request does. Each amendment is tried
alone, by running the engine again against the recorded answers; what is returned was seen to pass.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from corsage.browser import CookieJar, Profile, drive, fetch
from corsage.model import (
    URL,
    Credentials,
    HeaderList,
    Mode,
    NetworkFailure,
    Outcome,
    Request,
    WireRequest,
    WireResponse,
    parse_url,
)
from corsage.model.names import CORS_SAFELISTED_METHODS

_MOST_AMENDMENTS: Final = 12
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PLAIN_TYPE: Final = "text/plain;charset=UTF-8"


class Part(StrEnum):
    """What of the request changes."""

    URL = "url"
    METHOD = "method"
    HEADER = "header"
    CREDENTIALS = "credentials"
    MODE = "mode"


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change of the request.

    Attributes:
        part: what changes.
        name: of the header, for headers; empty otherwise.
        old: as it is.
        new: as it would pass; ``None`` where it must go.
        why: in one sentence.
        proven: whether it was seen to pass. Where it leads to a URL that was not asked yet, nobody knows.
    """

    part: Part
    name: str
    old: str
    new: str | None
    why: str
    proven: bool


class _Unknown(Exception):  # noqa: N818 - it ends a run, it is no error
    """The amended request asks for what was not recorded."""


class _Recorded:
    """The recorded answers, and no others."""

    def __init__(self, exchanges: Sequence[tuple[WireRequest, WireResponse | NetworkFailure]]) -> None:
        self._answers = {(asked.kind, asked.url.href): answer for asked, answer in exchanges}

    def __call__(self, request: WireRequest) -> WireResponse | NetworkFailure:
        answer = self._answers.get((request.kind, request.url.href))
        if answer is None:
            raise _Unknown
        return answer


def amend(
    request: Request,
    exchanges: Sequence[tuple[WireRequest, WireResponse | NetworkFailure]],
    profiles: Sequence[Profile],
    cookies: CookieJar | None = None,
) -> tuple[Amendment, ...]:
    """Find single changes of *request* that let it through in every one of *profiles*.

    Args:
        request: as the page makes it; it is refused.
        exchanges: what servers answered.
        profiles: the browsers.
        cookies: what the browser holds.

    Returns:
        The proven ones first; then those that lead to a URL that was not asked yet.
    """
    found: list[Amendment] = []
    server = _Recorded(exchanges)
    for amended, change in _candidates(request, exchanges):
        seen = [_passes(amended, profile, server, cookies) for profile in profiles]
        if all(seen):
            found.append(replace(change, proven=True))
        elif change.part is Part.URL and None in seen and False not in seen:
            found.append(change)
        if len(found) == _MOST_AMENDMENTS:
            break
    return tuple(sorted(found, key=lambda each: not each.proven))


def _passes(request: Request, profile: Profile, server: _Recorded, cookies: CookieJar | None) -> bool | None:
    """Tell whether the page could read the response; ``None`` where that was not recorded."""
    jar = CookieJar(list(cookies.cookies)) if cookies is not None else None
    try:
        outcome: Outcome = drive(fetch(request, profile=profile, cookies=jar), server)
    except _Unknown:
        return None
    return outcome.readable


def _candidates(
    request: Request, exchanges: Sequence[tuple[WireRequest, WireResponse | NetworkFailure]]
) -> Iterator[tuple[Request, Amendment]]:
    yield from _methods(request)
    yield from _headers(request)
    if request.credentials is Credentials.INCLUDE:
        why = "without credentials the server's answer is enough; do so if it does not depend on who asks"
        change = Amendment(Part.CREDENTIALS, "", "include", "omit", why, proven=False)
        yield replace(request, credentials=Credentials.OMIT), change
    if request.mode is not Mode.CORS:
        why = "only with mode cors can a page read what another origin answers"
        change = Amendment(Part.MODE, "", request.mode.value, "cors", why, proven=False)
        yield replace(request, mode=Mode.CORS), change
    yield from _urls(request, exchanges)


def _methods(request: Request) -> Iterator[tuple[Request, Amendment]]:
    upper = request.method.upper()
    if upper != request.method:
        why = "methods are compared by case: write it in capitals"
        change = Amendment(Part.METHOD, "", request.method, upper, why, proven=False)
        yield replace(request, method=upper), change


def _headers(request: Request) -> Iterator[tuple[Request, Amendment]]:
    for name, value in request.headers:
        lower = name.lower()
        kept = request.headers.without([lower])
        if lower == "content-type":
            why = "text/plain needs no preflight; the body may be JSON all the same, if the server takes it"
            change = Amendment(Part.HEADER, name, value, _PLAIN_TYPE, why, proven=False)
            plain = HeaderList([*kept, (name, _PLAIN_TYPE)])
            if request.method in CORS_SAFELISTED_METHODS:
                yield replace(request, headers=plain), change
            continue
        why = (
            "it is a header of responses: on a request it does nothing but make a preflight"
            if lower.startswith("access-control-")
            else "without it the server's answer is enough; leave it out if the server does not need it"
        )
        yield (
            replace(request, headers=kept),
            Amendment(Part.HEADER, name, value, None, why, proven=False),
        )


def _urls(
    request: Request, exchanges: Sequence[tuple[WireRequest, WireResponse | NetworkFailure]]
) -> Iterator[tuple[Request, Amendment]]:
    targets: dict[str, tuple[URL, str]] = {}
    for asked, answer in exchanges:
        if isinstance(answer, WireResponse) and answer.status in _REDIRECTS:
            location = parse_url(answer.headers.get("location") or "", asked.url.href)
            if location is not None and location.is_http:
                targets[location.href] = (
                    location,
                    "the server redirects there; asked directly, nothing redirects",
                )
    if request.url.scheme == "http":
        secure = parse_url("https" + request.url.href.removeprefix("http"))
        if secure is not None and request.client.prohibits_mixed_content:
            targets.setdefault(secure.href, (secure, "a page on https may only ask for https"))
    for href, (url, why) in targets.items():
        if href != request.url.href:
            yield (
                replace(request, url=url),
                Amendment(Part.URL, "", request.url.href, href, why, proven=False),
            )
