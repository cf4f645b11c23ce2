"""From arguments to questions: each is one request of one page, ready for any browser to make."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from corsage.apps.cli.checking.arguments import Arguments, conflicts
from corsage.apps.cli.checking.bodies import read_body, read_headers
from corsage.apps.cli.checking.pages import read_pages
from corsage.apps.cli.checking.urls import read_url
from corsage.apps.cli.text import shown
from corsage.browser import Cookie, CookieJar, Profile, new_element_request, new_request, new_xhr_request
from corsage.browser.cookies import parse_set_cookie
from corsage.model import (
    URL,
    Body,
    Client,
    ElementInit,
    Initiator,
    Request,
    RequestInit,
    Thrown,
    Trace,
    XhrInit,
)

MOST_QUESTIONS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Question:
    """One request of one page.

    Attributes:
        init: what the script or the markup says.
        client: the page.
        url: where to.
        method: as typed, before any normalization.
        cookies: what the browser has stored.
    """

    init: RequestInit | XhrInit | ElementInit
    client: Client
    url: URL
    method: str
    cookies: tuple[Cookie, ...] = ()

    @property
    def origin(self) -> str:
        """The page's serialized origin."""
        return self.client.origin.serialized

    @property
    def api(self) -> str:
        """What makes the request: ``fetch()``, ``XMLHttpRequest``, ``<img>``, as people write it."""
        if isinstance(self.init, RequestInit):
            return "fetch()"
        if isinstance(self.init, XhrInit):
            return "XMLHttpRequest"
        return _ELEMENT_NAMES.get(self.init.initiator, f"<{self.init.initiator}>")

    def make(self, profile: Profile, trace: Trace) -> Request | Thrown:
        """Construct the request as the browser of *profile* does."""
        if isinstance(self.init, RequestInit):
            return new_request(self.init, self.client, profile, trace)
        if isinstance(self.init, XhrInit):
            return new_xhr_request(self.init, self.client, profile, trace)
        return new_element_request(self.init, self.client, profile, trace)

    def jar(self) -> CookieJar:
        """Return the cookies, in a jar of their own."""
        return CookieJar(list(self.cookies))


_ELEMENT_NAMES: Final = {
    Initiator.EVENTSOURCE: "EventSource",
    Initiator.FONT: "@font-face",
    Initiator.STYLESHEET: '<link rel="stylesheet">',
    Initiator.MANIFEST: '<link rel="manifest">',
    Initiator.MODULE: '<script type="module">',
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask, and what was wrong with the asking.

    Attributes:
        questions: row by row: URL, then method, then origin.
        problems: each a line with what to do; where there are any, nothing is asked.
        notes: what was put right without asking back.
    """

    questions: tuple[Question, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def plan(arguments: Arguments) -> Plan:
    """Understand *arguments*; every problem is found, not only the first."""
    problems = list(conflicts(arguments))
    notes: list[str] = []
    urls = [url for text in arguments.urls if (url := read_url(text, problems)) is not None]
    clients = read_pages(arguments, problems, notes)
    questions = list(_questions(arguments, urls, clients, problems))
    if len(questions) > MOST_QUESTIONS:
        problems.append(
            f"these are {len(questions):,} requests; at most {MOST_QUESTIONS:,} are made in one call"
        )
    # A cookie or a header that is bad is bad for every URL: one line says it.
    return Plan(tuple(questions), tuple(dict.fromkeys(problems)), tuple(notes))


def _questions(
    arguments: Arguments, urls: list[URL], clients: list[Client], problems: list[str]
) -> Iterator[Question]:
    headers = read_headers(arguments.headers, problems)
    body = read_body(arguments, problems)
    # As with curl, a body without a method is a POST.
    methods = arguments.methods or ("GET" if body is None else "POST",)
    for url in urls:
        cookies = _read_cookies(arguments.cookies, url, problems)
        for method in methods:
            init = _init(arguments, url.href, method, headers, body)
            for client in clients:
                yield Question(init, client, url, method, cookies)


def _init(
    arguments: Arguments, url: str, method: str, headers: tuple[tuple[str, str], ...], body: Body | None
) -> RequestInit | XhrInit | ElementInit:
    include = arguments.credentials == "include"
    if arguments.element:
        initiator = Initiator(arguments.element)
        return ElementInit(initiator, url, arguments.crossorigin, with_credentials=include)
    if arguments.xhr:
        return XhrInit(
            url, method, headers, body, with_credentials=include, upload_listener=arguments.upload_listener
        )
    return RequestInit(
        url=url,
        method=method,
        headers=headers,
        body=body,
        mode=arguments.mode or "cors",
        credentials=arguments.credentials or "same-origin",
        redirect=arguments.redirect or "follow",
        cache=arguments.cache or "default",
        referrer_policy=arguments.referrer_policy or "",
        keepalive=arguments.keepalive,
        duplex="half",
        target_address_space=arguments.target_address_space,
    )


def _read_cookies(lines: tuple[str, ...], url: URL, problems: list[str]) -> tuple[Cookie, ...]:
    jar = CookieJar()
    for line in lines:
        cookie = parse_set_cookie(url, line)
        if cookie is None:
            problems.append(
                f"--cookie {shown(line)!r}: browsers ignore it from {url.host}; write it as Set-Cookie does, "
                "'name=value; Path=/; SameSite=None; Secure'"
            )
        else:
            jar.add(cookie)
    return tuple(jar.cookies)
