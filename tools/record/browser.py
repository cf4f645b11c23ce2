"""What the recorder needs of a browser, whichever it is."""

from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from record.server import Server

Json = dict[str, Any]


class Tab(Protocol):
    """A running browser with one page open."""

    async def collect(self, scenario: str) -> Json:
        """Everything the browser said about the scenario that has just been played: codes and console."""


class Browser(Protocol):
    """A kind of browser: whether it is here, and how to start it."""

    name: str
    package: str

    def program(self) -> str | None:
        """The installed program, None if there is none."""

    def open(self, program: str, server: Server, url: str) -> AbstractAsyncContextManager[Tab]:
        """Start it in a fresh profile, with all traffic through the server, and open the address."""
