"""Preflights of an allowed origin whose Access-Control-Request-Headers is 64 kB: a hostile value must cost no more."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from bench.cors.asgi_runner import asgi_runner, bare_app
from bench.cors.cases import PREFLIGHT
from bench.cors.installed import first_missing, skipped
from bench.cors.meter import Runner, nanoseconds
from bench.cors.middleware import form, quiet_log, times_less
from bench.cors.subjects import STARLETTE, hello, ours_asgi, ours_wsgi
from bench.cors.wsgi_runner import bare_app as bare_wsgi_app
from bench.cors.wsgi_runner import wsgi_runner
from bench.rows import Goal, Row, Section
from bench.stats import in_turns, median
from corsage.middleware import Denial
from corsage.middleware.asgi import CORSMiddleware
from corsage.server.request_headers import LONGEST_LIST
from peers.adapters.corsage_asgi import policy

ROUNDS: Final = 9
# Requests in a batch: fewer, each is 64 kB.
_BATCH: Final = 20
_SIZE: Final = 65_536
# The longest value that is read at all.
_READ: Final = LONGEST_LIST
BOUND: Final = Goal(20)

SHAPES: Final = {
    "what browsers send": "x-token",
    "a listed name repeated": ("x-token," * _SIZE)[:_SIZE],
    "a, repeated": ("a," * _SIZE)[:_SIZE],
    "commas": "," * _SIZE,
    "spaces": " " * _SIZE,
    "spaces and commas": (" ," * _SIZE)[:_SIZE],
    "one long name": "a" * _SIZE,
    "one long name of capitals": "X" * _SIZE,
    "names that differ": ",".join(f"x-{number}" for number in range(_SIZE))[:_SIZE],
    "bytes above 0x7F": "\xe4" * _SIZE,
    "8 kB of a listed name": ("x-token," * _SIZE)[:_READ],
    "8 kB, one long name": "a" * _READ,
}
_THEIRS: Final = "Starlette"


def measure(rounds: int = ROUNDS) -> Section:
    """Measure every shape."""
    rows = [row for shape, names in SHAPES.items() for row in _rows(shape, names, rounds)]
    title = (
        f"Hostile, Corsage {form()}: microseconds added to a preflight by the names that it asks for, 64 kB of them "
        f"(medians of {rounds} rounds in turns, processor time)"
    )
    return Section("hostile", title, (), tuple(rows), tuple(skipped([STARLETTE])))


def runners(names: str) -> dict[str, tuple[Runner, Runner]]:
    """Return each middleware's bare application and its preflights with *names*."""
    case = replace(PREFLIGHT, names=names)
    bare = asgi_runner(bare_app, hello(case))
    bare_wsgi = wsgi_runner(bare_wsgi_app, hello(case))
    hooked = CORSMiddleware(bare_app, policy(case.setup), on_denied=_take)
    found = {
        "Corsage, ASGI": (bare, ours_asgi(case)),
        "Corsage, ASGI, a hook for denials": (bare, asgi_runner(hooked, case)),
        "Corsage, WSGI": (bare_wsgi, ours_wsgi(case)),
    }
    if first_missing(STARLETTE) is None:
        found[_THEIRS] = (bare, STARLETTE.behind(case))
    return found


def _take(_: Denial) -> None:
    pass


def _rows(shape: str, names: str, rounds: int) -> Iterator[Row]:
    actions: dict[str, Callable[[], float]] = {}
    asked = runners(names)
    for who, (bare, behind) in asked.items():
        actions[f"{who}, bare"] = _action(bare)
        actions[who] = _action(behind)
    with quiet_log():
        figures = in_turns(rounds, actions)
    added = {who: _microseconds(figures[who], figures[f"{who}, bare"]) for who in asked}
    theirs = added.get(_THEIRS, [])
    for who, mine in added.items():
        ours = who != _THEIRS
        ratio = times_less(theirs, mine) if ours and theirs else None
        words = "" if ratio is None else "Starlette's to it"
        yield Row(f"{shape}: {who}", median(mine), "µs", ratio, words, BOUND if ours else None)


def _microseconds(behind: Sequence[float], bare: Sequence[float]) -> list[float]:
    return [(mine - without) / 1000 for mine, without in zip(behind, bare, strict=True)]


def _action(runner: Runner) -> Callable[[], float]:
    return lambda: nanoseconds(runner, _BATCH)
