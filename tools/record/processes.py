"""Browser processes: found, started in a group of their own with a throw-away home, and always ended."""

import asyncio
import os
import shutil
import signal
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from record.errors import RecordError

START_SECONDS = 60.0
_END_SECONDS = 10.0
_LINE_LIMIT = 1 << 22


def find(candidates: Iterable[str]) -> str | None:
    """The first of these programs that is installed; patterns with a slash are looked up in /."""
    for name in candidates:
        if "/" in name:
            found = sorted(str(path) for path in Path("/").glob(name.lstrip("/")))
            if found:
                return found[-1]
        elif path := shutil.which(name):
            return path
    return None


@asynccontextmanager
async def scratch() -> AsyncIterator[Path]:
    """A fresh directory for a profile, removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="record-"))
    try:
        yield folder
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


@asynccontextmanager
async def running(*command: str, env: dict[str, str] | None = None) -> AsyncIterator[Process]:
    """A process with its output piped; it and all its children are gone afterwards."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=STDOUT,
        env={**os.environ, **(env or {})},
        start_new_session=True,
        limit=_LINE_LIMIT,
    )
    try:
        yield process
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    """End the whole group and close its pipe: politely first, then not, even if this is cancelled."""
    try:
        _signal(process, signal.SIGTERM)
        await _within(_END_SECONDS, process.wait())
    finally:
        _signal(process, signal.SIGKILL)
    await _within(_END_SECONDS, process.wait())
    await _within(_END_SECONDS, _drained(process))


def _signal(process: Process, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


async def _within(seconds: float, work: Coroutine[Any, Any, object]) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(work, seconds)


async def _drained(process: Process) -> None:
    """Read what is left, so that the pipe is closed."""
    if process.stdout:
        while await process.stdout.read(1 << 16):
            pass


async def line_with(process: Process, wanted: Callable[[str], bool], what: str) -> str:
    """The first line of output that is wanted.

    Raises:
        RecordError: The process ended or said nothing of the kind in time.
    """
    said: list[str] = []
    try:
        async with asyncio.timeout(START_SECONDS):
            while line := await _line(process):
                said.append(line)
                if wanted(line):
                    return line
    except TimeoutError:
        raise RecordError(f"{what} did not start within {START_SECONDS:.0f} s{_tail(said)}") from None
    raise RecordError(f"{what} ended before it was ready{_tail(said)}")


async def _line(process: Process) -> str:
    if process.stdout is None:
        return ""
    return (await process.stdout.readline()).decode("utf-8", "replace")


def _tail(said: list[str]) -> str:
    last = [line.strip() for line in said if line.strip()][-3:]
    return f"; it said: {' / '.join(last)}" if last else ""


@asynccontextmanager
async def ignored(process: Process) -> AsyncIterator[None]:
    """Keep reading what a process says, so that it never waits for a reader."""
    reading = asyncio.create_task(_drained(process))
    try:
        yield
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
