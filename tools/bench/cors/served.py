"""End to end: the share of a request's processor time that CORS takes, under real servers on loopback."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bench.cors.cases import ALLOWED, PREFLIGHT, Case, headers
from bench.cors.installed import first_missing, skipped
from bench.cors.middleware import form
from bench.cors.server_process import on_core, processor_seconds, serving
from bench.cors.subjects import STARLETTE
from bench.rows import Goal, NotMeasured, Row, Section
from bench.stats import in_turns, median

ROUNDS: Final = 7
SECONDS: Final = 0.25
CONNECTIONS: Final = 32
SHARE: Final = Goal(5)
_LOAD: Final = Path(__file__).with_name("load.py")
_CASES: Final = (ALLOWED, PREFLIGHT)
_APP: Final = "bench.cors.served_apps"
# What each application is compared with, and how it is called.
_BASES: Final = {
    "bare": ("bare", "bare application"),
    "by_hand": ("bare", "bare, headers written by hand"),
    "bare_behind_corsage": ("bare", "bare behind Corsage"),
    "bare_behind_starlette": ("bare", "bare behind Starlette's CORSMiddleware"),
    "framework": ("framework", "Starlette application"),
    "framework_behind_corsage": ("framework", "Starlette application behind Corsage"),
    "framework_behind_starlette": ("framework", "Starlette application behind its CORSMiddleware"),
}
_PREFLIGHTED: Final = ("bare", "bare_behind_corsage", "bare_behind_starlette")
_NEEDS_STARLETTE: Final = ("framework", "starlette")


@dataclass(frozen=True, slots=True)
class Server:
    """A server, and how it is started.

    Attributes:
        name: as in the table.
        packages: that must be installed.
        command: after ``python``; the application's name is put for ``APP``.
    """

    name: str
    packages: tuple[str, ...]
    command: tuple[str, ...]


_UVICORN: Final = (
    "-m uvicorn APP --port PORT --loop uvloop --http httptools --no-access-log --log-level error"
)
_GRANIAN: Final = "-m granian APP --port PORT --interface asginl --loop uvloop --no-log"
SERVERS: Final = (
    Server("uvicorn", ("uvicorn", "httptools", "uvloop"), tuple(_UVICORN.split())),
    Server("granian", ("granian", "uvloop"), tuple(_GRANIAN.split())),
)
_REMARKS: Final = (
    f"Processor time of the server, on a core of its own, {CONNECTIONS} connections. Share: of a request's processor",
    "time behind the middleware, what the application, which only says hello, does without. Writing the headers is the",
    "server's part of it. A preflight is compared with that hello.",
)


def measure(rounds: int = ROUNDS, seconds: float = SECONDS) -> Section:
    """Serve, ask and weigh."""
    title = (
        f"Served, Corsage {form()}: processor time of a request "
        f"(medians of {rounds} rounds of {seconds} s in turns)"
    )
    rows: list[Row] = []
    remarks = list(_REMARKS)
    apps = [
        app
        for app in _BASES
        if first_missing(STARLETTE) is None or not any(each in app for each in _NEEDS_STARLETTE)
    ]
    remarks += skipped([STARLETTE, *SERVERS])
    for server in SERVERS:
        if first_missing(server) is not None:
            continue
        try:
            rows += _served(server, apps, rounds, seconds)
        except NotMeasured as reason:
            remarks.append(f"skipped: {server.name}: {reason}")
    commands = tuple(f"python {' '.join(server.command)}" for server in SERVERS)
    return Section("served", title, commands, tuple(rows), tuple(remarks))


def _served(server: Server, apps: Sequence[str], rounds: int, seconds: float) -> list[Row]:
    with ExitStack() as stack:
        running = {
            app: stack.enter_context(
                serving([part.replace("APP", f"{_APP}:{app}") for part in server.command])
            )
            for app in apps
        }
        found: list[Row] = []
        for case in _CASES:
            actions: dict[str, Callable[[], float]] = {}
            asking = (
                running if case is ALLOWED else {app: running[app] for app in _PREFLIGHTED if app in running}
            )
            for app, (pid, port) in asking.items():
                asked = case if "behind" in app else ALLOWED
                actions[app] = partial(_microseconds, pid, port, asked, seconds)
            figures = in_turns(rounds, actions)
            found += _rows(f"{server.name} {version(server.name)}, {case.name}", figures)
    return found


def _microseconds(pid: int, port: int, case: Case, seconds: float) -> float:
    """Return the processor time of one request, in microseconds."""
    command = [sys.executable, "-S", str(_LOAD), str(port), str(seconds), str(CONNECTIONS)]
    before = processor_seconds(pid)
    with on_core(1):
        done = subprocess.run(command, input=request(case), capture_output=True, timeout=60, check=False)  # noqa: S603 - ours
    taken = processor_seconds(pid) - before
    if done.returncode:
        raise NotMeasured(f"the client failed: {done.stderr.decode().strip()[-200:]}")
    return taken * 1e6 / max(int(done.stdout), 1)


def request(case: Case) -> bytes:
    """Return a request of *case* as bytes."""
    lines = [f"{case.method} /hello HTTP/1.1", *(f"{name}: {value}" for name, value in headers(case))]
    return "\r\n".join([*lines, "", ""]).encode()


def share(behind: Sequence[float], bare: Sequence[float]) -> float:
    """Return which part of the time *behind* a middleware is not there on the *bare* application, in percent."""
    return median([100 * (mine - without) / mine for mine, without in zip(behind, bare, strict=True)])


def _rows(label: str, figures: dict[str, list[float]]) -> Iterator[Row]:
    by_hand = figures.get("by_hand")
    for app, mine in figures.items():
        base, words = _BASES[app]
        if app == base:
            yield Row(f"{label}: {words}", median(mine), "µs")
            continue
        note = f"of {median(mine):.1f} µs"
        if by_hand is not None and app.startswith("bare_behind"):
            note += f"; {share(mine, by_hand):.2f} % more than by hand"
        goal = SHARE if app.endswith("corsage") else None
        yield Row(f"{label}: {words}", share(mine, figures[base]), "%", goal=goal, note=note)
