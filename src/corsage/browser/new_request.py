"""``new Request(input, init)``: from what an author wrote to the standard's request.

Source: https://fetch.spec.whatwg.org/#dom-request. Steps that concern streams of a `Request` input, signals and
priorities have no bearing on CORS and are left out.
"""

from enum import StrEnum
from typing import Final, TypeVar

from corsage.browser.body_types import implied_content_type
from corsage.browser.differences import Engine
from corsage.browser.forbidden import (
    is_forbidden_method,
    is_forbidden_request_header,
    no_cors_guard,
    normalize_method,
)
from corsage.browser.profile import Profile
from corsage.browser.profiles import STANDARD
from corsage.grammar import is_byte_string, is_header_name, is_header_value, is_method, normalize_value
from corsage.model import (
    NO_TRACE,
    OK,
    REFUSED,
    AddressSpace,
    Algorithm,
    Body,
    BodyKind,
    Cache,
    Client,
    Credentials,
    HeaderList,
    Initiator,
    Mode,
    Redirect,
    ReferrerPolicy,
    Request,
    RequestInit,
    Thrown,
    Trace,
    parse_url,
)
from corsage.model.names import CORS_SAFELISTED_METHODS
from corsage.model.trace import FETCH

NEW_REQUEST: Final = Algorithm("new Request(input, init)", FETCH + "dom-request")
APPEND: Final = Algorithm("append a header", FETCH + "concept-headers-append")

_E = TypeVar("_E", bound=StrEnum)

# Looking a value up is a good deal faster than calling the enumeration.
_MODES: Final = {member.value: member for member in Mode}
_CREDENTIALS: Final = {member.value: member for member in Credentials}
_CACHES: Final = {member.value: member for member in Cache}
_REDIRECTS: Final = {member.value: member for member in Redirect}
_REFERRER_POLICIES: Final = {member.value: member for member in ReferrerPolicy}
_ADDRESS_SPACES: Final = {member.value: member for member in AddressSpace}
_STREAM_TEXT: Final = b"[object ReadableStream]"


class _Throws(Exception):  # noqa: N818 - it carries a JavaScript exception, it is not an error of ours
    """Unwinds the constructor with the exception that the page will catch."""

    def __init__(self, number: str, reason: str, name: str = "TypeError") -> None:
        super().__init__(reason)
        self.number = number
        self.thrown = Thrown(name, reason)


def new_request(
    init: RequestInit, client: Client, profile: Profile = STANDARD, trace: Trace = NO_TRACE
) -> Request | Thrown:
    """Construct the request of ``fetch(init.url, init)``, or return the exception that it throws."""
    try:
        return _construct(init, client, profile, trace)
    except _Throws as exception:
        thrown = exception.thrown
        trace.record(NEW_REQUEST, exception.number, REFUSED, "throws {}: {}", thrown.name, thrown.reason)
        return thrown


def _construct(init: RequestInit, client: Client, profile: Profile, trace: Trace) -> Request:
    mode = _member(_MODES, init.mode, "16", "mode")
    credentials = _member(_CREDENTIALS, init.credentials, "19", "credentials")
    cache = _member(_CACHES, init.cache, "20", "cache")
    redirect = _member(_REDIRECTS, init.redirect, "22", "redirect")
    referrer_policy = _member(_REFERRER_POLICIES, init.referrer_policy, "15", "referrerPolicy")
    target = _target_address_space(init.target_address_space)

    # 5. The URL must parse, and carry no username or password.
    url = parse_url(init.url, client.url.href)
    if url is None:
        raise _Throws("5.2", f"cannot parse the URL {init.url!r}")
    if url.includes_credentials:
        raise _Throws("5.3", "the URL includes a username or password")
    # 17. A script cannot navigate by fetch().
    if mode is Mode.NAVIGATE:
        raise _Throws("17", "mode cannot be 'navigate'")
    # 21. only-if-cached would reveal what other sites put in the cache.
    if cache is Cache.ONLY_IF_CACHED and mode is not Mode.SAME_ORIGIN:
        raise _Throws("21", "cache mode 'only-if-cached' needs mode 'same-origin'")
    # 25. The method must be a token and not forbidden; six methods are upper-cased.
    method = _method(init.method)
    # 32. Mode no-cors allows the safelisted methods alone.
    if mode is Mode.NO_CORS and method not in CORS_SAFELISTED_METHODS:
        raise _Throws("32.1", f"method {method!r} is not allowed in mode 'no-cors'")
    # 33. Fill the headers, under the guard of the mode.
    headers, dropped = _fill(init.headers, mode, profile, trace)
    # 35. GET and HEAD have no body.
    body = _body(init.body, profile)
    if body is not None and method in {"GET", "HEAD"}:
        raise _Throws("35", f"a {method} request cannot have a body")
    # 37. A body brings its Content-Type, unless the author set one.
    if body is not None:
        _append_implied_type(headers, body, mode, profile)
    # 39. A stream cannot be replayed: half duplex must be chosen, and a preflight is always made.
    streaming = body is not None and not body.has_source
    if streaming:
        mode = _stream_mode(init, mode, profile)
    if init.aborted:
        raise _Throws("30", "the signal is aborted", "AbortError")
    trace.record(NEW_REQUEST, "42", OK, "{} {}, mode {}, credentials {}", method, url, mode, credentials)
    return Request(
        url=url,
        client=client,
        initiator=Initiator.FETCH,
        method=method,
        headers=HeaderList(headers),
        body=body,
        mode=mode,
        credentials=credentials,
        redirect=redirect,
        cache=cache,
        referrer_policy=referrer_policy,
        unsafe_request=True,
        use_cors_preflight=streaming,
        keepalive=init.keepalive,
        target_address_space=target,
        dropped_headers=tuple(dropped),
    )


