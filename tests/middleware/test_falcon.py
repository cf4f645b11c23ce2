"""What Falcon has beyond the rows: responders with a policy of their own, and other components around ours."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("falcon")

import falcon
import falcon.asgi
from falcon import testing

from corsage.middleware import CORS
from corsage.middleware.falcon import EXEMPT, CORSMiddleware, cross_origin, install
from corsage.server import Policy, PolicyError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

A, B = "https://a.example", "https://b.example"
FOR_A = Policy(origins=[A], methods=["PUT"])
FOR_B = Policy(origins=[B], methods=["PUT"])
KINDS = ("wsgi", "asgi")


class Plain:
    def on_get(self, _: Any, resp: Any) -> None:
        resp.text = "plain"

    @cross_origin(FOR_B)
    def on_put(self, _: Any, resp: Any) -> None:
        resp.text = "changed"


@cross_origin(FOR_B)
class Special:
    def on_get(self, _: Any, __: Any, number: int) -> None:
        raise falcon.HTTPGone(title=str(number))

    @cross_origin(EXEMPT)
    def on_get_alone(self, _: Any, resp: Any) -> None:
        resp.text = "alone"


class AsyncPlain:
    async def on_get(self, _: Any, resp: Any) -> None:
        resp.text = "plain"

    @cross_origin(FOR_B)
    async def on_put(self, _: Any, resp: Any) -> None:
        resp.text = "changed"


@cross_origin(FOR_B)
class AsyncSpecial:
    async def on_get(self, _: Any, __: Any, number: int) -> None:
        raise falcon.HTTPGone(title=str(number))

    @cross_origin(EXEMPT)
    async def on_get_alone(self, _: Any, resp: Any) -> None:
        resp.text = "alone"


class Refusing:
    """Asks for a login, whatever the request is; and has its own idea of CORS."""

    def process_request(self, _: Any, __: Any) -> None:
        raise falcon.HTTPUnauthorized(headers={"Access-Control-Allow-Origin": "*"})

    async def process_request_async(self, req: Any, resp: Any) -> None:
        self.process_request(req, resp)


def bare(kind: str, **options: Any) -> Any:
    return falcon.App(**options) if kind == "wsgi" else falcon.asgi.App(**options)


def routed(app: Any) -> Any:
    sync = not isinstance(app, falcon.asgi.App)
    special: Any = Special() if sync else AsyncSpecial()
    app.add_route("/plain", Plain() if sync else AsyncPlain())
    app.add_route("/special/{number:int}", special)
    app.add_route("/alone", special, suffix="alone")
    return app


def behind(kind: str) -> testing.TestClient:
    app = routed(bare(kind))
    install(app, FOR_A)
    return testing.TestClient(app)


def allows(client: testing.TestClient, method: str, path: str, origin: str, **headers: str) -> str | None:
    shown = {"Origin": origin, **{name.replace("_", "-"): value for name, value in headers.items()}}
    found: str | None = client.simulate_request(method, path, headers=shown).headers.get(
        "access-control-allow-origin"
    )
    return found


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_responders_own_policy_wins(kind: str) -> None:
    client = behind(kind)
    assert allows(client, "GET", "/special/1", A) is None
    assert allows(client, "GET", "/special/1", B) == B
    assert allows(client, "PUT", "/plain", B) == B
    assert allows(client, "GET", "/plain", B) is None
    assert allows(client, "GET", "/plain", A) == A
    assert allows(client, "GET", "/missing", A) == A


def test_a_preflight_is_for_the_responder_of_the_method_to_come(kind: str) -> None:
    client = behind(kind)
    assert allows(client, "OPTIONS", "/plain", B, Access_Control_Request_Method="PUT") == B
    assert allows(client, "OPTIONS", "/plain", A, Access_Control_Request_Method="PUT") is None
    assert allows(client, "OPTIONS", "/plain", A, Access_Control_Request_Method="GET") == A


def test_a_policy_stays_with_the_resource_that_has_it(kind: str) -> None:
    app, resource = bare(kind), Plain if kind == "wsgi" else AsyncPlain
    app.add_route("/private", resource())
    app.add_route("/public", cross_origin(origins="*", public=True)(resource)())
    install(app, FOR_A)
    client = testing.TestClient(app)
    assert [allows(client, "GET", path, B) for path in ("/private", "/public")] == [None, "*"]


def test_an_exempt_responder_is_left_alone(kind: str) -> None:
    answer = behind(kind).simulate_get("/alone", headers={"Origin": A})
    assert "vary" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers


def test_installed_it_stands_before_other_components(kind: str) -> None:
    app = routed(bare(kind, middleware=[Refusing()]))
    install(app, FOR_A)
    client = testing.TestClient(app)
    preflight = client.simulate_options(
        "/plain", headers={"Origin": A, "Access-Control-Request-Method": "GET"}
    )
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (204, A)
    answer = client.simulate_get("/plain", headers={"Origin": A})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (401, A)


def test_a_component_behind_others_answers_preflights_all_the_same(kind: str) -> None:
    app = routed(bare(kind, middleware=[Refusing(), CORSMiddleware(origins=[A], methods=["PUT"])]))
    client = testing.TestClient(app)
    preflight = client.simulate_options(
        "/plain", headers={"Origin": A, "Access-Control-Request-Method": "PUT"}
    )
    assert (preflight.status_code, preflight.content) == (204, b"")
    assert preflight.headers["access-control-allow-origin"] == A
    assert (
        client.simulate_get("/plain", headers={"Origin": B}).headers.get("access-control-allow-origin")
        is None
    )


def test_dependent_components(kind: str) -> None:
    app = routed(bare(kind, middleware=[Refusing()], independent_middleware=False))
    install(app, FOR_A)
    assert allows(testing.TestClient(app), "GET", "/plain", A) == A


def test_a_sinks_own_policy(kind: str, tmp_path: Path) -> None:
    def sink(_: Any, resp: Any, **__: Any) -> None:
        resp.text = "sunk"

    async def async_sink(_: Any, resp: Any, **__: Any) -> None:
        resp.text = "sunk"

    app, given = routed(bare(kind)), sink if kind == "wsgi" else async_sink
    app.add_static_route("/static", str(tmp_path))
    app.add_sink(given, "/plain")
    app.add_sink(given, "/private")
    app.add_sink(cross_origin(FOR_B)(given), "/public")
    install(app, FOR_A)
    client = testing.TestClient(app)
    paths = ("/plain", "/plain/below", "/private", "/public", "/static/missing")
    assert [allows(client, "GET", path, B) for path in paths] == [None, None, None, B, None]
    assert allows(client, "OPTIONS", "/public", B, Access_Control_Request_Method="PUT") == B
    assert client.simulate_get("/public").text == "sunk"


def test_a_405_goes_by_the_resources_policy(kind: str) -> None:
    client = behind(kind)
    assert [allows(client, "DELETE", path, B) for path in ("/special/1", "/plain")] == [B, None]
    assert client.simulate_delete("/special/1").status_code == 405


def test_a_sink_and_what_it_raises(kind: str) -> None:
    def sink(_: Any, __: Any, **___: Any) -> None:
        raise RuntimeError("the application's own error")

    async def async_sink(_: Any, __: Any, **___: Any) -> None:
        sink(None, None)

    app = bare(kind)
    app.add_sink(sink if kind == "wsgi" else async_sink, "/sink")
    install(app, FOR_A)
    client = testing.TestClient(app)
    assert allows(client, "GET", "/sink/x", A) == A
    assert client.simulate_get("/sink/x").status_code == 500


def test_what_cannot_be_made_json(kind: str) -> None:
    class Broken:
        def on_get(self, _: Any, resp: Any) -> None:
            resp.media = object()

        async def on_put(self, _: Any, resp: Any) -> None:
            resp.media = object()

    app = bare(kind)
    app.add_route(
        "/broken",
        type(
            "Broken",
            (),
            {
                "on_get" if kind == "wsgi" else "on_put": Broken.__dict__[
                    "on_get" if kind == "wsgi" else "on_put"
                ]
            },
        )(),
    )
    install(app, FOR_A)
    assert allows(testing.TestClient(app), "GET" if kind == "wsgi" else "PUT", "/broken", A) == A


def test_a_policy_stands_once(kind: str) -> None:
    app = bare(kind)
    cors = install(app, FOR_A)
    assert isinstance(cors, CORS)
    with pytest.raises(RuntimeError, match="already"):
        install(app, FOR_B)


def test_fields_instead_of_a_policy() -> None:
    assert CORSMiddleware(origins=[A]).cors.policy == Policy(origins=[A])
    with pytest.raises(PolicyError):
        CORSMiddleware(origins=["a.example"])
    with pytest.raises(TypeError, match="not both"):
        CORSMiddleware(FOR_A, origins=[A])


async def at_once(_: str) -> bool:
    return True


async def later(_: str) -> bool:
    await asyncio.get_running_loop().create_future()
    return True


class Waits:
    def __await__(self) -> Generator[None, None, bool]:
        yield
        return True


def waiting(_: str) -> Waits:
    return Waits()


def test_a_lookup_that_must_be_awaited_is_an_error_before_wsgi() -> None:
    app = routed(falcon.App())
    cors = install(app, Policy(origin_lookup=at_once))
    client = testing.TestClient(app)
    assert allows(client, "GET", "/plain", A) == A
    cors.replace(Policy(origin_lookup=waiting))
    answer = client.simulate_get("/plain", headers={"Origin": A})
    assert answer.status_code == 500
    assert "access-control-allow-origin" not in answer.headers


def test_a_lookup_that_fails_allows_nobody() -> None:
    app = routed(falcon.App())
    install(app, Policy(origin_lookup=later))
    assert allows(testing.TestClient(app), "GET", "/plain", A) is None
