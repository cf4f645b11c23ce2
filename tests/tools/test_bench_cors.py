"""The arithmetic of the server's side of the benchmark; none of the peers need be installed."""

from __future__ import annotations

import gc
import logging
from dataclasses import replace
from typing import Any

import pytest

from bench.cors import cases, express, hostile, middleware, origins, served
from bench.cors.asgi_runner import asgi_runner, bare_app
from bench.cors.installed import first_missing, skipped
from bench.cors.meter import Runner, nanoseconds
from bench.cors.subjects import OTHERS, OURS, STARLETTE, hello
from bench.rows import NotMeasured
from bench.table import figure

CASES = {case.name: case for case in cases.CASES}
ABSENT = replace(STARLETTE, packages=("surely-not-installed",))


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but ours is installed."""

    def refuse() -> None:
        raise NotMeasured("node is not installed")

    monkeypatch.setattr(express, "added", refuse)
    for place in (middleware, origins, hostile):
        monkeypatch.setattr(place, "STARLETTE", ABSENT)
    monkeypatch.setattr(middleware, "OTHERS", (replace(OTHERS[0], packages=("nor-this",)),))


@pytest.mark.parametrize("case", cases.CASES, ids=lambda case: case.name)
def test_requests_are_as_browsers_send_them(case: cases.Case) -> None:
    scope = cases.scope(case)
    names = [name for name, _ in scope["headers"]]
    assert 11 <= len(names) <= 12
    assert (b"origin" in names) is (case.origin is not None)
    assert (b"access-control-request-method" in names) is (scope["method"] == "OPTIONS")
    environ = cases.environ(case)
    assert environ["REQUEST_METHOD"] == scope["method"]
    assert environ.get("HTTP_ORIGIN") == case.origin
    lines = served.request(case).split(b"\r\n")
    assert lines[0] == f"{case.method} /hello HTTP/1.1".encode()
    assert lines[-2:] == [b"", b""]


def test_requests_share_no_objects() -> None:
    one, other = cases.scope(cases.ALLOWED), cases.scope(cases.ALLOWED)
    assert not {id(value) for _, value in one["headers"]} & {id(value) for _, value in other["headers"]}
    first, second = cases.environ(cases.ALLOWED), cases.environ(cases.ALLOWED)
    assert first["HTTP_ORIGIN"] is not second["HTTP_ORIGIN"]


def test_a_preflight_is_compared_with_hello() -> None:
    assert hello(cases.PREFLIGHT) is cases.ALLOWED
    assert hello(CASES["denied"]) is CASES["denied"]


def test_batches_are_made_before_the_clock_runs() -> None:
    seen: list[tuple[int, bool]] = []
    prepared: list[int] = []
    made = iter(range(100))
    runner = Runner(
        make=lambda: next(made),
        run=lambda requests: seen.append((len(requests), gc.isenabled())),
        look=dict,
        prepare=lambda: prepared.append(1),
    )
    assert nanoseconds(runner, batch=5, batches=3) >= 0
    assert seen == [(5, False)] * 3
    assert gc.isenabled()
    assert prepared == [1]


def test_the_collector_is_back_after_a_failure() -> None:
    def fail(_: list[Any]) -> None:
        raise RuntimeError("refused")

    with pytest.raises(RuntimeError, match="refused"):
        nanoseconds(Runner(make=dict, run=fail, look=dict), 1, 1)
    assert gc.isenabled()


def test_an_application_that_waits_cannot_be_stepped() -> None:
    import asyncio

    async def waits(scope: object, receive: object, send: object) -> None:  # noqa: ARG001 - ASGI
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="cannot be stepped"):
        asgi_runner(waits, cases.ALLOWED).run([cases.scope(cases.ALLOWED)])


@pytest.mark.parametrize("subject", OURS, ids=lambda subject: subject.name)
@pytest.mark.parametrize("case", cases.CASES, ids=lambda case: case.name)
def test_ours_answers_as_it_should_and_is_measured(subject: Any, case: cases.Case) -> None:
    behind = subject.behind(case)
    middleware.check(subject, case, behind)
    assert nanoseconds(behind, 2, 1) > 0
    assert nanoseconds(subject.bare(case), 2, 1) > 0


def test_a_middleware_that_does_nothing_is_not_measured() -> None:
    idle = asgi_runner(bare_app, cases.ALLOWED)
    with pytest.raises(RuntimeError, match="allowed: answered otherwise than expected"):
        middleware.check(STARLETTE, cases.ALLOWED, idle)
    middleware.check(STARLETTE, CASES["denied"], idle)


def test_how_many_times_less() -> None:
    # The second round was slow for both.
    assert middleware.times_less([6.0, 60.0, 5.0], [1.0, 12.0, 1.0]) == 5.0
    assert middleware.times_less([6.0, 6.0], [1.0, 0.0]) is None
    assert middleware.times_less([6.0], [1.0, 1.0]) is None


@pytest.mark.parametrize(
    ("ratio", "goal_met", "note"),
    [(6.5, True, "bar 130 ns: met"), (6.0, True, "bar 120 ns: met"), (5.5, False, "bar 110 ns: met")],
)
def test_goals_are_in_nanoseconds_of_this_run(ratio: float, goal_met: bool, note: str) -> None:  # noqa: FBT001 - a table of cases
    row = middleware.judged("x", 100.0, ratio, (6.0, 5.0))
    assert row.goal is not None
    assert row.goal.met_by(100.0) is goal_met
    assert row.note == note


def test_a_missed_bar_is_said() -> None:
    assert middleware.judged("x", 100.0, 4.9, (6.0, 5.0)).note == "bar 98 ns: MISSED"
    assert middleware.judged("x", -1.0, None, (6.0, 5.0)).goal is None


@pytest.mark.parametrize(
    ("compiled", "goals", "words"), [(False, (6.0, 5.0), "pure Python"), (True, (13.0, 10.0), "compiled")]
)
def test_the_compiled_form_has_goals_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
    compiled: bool,  # noqa: FBT001 - a table of cases
    goals: tuple[float, float],
    words: str,
) -> None:
    monkeypatch.setattr(middleware, "COMPILED", compiled)
    assert middleware.goals() == goals
    assert middleware.form() == words


@pytest.mark.usefixtures("alone")
def test_without_peers_ours_is_measured_and_the_rest_is_named() -> None:
    section = middleware.measure(rounds=1, batches=1)
    assert len(section.rows) == len(OURS) * len(cases.CASES)
    assert all(row.goal is None and row.ratio is None for row in section.rows)
    text = "\n".join(section.remarks)
    assert "surely-not-installed is not installed; try: pip install 'corsage[bench]'" in text
    assert "nor-this is not installed" in text
    assert "skipped: Express cors: node is not installed" in text


def test_what_is_added_is_the_difference_of_each_round(monkeypatch: pytest.MonkeyPatch) -> None:
    # Bare and behind in turns: the warm-up, then two rounds.
    clock = iter([1.0, 1.0, 10.0, 15.0, 20.0, 27.0])
    monkeypatch.setattr(middleware, "nanoseconds", lambda *_: next(clock))
    found = middleware.added([OURS[0]], cases.ALLOWED, 2, 1)
    # The bare application comes first in each round.
    assert found == {OURS[0].name: [5.0, 7.0]}


def test_express_is_asked_the_same() -> None:
    entry = express._entry(CASES["credentials"])
    assert entry["options"]["credentials"] is True
    assert entry["expect"] is True
    assert ("origin", cases.ALLOWED_ORIGIN) in entry["headers"]
    assert express._entry(CASES["*"])["options"]["origin"] == "*"


def test_installed_packages_are_not_missing() -> None:
    assert first_missing(replace(STARLETTE, packages=("pytest",))) is None
    assert skipped([replace(STARLETTE, packages=("pytest",))]) == []


@pytest.mark.usefixtures("alone")
def test_growth_is_measured_against_one() -> None:
    series = [replace(each, sizes=(1, 20)) for each in origins.OURS]
    section = origins.measure(rounds=1, series=series, weighed=20)
    labels = [row.label for row in section.rows]
    assert labels[:4] == [
        "exact, last, allowed: 1",
        "exact, last, allowed: 20",
        "exact, denied: 1",
        "exact, denied: 20",
    ]
    assert labels[-2:] == ["exact, memory of each", "patterns, memory of each"]
    assert all(row.value is not None and row.value > 0 for row in section.rows[-2:])
    assert [row.goal is not None for row in section.rows[:2]] == [False, True]


def test_growth_and_its_goal() -> None:
    one = [10.0, 20.0]
    row = origins.grown("x", [12.0, 24.0], one, ours=True)
    assert row.ratio == 1.2
    assert row.goal is not None
    assert row.goal.bound == pytest.approx(18.0 / 1.2 * 1.3)
    assert origins.grown("x", one, one, ours=True).ratio is None
    assert origins.grown("x", [90.0, 90.0], one, ours=False).goal is None


def test_hostile_values_are_of_64_kilobytes() -> None:
    sizes = {shape: len(names) for shape, names in hostile.SHAPES.items()}
    assert sizes.pop("what browsers send") == 7
    assert {sizes.pop(shape) for shape in list(sizes) if shape.startswith("8 kB")} == {8192}
    assert set(sizes.values()) == {65_536}


@pytest.mark.usefixtures("alone")
def test_hostile_values_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hostile, "SHAPES", {"commas": "," * 65_536})
    section = hostile.measure(rounds=1)
    assert [row.label for row in section.rows] == [
        "commas: Corsage, ASGI",
        "commas: Corsage, ASGI, a hook for denials",
        "commas: Corsage, WSGI",
    ]
    assert all(row.goal is hostile.BOUND for row in section.rows)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(12345.6, "ns", "12,346 ns"), (1236.92, "µs", "1,236.9 µs"), (371.2, "B", "371 B")],
)
def test_small_units(value: float, unit: str, shown: str) -> None:
    assert figure(value, unit) == shown


def test_the_log_is_quiet_only_meanwhile() -> None:
    logger = logging.getLogger("corsage.middleware")
    before = (logger.propagate, list(logger.handlers))
    with middleware.quiet_log():
        assert not logger.propagate
    assert (logger.propagate, list(logger.handlers)) == before
