"""Django: the setting, the decorators of views, and what stands around the middleware."""

from __future__ import annotations

import asyncio
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("django")

from asgiref.sync import SyncToAsync, iscoroutinefunction
from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path, register_converter
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views import View
from tests.middleware.django_project import INNER

from corsage.middleware import CORS
from corsage.middleware.django import CORSMiddleware, configured, cors, cors_exempt
from corsage.middleware.django.views import Known
from corsage.server import Policy, PolicyError
from corsage.server.policy_set import PolicySet

if TYPE_CHECKING:
    from collections.abc import Iterator

A = "https://a.example"
B = "https://b.example"
ORIGIN = "Access-Control-Allow-Origin"
ONLY_A = {"origins": [A]}
PREFLIGHT = {"Access-Control-Request-Method": "PUT"}
OURS = "corsage.middleware.django.CORSMiddleware"


def hello(_: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


async def hello_later(_: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


@cors(origins=[B], methods=["PUT"])
def for_b(_: HttpRequest) -> HttpResponse:
    return HttpResponse("for b")


@cors(origins=[B], methods=["PUT"])
async def for_b_later(_: HttpRequest) -> HttpResponse:
    return HttpResponse("for b")


@cors_exempt
def own(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.method}", headers={ORIGIN: "https://mine.example"})


@method_decorator(cors(origins=[B], methods=["PUT"]), name="dispatch")
class ForB(View):
    def get(self, _: HttpRequest) -> HttpResponse:
        return HttpResponse("for b")


class ByMethod(View):
    @method_decorator(cors(origins=[B]))
    def get(self, _: HttpRequest) -> HttpResponse:
        return HttpResponse("for b")

    @cors(origins=[B], methods=["PUT"])
    def put(self, _: HttpRequest) -> HttpResponse:
        return HttpResponse("for b")

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.get(request)


def api_view(view: Any) -> Any:
    """Hide *view*, as the decorator of Django REST framework does."""

    class Wrapped(View):
        def get(self, *args: Any) -> HttpResponse:
            response: HttpResponse = view(*args)
            return response

    return Wrapped.as_view()


def view_set(view: Any) -> Any:
    """Make a view of a view set with one action, as Django REST framework does."""

    class Items:
        get = None
        list = view

    def answers(request: HttpRequest) -> HttpResponse:
        response: HttpResponse = view(request)
        return response

    answers.__dict__.update(cls=Items, actions={"get": "list"})
    return answers


def login(get_response: Any) -> Any:
    """Turn everyone away who has no cookie, before a view is found."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "sid" not in request.COOKIES:
            return HttpResponse("log in", status=401)
        response: HttpResponse = get_response(request)
        return response

    return middleware


class Fails:
    regex = "[a-z]+"

    def to_python(self, value: str) -> str:
        raise RuntimeError(value)

    def to_url(self, value: str) -> str:
        return value


register_converter(Fails, "corsage_fails")
LIVE = CORS(Policy(origins=[B]))
urlpatterns = [
    path("hello", hello),
    path("later", hello_later),
    path("b", for_b),
    path("b-later", for_b_later),
    path("own", own),
    path("class", ForB.as_view()),
    path("slash/", for_b),
    path("twice/a", cors(origins=[A])(hello)),
    path("twice/b", cors(origins=[B])(hello)),
    path("live", cors(LIVE)(hello)),
    path("by-method", ByMethod.as_view()),
    path("api/below", api_view(for_b)),
    path("api/above", cors(origins=[B], methods=["PUT"])(api_view(hello))),
    path("api/set", view_set(for_b)),
    path("fails/<corsage_fails:name>", for_b),
]


@pytest.fixture(autouse=True)
def settings() -> Iterator[None]:
    with override_settings(CORSAGE=ONLY_A, MIDDLEWARE=[OURS, *INNER], ROOT_URLCONF=__name__):
        yield


def get(path: str, origin: str | None = A, **headers: str) -> Any:
    given = {} if origin is None else {"Origin": origin}
    return Client().get(path, headers={**given, **headers})


def preflight(path: str, origin: str = A, method: str = "PUT") -> Any:
    return Client().options(path, headers={"Origin": origin, "Access-Control-Request-Method": method})


# --- the setting ---


def test_the_fields_of_a_policy_are_a_setting() -> None:
    response = get("/hello")
    assert response[ORIGIN] == A
    assert response["Vary"] == "Origin"
    assert ORIGIN not in get("/hello", B)
    assert get("/hello", None)["Vary"] == "Origin"


def test_a_policy_is_a_setting() -> None:
    with override_settings(CORSAGE=Policy(origins=[B])):
        assert get("/hello", B)[ORIGIN] == B
    with override_settings(CORSAGE=PolicySet(None, {"/hello": Policy(origins=[B])})):
        assert get("/hello", B)[ORIGIN] == B
        assert "Vary" not in get("/later", B)


def test_paths_have_policies_of_their_own() -> None:
    both = {**ONLY_A, "paths": {"/later": {"origins": [B]}}}
    with override_settings(CORSAGE=both):
        assert get("/hello", A)[ORIGIN] == A
        assert get("/later", B)[ORIGIN] == B
        assert ORIGIN not in get("/later", A)
    with override_settings(CORSAGE={"paths": {"/later": {"origins": [B]}}}):
        assert not get("/hello", A).has_header("Vary")


TOLD: list[object] = []


def test_what_is_called_may_be_a_dotted_path() -> None:
    TOLD.clear()
    named = {"origin_lookup": f"{__name__}.is_b", "on_denied": f"{__name__}.tell", "log": False}
    with override_settings(CORSAGE=named):
        assert get("/hello", B)[ORIGIN] == B
        assert ORIGIN not in get("/hello", A)
    assert len(TOLD) == 1


def is_b(origin: str) -> bool:
    return origin == B


async def is_b_later(origin: str) -> bool:
    return origin == B


def tell(denial: object) -> None:
    TOLD.append(denial)


def test_an_async_lookup_works_in_a_synchronous_project() -> None:
    with override_settings(CORSAGE={"origin_lookup": is_b_later, "methods": ["PUT"]}):
        assert get("/hello", B)[ORIGIN] == B
        assert ORIGIN not in get("/hello", A)
        assert preflight("/hello", B)[ORIGIN] == B


def test_debug_names_the_reason() -> None:
    with override_settings(CORSAGE={**ONLY_A, "debug": True}):
        assert get("/hello", B)["Corsage-Denied"] == "origin-not-allowed"


def test_the_policy_is_replaced_while_django_runs() -> None:
    client = Client(headers={"Origin": B})
    assert ORIGIN not in client.get("/hello")
    configured().replace(Policy(origins=[B]))
    assert client.get("/hello")[ORIGIN] == B


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"origins": [A + "/", "b.example"], "max_age": -7}, r"(?s)origins\[1\].*origins\[0\].*max_age"),
        ({"origin": [A]}, "origins"),
        ("https://a.example", "dict of the fields"),
        ({"paths": [A]}, "paths"),
        ({"paths": {"/api/*": A}}, "paths"),
    ],
)
def test_a_wrong_setting_stops_django_from_starting(value: object, says: str) -> None:
    with override_settings(CORSAGE=value), pytest.raises(ImproperlyConfigured, match=says):
        WSGIHandler()


def test_a_missing_setting_stops_django_from_starting() -> None:
    with override_settings():
        from django.conf import settings

        del settings.CORSAGE
        configured_is_gone()
        with pytest.raises(ImproperlyConfigured, match="CORSAGE is missing"):
            WSGIHandler()


def configured_is_gone() -> None:
    from django.core.signals import setting_changed

    setting_changed.send(sender=None, setting="CORSAGE", value=None, enter=True)


def test_a_subclass_may_have_a_policy_of_its_own() -> None:
    class Own(CORSMiddleware):
        cors = CORS(Policy(origins=[B]))

    request = RequestFactory().get("/hello", headers={"Origin": B})
    assert Own(hello)(request)[ORIGIN] == B  # type: ignore[index]  # hello is no coroutine function


# --- decorators ---


@pytest.mark.parametrize("path", ["/b", "/b-later", "/class", "/slash/", "/twice/b"])
def test_the_policy_of_a_view_wins(path: str) -> None:
    assert get(path, B)[ORIGIN] == B
    assert ORIGIN not in get(path, A)


@pytest.mark.parametrize("path", ["/b", "/b-later", "/class", "/slash/"])
def test_the_policy_of_a_view_answers_its_preflights(path: str) -> None:
    assert preflight(path, B)["Access-Control-Allow-Methods"] == "PUT"
    assert ORIGIN not in preflight(path, A)


def test_a_view_may_stand_twice_with_two_policies() -> None:
    assert get("/twice/a", A)[ORIGIN] == A
    assert ORIGIN not in get("/twice/a", B)
    assert get("/hello", A)[ORIGIN] == A


def test_a_view_is_left_alone() -> None:
    response = get("/own", A)
    assert response[ORIGIN] == "https://mine.example"
    assert not response.has_header("Vary")
    assert preflight("/own").content == b"OPTIONS"


def test_a_decorated_coroutine_function_stays_one() -> None:
    assert iscoroutinefunction(for_b_later)
    assert not iscoroutinefunction(for_b)


def test_the_policy_of_a_view_holds_for_who_is_turned_away_before_it() -> None:
    with override_settings(MIDDLEWARE=[OURS, f"{__name__}.login", *INNER]):
        response = get("/b", B)
        assert (response.status_code, response[ORIGIN]) == (401, B)
        assert ORIGIN not in get("/b", A)
        assert preflight("/b", B).status_code == 204
        assert get("/missing", A)[ORIGIN] == A


def test_the_policy_of_a_view_holds_for_the_redirect_to_it() -> None:
    response = get("/slash", B)
    assert (response.status_code, response[ORIGIN]) == (301, B)


def test_the_policy_may_be_that_of_a_method(caplog: pytest.LogCaptureFixture) -> None:
    for method in ("get", "put", "head"):
        response = getattr(Client(), method)("/by-method", headers={"Origin": B})
        assert (response.status_code, response[ORIGIN]) == (200, B)
    assert Client().post("/by-method", headers={"Origin": A})[ORIGIN] == A
    assert preflight("/by-method", B, "PUT")[ORIGIN] == B
    assert ORIGIN not in preflight("/by-method", A, "PUT")
    assert preflight("/by-method", A, "POST")[ORIGIN] == A
    assert "nothing" not in caplog.text


@pytest.mark.parametrize("path", ["/api/above", "/api/set"])
def test_the_views_of_rest_framework_may_have_a_policy(path: str, caplog: pytest.LogCaptureFixture) -> None:
    assert get(path, B)[ORIGIN] == B
    assert preflight(path, B, "GET")[ORIGIN] == B
    assert not caplog.records


def test_a_policy_that_nobody_sees_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    Known.hidden.clear()
    hidden = cors(origins=[B])(hello)
    answers = api_view(hidden)
    urls = ModuleType("urls")
    urls.__dict__["urlpatterns"] = [path("hidden", answers)]
    with override_settings(ROOT_URLCONF=urls):
        for _ in range(2):
            assert ORIGIN not in get("/hidden", B)
    assert [record.levelname for record in caplog.records].count("ERROR") == 1
    assert "view hello does nothing" in caplog.text
    assert "above all decorators" in caplog.text
    hidden(RequestFactory().get("/"))  # as a test calls it


def test_what_a_converter_raises_is_answered_by_the_application() -> None:
    response = Client(raise_request_exception=False).get("/fails/x", headers={"Origin": A})
    assert (response.status_code, response[ORIGIN]) == (500, A)
    assert preflight("/fails/x").status_code == 204


@pytest.mark.parametrize("default_has_one", [True, False])
def test_addresses_may_begin_with_a_language(default_has_one: bool) -> None:  # noqa: FBT001 - both ways
    urls = ModuleType("urls")
    urls.__dict__["urlpatterns"] = i18n_patterns(
        path("i/", for_b), path("plain", hello), prefix_default_language=default_has_one
    )
    names = [OURS, "django.middleware.locale.LocaleMiddleware", *INNER]
    english = "/en/i/" if default_has_one else "/i/"
    with (
        override_settings(ROOT_URLCONF=urls, MIDDLEWARE=names, LANGUAGE_CODE="en"),
        translation.override("fr"),
    ):
        for address in ("/de/i/", "/de/i", english):
            assert preflight(address, B)[ORIGIN] == B
            assert translation.get_language() == "fr"
        for address in ("/de/i/", "/de/i", english):
            assert get(address, B)[ORIGIN] == B
        assert preflight("/de/plain", A)[ORIGIN] == A


def test_the_policy_of_a_view_may_be_replaced() -> None:
    assert get("/live", B)[ORIGIN] == B
    LIVE.replace(Policy(origins=[A]))
    try:
        assert get("/live", A)[ORIGIN] == A
    finally:
        LIVE.replace(Policy(origins=[B]))


def test_views_are_looked_at_even_before_the_first_has_answered() -> None:
    Known.loaded = False
    assert preflight("/b", B)[ORIGIN] == B


def test_a_view_tells_whom_the_setting_tells() -> None:
    TOLD.clear()
    with override_settings(CORSAGE={**ONLY_A, "on_denied": tell, "log": False}):
        get("/b", A)
    assert [getattr(denial, "path", None) for denial in TOLD] == ["/b"]


def test_a_decorator_names_all_errors() -> None:
    with pytest.raises(PolicyError, match=r"(?s)origins\[0\].*max_age"):
        cors(origins=["a.example"], max_age=-7)
    with pytest.raises(TypeError, match="not both: origins"):
        cors(Policy(), origins=[A])


# --- around it ---


def test_what_stands_below_does_not_see_preflights() -> None:
    with override_settings(SECURE_SSL_REDIRECT=True, CORSAGE={**ONLY_A, "methods": ["PUT"]}):
        names = [OURS, "django.middleware.security.SecurityMiddleware", *INNER]
        with override_settings(MIDDLEWARE=names):
            answer = preflight("/hello")
            assert (answer.status_code, answer.content) == (204, b"")
            assert "Content-Type" not in answer
            redirect = get("/hello")
            assert (redirect.status_code, redirect[ORIGIN]) == (301, A)


def test_refusals_of_the_csrf_check_can_be_read() -> None:
    response = Client(enforce_csrf_checks=True).post("/hello", headers={"Origin": A})
    assert (response.status_code, response[ORIGIN]) == (403, A)


def test_bad_requests_can_be_read() -> None:
    with override_settings(ALLOWED_HOSTS=["good.example"]):
        response = get("/hello", A, Host="bad.example")
    assert (response.status_code, response[ORIGIN]) == (400, A)


def test_exceptions_reach_the_tests_of_the_project() -> None:
    with override_settings(ROOT_URLCONF="tests.middleware.django_project"):
        with pytest.raises(RuntimeError, match="own error"):
            get("/error")
        client = Client(raise_request_exception=False, headers={"Origin": A})
        assert client.get("/error")[ORIGIN] == A


def test_nobody_is_sent_to_another_thread() -> None:
    # Each hop costs 50 µs and a thread.
    async def run() -> list[Any]:
        middleware = CORSMiddleware(hello_later)
        assert iscoroutinefunction(middleware)
        requests = [
            RequestFactory().get("/later", headers={"Origin": A}),
            RequestFactory().get("/later", headers={"Origin": B}),
            RequestFactory().get("/later"),
            RequestFactory().options("/later", headers={"Origin": A, **PREFLIGHT}),
        ]
        return [await middleware(request) for request in requests]

    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(SyncToAsync, "__call__")
        responses = asyncio.run(run())
    assert [response.get(ORIGIN) for response in responses] == [A, None, None, A]


def test_an_asynchronous_handler_adapts_nothing() -> None:
    with override_settings(MIDDLEWARE=[OURS]):
        served: Any = ASGIHandler()
    # What Django calls is our own coroutine function, in its wrapper for exceptions.
    assert iscoroutinefunction(served._middleware_chain)
