"""Start-up: what a person waits for before anything happens."""

import subprocess
import sys
from typing import Final

from bench.commands import corsage, milliseconds
from bench.rows import Goal, Row, Section
from bench.stats import in_turns, median, ratio

ROUNDS: Final = 15
_GOAL: Final = Goal(80)
_EXPLAINED: Final = Goal(150)
_MESSAGE: Final = (
    "Access to fetch at 'https://api.example.com/me' from origin 'https://app.example.com' has been blocked by CORS "
    "policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."
)
_BARE: Final = "python -c pass"
# The libraries of the extras: a server that imports the library must not pay for them.
TOOL_LIBRARIES: Final = ("click", "rich", "pycurl")
_LOADED: Final = f"import sys, corsage; print(*[name for name in {TOOL_LIBRARIES!r} if name in sys.modules])"


def measure(rounds: int = ROUNDS) -> Section:
    """Time the starts in turns."""
    explained = "corsage explain MESSAGE"
    goals = {"corsage --version": _GOAL, "corsage --help": _GOAL, explained: _EXPLAINED}
    usage = "corsage check"
    actions = {
        _BARE: milliseconds([sys.executable, "-c", "pass"]),
        "python -c 'import corsage'": milliseconds([sys.executable, "-c", "import corsage"]),
        "corsage --version": milliseconds([*corsage(), "--version"]),
        "corsage --help": milliseconds([*corsage(), "--help"]),
        usage: milliseconds([*corsage(), "check"], exit_code=2),
        explained: milliseconds([*corsage(), "explain", _MESSAGE], exit_code=1),
    }
    figures = in_turns(rounds, actions)
    rows = []
    for label, mine in figures.items():
        compared = None if label == _BARE else ratio(mine, figures[_BARE])
        words = "" if compared is None else "of python -c pass"
        note = f"fastest {min(mine):.1f} ms"
        if label == usage:
            note += "; no URL: imports everything, asks nothing"
        rows.append(Row(label, median(mine), "ms", compared, words, goals.get(label), note))
    return Section(
        "startup",
        f"Start-up: wall time of whole processes (medians of {rounds} rounds in turns)",
        (),
        (*rows, _imported_tools()),
    )


def _imported_tools() -> Row:
    done = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    loaded = done.stdout.split()
    note = ", ".join(loaded) or f"none of {', '.join(TOOL_LIBRARIES)}"
    return Row("tool libraries that import corsage loads", len(loaded), goal=Goal(0), note=note)
