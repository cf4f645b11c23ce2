"""A real server in a process of its own, and the processor time that it takes. Linux alone tells that finely."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from bench.rows import NotMeasured

_TOOLS: Final = Path(__file__).resolve().parents[2]
_PATIENCE: Final = 20
_TASKS: Final = Path("/proc")


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Let what is started meanwhile run on one core alone, where there are several."""
    before = os.sched_getaffinity(0)
    cores = sorted(before)
    if len(cores) > 1:
        os.sched_setaffinity(0, {cores[core % len(cores)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def serving(command: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Run a server as long as the context lasts; give its process and its port. ``PORT`` in *command* is replaced.

    Raises:
        NotMeasured: it does not start.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with on_core(0):
        process = subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, *(part.replace("PORT", str(port)) for part in command)],
            cwd=_TOOLS,
            env={**os.environ, "PYTHONPATH": str(_TOOLS)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    try:
        _wait_for(port, process, command)
        yield process.pid, port
    finally:
        process.terminate()
        try:
            process.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes], command: Sequence[str]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise NotMeasured(f"{' '.join(command[:2])} did not start")


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process so far, of all its threads and children.

    Raises:
        NotMeasured: this system does not tell.
    """
    found: list[float] = []
    with suppress(OSError):
        for task in (_TASKS / str(pid) / "task").iterdir():
            # Threads may end while they are looked at.
            with suppress(OSError, ValueError, IndexError):
                found.append(int((task / "schedstat").read_text(encoding="ascii").split()[0]) / 1e9)
                children = (task / "children").read_text(encoding="ascii").split()
                found += [processor_seconds(int(child)) for child in children]
    if not found:
        raise NotMeasured("the system does not tell the processor time of threads (/proc/PID/task)")
    return sum(found)
