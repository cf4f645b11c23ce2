"""The page's request, rebuilt from evidence for the engine."""

from typing import Final

from corsage.browser import Profile, new_element_request, new_request, new_xhr_request
from corsage.grammar import is_header_name
from corsage.model import (
    Body,
    BodyKind,
    Cause,
    Client,
    ElementInit,
    Initiator,
    Request,
    RequestInit,
    XhrInit,
    page,
)
from corsage.rules import Case

# What messages and recordings call the elements that load things.
_ELEMENTS: Final = {
    "font": Initiator.FONT,
    "img": Initiator.IMAGE,
    "image": Initiator.IMAGE,
    "script": Initiator.SCRIPT,
    "module": Initiator.MODULE,
    "stylesheet": Initiator.STYLESHEET,
    "css stylesheet": Initiator.STYLESHEET,
    "manifest": Initiator.MANIFEST,
    "eventsource": Initiator.EVENTSOURCE,
    "video": Initiator.VIDEO,
    "audio": Initiator.AUDIO,
}
_METHODS_OF_ELEMENTS: Final = frozenset({"", "GET"})


def client_of(case: Case) -> Client | None:
    """Return the page that asked; ``None`` where nobody said which, or where it can be none."""
    for text in (case.evidence.page, case.origin):
        if "://" in text:
            try:
                return page(text)
            except ValueError:
                continue
    if case.origin == "null":
        return page("https://sandbox.example/", sandboxed=True)
    return None


def request_of(case: Case, profile: Profile) -> Request | None:
    """Return the request as the browser of *profile* makes it; ``None`` where too little is known of it."""
    client = client_of(case)
    target = case.target
    if client is None or target is None or not target.is_http:
        return None
    made = None
    initiator = _ELEMENTS.get(case.element)
    if initiator is not None and case.method.upper() in _METHODS_OF_ELEMENTS:
        crossorigin = "use-credentials" if case.with_credentials else "anonymous"
        init = ElementInit(initiator, target.href, crossorigin if case.mode == "cors" else None)
        made = new_element_request(init, client, profile)
    elif case.element == "xmlhttprequest":
        xhr = XhrInit(
            target.href, _method(case), _headers(case), _body(case), with_credentials=case.with_credentials
        )
        made = new_xhr_request(xhr, client, profile)
    else:
        made = new_request(_fetched(case, target.href), client, profile)
    return made if isinstance(made, Request) else None


def _fetched(case: Case, url: str) -> RequestInit:
    return RequestInit(
        url=url,
        method=_method(case),
        headers=_headers(case),
        body=_body(case),
        mode=case.mode if case.mode in ("cors", "no-cors", "same-origin") else "cors",
        credentials=case.evidence.credentials
        if case.evidence.credentials in ("omit", "include")
        else "same-origin",
    )


def _method(case: Case) -> str:
    return case.method or ("POST" if case.evidence.body else "GET")


def _headers(case: Case) -> tuple[tuple[str, str], ...]:
    told = case.message(Cause.HEADER_DISALLOWED)
    named = told.parameter if told is not None else ""
    known = tuple(case.headers)
    return (
        (*known, (named, "1"))
        if is_header_name(named) and named.lower() not in case.headers.names()
        else known
    )


def _body(case: Case) -> Body | None:
    body = case.evidence.body
    if body is None or _method(case).upper() in ("GET", "HEAD"):
        return None
    return Body(BodyKind.TEXT, body.encode(errors="replace"))
