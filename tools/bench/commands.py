"""Wall time of whole commands, from the start of the process to its end."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def corsage() -> list[str]:
    """Return the command ``corsage`` of this environment."""
    for name in ("corsage", "corsage.exe"):
        script = Path(sys.executable).with_name(name)
        if script.is_file():
            return [str(script)]
    return [sys.executable, "-m", "corsage"]


def milliseconds(command: Sequence[str], exit_code: int = 0) -> Callable[[], float]:
    """Return an action that runs *command* once and returns how long that took.

    The action raises RuntimeError where the command ends otherwise than with *exit_code*: a command that fails
    early would look fast.
    """

    def run() -> float:
        start = time.perf_counter()
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603 - ours
        taken = (time.perf_counter() - start) * 1000
        if done.returncode != exit_code:
            said = done.stderr.decode("utf-8", "replace").strip()[:300]
            raise RuntimeError(f"{Path(command[0]).name} ended with {done.returncode}: {said}")
        return taken

    return run
