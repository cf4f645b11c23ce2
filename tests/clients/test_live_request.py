"""What reaches the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.clients.live.setup import accepted_encodings
from corsage.model import WireResponse

if TYPE_CHECKING:
    from tests.clients.conftest import Serve, Transport, Wire


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def lines(request: bytes) -> list[bytes]:
    return request.partition(b"\r\n\r\n")[0].split(b"\r\n")


def body(request: bytes) -> bytes:
    return request.partition(b"\r\n\r\n")[2]


def test_headers_go_out_in_order_with_duplicates_empty_values_and_raw_bytes(
    serve: Serve, transport: Transport, wire: Wire
) -> None:
    server = serve(OK)
    send = transport(user_agent="Browser/1")
    headers = (
        ("Accept", "*/*"),
        ("X-Twice", "1"),
        ("x-b", "semi;colon: é\x01\xff"),
        ("X-Twice", "2"),
        ("X-Empty", ""),
        ("Content-Type", ""),
        ("Authorization", "Bearer t"),
        ("Cookie", "a=b"),
        ("Origin", "null"),
    )
    assert isinstance(send(wire(server.url(), headers=headers)), WireResponse)
    assert lines(server.requests[0]) == [
        b"GET / HTTP/1.1",
        b"Host: 127.0.0.1:%d" % server.port,
        b"User-Agent: Browser/1",
        b"Accept-Encoding: gzip, deflate",
        b"Accept: */*",
        b"X-Twice: 1",
        b"x-b: semi;colon: \xe9\x01\xff",
        b"X-Twice: 2",
        b"X-Empty:",
        b"Content-Type:",
        b"Authorization: Bearer t",
        b"Cookie: a=b",
        b"Origin: null",
    ]
    sent = send.exchanges[0].sent_headers
    assert sent[:3] == (
        ("Host", f"127.0.0.1:{server.port}"),
        ("User-Agent", "Browser/1"),
        ("Accept-Encoding", "gzip, deflate"),
    )
    assert sent[3:] == headers


@pytest.mark.parametrize(
    ("headers", "options", "expected"),
    [
        pytest.param(
            (), {"user_agent": "B"}, [b"User-Agent: B", b"Accept-Encoding: gzip, deflate"], id="none"
        ),
        pytest.param((), {"user_agent": ""}, [b"Accept-Encoding: gzip, deflate"], id="no user agent"),
        pytest.param(
            (("user-agent", "page"), ("accept-encoding", "identity")),
            {"user_agent": "B"},
            [b"user-agent: page", b"accept-encoding: identity"],
            id="the page's own",
        ),
    ],
)
def test_nothing_else_is_added(
    serve: Serve,
    transport: Transport,
    wire: Wire,
    headers: tuple[tuple[str, str], ...],
    options: dict[str, str],
    expected: list[bytes],
) -> None:
    server = serve(OK)
    transport(**options)(wire(server.url(), headers=headers))
    assert lines(server.requests[0])[2:] == expected


@pytest.mark.parametrize(
    ("method", "sent", "length"),
    [
        pytest.param("GET", None, None, id="GET"),
        pytest.param("GET", b"x", 1, id="GET with body"),
        pytest.param("HEAD", None, None, id="HEAD"),
        pytest.param("HEAD", b"xyz", 3, id="HEAD with body"),
        pytest.param("OPTIONS", None, None, id="OPTIONS"),
        pytest.param("DELETE", None, None, id="DELETE"),
        pytest.param("DELETE", b"x", 1, id="DELETE with body"),
        pytest.param("POST", None, 0, id="POST without body"),
        pytest.param("POST", b"", 0, id="POST with empty body"),
        pytest.param("PUT", None, 0, id="PUT without body"),
        pytest.param("PUT", b"a\0\r\n\xff", 5, id="PUT with bytes"),
        pytest.param("PUT", b"x" * 3_000_000, 3_000_000, id="PUT with much, and no Expect"),
        pytest.param("patch", b"x", 1, id="lower-case patch stays"),
        pytest.param("X-!#$", None, None, id="any token"),
    ],
)
def test_methods_and_bodies(
    serve: Serve, transport: Transport, wire: Wire, method: str, sent: bytes | None, length: int | None
) -> None:
    # The length in the answer to HEAD is that of a body which does not follow.
    server = serve(OK.replace(b"Length: 0", b"Length: 7") if method == "HEAD" else OK)
    send = transport(user_agent="")
    response = send(wire(server.url(), method, (), sent))
    assert isinstance(response, WireResponse)
    head = lines(server.requests[0])
    assert head[0] == method.encode() + b" / HTTP/1.1"
    expected = [] if length is None else [b"Content-Length: %d" % length]
    assert head[3:] == expected
    assert body(server.requests[0]) == (sent or b"")
    assert not send.exchanges[0].truncated
    assert send.exchanges[0].body_failure is None


@pytest.mark.parametrize(
    ("path", "target"),
    [
        pytest.param("/a?b=c#fragment", b"/a?b=c", id="fragment stays home"),
        pytest.param("/%2e%2e%2fa/%zz|", b"/%2e%2e%2fa/%zz|", id="escapes are not touched"),
        pytest.param("/a//b/", b"/a//b/", id="empty segments stay"),
        pytest.param("/?", b"/?", id="empty query"),
        pytest.param("/?../..//x", b"/?../..//x", id="dots in the query"),
    ],
)
def test_target_is_the_serialised_url(
    serve: Serve, transport: Transport, wire: Wire, path: str, target: bytes
) -> None:
    server = serve(OK)
    transport()(wire(server.url(path)))
    assert lines(server.requests[0])[0] == b"GET " + target + b" HTTP/1.1"


def test_credentials_of_the_url_do_not_go_out(serve: Serve, transport: Transport, wire: Wire) -> None:
    server = serve(OK)
    transport(user_agent="")(wire(server.url(host="user:secret@127.0.0.1")))
    assert b"uthorization" not in server.requests[0]
    assert b"secret" not in server.requests[0]


def test_redirects_cookies_and_challenges_are_left_to_the_engine(
    serve: Serve, transport: Transport, wire: Wire
) -> None:
    redirect = b"HTTP/1.1 302 Found\r\nLocation: /next\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"
    challenge = b"HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"
    server = serve([redirect, challenge, OK])
    send = transport()
    statuses = []
    for _ in range(3):
        response = send(wire(server.url()))
        assert isinstance(response, WireResponse)
        statuses.append(response.status)
    assert statuses == [302, 401, 200]
    assert not any(b"ookie:" in request for request in server.requests)
    assert len(send.exchanges) == 3


def test_connections_are_used_again_and_replaced_when_closed(
    serve: Serve, transport: Transport, wire: Wire
) -> None:
    keep = OK.replace(b"Connection: close\r\n", b"")
    server = serve([keep, keep], [keep])
    send = transport()
    for number in range(3):
        response = send(wire(server.url(), "POST", (("X-Number", str(number)),), b"data"))
        assert isinstance(response, WireResponse)
        assert ("X-Number", str(number)) in send.exchanges[number].sent_headers
    assert server.connections == 2
    assert [body(request) for request in server.requests] == [b"data"] * 3


def test_one_request_leaves_nothing_behind_for_the_next(
    serve: Serve, transport: Transport, wire: Wire
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
    server = serve([head + b"ok", head, head + b"ok"])
    send = transport(user_agent="")
    bodies = []
    for request in (
        wire(server.url(), "PUT", (("X-A", "1"),), b"body"),
        wire(server.url(), "HEAD"),
        wire(server.url()),
    ):
        response = send(request)
        assert isinstance(response, WireResponse)
        bodies.append(response.body)
    assert bodies == [b"ok", b"", b"ok"]
    assert server.connections == 1
    assert [lines(request)[0].split()[0] for request in server.requests] == [b"PUT", b"HEAD", b"GET"]
    assert lines(server.requests[2])[3:] == []
    assert body(server.requests[2]) == b""


@pytest.mark.parametrize(
    ("method", "header"),
    [
        pytest.param("GET", ("X", "a\r\nInjected: 1"), id="line break"),
        pytest.param("GET", ("X", "a\0b"), id="NUL"),
        pytest.param("GET", ("X", " a"), id="outer whitespace"),
        pytest.param("GET", ("X Y", "a"), id="name is no token"),
        pytest.param("GET", ("", "a"), id="no name"),
        pytest.param("GET", ("X", "\u20ac"), id="not latin-1"),
        pytest.param("GET / HTTP/1.1\r\nX:", ("X", "a"), id="method is no token"),
    ],
)
def test_what_is_not_http_is_refused(
    serve: Serve, transport: Transport, wire: Wire, method: str, header: tuple[str, str]
) -> None:
    server = serve()
    with pytest.raises(ValueError, match=r"is not a (header|method)|latin-1"):
        transport()(wire(server.url(), method, (header,)))
    assert server.connections == 0


def test_environment_proxies_are_ignored(
    serve: Serve, transport: Transport, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server = serve(OK)
    assert isinstance(transport()(wire(server.url())), WireResponse)


def test_newer_content_codings_are_offered_over_tls_alone() -> None:
    assert accepted_encodings("http") == "gzip, deflate"
    assert accepted_encodings("https").startswith("gzip, deflate")
    assert accepted_encodings("https") != "gzip, deflate"
