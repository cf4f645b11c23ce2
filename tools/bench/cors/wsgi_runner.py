"""Run WSGI applications as a server does: call, join, close."""

from collections.abc import Callable, Mapping
from typing import Any

from bench.cors.cases import Case, environ
from bench.cors.meter import Runner


def bare_app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:  # noqa: ARG001 - WSGI
    """Say hello: the least that a WSGI application can do."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


def _write(_: bytes) -> None:
    pass


def _start(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], None]:  # noqa: ARG001 - WSGI
    return _write


def wsgi_runner(app: Any, case: Case, prepare: Callable[[], None] = lambda: None) -> Runner:  # noqa: ANN401 - applications of many frameworks
    """Return how to run *app* on requests of *case*."""

    def run(environs: list[Any]) -> None:
        for each in environs:
            chunks = app(each, _start)
            for _ in chunks:
                pass
            close = getattr(chunks, "close", None)
            if close is not None:
                close()

    def look() -> Mapping[str, str]:
        prepare()
        found: dict[str, str] = {}

        def keep(_: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], None]:  # noqa: ARG001 - WSGI
            found.update((name.lower(), value) for name, value in headers)
            return _write

        b"".join(app(environ(case), keep))
        return found

    return Runner(lambda: environ(case), run, look, prepare)
