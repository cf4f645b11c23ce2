"""What Litestar has beyond the rows: policies in `opt`, at every layer, and `cross_origin`."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("litestar")

from litestar import Controller, Litestar, Router, asgi, get, put
from litestar.exceptions import NotFoundException
from tests.middleware.asgi_call import A, B, call, preflight
from tests.middleware.asgi_call import get as get_of

from corsage.middleware import CORS
from corsage.middleware.litestar import EXEMPT, cross_origin, install
from corsage.server import Policy

FOR_A = Policy(origins=[A], methods=["PUT"])
FOR_B = Policy(origins=[B], methods=["PUT"])


@get("/plain")
async def plain() -> str:
    return "plain"


@get("/by-option/{number:int}", opt={"cors": FOR_B})
async def by_option() -> str:
    raise NotFoundException


@get("/by-decorator", opt={"other": 1})
@cross_origin(FOR_B)
async def by_decorator() -> str:
    raise RuntimeError("the application's own error")


@put("/plain", opt={"cors": FOR_B})
async def changed() -> str:
    return "changed"


async def shown() -> str:
    return "shown"


class Items(Controller):
    path = "/items"
    opt = {"cors": FOR_B}  # noqa: RUF012 - as Litestar has it

    @get()
    async def all(self) -> str:
        return "all"

    @get("/alone", opt={"cors": EXEMPT})
    async def alone(self) -> str:
        return "alone"


@asgi("/mounted", is_mount=True, copy_scope=True, opt={"cors": FOR_B})
async def mounted(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"x-path", scope["path"].encode())]}
    )
    await send({"type": "http.response.body", "body": b""})


def behind() -> Litestar:
    router = Router("/router", route_handlers=[plain], opt={"cors": FOR_B})
    app = Litestar([plain, by_option, by_decorator, changed, Items, router, mounted], logging_config=None)
    install(app, FOR_A)
    return app


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/by-option/1", 404),
        ("/by-decorator", 500),
        ("/items", 200),
        ("/items/", 200),
        ("/router/plain", 200),
        ("/mounted/below", 200),
    ],
)
def test_a_routes_own_policy_wins(path: str, status: int) -> None:
    app = behind()
    assert get_of(app, path, A).allows is None
    assert (get_of(app, path, B).status, get_of(app, path, B).allows) == (status, B)


def test_all_else_goes_by_the_applications() -> None:
    app = behind()
    for path in ("/plain", "/missing", "/by-option/none"):
        assert get_of(app, path, A).allows == A
        assert get_of(app, path, B).allows is None


def test_a_preflight_is_for_the_route_of_the_method_to_come() -> None:
    app = behind()
    assert preflight(app, "/plain", B, "PUT").allows == B
    assert preflight(app, "/plain", A, "PUT").allows is None
    assert preflight(app, "/plain", A, "GET").allows == A
    assert preflight(app, "/plain", A, "nonsense").allows == A


def test_a_policy_stays_with_the_route_that_has_it() -> None:
    app = Litestar([get("/private")(shown), get("/public")(cross_origin(FOR_B)(shown))])
    install(app, FOR_A)
    assert [get_of(app, path, B).allows for path in ("/private", "/public")] == [None, B]
    assert get_of(app, "/public", B).status == 200


def test_routes_that_are_registered_late_have_their_policies() -> None:
    app = Litestar([get("/first")(shown)])
    install(app, FOR_A)
    assert get_of(app, "/first", A).allows == A
    app.register(get("/late", opt={"cors": FOR_B})(shown))
    app.register(put("/first")(cross_origin(FOR_B)(shown)))
    assert (get_of(app, "/late", A).allows, get_of(app, "/late", B).allows) == (None, B)
    assert preflight(app, "/first", B, "PUT").allows == B
    assert preflight(app, "/first", A, "GET").allows == A


def test_a_controllers_policy_by_decorator() -> None:
    class Shown(Controller):
        path = "/shown"
        opt = {"other": 1}  # noqa: RUF012 - as Litestar has it

        @get()
        async def all(self) -> str:
            return "all"

        @get("/own")
        @cross_origin(FOR_A)
        async def own(self) -> str:
            return "own"

    public = Router("/public", route_handlers=[cross_origin(FOR_B)(Shown)])
    app = Litestar([Shown, public])
    install(app, FOR_A)
    paths = ("/shown", "/public/shown", "/public/shown/own")
    assert [get_of(app, path, B).allows for path in paths] == [None, B, None]
    assert get_of(app, "/public/shown/own", A).allows == A


def test_a_method_that_no_handler_has_is_for_the_handlers_of_the_path() -> None:
    answer = call(behind(), "DELETE", "/by-decorator", (("Origin", B),))
    assert (answer.status, answer.allows) == (405, B)
    assert call(behind(), "DELETE", "/by-option/none", (("Origin", A),)).allows == A


def test_the_decorator_stands_below_the_handlers() -> None:
    with pytest.raises(TypeError, match="below the route's decorator"):
        cross_origin(FOR_B)(get("/above")(shown))


def test_an_exempt_route_is_left_alone() -> None:
    answer = get_of(behind(), "/items/alone", A)
    assert answer.allows is None
    assert "vary" not in answer.headers


def test_the_path_before_the_application_does_not_matter() -> None:
    assert get_of(behind(), "/api/items", B, root_path="/api").allows == B


def test_a_policy_stands_once() -> None:
    app = Litestar([plain])
    cors = install(app, CORS(FOR_A))
    assert app.state.corsage is cors
    assert get_of(app, "/plain", A).allows == A
    with pytest.raises(RuntimeError, match="already"):
        install(app, FOR_B)
