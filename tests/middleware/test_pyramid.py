"""Pyramid: the include, the directive, settings and routes."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("zope.interface", reason="Pyramid is not installed")

from tests.middleware.apps.pyramid import new_config, text
from tests.middleware.ask_wsgi import get, preflight

from corsage.middleware import CORS
from corsage.middleware.pyramid import EXEMPT
from corsage.server import Policy, PolicyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from corsage.middleware import Denial

A = "https://a.example"
B = "https://b.example"
FOR_B = Policy(origins=[B], methods=["PUT"])


def raising(_: object) -> None:
    raise RuntimeError("the sample application's own error")


def configured(settings: dict[str, str] | None = None) -> Any:
    config = new_config(settings)
    for name in ("hello", "b", "own", "error"):
        config.add_route(name, f"/{name}")
    config.add_route("put-b", "/methods", request_method="PUT")
    config.add_route("methods", "/methods")
    config.add_view(lambda _: text("hello"), route_name="hello")
    config.add_view(lambda _: text("b"), route_name="b")
    config.add_view(lambda _: text("put"), route_name="put-b")
    config.add_view(lambda _: text("get"), route_name="methods")
    config.add_view(
        lambda _: text("own", Access_Control_Allow_Origin="https://mine.example"), route_name="own"
    )
    config.add_view(raising, route_name="error")
    return config


def make(**options: Any) -> Any:
    config = configured()
    config.set_cors_policy(Policy(origins=[A]), **options)
    config.set_cors_policy(FOR_B, route_name="b")
    config.set_cors_policy(origins=[B], methods=["PUT"], route_name="put-b")
    config.set_cors_policy(EXEMPT, route_name="own")
    return config


def test_the_directive_says_what_is_allowed() -> None:
    app = make().make_wsgi_app()
    assert get(app, "/hello", A).allowed == A
    assert get(app, "/hello", B).allowed is None


def test_settings_may_say_it() -> None:
    app = configured({"corsage.origins": f"{A} {B}", "corsage.credentials": "true"}).make_wsgi_app()
    answer = get(app, "/hello", B)
    assert (answer.allowed, answer.headers["access-control-allow-credentials"]) == (B, "true")


def test_the_directive_wins_over_settings() -> None:
    config = configured({"corsage.origins": B})
    config.set_cors_policy(Policy(origins=[A]))
    app = config.make_wsgi_app()
    assert get(app, "/hello", A).allowed == A
    assert get(app, "/hello", B).allowed is None


def test_all_errors_of_settings_are_named_as_they_are_written() -> None:
    wrong = {"corsage.origins": "a.example", "corsage.max_age": "soon", "corsage.credentials": "true"}
    with pytest.raises(PolicyError, match=r"(?s)corsage\.max_age.*corsage\.origins\[0\]") as caught:
        configured(wrong)
    assert "CORSAGE_" not in str(caught.value)
    with pytest.raises(PolicyError, match=r"corsage\.origin"):
        configured({"corsage.origin": A})


def test_without_a_policy_nothing_is_changed() -> None:
    answer = get(configured().make_wsgi_app(), "/own", A)
    assert answer.allowed == "https://mine.example"
    assert "vary" not in answer.headers


def test_what_is_raised_is_answered_with_headers() -> None:
    answer = get(make().make_wsgi_app(), "/error", A)
    assert (answer.status, answer.allowed) == (500, A)
    assert get(make().make_wsgi_app(), "/missing", A).allowed == A


def test_tweens_are_not_asked_about_preflights() -> None:
    config = make()
    config.add_tween(f"{__name__}.login")
    app = config.make_wsgi_app()
    assert preflight(app, "/hello", A).status == 204
    answer = get(app, "/b", B)
    assert (answer.status, answer.allowed) == (401, B)


def login(_handler: object, _registry: object) -> Any:
    return lambda _: text("log in", 401)


def test_another_execution_policy_is_kept() -> None:
    config = make()
    seen: list[str] = []

    def policy(environ: dict[str, Any], router: Any) -> Any:
        seen.append(environ["PATH_INFO"])
        with router.request_context(environ) as request:
            return router.invoke_request(request)

    config.set_execution_policy(policy)
    assert get(config.make_wsgi_app(), "/hello", A).allowed == A
    assert seen == ["/hello"]


def test_the_policy_of_a_route_wins() -> None:
    app = make().make_wsgi_app()
    assert get(app, "/b", B).allowed == B
    assert get(app, "/b", A).allowed is None
    assert preflight(app, "/b", B).allowed == B
    assert preflight(app, "/b", A).allowed is None


def test_the_policy_is_that_of_the_method() -> None:
    app = make().make_wsgi_app()
    assert get(app, "/methods", A).allowed == A
    assert get(app, "/methods", B, "PUT").allowed == B
    assert preflight(app, "/methods", B, "PUT").allowed == B
    assert preflight(app, "/methods", A, "GET").allowed == A


def test_a_route_is_left_alone() -> None:
    assert get(make().make_wsgi_app(), "/own", A).allowed == "https://mine.example"


def test_paths_that_are_not_text_are_left_to_pyramid() -> None:
    app = make().make_wsgi_app()
    answer = get(app, "/hello", A, PATH_INFO="/\xff")
    assert (answer.status, answer.allowed) == (500, A)


class Reads:
    """A predicate that uses what Pyramid puts on requests and on the thread, and reads the body."""

    def __init__(self, wanted: str, _: object) -> None:
        self._wanted = wanted

    def text(self) -> str:
        return f"reads = {self._wanted}"

    phash = text

    def __call__(self, _: object, request: Any) -> bool:
        from pyramid.threadlocal import get_current_request  # type: ignore[import-untyped]

        matches: bool = request.db == self._wanted and get_current_request() is request
        return matches and request.body != b"other"


def with_predicate(wanted: str, database: Callable[[Any], str]) -> Any:
    config = make()
    config.add_request_method(database, "db", reify=True)
    config.add_route_predicate("reads", Reads)
    config.add_route("read", "/read", reads=wanted)
    config.add_view(lambda request: text(request.body), route_name="read")
    config.set_cors_policy(FOR_B, route_name="read")
    return config.make_wsgi_app()


def test_route_predicates_see_a_whole_request() -> None:
    closed: list[str] = []

    def database(request: Any) -> str:
        request.add_finished_callback(lambda _: closed.append("closed"))
        return "open"

    app = with_predicate("open", database)
    body = {"wsgi.input": BytesIO(b"body"), "CONTENT_LENGTH": "4"}
    answer = get(app, "/read", B, "POST", **body)
    assert (answer.status, answer.allowed, answer.body) == (200, B, b"body")
    assert closed == ["closed", "closed"]
    assert preflight(app, "/read", B).allowed == B


def test_what_a_predicate_raises_is_answered_by_the_application() -> None:
    def database(_: object) -> str:
        raise LookupError("the sample application's own error")

    app = with_predicate("open", database)
    answer = get(app, "/read", A)
    assert (answer.status, answer.allowed) == (500, A)
    assert preflight(app, "/read", A).status == 204


def test_the_policy_is_replaced_while_pyramid_runs() -> None:
    config = make()
    app = config.make_wsgi_app()
    config.registry["corsage"].replace(Policy(origins=[B]))
    assert get(app, "/hello", B).allowed == B


def test_a_policy_at_work_may_be_given() -> None:
    config = configured()
    cors = CORS(Policy(origins=[A]))
    config.set_cors_policy(cors)
    app = config.make_wsgi_app()
    cors.replace(Policy(origins=[B]))
    assert get(app, "/hello", B).allowed == B


def test_a_route_tells_whom_the_application_tells() -> None:
    told: list[Denial] = []
    get(make(on_denied=told.append, log=False).make_wsgi_app(), "/b", A)
    assert [denial.path for denial in told] == ["/b"]


def test_two_policies_for_one_thing_are_a_conflict() -> None:
    config = make()
    config.set_cors_policy(Policy(origins=[B]))
    with pytest.raises(Exception, match=r"[Cc]onflicting"):
        config.commit()


async def later(_: str) -> bool:
    return True


def test_mistakes_in_a_route_are_found_before_any_request() -> None:
    with pytest.raises(TypeError, match="is async"):
        make().set_cors_policy(Policy(origin_lookup=later), route_name="hello")
    config = make(debug=True)
    config.set_cors_policy(origins=[B], environment="production", route_name="hello")
    with pytest.raises(ValueError, match="not in production"):
        config.make_wsgi_app()
