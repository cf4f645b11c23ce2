"""What Starlette and FastAPI have beyond the rows: routes with a policy of their own, mounts, routers, root paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import pytest

pytest.importorskip("fastapi")

from fastapi import APIRouter, Depends, FastAPI, HTTPException
from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Host, Mount, Route, Router
from starlette.staticfiles import StaticFiles
from tests.middleware.asgi_call import A, B, call, get, preflight

from corsage.middleware import CORS
from corsage.middleware.asgi import CORSMiddleware
from corsage.middleware.fastapi import cross_origin
from corsage.middleware.starlette import EXEMPT, install
from corsage.server import Policy
from corsage.server.policy_set import PolicySet

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from starlette.requests import Request

FOR_A = Policy(origins=[A], methods=["PUT"])
FOR_B = Policy(origins=[B], methods=["PUT"])


async def plain(_: Request) -> Response:
    return PlainTextResponse("plain")


@cross_origin(FOR_B)
async def special(_: Request) -> Response:
    return PlainTextResponse("special")


@cross_origin(FOR_B)
async def failing(_: Request) -> Response:
    raise RuntimeError("the application's own error")


def number(value: int) -> int:
    return value


def behind(*routes: Any, policy: Policy = FOR_A) -> Starlette:
    app = Starlette(routes=list(routes))
    install(app, policy)
    return app


def test_a_routes_own_policy_wins() -> None:
    app = behind(Route("/plain", plain), Route("/special", special))
    assert get(app, "/plain", A).allows == A
    assert get(app, "/plain", B).allows is None
    assert get(app, "/special", A).allows is None
    assert get(app, "/special", B).allows == B


def test_a_preflight_is_for_the_route_of_the_method_to_come() -> None:
    app = behind(Route("/x", plain), Route("/x", special, methods=["PUT"]))
    assert preflight(app, "/x", B, "PUT").allows == B
    assert preflight(app, "/x", A, "PUT").allows is None
    assert preflight(app, "/x", A, "GET").allows == A
    assert get(app, "/x", A).allows == A


def test_a_method_that_no_route_has_is_for_the_first_route_of_the_path() -> None:
    app = behind(Route("/x", special), Route("/y", plain))
    answer = call(app, "DELETE", "/x", (("Origin", B),))
    assert (answer.status, answer.allows) == (405, B)


def test_the_first_route_that_matches_decides_as_in_the_router() -> None:
    app = behind(
        Route("/items/first", plain), Route("/items/{name}", special), Route("/items/{path:path}", plain)
    )
    assert get(app, "/items/first", B).allows is None
    assert get(app, "/items/second", B).allows == B
    assert get(app, "/items/a/b", B).allows is None


def test_a_class_of_endpoints_and_one_of_its_methods() -> None:
    class Endpoint(HTTPEndpoint):
        async def get(self, _: Request) -> Response:
            return PlainTextResponse("get")

        @cross_origin(FOR_B)
        async def put(self, _: Request) -> Response:
            return PlainTextResponse("put")

    app = behind(
        Route("/endpoint", Endpoint), Route("/public", cross_origin(origins="*", public=True)(Endpoint))
    )
    assert [get(app, path, B).allows for path in ("/endpoint", "/public")] == [None, "*"]
    for path in ("/endpoint", "/public"):
        assert preflight(app, path, B, "PUT").allows == B
        assert call(app, "PUT", path, (("Origin", B),)).allows == B
        assert call(app, "PUT", path, (("Origin", A),)).allows is None
    refused = call(app, "DELETE", "/public", (("Origin", B),))
    assert (refused.status, refused.allows) == (405, "*")


def test_a_redirect_to_a_route_has_its_policy() -> None:
    inner = Starlette(routes=[Route("/special/", special, methods=["PUT", "GET"])])
    app = behind(
        Route("/slash/", special, methods=["PUT", "GET"]), Route("/none", special), Mount("/sub", inner)
    )
    for path in ("/slash", "/sub/special", "/none/"):
        answer = get(app, path, B)
        assert (answer.status, answer.allows, get(app, path, A).allows) == (307, B, None)
    assert preflight(app, "/slash", B).allows == preflight(app, "/sub/special", B).allows == B
    strict = Starlette(routes=app.routes)
    strict.router.redirect_slashes = False
    install(strict, FOR_A)
    assert (get(strict, "/slash", A).status, get(strict, "/slash", A).allows) == (404, A)


def test_what_stands_at_the_path_is_not_redirected(tmp_path: Path) -> None:
    (tmp_path / "slash").write_text("a file")
    app = behind(Route("/slash/", special), Mount("/", StaticFiles(directory=tmp_path)))
    assert (get(app, "/slash", A).status, get(app, "/slash", A).allows) == (200, A)


@pytest.mark.parametrize("given", [APIRouter(), Route("/x", plain), Starlette()])
def test_what_is_no_endpoint_is_refused(given: Any) -> None:
    with pytest.raises(TypeError, match="below the route's decorator"):
        cross_origin(FOR_B)(given)


def test_a_routes_own_policy_is_on_its_error() -> None:
    answer = get(behind(Route("/failing", failing)), "/failing", B)
    assert (answer.status, answer.allows) == (500, B)


@pytest.mark.parametrize("kind", [FastAPI, Starlette])
def test_a_policy_stays_with_the_route_that_has_it(kind: type[Starlette]) -> None:
    app = kind()
    app.add_route("/private", plain)
    app.add_route("/public", cross_origin(origins="*", public=True)(plain))
    app.add_route("/for-b", cross_origin(FOR_B)(plain))
    install(app, Policy(origins=[A], credentials=True))
    assert [get(app, path, B).allows for path in ("/private", "/public", "/for-b")] == [None, "*", B]


def test_a_copied_endpoint_is_injected_into_as_the_original() -> None:
    app = FastAPI()

    async def echo(doubled: int, found: Annotated[int, Depends(number)]) -> int:
        return doubled + found

    app.get("/plain/{doubled}")(echo)
    app.get("/public/{doubled}")(cross_origin(FOR_B)(echo))
    install(app, FOR_A)
    for path, who in (("/plain/1", A), ("/public/1", B)):
        answer = get(app, path, who, query_string=b"value=2")
        assert (answer.status, answer.allows) == (200, who)
        assert get(app, path, who).status == 422


def test_an_exempt_route_is_left_alone() -> None:
    @cross_origin(EXEMPT)
    async def alone(_: Request) -> Response:
        return PlainTextResponse("", headers={"Access-Control-Allow-Origin": "*"})

    answer = get(behind(Route("/alone", alone)), "/alone", A)
    assert answer.allows == "*"
    assert "vary" not in answer.headers


def test_mounted_routes_have_their_policies() -> None:
    inner = Starlette(routes=[Route("/{id}/special", special), Route("/plain", plain)])
    app = behind(Mount("/sub/{id}", inner), Mount("/same", routes=[Route("/special", special)]))
    assert get(app, "/sub/1/2/special", B).allows == B
    assert get(app, "/sub/1/plain", B).allows is None
    assert get(app, "/same/special", B).allows == B
    assert get(app, "/sub/1/missing", A).allows == A


def test_nothing_behind_a_mount_is_reached(tmp_path: Path) -> None:
    app = behind(Mount("/", StaticFiles(directory=tmp_path)), Route("/special", special))
    answer = get(app, "/special", A)
    assert (answer.status, answer.allows) == (404, A)


def test_routes_by_host_keep_the_applications_policy() -> None:
    app = behind(
        Host("api.example", Starlette(routes=[Route("/special", special)])), Route("/other", special)
    )
    assert get(app, "/special", A).allows == A


def test_the_path_before_the_application_does_not_matter() -> None:
    app = behind(Route("/special", special))
    assert get(app, "/api/special", B, root_path="/api").allows == B
    assert get(app, "/special", B, root_path="/api").allows == B
    assert get(app, "/apispecial", B, root_path="/api").allows is None


def test_routers_of_fastapi() -> None:
    app, outer, inner = FastAPI(), APIRouter(prefix="/outer"), APIRouter()
    sub = FastAPI()

    @inner.put("/special/{number}")
    @cross_origin(origins=[B], methods=["PUT"])
    async def own(number: int) -> int:
        return number

    @inner.get("/special/{number}")
    async def other(number: int) -> int:
        raise HTTPException(418, str(number))

    sub.get("/special")(own)
    outer.include_router(inner, prefix="/inner")
    app.include_router(outer)
    app.mount("/sub", sub)
    install(app, FOR_A)
    assert preflight(app, "/outer/inner/special/1", B).allows == B
    assert call(app, "PUT", "/outer/inner/special/1", (("Origin", B),)).allows == B
    teapot = get(app, "/outer/inner/special/1", A)
    assert (teapot.status, teapot.allows) == (418, A)
    assert get(app, "/sub/special", B).allows == B
    assert get(app, "/outer/inner/missing", A).allows == A


def test_a_policy_stands_once() -> None:
    app = FastAPI()
    cors = install(app, FOR_A)
    assert app.state.corsage is cors
    with pytest.raises(RuntimeError, match="already"):
        install(app, FOR_B)


def test_a_cors_may_stand_before_several_applications() -> None:
    shared = CORS(FOR_A)
    one, two = Starlette(routes=[Route("/x", plain)]), Starlette(routes=[Route("/x", plain)])
    assert install(one, shared) is install(two, shared) is shared
    shared.replace(FOR_B)
    assert get(one, "/x", B).allows == get(two, "/x", B).allows == B


def test_options_are_for_the_cors_alone() -> None:
    with pytest.raises(TypeError, match="on_denied"):
        install(Starlette(), CORS(FOR_A), debug=True)


def test_an_application_at_work_gets_its_policy_too() -> None:
    app = Starlette(routes=[Route("/x", plain), Route("/special", special)])
    assert get(app, "/x", A).allows is None
    install(app, FOR_A)
    assert get(app, "/x", A).allows == A
    assert get(app, "/special", B).allows == B


def test_it_is_outside_of_other_middleware() -> None:
    class Refusing:
        def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
            self.app = app

        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            await PlainTextResponse("log in", 401)(scope, receive, send)

    app = FastAPI()
    install(app, FOR_A)
    app.add_middleware(Refusing)
    assert (get(app, "/x", A).status, get(app, "/x", A).allows) == (401, A)
    assert preflight(app, "/x", A).status == 204


@pytest.mark.parametrize("kind", [FastAPI, Starlette])
def test_add_middleware_works_too(kind: type[Starlette]) -> None:
    app = kind()
    app.add_route("/x", plain)
    app.add_route("/failing", failing)
    app.add_middleware(CORSMiddleware, policy=FOR_A)
    assert get(app, "/x", A).allows == A
    assert get(app, "/missing", A).allows == A
    assert (get(app, "/failing", A).status, get(app, "/failing", A).allows) == (500, A)


def test_the_applications_own_handler_answers_what_nobody_caught() -> None:
    def apologise(_: Request, error: Exception) -> Response:
        return PlainTextResponse("sorry", 503, headers={"X-Error": type(error).__name__})

    middleware = [Middleware(CORSMiddleware, policy=FOR_A)]
    routes = [Route("/failing", failing)]
    app = Starlette(routes=routes, middleware=middleware, exception_handlers={Exception: apologise})
    answer = get(app, "/failing", A)
    assert (answer.status, answer.headers.get("x-error"), answer.allows) == (503, "RuntimeError", A)
    debugging = get(Starlette(debug=True, routes=routes, middleware=middleware), "/failing", A)
    assert (debugging.status, debugging.allows) == (500, A)


def test_a_handler_that_raises_itself_is_answered_for() -> None:
    async def clumsy(_: Request, __: Any) -> Response:
        raise RuntimeError("once more")

    app = Starlette(routes=[Route("/failing", failing)], exception_handlers={500: clumsy})
    wrapped = CORSMiddleware(app, FOR_A)
    inside = Starlette(
        routes=[Route("/failing", failing)],
        exception_handlers={Exception: clumsy},
        middleware=[Middleware(CORSMiddleware, policy=FOR_A)],
    )
    installed = FastAPI(exception_handlers={Exception: clumsy})
    installed.add_route("/failing", failing)
    install(installed, FOR_A)
    for each, origin in ((wrapped, A), (inside, A), (installed, B)):  # the route's own policy is for B
        answer = get(each, "/failing", origin)
        assert (answer.status, answer.allows) == (500, origin)


def test_parts_of_an_application_are_answered_for() -> None:
    router = CORSMiddleware(Router([Route("/failing", failing)]), FOR_A)
    zipped = CORSMiddleware(GZipMiddleware(Router([Route("/failing", failing)])), FOR_A)
    assert get(router, "/failing", A).allows == get(zipped, "/failing", A).allows == A


def test_several_policies_by_path() -> None:
    app = FastAPI()
    install(app, PolicySet(FOR_A, {"/docs/*": Policy(origins="*", public=True)}))
    assert get(app, "/docs", B).allows == "*"
    assert get(app, "/other", A).allows == A


def test_reasons_while_debugging() -> None:
    app = Starlette(routes=[Route("/x", plain), Route("/special", special)])
    install(app, FOR_A, debug=True)
    assert get(app, "/x", B).headers.get("corsage-denied") == "origin-not-allowed"
    assert get(app, "/special", A).headers.get("corsage-denied") == "origin-not-allowed"
