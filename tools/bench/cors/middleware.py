"""Nanoseconds that a middleware adds to a request, beside Starlette's in the same rounds."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from bench.cors import express
from bench.cors.cases import CASES, Case
from bench.cors.installed import first_missing, skipped
from bench.cors.meter import BATCHES, Runner, nanoseconds
from bench.cors.subjects import OTHERS, OURS, STARLETTE, Subject
from bench.rows import Goal, NotMeasured, Row, Section
from bench.stats import in_turns, median
from corsage.middleware import COMPILED

ROUNDS: Final = 11
# How many times less than Starlette's.
PURE: Final = (6.0, 5.0)
NATIVE: Final = (13.0, 10.0)

_REMARKS: Final = (
    "Added: with CORS less without it, in the same round. Of a preflight: the answer less the application's hello.",
    "Applications are stepped without an event loop; requests have 11 to 12 headers in new objects; the cyclic",
    "garbage collector rests. Denials are logged, at a bounded rate, as they are in production.",
    "Express: a stub of request and response, in Node's own rounds.",
)


def measure(rounds: int = ROUNDS, batches: int = BATCHES) -> Section:
    """Measure every middleware that is installed in every case."""
    subjects = [each for each in (STARLETTE, *OURS, *OTHERS) if first_missing(each) is None]
    remarks = [*_REMARKS, *skipped((STARLETTE, *OTHERS))]
    try:
        version, theirs = express.added()
    except NotMeasured as reason:
        version, theirs = "", {}
        remarks.append(f"skipped: Express cors: {reason}")
    rows: list[Row] = []
    for case in CASES:
        found = added(subjects, case, rounds, batches)
        rows += _rows(case, subjects, found)
        if case.name in theirs:
            rows.append(Row(f"{case.name}: Express cors {version}, Node", theirs[case.name], "ns"))
    return Section("middleware", _title(rounds), (), tuple(rows), tuple(remarks))


def added(subjects: Sequence[Subject], case: Case, rounds: int, batches: int) -> dict[str, list[float]]:
    """Return what each subject adds in each round."""
    actions = {}
    for subject in subjects:
        behind = subject.behind(case)
        check(subject, case, behind)
        actions[f"{subject.name}, bare"] = _action(subject.bare(case), subject, batches)
        actions[subject.name] = _action(behind, subject, batches)
    with quiet_log():
        figures = in_turns(rounds, actions)
    return {
        subject.name: [
            behind - bare
            for behind, bare in zip(figures[subject.name], figures[f"{subject.name}, bare"], strict=True)
        ]
        for subject in subjects
    }


def check(subject: Subject, case: Case, behind: Runner) -> None:
    """Look at one answer: a middleware that does not do its work looks fast.

    Raises:
        RuntimeError: it allows what it should deny, or denies what it should allow.
    """
    behind.prepare()
    with quiet_log():
        granted = behind.look().get("access-control-allow-origin") in (case.origin, "*")
    if case.allowed is not None and granted is not case.allowed:
        raise RuntimeError(f"{subject.name}: {case.name}: answered otherwise than expected")


def times_less(theirs: Sequence[float], mine: Sequence[float]) -> float | None:
    """Return how many times less *mine* is, the median of the rounds; ``None`` where it is nothing at all."""
    if min(mine) <= 0 or len(theirs) != len(mine):
        return None
    return median([their / my for their, my in zip(theirs, mine, strict=True)])


def judged(label: str, value: float, ratio: float | None, goals: tuple[float, float]) -> Row:
    """Return a row of ours: the goal in nanoseconds of this run, and in the note whether the bar is met."""
    if ratio is None:
        return Row(label, value, "ns", note="no ratio: nothing is added")
    goal, bar = (value * ratio / each for each in goals)
    met = "met" if value <= bar else "MISSED"
    return Row(label, value, "ns", ratio, "Starlette's to it", Goal(goal), f"bar {bar:,.0f} ns: {met}")


def goals() -> tuple[float, float]:
    """Return goal and bar for the form that is installed."""
    return NATIVE if COMPILED else PURE


def form() -> str:
    """Return the form of ours that is installed, in words."""
    return "compiled" if COMPILED else "pure Python"


@contextmanager
def quiet_log() -> Iterator[None]:
    """Let the log of denials go nowhere meanwhile: where it goes is not ours to measure."""
    logger = logging.getLogger("corsage.middleware")
    nowhere, before = logging.NullHandler(), logger.propagate
    logger.addHandler(nowhere)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(nowhere)


def _rows(case: Case, subjects: Sequence[Subject], found: dict[str, list[float]]) -> Iterator[Row]:
    theirs = found.get(STARLETTE.name, [])
    for subject in subjects:
        mine = found[subject.name]
        label, value = f"{case.name}: {subject.label}", median(mine)
        ratio = times_less(theirs, mine) if theirs and subject is not STARLETTE else None
        if subject.ours and theirs:
            yield judged(label, value, ratio, goals())
        else:
            yield Row(label, value, "ns", ratio, "" if ratio is None else "Starlette's to it")


def _action(runner: Runner, subject: Subject, batches: int) -> Callable[[], float]:
    return lambda: nanoseconds(runner, subject.batch, batches)


def _title(rounds: int) -> str:
    return (
        f"Middleware, Corsage {form()}: nanoseconds added to a request "
        f"(medians of {rounds} rounds in turns, processor time)"
    )
