"""Growth: what one origin costs, and what a million do; the same for patterns; and the memory of each."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final

from bench.cors.asgi_runner import asgi_runner, bare_app
from bench.cors.cases import ALLOWED, DENIED_ORIGIN, Case, scope
from bench.cors.installed import first_missing, skipped
from bench.cors.meter import Runner, nanoseconds
from bench.cors.middleware import form, quiet_log
from bench.cors.subjects import STARLETTE
from bench.rows import Goal, Row, Section
from bench.stats import in_turns, median, ratio
from corsage.middleware.asgi import CORSMiddleware
from corsage.server import Policy
from peers.wire import module

ROUNDS: Final = 9
EXACT: Final = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
PATTERNS: Final = (1, 10, 100, 1_000, 10_000)
# Theirs grows: more would take minutes.
THEIRS: Final = (1, 100, 10_000)
THEIR_PATTERNS: Final = (1, 100, 1_000)
# How much more the most may cost than one.
FLAT: Final = 1.3
_WEIGHED: Final = 100_000
_STRIDE: Final = 7919

_REMARKS: Final = (
    "The ratio is to what one costs. The last of the list is asked for; a denied one is nowhere in it, and of",
    "patterns it is a near miss: the right suffix, another tenant. 'Another each time' is another origin in every",
    "request: from all over the exact list; of patterns a subdomain that was never asked for before.",
    "Memory: what is allocated from the list of texts to the middleware, the texts included.",
)


@dataclass(frozen=True, slots=True)
class Series:
    """One way to grow.

    Attributes:
        name: as in the table.
        sizes: how many entries.
        app: makes the application from the entries.
        entry: the entry of a number.
        allowed: the origin that only the entry of a number allows.
        denied: an origin that none allows.
        ours: whether the goal is for it.
    """

    name: str
    sizes: tuple[int, ...]
    app: Callable[[list[str]], Any]
    entry: Callable[[int], str]
    allowed: Callable[[int], str]
    denied: str
    ours: bool = True


def _exact(number: int) -> str:
    return f"https://tenant{number}.example.com"


def _pattern(number: int) -> str:
    return f"https://*.tenant{number}.example.com"


def _regex(number: int) -> str:
    return rf"https://.*\.tenant{number}\.example\.com"


def _subdomain(number: int) -> str:
    return f"https://a.b.tenant{number}.example.com"


def _ours(entries: list[str]) -> Any:  # noqa: ANN401 - an application
    return CORSMiddleware(bare_app, Policy(origins=entries))


def _theirs(entries: list[str]) -> Any:  # noqa: ANN401 - an application
    return module("starlette.middleware.cors").CORSMiddleware(bare_app, allow_origins=entries)


def _their_patterns(entries: list[str]) -> Any:  # noqa: ANN401 - an application
    made = module("starlette.middleware.cors").CORSMiddleware
    return made(bare_app, allow_origin_regex="|".join(entries))


_NEAR_MISS: Final = "https://a.b.tenant.example.com"
OURS: Final = (
    Series("exact", EXACT, _ours, _exact, _exact, DENIED_ORIGIN),
    Series("patterns", PATTERNS, _ours, _pattern, _subdomain, _NEAR_MISS),
)
_STARLETTES: Final = (
    Series("Starlette: exact", THEIRS, _theirs, _exact, _exact, DENIED_ORIGIN, ours=False),
    Series(
        "Starlette: patterns", THEIR_PATTERNS, _their_patterns, _regex, _subdomain, _NEAR_MISS, ours=False
    ),
)


def measure(rounds: int = ROUNDS, series: Sequence[Series] = OURS, weighed: int = _WEIGHED) -> Section:
    """Measure ours at every size, and Starlette's at some."""
    series = [*series, *(_STARLETTES if first_missing(STARLETTE) is None else ())]
    rows = [row for each in series for row in _grown(each, rounds)]
    rows += [_memory(each, min(weighed, each.sizes[-1])) for each in series if each.ours]
    title = (
        f"Origins, Corsage {form()}: nanoseconds added to a request, as the list grows "
        f"(medians of {rounds} rounds in turns, processor time)"
    )
    return Section("origins", title, (), tuple(rows), (*_REMARKS, *skipped([STARLETTE])))


def _grown(series: Series, rounds: int) -> Iterator[Row]:
    apps = {size: series.app([series.entry(number) for number in range(size)]) for size in series.sizes}
    for asked in ("last, allowed", "denied"):
        runners = {size: _runner(app, _asked(series, asked, size)) for size, app in apps.items()}
        yield from _rows(series, asked, runners, rounds)
    if series.ours:
        runners = {size: _any(series, apps[size], size) for size in (1, series.sizes[-1])}
        yield from _rows(series, "another each time", runners, rounds)


def _asked(series: Series, asked: str, size: int) -> Case:
    allowed = asked != "denied"
    return replace(ALLOWED, origin=series.allowed(size - 1) if allowed else series.denied, allowed=allowed)


def _runner(app: Any, case: Case) -> Runner:  # noqa: ANN401 - an application
    runner = asgi_runner(app, case)
    with quiet_log():
        granted = "access-control-allow-origin" in runner.look()
    if granted is not case.allowed:
        raise RuntimeError(f"{case.origin}: answered otherwise than expected")
    return runner


def _any(series: Series, app: Any, size: int) -> Runner:  # noqa: ANN401 - an application
    """Ask with another origin each time: of an exact list all over it, of patterns never the same subdomain."""
    numbers = count()

    def make() -> Any:  # noqa: ANN401 - a scope
        number = next(numbers)
        origin = series.allowed(number * _STRIDE % size).replace("https://a.", f"https://a{number}.")
        return scope(replace(ALLOWED, origin=origin))

    return replace(asgi_runner(app, ALLOWED), make=make)


def _rows(series: Series, asked: str, runners: dict[int, Runner], rounds: int) -> Iterator[Row]:
    bare = asgi_runner(bare_app, ALLOWED)
    actions = {"bare": lambda: nanoseconds(bare)}
    for size, runner in runners.items():
        actions[str(size)] = _action(runner, 100 if series.ours else 20)
    with quiet_log():
        figures = in_turns(rounds, actions)
    added = {
        size: [mine - without for mine, without in zip(figures[str(size)], figures["bare"], strict=True)]
        for size in runners
    }
    one = next(iter(added.values()))
    for size, mine in added.items():
        yield grown(f"{series.name}, {asked}: {size:,}", mine, one, ours=series.ours and size > 1)


def grown(label: str, mine: list[float], one: list[float], *, ours: bool) -> Row:
    """Return the row of a size: its ratio to what *one* costs, and for *ours* the goal in this run's nanoseconds."""
    value = median(mine)
    if mine is one:
        return Row(label, value, "ns")
    times = ratio(mine, one)
    goal = Goal(value / times * FLAT) if ours else None
    return Row(label, value, "ns", times, "of one's", goal)


def _action(runner: Runner, batch: int) -> Callable[[], float]:
    return lambda: nanoseconds(runner, batch)


def _memory(series: Series, size: int) -> Row:
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    app = series.app([series.entry(number) for number in range(size)])
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del app
    note = f"{size:,} of them: {(after - before) / 1e6:,.1f} MB"
    return Row(f"{series.name}, memory of each", (after - before) / size, "B", note=note)
