"""The demonstration: every scene goes as it says, and the servers are where they should be."""

from __future__ import annotations

import http.client
import importlib.util
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from demo.page import page_source
from demo.places import Places
from demo.ports import listeners, nobody, port_of
from demo.scene import Scene, Verdict
from demo.scenes import SCENES
from demo.server import Table, serving
from demo.shorten import shortened
from demo.stage import stage

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PLACES = Places(page_port=3000, api_port=8080, closed_port=9999)

needs_check = pytest.mark.skipif(
    importlib.util.find_spec("pycurl") is None or importlib.util.find_spec("corsage.apps.cli.check") is None,
    reason="corsage check is not installed: it needs corsage[all]",
)


def demo(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / "demo"), *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program serves."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@needs_check
def test_every_scene_goes_as_expected() -> None:
    done = demo()
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith(f"{len(SCENES)} of {len(SCENES)} as expected.")
    assert "OTHERWISE" not in done.stdout
    for number, scene in enumerate(SCENES, 1):
        assert f"\n{number}. {scene.title}\n" in done.stdout


@needs_check
def test_piped_output_has_no_colour() -> None:
    assert "\x1b" not in demo().stdout


@needs_check
def test_colour_is_passed_through() -> None:
    with stage() as found:
        checked = found.play(SCENES[0], color=True)
    assert "\x1b[" in checked.report
    assert checked.verdict == SCENES[0].expected
    assert "What to change" in shortened(checked.report, ("What to change",))


@needs_check
@pytest.mark.parametrize(("scene", "code"), [(SCENES[0], 1), (SCENES[1], 0)])
def test_the_readers_own_endpoint_gives_its_own_exit_code(scene: Scene, code: int) -> None:
    with stage() as found:
        found.set(scene)
        done = demo("--url", found.places.fill(scene.url), "--origin", found.places.fill("{page}"))
    assert done.returncode == code, done.stderr
    assert found.places.fill(scene.url) in done.stdout


@needs_check
def test_an_endpoint_that_looks_like_an_option_is_an_endpoint() -> None:
    done = demo("--url=--version")
    assert done.returncode == 2
    assert not done.stdout


@pytest.mark.parametrize(
    "arguments", [["--origin", "http://localhost:3000"], ["--serve", "0"], ["--serve", "9"]]
)
def test_arguments_that_make_no_sense_are_refused(arguments: list[str]) -> None:
    done = demo(*arguments)
    assert done.returncode == 2
    assert "usage:" in done.stderr


def test_a_taken_port_is_replaced_by_a_free_one(taken: int) -> None:
    sockets = listeners(taken)
    try:
        assert port_of(sockets) != taken
        assert len({each.getsockname()[1] for each in sockets}) == 1
        assert {each.getsockname()[0] for each in sockets} <= {"127.0.0.1", "::1"}
    finally:
        for each in sockets:
            each.close()


def test_a_closed_port_refuses_and_stays_taken() -> None:
    sockets = nobody()
    try:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port_of(sockets)), 30)
        with pytest.raises(OSError, match="in use"):
            socket.create_server(("127.0.0.1", port_of(sockets)))
    finally:
        for each in sockets:
            each.close()


def test_the_page_is_served_as_html_and_makes_the_request() -> None:
    scene = SCENES[5]
    with stage() as found:
        found.set(scene)
        connection = http.client.HTTPConnection("127.0.0.1", found.places.page_port, timeout=30)
        connection.request("GET", "/")
        response = connection.getresponse()
        body = response.read().decode()
        connection.close()
    assert response.status == 200
    assert response.headers.get_all("Content-Type") == ["text/html; charset=utf-8"]
    assert '"method": "POST", "headers": {"Content-Type": "application/json"}' in body


def test_the_server_answers_from_its_table_alone() -> None:
    table = Table()
    sockets = listeners(0)
    with serving(table, sockets):
        table.answers = SCENES[4].answers
        connection = http.client.HTTPConnection("127.0.0.1", port_of(sockets), timeout=30)
        found = []
        for method, target in (("OPTIONS", "/items/1?x=1"), ("DELETE", "/items/1"), ("GET", "/items/1")):
            connection.request(method, target, body=b"some" if method == "DELETE" else None)
            with connection.getresponse() as response:
                found.append((response.status, response.read()))
        connection.close()
    assert found == [(204, b""), (200, b"gone\n"), (404, b"There is nothing here.\n")]


def test_placeholders_are_filled_in() -> None:
    text = "{page} {api} {login} {down} {api_port} {other}"
    assert PLACES.fill(text) == (
        "http://localhost:3000 http://localhost:8080 http://127.0.0.1:8080 http://localhost:9999 8080 {other}"
    )


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.title)
def test_no_placeholder_is_left(scene: Scene) -> None:
    headers = [value for answer in scene.answers.values() for _, value in answer.headers]
    for text in (scene.url, scene.origin, scene.lead, scene.conclusion, *headers):
        assert "{" not in PLACES.fill(text)
    assert "fetch(" in page_source(scene, PLACES)


def test_a_report_is_shortened_to_what_is_asked_for() -> None:
    report = "verdict\n  why\n\n\x1b[1mTwo\x1b[0m\n  b\n\nThree\n  c\n"
    assert shortened(report, ("Two",)) == "verdict\n  why\n\n\x1b[1mTwo\x1b[0m\n  b"
    assert shortened("verdict\n", ("Two",)) == "verdict"


def test_a_verdict_in_words() -> None:
    verdict = Verdict(0, "readable", hidden=("x-total-count",))
    assert str(verdict) == "exit 0: readable, x-total-count hidden, 1 sent"
