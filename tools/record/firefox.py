"""Firefox ESR, led over Marionette; its console is read from inside, where messages have categories."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from record import firefox_codes, marionette, processes
from record.server import Server

Json = dict[str, Any]

name = "firefox"
package = "firefox-esr"

_PREFERENCES: dict[str, str | int | bool] = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.aboutConfig.showWarning": False,
    "browser.region.update.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "intl.accept_languages": "en-US, en",
    "marionette.port": 0,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.http.speculative-parallel-limit": 0,
    "network.prefetch-next": False,
    "network.proxy.allow_hijacking_localhost": True,
    "network.proxy.failover_direct": False,
    "network.proxy.no_proxies_on": "",
    "network.proxy.socks": "127.0.0.1",
    "network.proxy.socks5_remote_dns": True,
    "network.proxy.socks_remote_dns": True,
    "network.proxy.socks_version": 5,
    "network.proxy.type": 1,
    "services.settings.server": "http://127.0.0.1/nowhere",
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.unified": False,
}
# The console service keeps what every process has said; emptied each time it is read.
_READ_CONSOLE = """
  const told = Services.console.getMessageArray()
    .filter((message) => message instanceof Ci.nsIScriptError)
    .map(({ errorMessage, category, sourceName }) => (
      { text: errorMessage, category: category || "", source: sourceName || "" }
    ));
  Services.console.reset();
  return told;
"""


def program() -> str | None:
    """The installed Firefox."""
    return processes.find(["firefox-esr", "firefox"])


class Tab:
    """The one tab of a running Firefox."""

    def __init__(self, connection: marionette.Marionette) -> None:
        self._connection = connection

    async def collect(self, scenario: str) -> Json:
        """The categories and console lines since the last call."""
        answer = await self._connection.call("WebDriver:ExecuteScript", script=_READ_CONSOLE, args=[])
        return firefox_codes.summary(answer["value"], f"/s/{scenario}/")


@asynccontextmanager
async def open(program: str, server: Server, url: str) -> AsyncIterator[Tab]:  # noqa: A001 - as `Browser` has it
    """Start Firefox in a fresh profile and open the address."""
    async with (
        processes.scratch() as home,
        processes.running(*_command(program, _profile(home, server)), env={"HOME": str(home)}) as process,
    ):
        line = await processes.line_with(process, lambda text: "Listening on port" in text, "Firefox")
        async with processes.ignored(process), marionette.connected(int(line.split()[-1])) as connection:
            yield await _tab(connection, url)


def _command(program: str, profile: Path) -> list[str]:
    return [
        program,
        "--headless",
        "--no-remote",
        "--marionette",
        "--remote-allow-system-access",
        "--profile",
        str(profile),
    ]


def _profile(home: Path, server: Server) -> Path:
    profile = home / "profile"
    profile.mkdir()
    settings = _PREFERENCES | {
        "network.http.request.max-attempts": server.attempts,
        "network.proxy.socks_port": server.port,
    }
    lines = (f'user_pref("{key}", {json.dumps(value)});\n' for key, value in settings.items())
    (profile / "user.js").write_text("".join(lines))
    return profile


async def _tab(connection: marionette.Marionette, url: str) -> Tab:
    """Begin a session, open the address, then turn to the browser's own scripts."""
    await connection.call("WebDriver:NewSession", acceptInsecureCerts=True, pageLoadStrategy="none")
    await connection.call("WebDriver:Navigate", url=url)
    await connection.call("Marionette:SetContext", value="chrome")
    return Tab(connection)
