"""What ``corsage check`` adds to the request itself: the same endpoint, asked by curl."""

import os
import shutil
import sys
from typing import Final

from bench.commands import corsage, milliseconds
from bench.endpoint import ORIGIN, endpoint
from bench.rows import Row, Section
from bench.stats import difference, in_turns, median, ratio

ROUNDS: Final = 11


def measure(rounds: int = ROUNDS) -> Section:
    """Ask one loopback endpoint by turns with both."""
    title = f"Check: wall time of one question (medians of {rounds} rounds in turns)"
    commands = (
        f"curl -s -o {os.devnull} -H 'Origin: {ORIGIN}' http://127.0.0.1:PORT/ping",
        f"corsage check http://127.0.0.1:PORT/ping --origin {ORIGIN}",
    )
    curl = shutil.which("curl")
    if curl is None:
        return Section("check", title, commands, remarks=("skipped: curl is not installed",))
    with endpoint() as url:
        actions = {
            "curl": milliseconds([curl, "-s", "-o", os.devnull, "-H", f"Origin: {ORIGIN}", url]),
            "python -c pass": milliseconds([sys.executable, "-c", "pass"]),
            "check": milliseconds([*corsage(), "check", url, "--origin", ORIGIN]),
        }
        figures = in_turns(rounds, actions)
    return Section("check", title, commands, _rows(figures))


def _rows(figures: dict[str, list[float]]) -> tuple[Row, ...]:
    mine, bare, python = figures["check"], figures["curl"], figures["python -c pass"]
    return (
        Row("curl", median(bare), "ms", note=f"fastest {min(bare):.1f} ms"),
        Row(
            "corsage check",
            median(mine),
            "ms",
            ratio(mine, bare),
            "of curl",
            note=f"fastest {min(mine):.1f} ms",
        ),
        Row(
            "added by corsage check",
            difference(mine, bare),
            "ms",
            note=f"Python alone takes {median(python):.1f} ms",
        ),
    )
