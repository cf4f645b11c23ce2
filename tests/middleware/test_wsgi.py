"""What the WSGI middleware has beyond the rows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.middleware.ask_wsgi import get, preflight

from corsage.middleware import CORS
from corsage.middleware.own_host import is_own
from corsage.middleware.wsgi import CORSMiddleware
from corsage.server import Policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

A = "https://a.example"
POLICY = Policy(origins=[A])


class Generator:
    """Sends its pieces as a generator, and remembers that it was closed."""

    def __init__(self, pieces: list[bytes], error: Exception | None = None) -> None:
        self.pieces = pieces
        self.error = error
        self.closed = False

    def __call__(self, _: dict[str, Any], start_response: Callable[..., object]) -> Iterator[bytes]:
        try:
            start_response("200 OK", [])
            if self.error is not None:
                raise self.error
            yield from self.pieces
        finally:
            self.closed = True


def test_an_exception_of_a_generator_is_answered_readably() -> None:
    answer = get(CORSMiddleware(Generator([b"never"], ZeroDivisionError()), POLICY), "/", A)
    assert (answer.status, answer.allowed) == (500, A)


def test_who_may_not_read_the_answer_gets_the_servers_own() -> None:
    with pytest.raises(ZeroDivisionError):
        get(
            CORSMiddleware(Generator([], ZeroDivisionError()), POLICY, log=False), "/", "https://evil.example"
        )


@pytest.mark.parametrize("pieces", [[], [b"one"], [b"one", b"", b"three"]])
def test_a_generator_gives_all_its_pieces(pieces: list[bytes]) -> None:
    answer = get(CORSMiddleware(Generator(pieces), POLICY), "/", A)
    assert (answer.status, answer.allowed, answer.body) == (200, A, b"".join(pieces))


def test_a_generator_is_closed_by_the_server() -> None:
    app = Generator([b"one", b"two"])
    body: Any = CORSMiddleware(app, POLICY)({"REQUEST_METHOD": "GET"}, lambda *_: lambda _: None)
    assert next(iter(body)) == b"one"
    assert not app.closed
    body.close()
    assert app.closed


@pytest.mark.parametrize("status", [200, 204, 208, 250, 299])
def test_a_preflight_may_have_any_ok_status(status: int) -> None:
    app = CORSMiddleware(Generator([b"hello"]), Policy(origins=[A], preflight_status=status))
    assert preflight(app, "/", A).status == status
    assert get(app, "/", A).allowed == A


def test_an_async_lookup_is_refused_at_once() -> None:
    async def lookup(_: str) -> bool:
        return True

    with pytest.raises(TypeError, match="async"):
        CORS(Policy(origin_lookup=lookup)).wsgi(Generator([]))


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("https://h.example", "h.example", True),
        ("https://h.example", "H.Example", True),
        ("https://h.example", "h.example:443", True),
        ("http://h.example", "h.example:80", True),
        ("https://h.example", "h.example:80", False),
        ("http://h.example:3000", "h.example:3000", True),
        ("http://h.example:3000", "h.example", False),
        ("null", "", False),
        ("", "", False),
        ("x", "", False),
        ("https://", "", False),
    ],
)
def test_a_hosts_own_pages(origin: str, host: str, own: bool) -> None:  # noqa: FBT001 - a table
    assert is_own(origin, host) is own


class Body:
    """What frameworks give back: an iterable with ``close``, whose work begins when it is taken."""

    def __init__(self, pieces: list[bytes], error: Exception | None = None) -> None:
        self.pieces = pieces
        self.error = error
        self.closed = 0

    def __iter__(self) -> Iterator[bytes]:
        yield from self.pieces
        if self.error is not None:
            raise self.error

    def close(self) -> None:
        self.closed += 1


class Starts:
    """The server's ``start_response``, which counts."""

    def __init__(self) -> None:
        self.told: list[tuple[str, list[tuple[str, str]], object]] = []
        self.written: list[bytes] = []

    def __call__(
        self, status: str, headers: list[tuple[str, str]], exc_info: object = None
    ) -> Callable[[bytes], object]:
        self.told.append((status, headers, exc_info))
        return self.written.append


