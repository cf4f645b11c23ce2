"""The benchmark's arithmetic and its table; no figure is judged here."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from bench import check_cost, cli, engine, node, peer_verdicts, peers_section
from bench.commands import corsage, milliseconds
from bench.endpoint import ORIGIN, endpoint
from bench.machine import headline, machine
from bench.rows import Goal, NotMeasured, Row, Section
from bench.stats import difference, in_turns, median, ratio
from bench.table import figure, table, times
from corsage.browser import CHROMIUM
from corsage.clients.recordings import Row as Recording

ROOT = Path(__file__).resolve().parents[2]


def test_median_is_not_moved_by_one_disturbed_round() -> None:
    assert median([1.0, 2.0, 900.0]) == 2.0
    assert median([1.0, 3.0]) == 2.0


def test_ratio_is_the_median_of_the_rounds_ratios() -> None:
    # The second round was slow for both: the medians alone would say 2.5.
    assert ratio([10.0, 2.0, 10.0], [5.0, 1.0, 4.0]) == 2.0
    assert difference([5.0, 9.0, 7.0], [1.0, 6.0, 6.0]) == 3.0


@pytest.mark.parametrize("function", [ratio, difference])
def test_unequal_rounds_are_not_compared(function: object) -> None:
    assert callable(function)
    with pytest.raises(ValueError, match="2 rounds cannot be compared with 1"):
        function([1.0, 2.0], [1.0])


def test_actions_take_turns_after_a_round_that_does_not_count() -> None:
    calls: list[str] = []

    def action(name: str) -> float:
        calls.append(name)
        return float(len(calls))

    figures = in_turns(2, {"a": lambda: action("a"), "b": lambda: action("b")})
    assert calls == ["a", "b"] * 3
    assert figures == {"a": [3.0, 5.0], "b": [4.0, 6.0]}


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (None, "ms", "-"),
        (36875.4, "/s", "36,900 /s"),
        (559.6, "/s", "560 /s"),
        (78.06, "ms", "78.1 ms"),
        (0.224, "s", "0.22 s"),
        (68.272, "%", "68.27 %"),
        (2128, "", "2,128"),
    ],
)
def test_figures_have_the_digits_they_deserve(value: float | None, unit: str, shown: str) -> None:
    assert figure(value, unit) == shown


@pytest.mark.parametrize(("value", "shown"), [(None, ""), (0.953, "0.95x"), (7.04, "7.04x"), (57.4, "57x")])
def test_ratios_are_times(value: float | None, shown: str) -> None:
    assert times(value) == shown


@pytest.mark.parametrize(
    ("goal", "value", "met"),
    [
        (Goal(80), 80, True),
        (Goal(80), 80.1, False),
        (Goal(30_000, at_least=True), 30_000, True),
        (Goal(30_000, at_least=True), 29_999, False),
    ],
)
def test_goals(goal: Goal, value: float, met: bool) -> None:  # noqa: FBT001 - a table of cases
    assert goal.met_by(value) is met


def test_the_table_is_aligned() -> None:
    first = Section(
        "one",
        "One",
        ("do this",),
        (
            Row("fast", 31_000, "/s", 0.5, "of slow", Goal(30_000, at_least=True)),
            Row("much slower", 9, "/s", goal=Goal(30_000, at_least=True), note="tired"),
        ),
    )
    second = Section("two", "Two", (), (Row("x", 80.0, "ms", goal=Goal(80)),))
    skipped = Section("three", "Three", (), remarks=("skipped: no curl",))
    assert table([first, second, skipped]).splitlines() == [
        "One",
        "  $ do this",
        "                  figure  ratio                   goal",
        "  fast         31,000 /s  0.50x  of slow  >= 30,000 /s  met",
        "  much slower       9 /s                  >= 30,000 /s  MISSED  tired",
        "",
        "Two",
        "                  figure  ratio      goal",
        "  x              80.0 ms         <= 80 ms  met",
        "",
        "Three",
        "  skipped: no curl",
    ]


def test_every_variant_of_the_engine_is_measured() -> None:
    section = engine.measure(rounds=1, fetches=2)
    assert [row.label for row in section.rows] == [variant.label for variant in engine.variants()]
    assert all(row.value is not None and row.value > 0 for row in section.rows)
    assert sum(row.goal is not None for row in section.rows) == 4
    assert sum(row.ratio is not None for row in section.rows) == 6


def test_a_refused_fetch_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_RESPONSE", ())
    with pytest.raises(RuntimeError, match="refused"):
        engine.fetches_per_second(engine.Variant("GET", CHROMIUM), 1)


def test_a_command_that_fails_is_not_timed() -> None:
    assert milliseconds([sys.executable, "-c", "pass"])() > 0
    with pytest.raises(RuntimeError, match="ended with 3: so"):
        milliseconds([sys.executable, "-c", "import sys; print('so', file=sys.stderr); sys.exit(3)"])()


def test_the_command_of_this_environment_is_found() -> None:
    done = subprocess.run([*corsage(), "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("corsage ")


def test_the_endpoint_allows_the_page() -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with endpoint() as url, opener.open(url, timeout=30) as response:
        assert response.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert response.read() == b"pong\n"


def test_what_is_not_installed_is_skipped_visibly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert peers_section.measure().remarks == ("skipped: node is not installed",)
    assert check_cost.measure().remarks == ("skipped: curl is not installed",)


def test_a_failing_script_says_why_and_names_no_folder() -> None:
    code = f"import sys; sys.exit({f'RuntimeError: in {node.PEERS_FOLDER}/x'!r})"
    with pytest.raises(NotMeasured, match="this script failed: RuntimeError: in \\./x") as caught:
        node.run([sys.executable, "-c", code], "this script", seconds=60)
    assert str(ROOT) not in str(caught.value)


def test_a_peer_is_asked_only_what_it_can_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        Recording({"id": "a", "request": {"api": "xhr"}}, {}, "here"),
        Recording({"id": "b", "request": {"api": "fetch"}}, {}, "here"),
        Recording({"id": "c", "sequence": []}, {}, "here"),
    ]
    asked: dict[str, list[str]] = {}

    def judge(peer: str, recordings: list[Recording]) -> tuple[dict[str, int], set[str]]:
        asked[peer] = [row.scenario["id"] for row in recordings]
        return {"n": 4, "right": 3}, set()

    monkeypatch.setattr(peer_verdicts, "_judge", judge)
    found = peer_verdicts.rows({"happy-dom": "1.0", "jsdom": "2.0"}, rows)
    assert asked == {"happy-dom": ["a", "b"], "jsdom": ["a"]}
    assert [(row.label, row.value) for row in found] == [
        ("verdicts: happy-dom 1.0", 75.0),
        ("verdicts: Corsage, where happy-dom was asked", None),
        ("verdicts: jsdom 2.0", 75.0),
        ("verdicts: Corsage, where jsdom was asked", None),
    ]


def test_the_machine_is_named_without_its_folders() -> None:
    line = headline(machine())
    assert "CPUs" in line
    assert "/" not in line


def test_json_holds_machine_and_sections(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(cli.SECTIONS, "check", lambda: Section("check", "Check", (), (Row("x", 1.0, "ms"),)))
    assert cli.main(["--only", "check", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["sections"][0]["rows"][0]["value"] == 1.0
    assert document["machine"]["cpus"] > 0


@pytest.mark.parametrize("names", ["engines", "", "engine,nothing"])
def test_unknown_sections_are_refused(names: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["--only", names])
    assert caught.value.code == 2
    assert "choose from engine,peers,corpus,startup,check" in capsys.readouterr().err


def test_it_runs_as_a_folder() -> None:
    command = [sys.executable, str(ROOT / "tools" / "bench"), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--only" in done.stdout
