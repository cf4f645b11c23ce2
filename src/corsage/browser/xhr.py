"""``XMLHttpRequest``: ``open``, ``setRequestHeader`` and ``send`` (https://xhr.spec.whatwg.org/)."""

import re
from typing import Final

from corsage.browser.body_types import implied_content_type
from corsage.browser.forbidden import is_forbidden_method, is_forbidden_request_header, normalize_method
from corsage.browser.profile import Profile
from corsage.browser.profiles import STANDARD
from corsage.grammar import (
    is_byte_string,
    is_header_name,
    is_header_value,
    is_method,
    normalize_value,
    parse_mime_type,
)
from corsage.model import (
    NO_TRACE,
    OK,
    REFUSED,
    Algorithm,
    Body,
    BodyKind,
    Client,
    Credentials,
    HeaderList,
    Initiator,
    Request,
    Thrown,
    Trace,
    XhrInit,
    parse_url,
)

_CHARSET: Final = re.compile(r"(;\s*charset\s*=\s*)[^\s;]+", re.IGNORECASE)
OPEN: Final = Algorithm("open(method, url)", "https://xhr.spec.whatwg.org/#the-open()-method")
SET_HEADER: Final = Algorithm(
    "setRequestHeader(name, value)", "https://xhr.spec.whatwg.org/#the-setrequestheader()-method"
)
SEND: Final = Algorithm("send(body)", "https://xhr.spec.whatwg.org/#the-send()-method")


def new_xhr_request(
    init: XhrInit, client: Client, profile: Profile = STANDARD, trace: Trace = NO_TRACE
) -> Request | Thrown:
    """Make the request that an ``XMLHttpRequest`` sends, or return the exception that it throws."""
    thrown = _open(init, client)
    if thrown is not None:
        trace.record(OPEN, "5", REFUSED, "throws {}: {}", thrown.name, thrown.reason)
        return thrown
    url = parse_url(init.url, client.url.href)
    assert url is not None  # noqa: S101 - _open has parsed it
    method = normalize_method(init.method)

    headers: list[tuple[str, str]] = []
    dropped: list[str] = []
    for name, raw in init.headers:
        value = normalize_value(raw)
        if not is_byte_string(name) or not is_byte_string(value):
            trace.record(SET_HEADER, "1", REFUSED, "throws TypeError: {} has characters above U+00FF", name)
            return Thrown("TypeError", f"{name!r}: {value!r} is not a byte string", "setRequestHeader")
        if not is_header_name(name) or not is_header_value(value):
            trace.record(SET_HEADER, "4", REFUSED, "throws SyntaxError: {} is not a header", name)
            return Thrown("SyntaxError", f"{name!r}: {value!r} is not a header", "setRequestHeader")
        if is_forbidden_request_header(name, value) or _is_ignored(name, profile):
            trace.record(SET_HEADER, "5", REFUSED, "{} is forbidden to scripts: dropped", name)
            dropped.append(name)
        else:
            _combine(headers, name, value)

    # 3. of send: GET and HEAD lose their body silently.
    body = None if method in {"GET", "HEAD"} else _body(init.body, profile)
    # 4. of send: a body brings its Content-Type.
    typed = _lasting_type(init.body, method, profile) if body is None else body
    own_type = any(name.lower() == "content-type" for name, _ in headers)
    if typed is not None:
        _set_content_type(headers, typed, profile)
    # The use-CORS-preflight flag is set where an upload listener could watch the request being sent.
    watched = init.upload_listener and (body is not None or not profile.upload_listener_needs_body)
    trace.record(SEND, "8", OK, "{} {}, withCredentials {}", method, url, init.with_credentials)
    return Request(
        url=url,
        client=client,
        initiator=Initiator.XHR,
        method=method,
        headers=HeaderList(headers),
        body=body,
        credentials=Credentials.INCLUDE if init.with_credentials else Credentials.SAME_ORIGIN,
        unsafe_request=True,
        use_cors_preflight=watched,
        dropped_headers=tuple(dropped),
        content_type_is_implied=not own_type,
    )


def _open(init: XhrInit, client: Client) -> Thrown | None:
    # 2.-3. Methods that are no token, or forbidden.
    if not is_method(init.method):
        return Thrown("SyntaxError", f"{init.method!r} is not a method", "open")
    if is_forbidden_method(init.method):
        return Thrown("SecurityError", f"method {init.method!r} is forbidden", "open")
    # 5.-6. The URL must parse. (Unlike fetch(), a username and password are allowed.)
    if parse_url(init.url, client.url.href) is None:
        return Thrown("SyntaxError", f"cannot parse the URL {init.url!r}", "open")
    return None


def _is_ignored(name: str, profile: Profile) -> bool:
    return profile.user_agent_is_ignored and name.lower() == "user-agent"


def _combine(headers: list[tuple[str, str]], name: str, value: str) -> None:
    """Combine (https://fetch.spec.whatwg.org/#concept-header-list-combine): one line a name."""
    for index, (spelled, old) in enumerate(headers):
        if spelled.lower() == name.lower():
            headers[index] = (spelled, f"{old}, {value}")
            return
    headers.append((name, value))


def _body(body: Body | None, profile: Profile) -> Body | None:
    if body is not None and body.kind is BodyKind.STREAM and profile.stringifies_streams:
        return Body(BodyKind.TEXT, b"[object ReadableStream]")
    return body


def _lasting_type(body: Body | None, method: str, profile: Profile) -> Body | None:
    """Return a body that is not sent but leaves its Content-Type on the request, as WebKit's does."""
    if not profile.xhr_unsent_form_leaves_type or method not in {"GET", "HEAD"} or body is None:
        return None
    return body if body.kind is BodyKind.URL_SEARCH_PARAMS else None


def _set_content_type(headers: list[tuple[str, str]], body: Body, profile: Profile) -> None:
    for index, (name, value) in enumerate(headers):
        if name.lower() == "content-type":
            if body.kind in (BodyKind.TEXT, BodyKind.URL_SEARCH_PARAMS):
                headers[index] = (name, _with_utf8(value, profile))
            return
    content_type = implied_content_type(body, profile, xhr=True)
    if content_type is not None:
        headers.append(("Content-Type", content_type))


def _with_utf8(content_type: str, profile: Profile) -> str:
    if profile.xhr_charset_is_replaced_in_place:
        return _CHARSET.sub(r"\g<1>UTF-8", content_type, count=1)
    return with_utf8_charset(content_type)


def with_utf8_charset(content_type: str) -> str:
    """Return *content_type* with its charset, if it names one other than UTF-8, set to UTF-8.

    Source: https://xhr.spec.whatwg.org/#the-send()-method, step 4.5
    """
    mime = parse_mime_type(content_type)
    if not mime:
        return content_type
    charset = dict(mime.parameters).get("charset")
    if charset is None or charset.lower() == "utf-8":
        return content_type
    parameters = ((name, "UTF-8" if name == "charset" else value) for name, value in mime.parameters)
    return ";".join([mime.essence, *(f"{name}={_quoted(value)}" for name, value in parameters)])


def _quoted(value: str) -> str:
    if value and all(char.isalnum() or char in "!#$%&'*+-.^_`|~" for char in value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
