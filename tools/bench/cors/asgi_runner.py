"""Run ASGI applications by stepping their coroutines: an event loop would add its own noise, and nothing else."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from bench.cors.cases import Case, scope
from bench.cors.meter import Runner

_BODY: Final = b"hello"


async def bare_app(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401, ARG001 - ASGI
    """Say hello: the least that an ASGI application can do."""
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": _BODY})


async def _receive() -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _send(message: Any) -> None:  # noqa: ANN401 - ASGI
    pass


def asgi_runner(app: Any, case: Case) -> Runner:  # noqa: ANN401 - applications of many frameworks
    """Return how to run *app* on requests of *case*."""

    def run(scopes: list[Any]) -> None:
        for each in scopes:
            coroutine = app(each, _receive, _send)
            try:
                coroutine.send(None)
            except StopIteration:
                continue
            raise RuntimeError("the application waits for something: it cannot be stepped")

    def look() -> Mapping[str, str]:
        sent: list[dict[str, Any]] = []

        async def keep(message: dict[str, Any]) -> None:
            sent.append(message)

        with suppress(StopIteration):
            app(scope(case), _receive, keep).send(None)
        return {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}

    return Runner(lambda: scope(case), run, look)
