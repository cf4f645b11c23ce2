"""WebKitGTK's MiniBrowser, on a display of its own; its console comes on standard output."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from record import processes, webkit_codes, webkit_console
from record.display import display
from record.errors import RecordError, SilentPageError
from record.server import Server

Json = dict[str, Any]

name = "webkit"
package = "webkit2gtk-driver and xvfb"

_PATIENCE = 20.0


def program() -> str | None:
    """The installed MiniBrowser, if there is a virtual display for it too."""
    return processes.find(["usr/lib/*/webkit2gtk-4.*/MiniBrowser"]) if processes.find(["Xvfb"]) else None


class Tab:
    """The one window of a running MiniBrowser."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def collect(self, scenario: str) -> Json:
        """The reason and console lines between the page's marks for the scenario; none without one."""
        if not scenario:
            return {}
        try:
            async with asyncio.timeout(_PATIENCE):
                text = await self._until(f"record:end:{scenario}")
        except TimeoutError:
            raise SilentPageError("the console does not say that the scenario has ended") from None
        return webkit_codes.summary(webkit_console.messages(text, scenario))

    async def _until(self, mark: str) -> str:
        text = []
        while line := (await _output(self._process).readline()).decode("utf-8", "replace"):
            text.append(line)
            if line.rstrip().endswith(mark):
                return "".join(text)
        raise RecordError("MiniBrowser has ended")


def _output(process: Process) -> asyncio.StreamReader:
    if process.stdout is None:
        raise RecordError("MiniBrowser has no standard output")
    return process.stdout


@asynccontextmanager
async def open(program: str, server: Server, url: str) -> AsyncIterator[Tab]:  # noqa: A001 - as `Browser` has it
    """Start MiniBrowser in a fresh home and open the address."""
    async with (
        processes.scratch() as home,
        display() as screen,
        processes.running(*_command(program, server.port, url), env=_environment(home, screen)) as process,
    ):
        yield Tab(process)


def _command(program: str, port: int, url: str) -> list[str]:
    return [
        program,
        f"--proxy=socks5://127.0.0.1:{port}",
        "--ignore-tls-errors",
        "--enable-write-console-messages-to-stdout=true",
        url,
    ]


def _environment(home: Path, screen: str) -> dict[str, str]:
    return {
        "DISPLAY": screen,
        "LC_ALL": "en_US.UTF-8",
        "LANGUAGE": "en_US",
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(home),
        "GDK_BACKEND": "x11",
        "GSETTINGS_BACKEND": "memory",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "NO_AT_BRIDGE": "1",
        "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    }