def ask(app: Any, method: str = "GET", **environ: object) -> tuple[Starts, Any]:
    starts = Starts()
    asked = {"REQUEST_METHOD": method, "PATH_INFO": "/", "HTTP_ORIGIN": A, **environ}
    return starts, CORSMiddleware(app, POLICY)(asked, starts)


@pytest.mark.parametrize("late", ["raised by the call", "raised by the body", "raised by an iterator"])
def test_what_was_to_be_sent_is_not_sent_beside_the_error(late: str) -> None:
    body = Body([], ZeroDivisionError())

    def app(_: object, start_response: Callable[..., object]) -> Any:
        start_response("200 OK", [("Content-Length", "2"), ("X-Secret", "1")])
        if late == "raised by the call":
            raise ZeroDivisionError
        return iter(body) if late == "raised by an iterator" else body

    starts, answer = ask(app)
    ((status, headers, exc_info),) = starts.told
    assert (status, list(answer)) == ("500 Internal Server Error", [b"Internal Server Error"])
    assert sorted(name for name, _ in headers) == [
        "Access-Control-Allow-Origin",
        "Content-Length",
        "Content-Type",
        "Vary",
    ]
    assert exc_info is not None
    assert body.closed == (late == "raised by the body")


def test_an_error_has_no_body_for_head() -> None:
    def app(*_: object) -> Any:
        raise ZeroDivisionError

    starts, answer = ask(app, "HEAD")
    assert starts.told[0][0] == "500 Internal Server Error"
    assert list(answer) == []


def test_an_error_after_the_first_piece_is_the_servers() -> None:
    def app(_: object, start_response: Callable[..., object]) -> Any:
        start_response("200 OK", [])
        return Body([b"one"], ZeroDivisionError())

    starts, answer = ask(app)
    pieces = iter(answer)
    assert (next(pieces), len(starts.told)) == (b"one", 1)
    with pytest.raises(ZeroDivisionError):
        next(pieces)


def test_what_is_written_goes_first() -> None:
    def app(_: object, start_response: Callable[..., Any]) -> Any:
        write = start_response("200 OK", [])
        write(b"written")
        raise ZeroDivisionError

    starts = Starts()
    with pytest.raises(ZeroDivisionError):
        CORSMiddleware(app, POLICY)({"REQUEST_METHOD": "GET", "HTTP_ORIGIN": A}, starts)
    assert (len(starts.told), starts.written) == (1, [b"written"])


def test_an_application_may_think_better_of_it() -> None:
    def app(_: object, start_response: Callable[..., object]) -> Any:
        start_response("200 OK", [("X-First", "1")])
        try:
            int("not a number")
        except ValueError:
            start_response("503 Service Unavailable", [("X-Second", "1")], sys.exc_info())
        return [b"sorry"]

    starts, answer = ask(app)
    ((status, headers, _),) = starts.told
    assert (status, headers[0], answer) == ("503 Service Unavailable", ("X-Second", "1"), [b"sorry"])


def test_the_servers_files_stay_its_own() -> None:
    class FileWrapper(Body):
        pass

    body = FileWrapper([b"file"])

    def app(_: object, start_response: Callable[..., object]) -> Any:
        start_response("200 OK", [])
        return body

    more: dict[str, Any] = {"wsgi.file_wrapper": FileWrapper}
    starts, answer = ask(app, **more)
    assert answer is body
    assert len(starts.told) == 1


def test_the_response_may_start_with_its_first_piece() -> None:
    def app(_: object, start_response: Callable[..., object]) -> Iterator[bytes]:
        yield b""
        start_response("200 OK", [])
        yield b"late"

    starts, answer = ask(app)
    assert (b"".join(answer), starts.told[0][0]) == (b"late", "200 OK")
