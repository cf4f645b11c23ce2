"""Policies that nobody would refuse, and requests of every kind, near enough to each other to meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import reject
from hypothesis import strategies as st

from corsage.browser import Profile, new_element_request, new_request, new_xhr_request
from corsage.model import (
    Body,
    BodyKind,
    Client,
    ElementInit,
    HeaderList,
    Initiator,
    OpaqueOrigin,
    Request,
    RequestInit,
    Thrown,
    TupleOrigin,
    WireKind,
    WireRequest,
    WireResponse,
    XhrInit,
    page,
    parse_url,
)
from corsage.server import Policy, PolicyError, parse_origin_pattern

if TYPE_CHECKING:
    from collections.abc import Callable

Init = RequestInit | XhrInit | ElementInit

# Pages that mean well, pages that look as if they did, and pages that are like nothing else.
WEB_PAGES = (
    "https://example.com/",
    "https://example.com:8443/",
    "https://app.example.com/",
    "https://app.example.com:8443/",
    "https://a.b.example.com/",
    "https://a.b.c.example.com/",
    "https://example.com./",
    "https://xn--bcher-kva.example.com/",
    "https://under_score.example.com/",
    "https://a,b.example.com/",
    "https://a*b.example.com/",
    "https://*.example.com/",
    "https://evil.com/",
    "https://evilexample.com/",
    "https://example.com.evil.com/",
    "https://app.example.co/",
    "https://tenant-1.example.net/",
    "https://192.0.2.7/",
    "https://[2001:db8::1]:8443/",
    "http://example.com/",
    "http://app.example.com/",
    "http://localhost/",
    "http://localhost:3000/",
    "http://127.0.0.1:5000/",
    "http://[::1]:5000/",
)


def app_page(scheme: str, host: str) -> Client:
    """A page of an app or an extension: its scheme has origins, though not in the standard."""
    url = parse_url(f"{scheme}://{host}/index.html")
    assert url is not None
    origin = TupleOrigin(scheme, host, None)
    return Client(url=url, origin=origin, top_level_origin=origin)


APP_PAGES = (
    app_page("capacitor", "localhost"),
    app_page("chrome-extension", "abcdefghijklmnopabcdefghijklmnop"),
    app_page("app", "-"),
)
SANDBOXED = (page("https://app.example.com/", sandboxed=True), page("http://localhost:3000/", sandboxed=True))
CLIENTS = (*map(page, WEB_PAGES), *APP_PAGES, *SANDBOXED)

PATTERNS = (
    "https://example.com",
    "https://example.com:8443",
    "https://app.example.com",
    "https://example.com.",
    "https://xn--bcher-kva.example.com",
    "https://under_score.example.com",
    "https://192.0.2.7",
    "https://[2001:db8::1]:8443",
    "http://localhost",
    "http://127.0.0.1:5000",
    "http://[::1]:*",
    "http://localhost:*",
    "https://example.com:*",
    "https://*.example.com",
    "https://*.example.com:*",
    "https://*.b.example.com",
    "https://+.example.com",
    "https://+.example.com:8443",
    "https://+.b.example.com:*",
    "http://*.example.com",
    "capacitor://localhost",
    "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
    "app://-",
)
REGEXES = (
    r"https://app\.example\.(?:com|co)",
    r"https://[a-z]+\.example\.com(?::[0-9]+)?",
    r"https?://(?:localhost|127\.0\.0\.1)(?::[0-9]+)?",
)


def tenants(origin: str) -> bool:
    """A lookup as a table of customers would be."""
    return origin.startswith("https://tenant-")


METHODS = ("PUT", "put", "DELETE", "PATCH", "patch", "PURGE", "purge", "OPTIONS", "POST", "HEAD", "M-SEARCH")
HEADER_NAMES = (
    "x-a",
    "X-B",
    "x-c",
    "Authorization",
    "Content-Type",
    "Range",
    "Accept",
    "DPR",
    "x-long-" + "n" * 60,
)
EXPOSED_NAMES = ("x-rate", "X-Total", "x-a.b", "ETag", "Content-Type")


HEADERS = (
    ("X-A", "1"),
    ("x-a", "2"),
    ("x-b", "1"),
    ("x-c", "1"),
    ("X-Long-" + "N" * 60, "1"),
    ("Authorization", "Bearer x"),
    ("Content-Type", "application/json"),
    ("Content-Type", "text/plain"),
    ("content-type", "text/plain; charset=utf-8"),
    ("Content-Type", "text/plain, text/plain"),
    ("Content-Type", "text/plain;;charset=utf-8"),
    ("Content-Type", "application/x-www-form-urlencoded"),
    ("Content-Type", "multipart/form-data; boundary=x"),
    ("Content-Type", "text/plain; a=" + "b" * 128),
    ("Content-Type", "nonsense"),
    ("Range", "bytes=0-10"),
    ("Range", "bytes=-10"),
    ("Range", "BYTES=0-10"),
    ("Accept", "text/html"),
    ("Accept", "a{b}"),
    ("Accept", "\xe9"),
    ("Accept", "a" * 128),
    ("Accept-Language", "en"),
    ("Accept-Language", "en;q=(1)"),
    ("Content-Language", "de"),
    ("DPR", "2"),
    ("Save-Data", "on"),
    ("User-Agent", "mine"),
    ("*", "1"),
    ("Cookie", "a=b"),
    ("Sec-Mine", "1"),
    ("X-HTTP-Method-Override", "TRACE"),
)
MANY = tuple((f"X-Many-{number:02}", "1") for number in range(40))
LONG_BUT_SAFE = (("Accept", "a" * 120),) * 9

BODIES = (
    Body(BodyKind.TEXT, b"a"),
    Body(BodyKind.URL_SEARCH_PARAMS, b"a=b"),
    Body(BodyKind.FORM_DATA, b"a"),
    Body(BodyKind.BLOB, b"a", "application/json"),
    Body(BodyKind.BLOB, b"a", "text/plain;" + "x" * 130),
    Body(BodyKind.ARRAY_BUFFER, b"a"),
    Body(BodyKind.STREAM, b"a"),
)
header_lists = st.one_of(
    st.just(()),
    st.lists(st.sampled_from(HEADERS), max_size=2).map(tuple),
    st.lists(st.sampled_from(HEADERS), max_size=6).map(tuple),
    st.sampled_from([MANY, LONG_BUT_SAFE]),
)
PAGE_METHODS = ("GET", "GET", "HEAD", "POST", "post", *METHODS, "*", "TRACE")
HOSTS = ("api.example.net", "api.example.net:8443", "app.example.com", "example.com")
CROSSORIGIN = ("", "anonymous", "use-credentials")
ELEMENTS = (
    Initiator.IMAGE,
    Initiator.SCRIPT,
    Initiator.MODULE,
    Initiator.FONT,
    Initiator.STYLESHEET,
    Initiator.AUDIO,
    Initiator.PRELOAD,
    Initiator.EVENTSOURCE,
    Initiator.BEACON,
)


FILES = {Initiator.IMAGE: "x.png", Initiator.STYLESHEET: "x.css"}


@st.composite
def urls(draw: st.DrawFn, client: Client, file: str) -> str:
    """An address that *client* may ask without mixing contents."""
    scheme = "https" if client.prohibits_mixed_content else draw(st.sampled_from(["http", "https"]))
    return f"{scheme}://{draw(st.sampled_from(HOSTS))}/{file}{draw(st.sampled_from(['', '?y=1']))}"


@st.composite
def inits(draw: st.DrawFn, client: Client) -> Init:
    """What a script or an element of *client* asks for."""
    kind = draw(st.sampled_from(["fetch", "fetch", "fetch", "xhr", "element"]))
    if kind == "element":
        initiator = draw(st.sampled_from(ELEMENTS))
        url = draw(urls(client, FILES.get(initiator, "x.js")))
        return ElementInit(
            initiator,
            url,
            crossorigin=draw(st.sampled_from(CROSSORIGIN)),
            with_credentials=draw(st.booleans()),
            body=draw(st.sampled_from(BODIES)) if initiator is Initiator.BEACON else None,
        )
    url = draw(urls(client, "x"))
    method = draw(st.sampled_from(PAGE_METHODS))
    headers = draw(header_lists)
    body = draw(st.none() | st.sampled_from(BODIES)) if method not in {"GET", "HEAD"} else None
    if kind == "xhr":
        return XhrInit(
            url,
            method,
            headers,
            body,
            with_credentials=draw(st.booleans()),
            upload_listener=draw(st.booleans()),
        )
    credentials = draw(st.sampled_from(["omit", "same-origin", "include"]))
    return RequestInit(url, method, headers, body, credentials=credentials, duplex="half")


EXPOSED = st.lists(st.sampled_from(EXPOSED_NAMES), max_size=4, unique=True)


@st.composite
def near_names(draw: st.DrawFn, wanted: list[str], others: tuple[str, ...], most: int) -> list[str]:
    """Names for a list of a policy: what is wanted, or nearly, and some others."""
    found = draw(st.lists(st.sampled_from(others), max_size=most, unique=True))
    if wanted and draw(st.sampled_from([True, True, True, False])):
        left_out = draw(st.none() | st.sampled_from(wanted)) if draw(st.booleans()) else None
        found += [name for name in dict.fromkeys(wanted) if name != left_out]
    return found


@st.composite
def policies(draw: st.DrawFn, client: Client, init: Init) -> Policy:
    """Any policy that can be made: half of them have *init* of *client* in mind."""
    credentials = draw(st.booleans())
    everyone = not credentials and draw(st.sampled_from([True, False, False]))
    method = [] if isinstance(init, ElementInit) else [init.method]
    headers = [] if isinstance(init, ElementInit) else [name for name, _ in init.headers] + ["Content-Type"]
    wild = () if credentials else ("*",)
    if credentials:
        # A method or a header may be called `*`, but with credentials no policy can mean that.
        method, headers = ([name for name in names if name != "*"] for names in (method, headers))
    own = [client.origin.serialized] if parse_origin_pattern(client.origin.serialized) else []
    values: dict[str, object] = {
        "origins": "*" if everyone else draw(near_names(own, PATTERNS, 4)),
        "origin_regexes": [] if everyone else draw(st.lists(st.sampled_from(REGEXES), max_size=1)),
        "origin_lookup": None if everyone else draw(st.sampled_from([None, None, tenants])),
        "methods": draw(near_names(method, (*METHODS, *wild), 4)),
        "request_headers": draw(near_names(headers, (*HEADER_NAMES, *wild), 4)),
        "exposed_headers": draw(EXPOSED if credentials else EXPOSED | st.just("*")),
        "credentials": credentials,
        "max_age": draw(st.sampled_from([None, None, -1, 0, 1, 5, 60, 600, 7200, 86_400])),
        "private_network": draw(st.booleans()),
        "timing": draw(st.booleans()),
        "resource_policy": draw(st.sampled_from([None, None, "same-origin", "same-site", "cross-origin"])),
        "preflight_status": draw(st.sampled_from([204, 204, 200])),
        "preflight_continue": draw(st.sampled_from([False, False, False, True])),
        "public": everyone,
        "dangerously_allow_null_origin": not everyone and draw(st.sampled_from([False, False, True])),
        "dangerously_allow_insecure_origins": credentials,
    }
    try:
        return Policy.of({name: value for name, value in values.items() if value is not None})
    except PolicyError:  # then somebody would have refused it
        reject()


@st.composite
def conversations(draw: st.DrawFn) -> tuple[Policy, Client, Init]:
    """A page, what it asks for, and the policy that it meets."""
    client = draw(st.sampled_from(CLIENTS))
    init = draw(inits(client))
    return draw(policies(client, init)), client, init


def request_of(init: Init, client: Client, profile: Profile) -> Request | Thrown:
    """The request that *profile* makes of *init*."""
    match init:
        case RequestInit():
            return new_request(init, client, profile)
        case XhrInit():
            return new_xhr_request(init, client, profile)
    return new_element_request(init, client, profile)


def is_opaque(client: Client) -> bool:
    """Whether the page's origin is written ``null``."""
    return isinstance(client.origin, OpaqueOrigin)


def app(status: int) -> Callable[[WireRequest], WireResponse]:
    """An application that answers with *status*, has headers to expose and CORS headers of its own making."""

    def answer(request: WireRequest) -> WireResponse:
        types = {"png": "image/png", "css": "text/css", "js": "text/javascript"}
        headers = [
            ("Content-Type", types.get(request.url.path.rpartition(".")[2], "text/plain")),
            ("X-Rate", "1"),
            ("X-Total", "2"),
            ("ETag", '"3"'),
            ("X-Secret", "4"),
            ("Set-Cookie", "a=b"),
            ("Vary", "Accept-Encoding"),
            ("access-control-allow-origin", "https://stale.example"),
            ("Access-Control-Allow-Credentials", "yes"),
            ("Access-Control-Allow-Headers", "x-stale, ("),
            ("Access-Control-Expose-Headers", "x-secret"),
        ]
        return WireResponse(
            200 if request.kind is WireKind.PREFLIGHT else status, HeaderList(headers), b"hello"
        )

    return answer
