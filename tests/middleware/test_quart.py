"""What Quart has beyond the rows: views and blueprints with a policy of their own."""

from __future__ import annotations

import pytest

pytest.importorskip("quart")

from quart import Blueprint, Quart, abort
from tests.middleware.asgi_call import A, B, call, get, preflight

from corsage.middleware.quart import EXEMPT, _find_in, cross_origin, install
from corsage.server import Policy

FOR_A = Policy(origins=[A], methods=["PUT"])
FOR_B = Policy(origins=[B], methods=["PUT"])


def behind() -> Quart:
    app, blueprint = Quart(__name__), Blueprint("below", __name__, url_prefix="/below")
    app.logger.disabled = True
    install(app, FOR_A)  # before the routes, as extensions are

    @app.get("/plain")
    async def plain() -> str:
        return "plain"

    @app.put("/plain")
    @cross_origin(FOR_B)
    async def changed() -> str:
        return "changed"

    @blueprint.get("/special/<int:number>")
    @cross_origin(origins=[B])
    async def special(number: int) -> str:
        abort(418, str(number))

    @app.get("/failing/")
    @cross_origin(FOR_B)
    async def failing() -> str:
        raise RuntimeError("the application's own error")

    @app.get("/alone")
    @cross_origin(EXEMPT)
    async def alone() -> str:
        return "alone"

    app.register_blueprint(blueprint)
    return app


def test_a_views_own_policy_wins() -> None:
    app = behind()
    assert get(app, "/below/special/1", A).allows is None
    assert (get(app, "/below/special/1", B).status, get(app, "/below/special/1", B).allows) == (418, B)
    assert (get(app, "/failing/", B).status, get(app, "/failing/", B).allows) == (500, B)


def test_all_else_goes_by_the_applications() -> None:
    app = behind()
    for path in ("/plain", "/missing", "/below/special/none"):
        assert get(app, path, A).allows == A
        assert get(app, path, B).allows is None


@pytest.mark.parametrize("root_path", ["", "/api"])
def test_a_redirect_to_a_view_has_its_policy(root_path: str) -> None:
    path = root_path + "/failing"
    answer = get(behind(), path, B, root_path=root_path)
    assert (answer.status, answer.allows) == (308, B)
    assert get(behind(), path, A, root_path=root_path).allows is None
    assert preflight(behind(), path, B, "GET", root_path=root_path).allows == B


def test_a_method_that_no_view_has_is_for_the_views_of_the_path() -> None:
    answer = call(behind(), "DELETE", "/below/special/1", (("Origin", B),))
    assert (answer.status, answer.allows) == (405, B)


def test_a_blueprints_own_policy() -> None:
    app, outer, inner = Quart(__name__), Blueprint("outer", __name__), Blueprint("inner", __name__)
    install(app, FOR_A)

    async def view() -> str:
        return "view"

    inner.add_url_rule("/inner", "inner", view)
    outer.add_url_rule("/outer", "outer", view)
    outer.add_url_rule("/own", "own", cross_origin(FOR_A)(view))
    app.add_url_rule("/view", "view", view)
    outer.register_blueprint(inner)
    assert cross_origin(FOR_B)(outer) is outer
    app.register_blueprint(outer)
    assert [get(app, path, B).allows for path in ("/inner", "/outer", "/own", "/view")] == [B, B, None, None]
    assert preflight(app, "/outer", B, "GET").allows == B


def test_a_view_that_is_added_late_has_its_policy() -> None:
    find = _find_in(app := Quart(__name__))
    asked = {"type": "http", "method": "GET", "path": "/late", "headers": [(b"host", b"api.example")]}
    assert find(asked) is None

    @app.get("/late")
    @cross_origin(FOR_B)
    async def late() -> str:
        return "late"

    assert find(asked) == FOR_B


def test_a_preflight_is_for_the_view_of_the_method_to_come() -> None:
    app = behind()
    assert preflight(app, "/plain", B, "PUT").allows == B
    assert preflight(app, "/plain", A, "PUT").allows is None
    assert preflight(app, "/plain", A, "GET").allows == A


def test_a_policy_stays_with_the_route_that_has_it() -> None:
    app = Quart(__name__)

    async def view() -> str:
        return "view"

    app.add_url_rule("/private", "private", view)
    app.add_url_rule("/public", "public", cross_origin(FOR_B)(view))
    install(app, FOR_A)
    assert [get(app, path, B).allows for path in ("/private", "/public")] == [None, B]


def test_an_exempt_view_is_left_alone() -> None:
    answer = get(behind(), "/alone", A)
    assert answer.allows is None
    assert "vary" not in answer.headers


def test_the_path_before_the_application_does_not_matter() -> None:
    assert get(behind(), "/api/below/special/1", B, root_path="/api").allows == B


def test_a_host_that_is_nonsense() -> None:
    app = behind()
    assert call(app, "GET", "/plain", (("Origin", A), ("Host", "a b/c"))).allows == A


def test_a_policy_stands_once() -> None:
    app = Quart(__name__)
    assert app.extensions.get("corsage") is None
    cors = install(app, FOR_A)
    assert app.extensions["corsage"] is cors
    with pytest.raises(RuntimeError, match="already"):
        install(app, FOR_B)