def _member(values: dict[str, _E], value: str, number: str, member: str) -> _E:
    found = values.get(value)
    if found is None:
        raise _Throws(number, f"{value!r} is not a value of {member}")
    return found


def _target_address_space(value: str | None) -> AddressSpace | None:
    return None if value is None else _member(_ADDRESS_SPACES, value, "13", "targetAddressSpace")


def _method(method: str) -> str:
    if not is_method(method):
        raise _Throws("25.2", f"{method!r} is not a method")
    if is_forbidden_method(method):
        raise _Throws("25.2", f"method {method!r} is forbidden")
    return normalize_method(method)


def _fill(
    wanted: tuple[tuple[str, str], ...], mode: Mode, profile: Profile, trace: Trace
) -> tuple[list[tuple[str, str]], list[str]]:
    headers: list[tuple[str, str]] = []
    dropped: list[str] = []
    for name, raw in wanted:
        value = normalize_value(raw)
        if not is_header_name(name) or not is_header_value(value) or not is_byte_string(value):
            raise _Throws("33.5", f"{name!r}: {value!r} is not a header")
        if is_forbidden_request_header(name, value):
            trace.record(APPEND, "1.3", REFUSED, "{} is forbidden to scripts: dropped silently", name)
            dropped.append(name)
        elif mode is Mode.NO_CORS and not no_cors_guard(headers, name, value, profile):
            trace.record(APPEND, "3.3", REFUSED, "{} is not allowed in mode no-cors: dropped silently", name)
            dropped.append(name)
        elif profile.user_agent_is_ignored and name.lower() == "user-agent":
            dropped.append(name)
        else:
            headers.append((name, value))
    return headers, dropped


def _body(body: Body | None, profile: Profile) -> Body | None:
    if body is not None and body.kind is BodyKind.STREAM and profile.stringifies_streams:
        return Body(BodyKind.TEXT, _STREAM_TEXT)
    return body


def _append_implied_type(headers: list[tuple[str, str]], body: Body, mode: Mode, profile: Profile) -> None:
    content_type = implied_content_type(body, profile)
    if content_type is None or any(name.lower() == "content-type" for name, _ in headers):
        return
    # The guard applies to this header, too: a Blob of another type loses it in mode no-cors.
    guarded = mode is Mode.NO_CORS and not profile.implied_type_escapes_guard
    if guarded and not no_cors_guard(headers, "content-type", content_type, profile):
        return
    headers.append(("Content-Type", content_type))


def _stream_mode(init: RequestInit, mode: Mode, profile: Profile) -> Mode:
    if profile.engine is Engine.WEBKIT:
        raise _Throws("39", "stream uploads are not supported", "NotSupportedError")
    if init.duplex is None:
        raise _Throws("39.1", "a stream body needs duplex: 'half'")
    if mode not in (Mode.SAME_ORIGIN, Mode.CORS):
        raise _Throws("39.2", f"a stream body is not allowed in mode {mode}")
    if init.keepalive:
        raise _Throws("37.1", "a stream body cannot be kept alive")
    return Mode.CORS if profile.streams_are_always_cors else mode
