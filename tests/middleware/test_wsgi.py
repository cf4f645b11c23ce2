"""What the WSGI middleware has beyond the rows."""

from __future__ import annotations

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
