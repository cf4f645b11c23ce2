"""The recorder's server: exact bytes, what it remembers, and whom it refuses."""

import asyncio
import json
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from record import http1, session
from record.errors import RecordError
from record.script import Script
from record.server import Server, serving
from record.stage import Stage

Json = dict[str, Any]

ORIGIN = "http://api.test:9000"
HELLO = {"status": 200, "headers": [["X-A", " \xff "]], "body": "hello"}
HELLO_BYTES = b"HTTP/1.1 200 OK\r\nX-A:  \xff \r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def scenario(name: str = "one", **hop: object) -> Json:
    answers = {"response": HELLO} | hop
    return {
        "id": name,
        "client": {"page": "http://client.test:8000", "context": "top"},
        "request": {"api": "fetch", "url": f"{ORIGIN}/s/{name}/0"},
        "server": {"hops": [{"origin": ORIGIN, "path": f"/s/{name}/0"} | answers]},
    }


def asked(method: str = "GET", target: str = "/s/one/0", **headers: str) -> http1.Request:
    pairs = [("host", "api.test:9000"), *((name.replace("_", "-"), value) for name, value in headers.items())]
    return http1.Request(method, target, tuple(pairs), b"")


def preflight() -> http1.Request:
    return asked("OPTIONS", access_control_request_method="PUT")


