"""Programs that tests start: on a port of the system's choice, ready when they listen, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

_PATH: Final = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
_ATTEMPTS: Final = 3  # somebody else may take the port first
_LONGEST_OUTPUT: Final = 4_000


class NotStartedError(AssertionError):
    """A program ended, or did not listen in time; its output is in the message."""


def program(name: str, package: str = "") -> str:
    """Return where the program *name* is; skip the test where it is not installed."""
    found = shutil.which(name, path=_PATH)
    if found is None:
        pytest.skip(f"{name} is not installed (Debian: {package or name})")
    return found


def free_port() -> int:
    """Return a port of loopback that nobody has now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@contextlib.contextmanager
def running(
    prepare: Callable[[int], Sequence[str]],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    patience: float = 60.0,
) -> Iterator[str]:
    """Start a program, wait until it listens, yield ``http://127.0.0.1:PORT``; end it and its children.

    Args:
        prepare: is given the port, writes the configuration and returns the command.
        cwd: where to start it.
        env: beside our own environment.
        patience: seconds until it must listen.

    Raises:
        NotStartedError: it did not.
    """
    with tempfile.TemporaryFile() as output:
        for attempt in range(_ATTEMPTS):
            port = free_port()
            process = subprocess.Popen(
                list(prepare(port)),
                cwd=cwd,
                env={**os.environ, "PATH": _PATH, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                if _listens(process, port, patience):
                    yield f"http://127.0.0.1:{port}"
                    return
            finally:
                _end(process)
            if attempt == _ATTEMPTS - 1:
                output.seek(0)
                said = output.read()[-_LONGEST_OUTPUT:].decode(errors="replace")
                raise NotStartedError(f"{process.args!r} does not listen:\n{said}")


def _listens(process: subprocess.Popen[bytes], port: int, patience: float) -> bool:
    """Wait until somebody accepts connections, or the process has ended."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return process.poll() is None
        # Waits for the process, which may have ended; no longer than until the next try.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
            return False
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all of its group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)
