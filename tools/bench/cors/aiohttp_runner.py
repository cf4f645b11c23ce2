"""Run an aiohttp application by stepping: its handler, and the preparation of the response, where signals run."""

from collections.abc import Mapping
from typing import Any

from bench.cors.cases import Case, headers
from bench.cors.meter import Runner
from peers.adapters.aiohttp import setting_of
from peers.setup import Setup
from peers.wire import module


class _Writer:
    """Takes what is written, and drops it."""

    length = 0
    output_size = 0
    transport = None

    def send_headers(self) -> None:
        pass

    async def write_headers(self, *_: object) -> None:
        pass

    async def write(self, *_: object, **__: object) -> None:
        pass

    async def write_eof(self, *_: object) -> None:
        pass

    async def drain(self) -> None:
        pass

    def enable_chunking(self) -> None:
        pass

    def set_eof(self) -> None:
        pass


def aiohttp_runner(setup: Setup | None, case: Case) -> Runner:
    """Return how to run an application on requests of *case*; without CORS where *setup* is ``None``."""
    app = _app(setup)
    requested = module("aiohttp.test_utils").make_mocked_request
    refusal = module("aiohttp.web").HTTPException
    written = headers(case)

    def make() -> Any:  # noqa: ANN401 - aiohttp's request
        return requested(case.method, "/hello", written, app=app, writer=_Writer())

    async def answer(request: Any) -> Any:  # noqa: ANN401 - aiohttp's response
        try:
            response = await app._handle(request)  # noqa: SLF001 - what its server calls
        except refusal as error:
            response = error
        await response.prepare(request)
        return response

    def run(requests: list[Any]) -> None:
        for each in requests:
            try:
                answer(each).send(None)
            except StopIteration:
                continue
            raise RuntimeError("the application waits for something: it cannot be stepped")

    def look() -> Mapping[str, str]:
        try:
            answer(make()).send(None)
        except StopIteration as end:
            return {name.lower(): value for name, value in end.value.headers.items()}
        raise RuntimeError("the application waits for something: it cannot be stepped")

    return Runner(make, run, look)


def _app(setup: Setup | None) -> Any:  # noqa: ANN401 - untyped here, see `module`
    web = module("aiohttp.web")

    async def handler(_: object) -> Any:  # noqa: ANN401 - as the framework wants it
        return web.Response(text="hello")

    app = web.Application()
    routes = [app.router.add_route(method, "/hello", handler) for method in ("GET", "PUT")]
    if setup is not None:
        setting = setting_of(app, setup)
        for route in routes:
            setting.add(route)
    app.freeze()
    return app