@pytest.mark.parametrize(
    ("status", "body", "head", "expected"),
    [
        (
            200,
            b"hi",
            False,
            b"HTTP/1.1 200 OK\r\nA: \xe9\t\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi",
        ),
        (200, b"hi", True, b"HTTP/1.1 200 OK\r\nA: \xe9\t\r\nContent-Length: 2\r\nConnection: close\r\n\r\n"),
        (204, b"", False, b"HTTP/1.1 204 No Content\r\nA: \xe9\t\r\nConnection: close\r\n\r\n"),
        (304, b"", False, b"HTTP/1.1 304 Not Modified\r\nA: \xe9\t\r\nConnection: close\r\n\r\n"),
        (
            999,
            b"",
            False,
            b"HTTP/1.1 999 Status\r\nA: \xe9\t\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        ),
    ],
)
def test_responses_are_exact_bytes(status: int, body: bytes, head: bool, expected: bytes) -> None:  # noqa: FBT001
    assert http1.response(status, [("A", "\xe9\t")], body, head=head) == expected


def read(data: bytes) -> http1.Request | None:
    async def parse() -> http1.Request | None:
        reader = asyncio.StreamReader()
        reader.feed_data(data)
        reader.feed_eof()
        return await http1.read_request(reader)

    return asyncio.run(parse())


def test_requests_are_read_with_their_bodies() -> None:
    counted = read(b"POST /a?b HTTP/1.1\r\nHost: x\r\nContent-Length:  2 \r\nX-A: \xff\r\n\r\nhi")
    assert counted == http1.Request(
        "POST", "/a?b", (("host", "x"), ("content-length", "2"), ("x-a", "\xff")), b"hi"
    )
    chunked = read(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n1;x\r\n!\r\n0\r\n\r\n")
    assert chunked is not None
    assert chunked.body == b"hi!"


@pytest.mark.parametrize(
    "data", [b"", b"GET / HTTP/1.1\r\n", b"nonsense\r\n\r\n", b"P / X\r\nContent-Length: 9\r\n\r\n"]
)
def test_what_is_no_whole_request_is_none(data: bytes) -> None:
    assert read(data) is None


def test_preflights_and_all_else_have_their_own_answers() -> None:
    script = Script(scenario(preflight={"status": 204, "headers": [], "body": ""}))
    assert script.answer(preflight(), "http") == b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
    assert script.answer(asked("OPTIONS"), "http") == HELLO_BYTES
    assert script.answer(asked("HEAD"), "http") == HELLO_BYTES.removesuffix(b"hello")
    assert [seen["kind"] for seen in script.requests_seen] == ["preflight", "actual", "actual"]


def test_without_a_preflight_key_a_preflight_is_not_found() -> None:
    assert Script(scenario()).answer(preflight(), "http") == NOT_FOUND


def test_the_nth_request_gets_the_nth_answer_and_the_last_repeats() -> None:
    script = Script(scenario(response=[{"drop": True}, HELLO]))
    assert [script.answer(asked(), "http") for _ in range(3)] == [None, HELLO_BYTES, HELLO_BYTES]


def test_requests_are_remembered_step_by_step_without_noise() -> None:
    script = Script({**scenario(), "sequence": []})
    script.answer(asked(target="/s/one/0?q", user_agent="x", sec_ch_ua="x", x_b="2", accept="*/*"), "https")
    script.next_step()
    script.answer(asked(target="/elsewhere"), "http")
    seen = {
        "kind": "actual",
        "hop": 0,
        "method": "GET",
        "url": "https://api.test:9000/s/one/0?q",
        "headers": [["accept", "*/*"], ["x-b", "2"]],
        "body": "",
    }
    assert script.requests_seen == [[seen], []]


Talk = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def through(port: int, host: str, to: int) -> AsyncIterator[tuple[int, Talk]]:
    """A connection by way of the server's SOCKS: its verdict, and the streams."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"\x05\x01\x00" + bytes([5, 1, 0, 3, len(host)]) + host.encode() + struct.pack("!H", to))
        assert await reader.readexactly(2) == b"\x05\x00"
        verdict = (await reader.readexactly(10))[1]
        yield verdict, (reader, writer)
    finally:
        writer.close()
        await writer.wait_closed()


async def get(port: int, origin: tuple[str, int], path: str, *, tls: bool = False) -> bytes:
    async with through(port, *origin) as (verdict, (reader, writer)):
        assert verdict == 0
        if tls:
            await writer.start_tls(_trusting())
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {origin[0]}\r\n\r\n".encode())
        return await reader.read()


def _trusting() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def with_server(check: Callable[[Server], Awaitable[None]]) -> None:
    async def run() -> None:
        async with serving(Stage(), [scenario()]) as server:
            await check(server)

    asyncio.run(run())


def test_one_socket_is_every_host_and_port() -> None:
    async def check(server: Server) -> None:
        for origin in (("client.test", 80), ("localhost", 8000)):
            page = await get(server.port, origin, "/page.html")
            assert b"\r\nSet-Cookie: sid=v1; SameSite=Lax; Path=/s/\r\n" in page
            assert b"sidnone" not in page
        secure = await get(server.port, ("client.test", 8443), "/page.html", tls=True)
        assert b"\r\nSet-Cookie: sidnone=v2; SameSite=None; Secure; Path=/s/\r\n" in secure
        assert b"Set-Cookie" not in await get(server.port, ("client.test", 80), "/frame.html")

    with_server(check)


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1", "notlocalhost"])
def test_no_other_host_is_reached(host: str) -> None:
    async def check(server: Server) -> None:
        async with through(server.port, host, 443) as (verdict, (reader, _)):
            assert verdict == 2
            assert await reader.read() == b""

    with_server(check)


class Puppet:
    """A browser that is a few lines of Python: takes its turns and reports what it is told to."""

    name = "puppet"
    package = "none"

    def __init__(self, *silent: str) -> None:
        self._silent = silent

    def program(self) -> str | None:
        return self.name

    @asynccontextmanager
    async def open(self, _program: str, server: Server, _url: str) -> AsyncIterator["Puppet"]:
        page = asyncio.create_task(self._turns(server.port))
        try:
            yield self
        finally:
            page.cancel()
            await asyncio.gather(page, return_exceptions=True)

    async def collect(self, scenario: str) -> Json:
        return {"cors_error": None, "console": [scenario]}

    async def _turns(self, port: int) -> None:
        result = None
        while True:
            job = await self._turn(port, result)
            name = job.get("play", {}).get("id")
            if name in self._silent:
                return
            result = {"kind": "response", "status": await self._play(port, name)} if name else None

    async def _turn(self, port: int, result: Json | None) -> Json:
        body = json.dumps(result)
        head = f"POST /turn HTTP/1.1\r\nHost: client.test\r\nContent-Length: {len(body)}\r\n\r\n"
        async with through(port, "client.test", 8000) as (_, (reader, writer)):
            writer.write((head + body).encode())
            answer: Json = json.loads((await reader.read()).partition(b"\r\n\r\n")[2])
            return answer

    async def _play(self, port: int, name: str) -> int:
        answer = await get(port, ("api.test", 9000), f"/s/{name}/0")
        return int(answer.split()[1])


def record(puppet: Puppet, *names: str) -> tuple[int, Json, list[str]]:
    kept: Json = {}
    told: list[str] = []
    work = session.record(puppet, "", [scenario(name) for name in names], kept.__setitem__, told.append)
    return asyncio.run(work), kept, told


def test_a_session_keeps_what_page_browser_and_server_say() -> None:
    lost, kept, told = record(Puppet(), "one", "two")
    assert (lost, told, list(kept)) == (0, [], ["one", "two"])
    assert kept["one"]["outcome"] == {"kind": "response", "status": 200}
    assert kept["one"]["console"] == ["one"]
    assert [seen["url"] for seen in kept["one"]["requests_seen"]] == ["http://api.test/s/one/0"]


def test_a_session_starts_over_after_a_scenario_without_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_PATIENCE", 0.5)
    lost, kept, told = record(Puppet("two"), "one", "two", "three")
    assert (lost, list(kept)) == (1, ["one", "three"])
    assert told == ["puppet: no outcome for two; starting over after it"]


def test_a_session_gives_up_on_a_browser_that_plays_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_PATIENCE", 0.1)
    with pytest.raises(RecordError, match="3 scenarios in a row without an outcome; giving up"):
        record(Puppet("one", "two", "three"), "one", "two", "three")
