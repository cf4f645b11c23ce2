"""What only aiohttp has: nested applications, class-based views, files, handlers' own policies."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from tests.middleware.rows import OPTIONS_VARY, A, origin, preflight
from tests.middleware.wire import ask

from corsage.middleware import CORS
from corsage.server import Policy
from corsage.server.policy_set import PolicySet

pytest.importorskip("aiohttp")

from aiohttp import web
from tests.middleware.loop_serving import loop_server

from corsage.middleware.aiohttp import EXEMPT, cross_origin, setup

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from aiohttp.typedefs import Handler

B = "https://b.example"
ALLOW = "access-control-allow-origin"
FOR_A = Policy(origins=[A], methods=["PUT"])
FOR_B = Policy(origins=[B], methods=["DELETE"])


def served(app: web.Application) -> AbstractContextManager[str]:
    @contextlib.asynccontextmanager
    async def serving(sock: socket.socket) -> AsyncIterator[None]:
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.SockSite(runner, sock).start()
        yield
        await runner.cleanup()

    return loop_server(serving)


async def hello(_: web.Request) -> web.Response:
    return web.Response(text="hello")


def allowed(url: str, method: str, path: str, who: str) -> str | None:
    return ask(url, method, path, origin(who)).headers.get(ALLOW)


def granted_methods(url: str, path: str, who: str, method: str) -> tuple[str | None, str | None]:
    headers = ask(url, "OPTIONS", path, preflight(who, method)).headers
    return headers.get(ALLOW), headers.get("access-control-allow-methods")


def test_a_handler_of_its_own_policy() -> None:
    @cross_origin(FOR_B)
    async def own(_: web.Request) -> web.Response:
        return web.Response(text="own")

    app = web.Application()
    app.add_routes([web.get("/path", hello), web.delete("/path", own)])
    setup(app, FOR_A)
    with served(app) as url:
        assert [allowed(url, "GET", "/path", who) for who in (A, B)] == [A, None]
        assert [allowed(url, "DELETE", "/path", who) for who in (A, B)] == [None, B]
        assert granted_methods(url, "/path", B, "DELETE") == (B, "DELETE")
        assert granted_methods(url, "/path", A, "PUT") == (A, "PUT")
        assert granted_methods(url, "/missing", A, "P T") == (A, "PUT")


def test_a_view_and_one_of_its_methods() -> None:
    @cross_origin(origins=[B])
    class View(web.View):
        async def get(self) -> web.Response:
            return web.Response()

        @cross_origin(FOR_A)
        async def put(self) -> web.Response:
            return web.Response()

    app = web.Application()
    app.router.add_view("/view", View)
    setup(app, Policy())
    with served(app) as url:
        assert [allowed(url, "GET", "/view", who) for who in (A, B)] == [None, B]
        assert [allowed(url, "PUT", "/view", who) for who in (A, B)] == [A, None]
        assert granted_methods(url, "/view", A, "PUT") == (A, "PUT")


def test_a_policy_stays_with_the_route_that_has_it() -> None:
    class Pages:
        async def show(self, _: web.Request) -> web.Response:
            return web.Response()

    pages, app = Pages(), web.Application()
    app.router.add_get("/private", hello)
    app.router.add_get("/public", cross_origin(origins=[B])(hello))
    app.router.add_get("/private/page", pages.show)
    app.router.add_get("/public/page", cross_origin(origins=[B])(pages.show))
    setup(app, FOR_A)
    with served(app) as url:
        for path in ("/private", "/private/page"):
            assert [allowed(url, "GET", path, who) for who in (A, B)] == [A, None]
        for path in ("/public", "/public/page"):
            assert [allowed(url, "GET", path, who) for who in (A, B)] == [None, B]


def test_a_method_that_no_handler_has_is_for_the_handlers_of_the_path() -> None:
    app, inner = web.Application(), web.Application()
    for each in (app, inner):
        each.router.add_get("/plain", hello)
        each.router.add_delete("/own", cross_origin(FOR_B)(hello))
    app.add_subapp("/inner", inner)
    setup(app, FOR_A)
    with served(app) as url:
        for prefix in ("", "/inner"):
            assert ask(url, "PUT", prefix + "/own", origin(B)).status == 405
            assert [allowed(url, "PUT", prefix + "/own", who) for who in (A, B)] == [None, B]
            assert [allowed(url, "PUT", prefix + "/plain", who) for who in (A, B)] == [A, None]


def test_an_exempt_handler_is_left_alone() -> None:
    @cross_origin(EXEMPT)
    async def left_alone(_: web.Request) -> web.Response:
        return web.Response(headers={"Access-Control-Allow-Origin": "*"})

    app = web.Application()
    app.router.add_get("/", left_alone)
    setup(app, FOR_A)
    with served(app) as url:
        answer = ask(url, "GET", "/", origin(B))
        assert (answer.headers.get(ALLOW), answer.headers.get("vary")) == ("*", None)
        assert ask(url, "OPTIONS", "/", preflight(A, "GET")).status == 405


def test_a_nested_application_goes_by_its_own_policy_or_by_the_one_around_it() -> None:
    app, inner, plain = web.Application(), web.Application(), web.Application()
    for each in (inner, plain):
        each.router.add_get("/hello", hello)
    setup(inner, FOR_B)
    setup(app, FOR_A)
    app.add_subapp("/inner", inner)
    app.add_subapp("/plain", plain)
    with served(app) as url:
        for path in ("/inner/hello", "/inner/missing"):
            assert [allowed(url, "GET", path, who) for who in (A, B)] == [None, B]
            assert granted_methods(url, path, B, "DELETE") == (B, "DELETE")
        assert allowed(url, "GET", "/plain/hello", A) == A
        assert ask(url, "GET", "/inner/hello", origin(B)).headers.lines("vary") == ["Origin"]


def test_a_policy_in_a_nested_application_alone() -> None:
    app, inner = web.Application(), web.Application()
    inner.router.add_get("/hello", hello)
    setup(inner, FOR_A)
    app.add_subapp("/inner", inner)
    with served(app) as url:
        assert allowed(url, "GET", "/inner/hello", A) == A
        assert granted_methods(url, "/inner/hello", A, "PUT") == (A, "PUT")
        assert allowed(url, "GET", "/missing", A) is None


def test_files_and_what_is_refused_before_any_middleware(tmp_path: Path) -> None:
    (tmp_path / "data.json").write_text("{}")
    app = web.Application()
    app.router.add_static("/static", tmp_path)
    app.router.add_get("/", hello)
    setup(app, FOR_A)
    with served(app) as url:
        assert allowed(url, "GET", "/static/data.json", A) == A
        assert allowed(url, "GET", "/static/missing", A) == A
        ranged = ask(url, "GET", "/static/data.json", origin(A, ("Range", "bytes=9-")))
        assert (ranged.status, ranged.headers.get(ALLOW)) == (416, A)
        refused = ask(url, "GET", "/", origin(A, ("Expect", "a miracle")))
        assert (refused.status, refused.headers.get(ALLOW)) == (417, A)


def test_a_preflight_needs_no_login_and_a_refusal_is_readable() -> None:
    @web.middleware
    async def login(request: web.Request, handler: Handler) -> web.StreamResponse:  # noqa: ARG001 - called by name
        raise web.HTTPUnauthorized

    app = web.Application(middlewares=[login])
    app.router.add_put("/", hello)
    setup(app, FOR_A)
    with served(app) as url:
        answer = ask(url, "OPTIONS", "/", preflight())
        assert answer.status == 204
        assert set((answer.headers.get("vary") or "").lower().split(", ")) == OPTIONS_VARY
        refused = ask(url, "PUT", "/", origin(A))
        assert (refused.status, refused.headers.get(ALLOW)) == (401, A)


def test_debugging_names_the_reason() -> None:
    app = web.Application()
    setup(app, FOR_A, debug=True)
    with served(app) as url:
        answer = ask(url, "OPTIONS", "/", preflight(A, "PATCH"))
        assert answer.headers.get("corsage-denied") == "method-not-allowed"


def test_paths_are_decoded_before_they_choose_a_policy() -> None:
    app = web.Application()
    setup(app, PolicySet(None, {"/café": FOR_A}))
    with served(app) as url:
        assert allowed(url, "GET", "/caf%C3%A9", A) == A


def test_what_setup_refuses() -> None:
    app = web.Application()
    cors = CORS(FOR_A)
    with pytest.raises(TypeError, match="made already"):
        setup(app, cors, debug=True)
    assert setup(app, cors) is cors
    with pytest.raises(RuntimeError, match="stands before"):
        setup(app, FOR_A)
