"""Bottle: the plugin, and the keyword of routes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("bottle")

from bottle import Bottle, HTTPResponse, PluginError  # type: ignore[import-untyped]
from tests.middleware.ask_wsgi import get, preflight

from corsage.middleware import CORS as CORE
from corsage.middleware.bottle import CORS
from corsage.server import Policy, PolicyError

if TYPE_CHECKING:
    from corsage.middleware import Denial

A = "https://a.example"
B = "https://b.example"
FOR_B = Policy(origins=[B], methods=["PUT"])
LIVE = CORE(Policy(origins=[B]))


def hello() -> str:
    return "hello"


def greet(name: object) -> str:
    return f"hello {name}"


def mounted(_: object, start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return []


def error() -> None:
    raise RuntimeError("the sample application's own error")


def own() -> Any:
    return HTTPResponse("own", headers={"Access-Control-Allow-Origin": "https://mine.example"})


def make(plugin: CORS | None = None) -> Any:
    app = Bottle()
    app.install(plugin or CORS(Policy(origins=[A])))
    app.get("/hello", callback=hello)
    app.get("/error", callback=error)
    app.get("/b", callback=hello, cors=FOR_B)
    app.put("/b", callback=hello, cors=Policy(origins=[A], methods=["PUT"]))
    app.get("/café/<name>", callback=greet, cors=FOR_B)
    app.get("/number/<name:int>", callback=greet, cors=FOR_B)
    app.get("/own", callback=own, skip="corsage")
    app.get("/live", callback=hello, cors=LIVE)
    return app


def test_fields_may_stand_for_the_policy() -> None:
    app = make(CORS(origins=[A]))
    assert get(app, "/hello", A).allowed == A
    assert get(app, "/hello", B).allowed is None
    with pytest.raises(PolicyError, match=r"(?s)origins.*max_age"):
        CORS(origins=["a.example"], max_age=-7)


def test_errors_carry_headers(capsys: pytest.CaptureFixture[str]) -> None:
    for path, status in (("/error", 500), ("/missing", 404)):
        answer = get(make(), path, A)
        assert (answer.status, answer.allowed) == (status, A)
    capsys.readouterr()


def test_hooks_are_not_asked_about_preflights() -> None:
    app = make()

    @app.hook("before_request")  # type: ignore[untyped-decorator]  # Bottle has no types
    def login() -> None:
        raise HTTPResponse("log in", 401)

    assert preflight(app, "/hello", A).status == 204
    answer = get(app, "/b", B)
    assert (answer.status, answer.allowed) == (401, B)


@pytest.mark.parametrize("path", ["/b", "/café/x", "/number/7"])
def test_the_policy_of_a_route_wins(path: str) -> None:
    app = make()
    assert get(app, path, B).allowed == B
    assert get(app, path, A).allowed is None
    assert preflight(app, path, B, "GET").allowed == B
    assert preflight(app, path, A, "GET").allowed is None


def test_the_policy_is_that_of_the_method() -> None:
    app = make()
    assert get(app, "/b", A, "PUT").allowed == A
    assert preflight(app, "/b", A, "PUT").allowed == A
    assert preflight(app, "/b", B, "PUT").allowed is None


def test_a_method_that_is_not_there_is_told_to_whom_the_others_are_for() -> None:
    answer = get(make(), "/number/7", B, "DELETE")
    assert (answer.status, answer.allowed) == (405, B)


def test_what_a_filter_raises_is_answered_by_the_application(capsys: pytest.CaptureFixture[str]) -> None:
    def fails(value: str) -> str:
        raise RuntimeError(value)

    app = make()
    app.router.add_filter("fails", lambda _: ("[a-z]+", fails, None))
    app.get("/fails/<name:fails>", callback=greet, cors=FOR_B)
    app.error(500)(lambda _: "my page")
    answer = get(app, "/fails/x", A)
    assert (answer.status, answer.allowed, answer.body) == (500, A, b"my page")
    assert preflight(app, "/fails/x", A).status == 204
    capsys.readouterr()


def test_a_route_is_left_alone() -> None:
    answer = get(make(), "/own", A)
    assert answer.allowed == "https://mine.example"
    assert "vary" not in answer.headers


def test_what_is_mounted_stands_behind_it() -> None:
    app = make()
    child = Bottle()
    child.get("/view", callback=hello)
    child.get("/b", callback=hello, cors=FOR_B)
    app.mount("/child/", child)
    app.mount("/wsgi/", mounted)
    assert get(app, "/child/view", A).allowed == A
    assert get(app, "/child/b", B).allowed == B
    assert get(app, "/wsgi/", A).allowed == A


def test_policies_are_replaced_while_bottle_runs() -> None:
    plugin = CORS(Policy(origins=[A]))
    app = make(plugin)
    plugin.cors.replace(Policy(origins=[B]))
    assert get(app, "/hello", B).allowed == B
    LIVE.replace(Policy(origins=[A]))
    try:
        assert get(app, "/live", A).allowed == A
    finally:
        LIVE.replace(Policy(origins=[B]))


def test_a_route_tells_whom_the_application_tells() -> None:
    told: list[Denial] = []
    get(make(CORS(Policy(origins=[A]), on_denied=told.append, log=False)), "/b", A)
    assert [denial.path for denial in told] == ["/b"]


@pytest.mark.parametrize("value", [{"origins": [A]}, "https://a.example", True])
def test_what_is_no_policy_is_named(value: object) -> None:
    app = make()
    app.get("/wrong", callback=hello, cors=value)
    with pytest.raises(TypeError, match=r"GET /wrong is no policy"):
        get(app, "/hello", A)


def test_one_plugin_stands_before_one_application() -> None:
    plugin = CORS(Policy(origins=[A]))
    app = make(plugin)
    with pytest.raises(PluginError):
        app.install(CORS(Policy(origins=[B])))
    with pytest.raises(PluginError):
        Bottle().install(plugin)


def test_it_can_be_uninstalled() -> None:
    plugin = CORS(Policy(origins=[A]))
    app = make(plugin)
    app.uninstall(plugin)
    assert get(app, "/hello", A).allowed is None
    app.install(plugin)
    assert get(app, "/hello", A).allowed == A


async def later(_: str) -> bool:
    return True


def test_mistakes_in_routes_are_found_at_installation() -> None:
    app = Bottle()
    app.get("/", callback=hello, cors=Policy(origins=[A], environment="production"))
    with pytest.raises(ValueError, match="not in production"):
        app.install(CORS(Policy(), debug=True))
    app.get("/later", callback=hello, cors=Policy(origin_lookup=later))
    with pytest.raises(TypeError, match="is async"):
        app.install(CORS(Policy()))
