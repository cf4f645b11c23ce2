"""The peers' table: ours is asked again; the others' cells are the page's, as they were when it was written."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corsage.model import HeaderList, WireRequest, WireResponse
from peers import cli
from peers.adapters import OURS, OURS_WSGI, PEERS
from peers.browser import ask, bare, on_the_way, passes_preflight, preflight
from peers.page import Column, page
from peers.rows import GROUPS, ROWS, Cell, Row
from peers.run import NOT_OFFERED, cells
from peers.setup import ALLOWED, DENIED, NotOfferedError, RefusedError, strict
from peers.verdict import faults

if TYPE_CHECKING:
    from peers.wire import Send

TOOLS = Path(__file__).resolve().parents[2] / "tools"
RIGHT = Cell("yes", True)


def a_server(status: int = 200, **headers: str) -> Send:
    answer = WireResponse(
        status, HeaderList((name.replace("_", "-"), value) for name, value in headers.items())
    )
    return lambda _: answer


def a_column(cell: Cell = RIGHT, **changes: Cell) -> list[Cell]:
    column = [cell] * len(ROWS)
    for index, changed in changes.items():
        column[int(index.removeprefix("row"))] = changed
    return column


class Stub:
    """A peer without a package."""

    def __init__(self, send: Send | Exception) -> None:
        self.name = "stub"
        self.made = 0
        self._send = send

    def build(self) -> object:
        def build(_: object) -> Send:
            self.made += 1
            if isinstance(self._send, Exception):
                raise self._send
            return self._send

        return build


def test_a_page_that_is_allowed_reads() -> None:
    server = a_server(Access_Control_Allow_Origin=ALLOWED, Access_Control_Allow_Credentials="true")
    assert ask(server, ALLOWED).readable
    assert not ask(server, DENIED).readable
    assert not ask(server, ALLOWED, method="PUT").readable


def test_a_preflight_may_pass_where_the_answer_does_not() -> None:
    def server(request: WireRequest) -> WireResponse:
        if request.method != "OPTIONS":
            return WireResponse(500)
        names = {
            "Access-Control-Allow-Origin": ALLOWED,
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Allow-Methods": "PUT",
        }
        return WireResponse(204, HeaderList(names.items()))

    outcome = ask(server, ALLOWED, method="PUT")
    assert passes_preflight(outcome)
    assert not outcome.readable


def test_the_user_is_signed_in() -> None:
    asked: list[WireRequest] = []

    def server(request: WireRequest) -> WireResponse:
        asked.append(request)
        return WireResponse(200)

    ask(server, ALLOWED)
    ask(server, ALLOWED, credentials=False)
    assert [request.headers.get("cookie") for request in asked] == ["session=1", None]


def test_bare_requests_go_as_they_are() -> None:
    def server(request: WireRequest) -> WireResponse:
        return WireResponse(200, request.headers, request.method.encode())

    twice = bare(server, headers=(("Origin", "a"), ("Origin", "b")))
    assert twice.headers.lines("origin") == ["a", "b"]
    assert preflight(server, ALLOWED, "PUT", None).headers.names() == [
        "origin",
        "access-control-request-method",
    ]
    gateway = on_the_way(server, lambda headers: headers.with_header("Via", "1.1 gateway"))
    outcome = ask(gateway, ALLOWED, method="PUT")
    assert outcome.refusal is not None
    assert outcome.refusal.headers is not None
    assert outcome.refusal.headers.get("via") == "1.1 gateway"


def test_rows_have_a_source_and_names_of_their_own() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)
    assert all(row.source.startswith("[") or "our choice" in row.source for row in ROWS)
    assert len(ROWS) > 60


@pytest.mark.parametrize(
    ("raised", "text"),
    [(RefusedError("no"), "refused"), (ValueError("no"), "refused"), (NotOfferedError(), "not offered")],
)
def test_refusing_is_right_in_some_rows_alone(raised: Exception, text: str) -> None:
    found = cells(Stub(raised))  # type: ignore[arg-type]  # all that is asked of a peer
    assert {cell.text for cell in found} == {text}
    if text == "refused":
        assert [cell.right for cell in found] == [row.refusing_is_right for row in ROWS]
    else:
        assert set(found) == {NOT_OFFERED}


def test_each_setup_is_made_once() -> None:
    stub = Stub(a_server())
    found = cells(stub)  # type: ignore[arg-type]  # all that is asked of a peer
    assert stub.made == len({row.setup for row in ROWS})
    assert len(found) == len(ROWS)
    # A server without CORS is at least discreet.
    assert 20 < sum(cell.right is True for cell in found) < len(ROWS)


def test_a_server_that_says_yes_to_everyone_is_found_out() -> None:
    def server(request: WireRequest) -> WireResponse:
        origin = request.headers.get("origin") or "*"
        names = {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Allow-Methods": request.headers.get("access-control-request-method") or "GET",
            "Access-Control-Allow-Headers": request.headers.get("access-control-request-headers") or "",
            "Access-Control-Expose-Headers": "X-Rate",
        }
        return WireResponse(200, HeaderList(names.items()))

    found = dict(zip([row.name for row in ROWS], cells(Stub(server)), strict=True))  # type: ignore[arg-type]  # as above
    assert found["An allowed preflight passes; its status"] == Cell("yes, 200", True)
    assert found["A denied origin is stopped; the preflight's status"] == Cell("no, 200", False)
    assert found["A denied page is told `Allow-Credentials`"] == Cell("yes", False)
    assert found["`null` is allowed"] == Cell("reflected", False)
    assert found["`Vary: Origin` on an answer to an allowed page"] == Cell("no", False)
    assert found["A preflight's answer names in Vary what it depends on"] == Cell("no", False)
    assert found["max age 600: no second preflight after 599 seconds"] == Cell("no", False)


def test_the_claim_is_checked() -> None:
    good = a_column()
    assert faults([a_column(Cell("no", False)), good], good) == []
    wrong = faults([good, a_column(row3=Cell("no", False))], good)
    assert [fault.split(":")[0] for fault in wrong] == ["ours is not right", "ours differs"]
    assert ROWS[3].name in wrong[0]
    assert faults([good, a_column(row0=NOT_OFFERED)], a_column(row0=NOT_OFFERED)) != []


def test_the_page_has_every_cell_in_its_place() -> None:
    peer = Column(
        ["peer 1.0", "framework 2.0"], a_column(Cell("no", False), row1=Cell("a", True), row2=NOT_OFFERED)
    )
    text = page([peer, Column(["Corsage"], a_column())])
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == len(ROWS) + 2 * len(GROUPS) + 5
    assert rows[0][2:] == ["peer 1.0<br>framework 2.0", "Corsage |"]
    assert [row[2] for row in rows[2:6]] == ["✗ no", "✓ a", "○ not offered", "✗ no"]
    assert rows[-3:] == [
        ["| right", "1", f"{len(ROWS)} |"],
        ["| wrong", f"{len(ROWS) - 2}", "0 |"],
        ["| not offered", "1", "0 |"],
    ]


def test_what_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = type(PEERS[0])("starlette", ("surely-not-installed",))
    monkeypatch.setattr(cli, "PEERS", (absent,))
    assert absent.missing == "surely-not-installed"
    assert cli.main([]) == 2
    assert "not installed: surely-not-installed" in capsys.readouterr().err


def test_nothing_is_written_where_the_claim_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    answers = {"corsage_asgi": a_column(row5=Cell("no", False)), "corsage_wsgi": a_column()}
    monkeypatch.setattr(cli, "PEERS", ())
    monkeypatch.setattr(cli, "PAGE", tmp_path / "peers.md")
    monkeypatch.setattr(cli, "in_a_process", lambda peer: answers[peer.name])
    assert cli.main([]) == 1
    assert ROWS[5].name in capsys.readouterr().err
    assert not (tmp_path / "peers.md").exists()
    answers["corsage_asgi"] = a_column()
    assert cli.main([]) == 0
    assert (tmp_path / "peers.md").read_text(encoding="utf-8").startswith("# The Python peers")


def test_one_peer_is_asked_in_a_process_of_its_own() -> None:
    command = [sys.executable, str(TOOLS / "peers"), "--ask", OURS.name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert len(json.loads(done.stdout)) == len(ROWS)


def test_setups_are_changed_by_name() -> None:
    assert strict(max_age=0).max_age == 0
    assert strict().origins[0] == ALLOWED


@pytest.fixture(scope="module")
def our_cells() -> list[Cell]:
    return cells(OURS)


def test_ours_is_right_in_every_row(our_cells: list[Cell]) -> None:
    assert faults([our_cells], cells(OURS_WSGI)) == []


def test_the_page_says_of_us_what_the_code_does(our_cells: list[Cell]) -> None:
    written = _written()
    assert [row[-1] for row in written] == [cell.shown for cell in our_cells]


def test_the_page_has_a_cell_for_every_peer_and_row() -> None:
    written = _written()
    assert [row[0] for row in written] == [row.name for row in ROWS]
    assert {len(row) for row in written} == {len(PEERS) + 3}
    assert all(re.match(r"[✓✗○] ", cell) for row in written for cell in row[2:])
    # Whom it is about, and of which version.
    heads = [line for line in _lines() if line.startswith("|  | right ")]
    assert len(heads) == len(GROUPS)
    assert all(f"| {peer.packages[0]} " in heads[0] for peer in PEERS)


def _lines() -> list[str]:
    return cli.PAGE.read_text(encoding="utf-8").splitlines()


def _written() -> list[list[str]]:
    names = {row.name for row in ROWS}
    split = [
        line.removeprefix("| ").removesuffix(" |").split(" | ") for line in _lines() if line.startswith("| ")
    ]
    return [row for row in split if row[0] in names]


def test_a_row_is_plain_data() -> None:
    row = Row("a", "b", "c", lambda _: RIGHT)
    assert row.setup == strict()
    assert RIGHT.shown == "✓ yes"
