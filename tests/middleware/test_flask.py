"""Flask: the extension, the decorators, blueprints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("flask")

from flask import Blueprint, Flask, Response
from flask.views import MethodView
from werkzeug.routing import BaseConverter

from corsage.middleware import CORS as CORE
from corsage.middleware import Denial
from corsage.middleware.flask import CORS, EXEMPT, cross_origin
from corsage.server import Policy, PolicyError
from corsage.server.policy_set import PolicySet

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

A = "https://a.example"
B = "https://b.example"
ORIGIN = "Access-Control-Allow-Origin"
LIVE = CORE(Policy(origins=[B]))
FOR_B = Policy(origins=[B], methods=["PUT"])


class Items(MethodView):
    decorators = [cross_origin(FOR_B)]  # noqa: RUF012 - as Flask declares it

    def get(self) -> str:
        return "items"

    def put(self) -> str:
        return "put"


def make(policy: Any = None, **options: Any) -> Flask:
    app = Flask(__name__)
    app.logger.disabled = True
    if policy is not None or options:
        CORS(app, policy, **options)

    @app.get("/hello")
    def hello() -> str:
        return "hello"

    @app.get("/error")
    def error() -> str:
        raise RuntimeError("the sample application's own error")

    add_decorated(app)
    app.register_blueprint(blueprint())
    return app


def add_decorated(app: Flask) -> None:
    @app.get("/b")
    @cross_origin(origins=[B], methods=["PUT"])
    def for_b() -> str:
        return "for b"

    @app.put("/b")
    @cross_origin(origins=[A], methods=["PUT"])
    def put_of_a() -> str:
        return "for a"

    @app.get("/own")
    @cross_origin(EXEMPT)
    def own() -> Response:
        return Response("own", headers={ORIGIN: "https://mine.example"})

    @app.get("/live")
    @cross_origin(LIVE)
    def live() -> str:
        return "live"

    def twice() -> str:
        return "twice"

    app.add_url_rule("/twice/a", "twice-a", cross_origin(origins=[A])(twice))
    app.add_url_rule("/twice/b", "twice-b", cross_origin(origins=[B])(twice))
    app.add_url_rule("/slash/", view_func=cross_origin(FOR_B)(slash))
    app.add_url_rule("/items/<int:number>", view_func=Items.as_view("items"), defaults={})


def slash() -> str:
    return "slash"


def blueprint() -> Blueprint:
    inner = Blueprint("inner", __name__, url_prefix="/inner")
    inner.add_url_rule("/view", "view", slash)
    outer = cross_origin(FOR_B)(Blueprint("outer", __name__, url_prefix="/outer"))
    outer.add_url_rule("/view", "view", slash)
    outer.add_url_rule("/own", "own", cross_origin(EXEMPT)(slash))
    outer.add_url_rule("/a", "a", cross_origin(origins=[A])(slash))
    outer.register_blueprint(inner)
    return outer


def get(app: Flask, path: str, origin: str | None = A, method: str = "GET", **headers: str) -> TestResponse:
    given = {} if origin is None else {"Origin": origin}
    return app.test_client().open(path, method=method, headers={**given, **headers})


def preflight(app: Flask, path: str, origin: str = A, method: str = "PUT") -> TestResponse:
    return get(app, path, origin, "OPTIONS", **{"Access-Control-Request-Method": method})


def allowed(response: TestResponse) -> str | None:
    return response.headers.get(ORIGIN)


# --- the extension ---


def test_fields_may_stand_for_the_policy() -> None:
    app = make(origins=[A])
    assert allowed(get(app, "/hello")) == A
    assert allowed(get(app, "/hello", B)) is None


def test_the_application_may_come_later() -> None:
    extension = CORS(policy=Policy(origins=[A]))
    for app in (make(), make()):
        extension.init_app(app)
        assert allowed(get(app, "/hello")) == A


@pytest.mark.parametrize("value", [{"origins": [A]}, Policy(origins=[A]), PolicySet(Policy(origins=[A]), {})])
def test_the_configuration_may_say_it(value: object) -> None:
    app = make()
    app.config["CORSAGE"] = value
    CORS(app)
    assert allowed(get(app, "/hello")) == A


def test_without_a_policy_only_the_decorated_have_one() -> None:
    app = make()
    CORS().init_app(app)
    response = get(app, "/hello")
    assert allowed(response) is None
    assert "Vary" not in response.headers
    assert allowed(get(app, "/b", B)) == B


def test_all_errors_are_named() -> None:
    with pytest.raises(PolicyError, match=r"(?s)origins.*max_age"):
        make(origins=["a.example"], max_age=-7)
    app = make()
    app.config["CORSAGE"] = {"origins": [A + "/"]}
    with pytest.raises(PolicyError, match=r"write https://a\.example"):
        CORS(app)
    with pytest.raises(TypeError, match="not both"):
        CORS(app, Policy(), origins=[A])


def test_one_policy_stands_before_an_application() -> None:
    app = make(Policy(origins=[A]))
    with pytest.raises(RuntimeError, match="already"):
        CORS(app, Policy(origins=[B]))


def test_the_policy_is_replaced_while_flask_runs() -> None:
    app = make(Policy(origins=[A]))
    assert allowed(get(app, "/hello", B)) is None
    app.extensions["corsage"].replace(Policy(origins=[B]))
    assert allowed(get(app, "/hello", B)) == B


def test_errors_carry_headers() -> None:
    app = make(Policy(origins=[A]))
    for path, status in (("/error", 500), ("/missing", 404)):
        response = get(app, path)
        assert (response.status_code, allowed(response)) == (status, A)


def test_exceptions_reach_the_tests_of_the_project() -> None:
    app = make(Policy(origins=[A]))
    app.testing = True
    with pytest.raises(RuntimeError, match="own error"):
        get(app, "/error")


def test_hooks_are_not_asked_about_preflights() -> None:
    app = make(Policy(origins=[A], methods=["PUT"]))

    @app.before_request
    def login() -> Response:
        return Response("log in", 401)

    assert preflight(app, "/hello").status_code == 204
    response = get(app, "/hello")
    assert (response.status_code, allowed(response)) == (401, A)
    # The decorated view was not reached, and its policy holds all the same.
    assert allowed(get(app, "/b", B)) == B


async def later(_: str) -> bool:
    return True


class Later:
    async def __call__(self, _: str) -> bool:
        return True


@pytest.mark.parametrize("lookup", [later, Later()])
def test_async_lookups_are_refused_before_any_request(lookup: Any) -> None:
    wrong = Policy(origin_lookup=lookup)
    with pytest.raises(TypeError, match="is async"):
        cross_origin(wrong)
    with pytest.raises(TypeError, match="is async"):
        CORS(Flask(__name__), PolicySet(None, {"/a": wrong}))
    app = make(Policy(origins=[A]))
    with pytest.raises(TypeError, match="is async"):
        app.extensions["corsage"].replace(wrong)
    cross_origin(LIVE)
    with pytest.raises(TypeError, match="is async"):
        LIVE.replace(wrong)
    assert allowed(get(app, "/hello")) == A
    assert allowed(get(app, "/live", B)) == B


PRODUCTION = Policy(origins=[B], environment="production")


def test_debug_with_a_view_of_production_is_an_error() -> None:
    app = Flask(__name__)
    app.add_url_rule("/b", "b", cross_origin(PRODUCTION)(slash))
    with pytest.raises(ValueError, match="not in production"):
        CORS(app, Policy(origins=[A]), debug=True)
    CORS(app, Policy(origins=[A]))
    assert allowed(get(app, "/b", B)) == B


def test_a_later_view_of_production_is_not_debugged(caplog: pytest.LogCaptureFixture) -> None:
    app = make(Policy(origins=[A]), debug=True)
    app.add_url_rule("/late", "late", cross_origin(PRODUCTION)(slash))
    assert allowed(get(app, "/late", B)) == B
    assert "Corsage-Denied" not in get(app, "/late").headers
    assert "Corsage-Denied" in get(app, "/hello", B).headers
    assert caplog.text.count("without debug") == 1


# --- decorators ---


@pytest.mark.parametrize(
    "path", ["/b", "/items/1", "/slash/", "/twice/b", "/outer/view", "/outer/inner/view"]
)
def test_the_policy_of_a_view_wins(path: str) -> None:
    app = make(Policy(origins=[A]))
    assert allowed(get(app, path, B)) == B
    assert allowed(get(app, path, A)) is None
    assert get(app, path, None).headers["Vary"] == "Origin"
    assert allowed(preflight(app, path, B, "GET")) == B
    assert allowed(preflight(app, path, A, "GET")) is None


def test_the_policy_is_that_of_the_method() -> None:
    app = make(Policy(origins=[A]))
    assert allowed(get(app, "/b", A, "PUT")) == A
    assert allowed(preflight(app, "/b", A, "PUT")) == A
    assert allowed(preflight(app, "/b", B, "PUT")) is None
    assert allowed(preflight(app, "/items/1", B, "PUT")) == B


def test_a_method_that_is_not_there_is_told_to_whom_the_others_are_for() -> None:
    app = make(Policy(origins=[A]))
    response = get(app, "/items/1", B, "DELETE")
    assert (response.status_code, allowed(response)) == (405, B)


def test_a_redirect_to_a_view_has_its_policy() -> None:
    app = make(Policy(origins=[A]))
    response = get(app, "/slash", B)
    assert (response.status_code, allowed(response)) == (308, B)


def test_within_a_blueprint_the_view_wins() -> None:
    app = make(Policy(origins=[B]))
    assert allowed(get(app, "/outer/a", A)) == A
    assert allowed(get(app, "/outer/own", B)) is None


def test_a_view_is_left_alone() -> None:
    app = make(Policy(origins=[A]))
    response = get(app, "/own")
    assert allowed(response) == "https://mine.example"
    assert "Vary" not in response.headers
    assert "Allow" in preflight(app, "/own", A, "GET").headers  # Flask's own OPTIONS


def test_the_policy_of_a_view_may_be_replaced() -> None:
    app = make(Policy(origins=[A]))
    assert allowed(get(app, "/live", B)) == B
    LIVE.replace(Policy(origins=[A]))
    try:
        assert allowed(get(app, "/live", A)) == A
    finally:
        LIVE.replace(Policy(origins=[B]))


def test_a_view_tells_whom_the_application_tells() -> None:
    told: list[Denial] = []
    get(make(Policy(origins=[A]), on_denied=told.append, log=False), "/b", A)
    assert [denial.path for denial in told] == ["/b"]


def test_views_that_are_added_later_are_seen() -> None:
    app = Flask(__name__)
    CORS(app, Policy(origins=[A]))
    app.add_url_rule("/late", "late", cross_origin(origins=[B])(slash))
    assert allowed(get(app, "/late", B)) == B


def test_a_decorator_without_the_extension_is_an_error() -> None:
    app = make()
    app.testing = True
    with pytest.raises(RuntimeError, match=r"CORS\(app\)"):
        get(app, "/b", B)


def test_a_host_that_is_not_trusted_is_left_to_flask() -> None:
    app = make(Policy(origins=[A]))
    app.config["TRUSTED_HOSTS"] = ["good.example"]
    response = get(app, "/b", A, Host="bad.example")
    assert (response.status_code, allowed(response)) == (400, A)


def test_a_decorator_that_stands_too_high_is_told_of(caplog: pytest.LogCaptureFixture) -> None:
    app = make(Policy(origins=[A]))

    @cross_origin(origins=[B])
    @app.get("/high")
    def high() -> str:
        return "high"

    get(app, "/hello")
    get(app, "/high")
    assert caplog.text.count("below @app.route") == 1
    assert "high does nothing" in caplog.text


def test_a_view_may_be_decorated_at_one_address_of_two(caplog: pytest.LogCaptureFixture) -> None:
    app = make(Policy(origins=[A]))

    def view() -> str:
        return "view"

    app.add_url_rule("/plain", "plain", view)
    app.add_url_rule("/decorated", "decorated", cross_origin(origins=[B])(view))
    assert allowed(get(app, "/plain")) == A
    assert allowed(get(app, "/decorated", B)) == B
    assert not caplog.records


class ByMethod(MethodView):
    @cross_origin(FOR_B)
    def get(self) -> str:
        return "for b"

    @cross_origin(FOR_B)
    def put(self) -> str:
        return "for b"

    def post(self) -> str:
        return "for a"


def test_methods_of_a_class_may_have_a_policy() -> None:
    app = make(Policy(origins=[A]))
    app.add_url_rule("/by-method", view_func=ByMethod.as_view("by-method"))
    assert [allowed(get(app, "/by-method", B, method)) for method in ("GET", "HEAD", "PUT")] == [B, B, B]
    assert allowed(get(app, "/by-method", A, "POST")) == A
    assert allowed(preflight(app, "/by-method", B, "PUT")) == B
    assert allowed(preflight(app, "/by-method", A, "POST")) == A


class Fails(BaseConverter):
    def to_python(self, value: str) -> str:
        raise RuntimeError(value)


def test_what_a_converter_raises_is_answered_by_the_application() -> None:
    app = make(Policy(origins=[A]))
    app.url_map.converters["fails"] = Fails
    app.add_url_rule("/fails/<fails:name>", "fails", cross_origin(FOR_B)(slash))
    app.register_error_handler(500, lambda _: ("my page", 500))
    response = get(app, "/fails/x")
    assert (response.status_code, response.text, allowed(response)) == (500, "my page", A)
    assert preflight(app, "/fails/x").status_code == 204


def test_a_decorated_coroutine_function_stays_one() -> None:
    from inspect import iscoroutinefunction

    @cross_origin(origins=[A])
    async def later() -> str:
        return "later"

    assert iscoroutinefunction(later)
