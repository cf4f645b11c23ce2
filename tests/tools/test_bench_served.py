"""CORS' share under real servers: the arithmetic, the light client and the processes; no server need be installed."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from bench.cors import cases, load, served, served_apps
from bench.cors.asgi_runner import asgi_runner
from bench.cors.server_process import on_core, processor_seconds, serving
from bench.cors.subjects import STARLETTE
from bench.rows import NotMeasured

if TYPE_CHECKING:
    from collections.abc import Iterator

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="epoll and /proc are Linux's")


def test_servers_that_are_not_installed_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "STARLETTE", replace(STARLETTE, packages=("surely-not-installed",)))
    monkeypatch.setattr(served, "SERVERS", (served.Server("nginx", ("no-such-server",), ()),))
    section = served.measure()
    assert section.rows == ()
    assert "skipped: nginx: no-such-server is not installed" in "\n".join(section.remarks)


def test_the_share_is_of_the_whole_request() -> None:
    assert served.share([20.0, 25.0, 100.0], [19.0, 20.0, 10.0]) == 20.0
    figures = {
        "bare": [19.0],
        "by_hand": [19.6],
        "bare_behind_corsage": [20.0],
        "bare_behind_starlette": [25.0],
    }
    rows = list(served._rows("s, allowed", figures))
    assert [(row.label, row.value) for row in rows[:2]] == [
        ("s, allowed: bare application", 19.0),
        ("s, allowed: bare, headers written by hand", pytest.approx(100 * 0.6 / 19.6)),
    ]
    assert rows[2].value == pytest.approx(5.0)
    assert rows[2].goal is served.SHARE
    assert rows[2].note == "of 20.0 µs; 2.00 % more than by hand"
    assert rows[3].goal is None


@pytest.mark.parametrize(
    ("name", "granted"), [("bare", False), ("by_hand", True), ("bare_behind_corsage", True)]
)
def test_the_served_applications(name: str, granted: bool) -> None:  # noqa: FBT001 - a table of cases
    headers = asgi_runner(getattr(served_apps, name), cases.ALLOWED).look()
    assert ("access-control-allow-origin" in headers) is granted
    assert headers["content-length"] == "5"


@pytest.fixture
def answering() -> Iterator[int]:
    """A server that answers whatever it reads with the same 45 bytes; the port."""
    answer = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"
    listener = socket.create_server(("127.0.0.1", 0))

    def talk(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while connection.recv(65_536):
                # In two parts: an answer need not come at once.
                connection.sendall(answer[:20])
                connection.sendall(answer[20:])

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            Thread(target=talk, args=(connection,), daemon=True).start()

    thread = Thread(target=accept, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


@LINUX
def test_the_light_client_counts_answers(answering: int) -> None:
    request = served.request(cases.ALLOWED)
    assert load.answer_length(answering, request) == 43
    assert load.answers(answering, request, 0.05, 2) > 0


@LINUX
def test_processor_time_is_that_of_the_process() -> None:
    before = processor_seconds(os.getpid())
    while processor_seconds(os.getpid()) - before < 0.01:
        sum(range(10_000))
    with pytest.raises(NotMeasured, match="does not tell"):
        processor_seconds(2**22 + 1)


@LINUX
def test_a_server_is_started_and_ended() -> None:
    before = os.sched_getaffinity(0)
    command = ("-m", "http.server", "PORT", "--bind", "127.0.0.1")
    with serving(command) as (pid, port):
        assert load.answer_length(port, b"GET / HTTP/1.0\r\n\r\n") > 100
        assert processor_seconds(pid) > 0
    with pytest.raises(OSError, match=r".+"), socket.create_connection(("127.0.0.1", port), timeout=1):
        pass
    with on_core(1):
        assert len(os.sched_getaffinity(0)) == 1
    assert os.sched_getaffinity(0) == before


@LINUX
def test_a_server_that_does_not_start_is_said() -> None:
    with pytest.raises(NotMeasured, match="did not start"), serving(("-m", "json.no")):
        pass
