"""The conversation with the page that plays the scenarios.

The page asks for its next turn and hands over the outcome of the last one in the same request, so
every browser is led the same way and needs no more of its automation than a way to open one address.
"""

import asyncio
import json
from importlib import resources
from typing import Any

from record import http1
from record.errors import SilentPageError
from record.script import Script

Json = dict[str, Any]

_COOKIE = "sid=v1; SameSite=Lax; Path=/s/"
_SECURE_COOKIE = "sidnone=v2; SameSite=None; Secure; Path=/s/"
_PAGE = resources.files("record") / "page"


class Stage:
    """What the server plays at the moment, and the queues between the page and the recorder."""

    def __init__(self) -> None:
        self._jobs: asyncio.Queue[Json] = asyncio.Queue()
        self._results: asyncio.Queue[Json | None] = asyncio.Queue()
        self._script: Script | None = None
        page = ("text/html;charset=utf-8", _PAGE.joinpath("page.html").read_bytes())
        self._files = {
            "/page.html": page,
            "/frame.html": page,
            "/page.js": ("text/javascript;charset=utf-8", _PAGE.joinpath("page.js").read_bytes()),
        }

    async def go(self, origin: str, patience: float) -> None:
        """Have the page leave for another origin's page and wait until it is there."""
        self._jobs.put_nowait({"go": f"{origin}/page.html"})
        await self.arrival(patience)

    async def arrival(self, patience: float) -> None:
        """Wait until a newly opened page reports for work."""
        await self._next_result(patience)

    async def play(self, scenario: Json, patience: float) -> tuple[Json, list[Any]]:
        """Play one scenario; its outcome, and what the server has seen of it."""
        script = self._script = Script(scenario)
        self._jobs.put_nowait({"play": scenario})
        outcome = await self._next_result(patience)
        return outcome or {}, script.requests_seen

    async def _next_result(self, patience: float) -> Json | None:
        try:
            return await asyncio.wait_for(self._results.get(), patience)
        except TimeoutError:
            raise SilentPageError(f"the page said nothing for {patience:.0f} s") from None

    async def reply(self, request: http1.Request, scheme: str) -> bytes | None:
        """Answer anything a browser asks: the page's own files and turns, or the scenario's hops."""
        if request.path in self._files:
            return self._file(request, scheme)
        if request.path == "/turn":
            return await self._turn(json.loads(request.body))
        if request.path == "/step" and self._script:
            self._script.next_step()
            return http1.response(204, [], b"")
        return self._script.answer(request, scheme) if self._script else http1.response(404, [], b"")

    def _file(self, request: http1.Request, scheme: str) -> bytes:
        """A file of the page; the page itself, but not its frame, presets the cookies of its host."""
        kind, body = self._files[request.path]
        cookies = [_COOKIE] + [_SECURE_COOKIE] * (scheme == "https")
        presets = [("Set-Cookie", cookie) for cookie in cookies if request.path == "/page.html"]
        return http1.response(200, [("Content-Type", kind), ("Cache-Control", "no-store"), *presets], body)

    async def _turn(self, result: Json | None) -> bytes:
        self._results.put_nowait(result)
        job = await self._jobs.get()
        body = json.dumps(job).encode()
        return http1.response(200, [("Content-Type", "application/json")], body)
