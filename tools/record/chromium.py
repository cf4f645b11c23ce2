"""Chromium, led over its DevTools protocol."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from record import cdp, chromium_codes, processes
from record.server import Server

Json = dict[str, Any]

name = "chromium"
package = "chromium"

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-features=IsolateSandboxedIframes,Translate,OptimizationHints,MediaRouter",
    "--metrics-recording-only",
    "--password-store=basic",
    "--lang=en-US",
    "--accept-lang=en-US,en",
    "--remote-debugging-port=0",
)
_DOMAINS = ("Page", "Runtime", "Log", "Network", "Audits")


def program() -> str | None:
    """The installed Chromium."""
    return processes.find(["chromium", "chromium-browser"])


class Tab:
    """The one tab of a running Chromium."""

    def __init__(self, connection: cdp.Cdp, session: str) -> None:
        self._connection = connection
        self._session = session

    async def collect(self, scenario: str) -> Json:
        """The codes and console lines since the last call; the page's answer is behind all it has said."""
        await self._connection.call("Runtime.evaluate", self._session, expression="0")
        events, self._connection.events = self._connection.events, []
        return chromium_codes.summary(events, f"/s/{scenario}/")


@asynccontextmanager
async def open(program: str, server: Server, url: str) -> AsyncIterator[Tab]:  # noqa: A001 - as `Browser` has it
    """Start Chromium in a fresh profile and open the address."""
    async with (
        processes.scratch() as home,
        processes.running(*_command(program, server, home), env=_environment(home)) as process,
    ):
        line = await processes.line_with(process, lambda text: "DevTools listening on" in text, "Chromium")
        async with processes.ignored(process), cdp.connected(line.split()[-1]) as connection:
            yield await _tab(connection, url)


def _command(program: str, server: Server, home: Path) -> list[str]:
    return [
        program,
        *_FLAGS,
        f"--user-data-dir={home / 'profile'}",
        f"--proxy-server=socks5://127.0.0.1:{server.port}",
        "--proxy-bypass-list=<-loopback>",
        f"--ignore-certificate-errors-spki-list={server.certificate.spki}",
        "about:blank",
    ]


def _environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home), "LANGUAGE": "en_US"}


async def _tab(connection: cdp.Cdp, url: str) -> Tab:
    """Attach to a new tab, listen to it, and send it on its way."""
    target = await connection.call("Target.createTarget", url="about:blank")
    attached = await connection.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
    session = attached["sessionId"]
    for domain in _DOMAINS:
        await connection.call(f"{domain}.enable", session)
    await connection.call("Page.navigate", session, url=url)
    return Tab(connection, session)
