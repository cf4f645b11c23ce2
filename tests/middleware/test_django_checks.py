"""Django's ``check``: every problem of the policy, and of its place in the settings; and ``runserver``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("django")

from django.apps import apps
from django.contrib.staticfiles.finders import get_finder
from django.core.checks import registry, run_checks
from django.core.management import get_commands, load_command_class
from django.test import RequestFactory, override_settings
from tests.middleware.django_project import INNER

from corsage.middleware.django.management.commands.runserver import next_command
from corsage.server import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

A = "https://a.example"
OURS = "corsage.middleware.django.CORSMiddleware"
OTHER = "corsheaders.middleware.CorsMiddleware"
ORIGIN = "Access-Control-Allow-Origin"


@pytest.fixture(autouse=True)
def settings() -> Iterator[None]:
    with override_settings(CORSAGE={"origins": [A]}, MIDDLEWARE=[OURS, *INNER]):
        yield


def found(*, deploy: bool = False, **settings: Any) -> list[tuple[str, str | None, int]]:
    with override_settings(**settings):
        ran = run_checks(include_deployment_checks=deploy)
    ours = [message for message in ran if (message.id or "").startswith("corsage.")]
    assert all(message.msg for message in ours)
    return [(message.msg, message.id, message.level) for message in ours]


def ids(*, deploy: bool = False, **settings: Any) -> list[str | None]:
    return [code for _, code, _ in found(deploy=deploy, **settings)]


def test_the_checks_are_registered() -> None:
    modules = {check.__module__ for check in registry.registry.get_checks(include_deployment_checks=True)}
    assert "corsage.middleware.django.checks" in modules


def test_a_good_project_has_none() -> None:
    assert found() == []
    assert found(CORSAGE=Policy(origins=[A])) == []
    assert found(deploy=True) == []


def test_every_problem_has_the_id_of_its_rule_and_a_hint() -> None:
    with override_settings(CORSAGE={"origins": [A + "/", "b.example"], "max_age": -7}):
        messages = [each for each in run_checks() if (each.id or "").startswith("corsage.")]
    assert {each.id for each in messages} == {"corsage.CORS113", "corsage.CORS114", "corsage.CORS180"}
    assert {each.hint for each in messages} == {"Write https://b.example", f"Write {A}", "Write 0"}
    assert all(each.msg.startswith("CORSAGE: ") and each.is_serious() for each in messages)


def test_the_problems_of_paths_name_them() -> None:
    (message,) = found(CORSAGE={"paths": {"/api/*": {"origins": [A + "/"]}}})
    assert message[0].startswith("CORSAGE: paths./api/*.origins[0]: https://a.example/:")


def test_warnings_are_no_errors() -> None:
    policy = Policy(origins=[A], methods=["GET"])
    assert policy.warnings
    for value in (policy, {"origins": [A], "methods": ["GET"]}):
        assert {level < 40 for _, _, level in found(CORSAGE=value)} == {True}


def test_a_missing_setting_is_an_error_where_the_middleware_needs_it() -> None:
    from django.conf import settings

    with override_settings():
        del settings.CORSAGE
        assert ids() == ["corsage.E001"]
        assert ids(MIDDLEWARE=[*INNER]) == []
        assert ids(deploy=True, MIDDLEWARE=[*INNER]) == []


@pytest.mark.parametrize("value", [A, {"origin_lookup": "no.such.module"}, {"paths": []}])
def test_an_unreadable_setting_is_an_error(value: object) -> None:
    assert ids(deploy=True, CORSAGE=value) == ["corsage.E002"]


def test_the_middleware_should_stand_first() -> None:
    assert ids(MIDDLEWARE=[*INNER, OURS]) == ["corsage.W001"]


def test_two_middlewares_are_one_too_many() -> None:
    assert ids(MIDDLEWARE=[OURS, OTHER, *INNER]) == ["corsage.W002"]


def test_the_application_should_stand_before_the_static_files() -> None:
    names = ["django.contrib.staticfiles", "corsage.middleware.django"]
    assert ids(INSTALLED_APPS=names, DEBUG=True) == ["corsage.W003"]
    assert ids(INSTALLED_APPS=names) == []


def test_the_csrf_check_is_remembered() -> None:
    cookies = {"origins": [A, "https://*.b.example"], "credentials": True}
    ((says, code, _),) = found(CORSAGE=cookies)
    assert (A in says, code) == (True, "corsage.I001")
    assert ids(CORSAGE={"paths": {"/api/*": cookies}}) == ["corsage.I001"]
    assert ids(CORSAGE=cookies, CSRF_TRUSTED_ORIGINS=[A]) == []
    assert ids(CORSAGE=cookies, MIDDLEWARE=[OURS]) == []


def test_deployment_is_checked_as_production() -> None:
    broad = {"origins": [A, "http://localhost:3000"]}
    assert ids(CORSAGE=broad) == []
    ((says, _, level),) = found(deploy=True, CORSAGE=broad)
    assert (says.startswith("CORSAGE: in production, origins"), level) == (True, 30)
    assert len(ids(deploy=True, CORSAGE={"paths": {"/api/*": broad}})) == 1
    # Who says which environment it is, is not asked twice.
    assert ids(deploy=True, CORSAGE={**broad, "environment": "staging"}) == []


# --- runserver ---


def forget(cached: Any) -> None:
    cached.cache_clear()


@pytest.fixture
def static(tmp_path: Path) -> Iterator[None]:
    (tmp_path / "font.woff2").write_bytes(b"font")
    with override_settings(STATICFILES_DIRS=[tmp_path], DEBUG=True):
        forget(get_finder)
        yield
    forget(get_finder)


def command() -> Any:
    forget(get_commands)
    return load_command_class(get_commands()["runserver"], "runserver")


@pytest.mark.usefixtures("static")
def test_static_files_of_runserver_have_headers() -> None:
    served = command().get_handler(use_static_handler=True, insecure_serving=False)
    headers: dict[str, str] = {}

    def start_response(status: str, pairs: list[tuple[str, str]], *_: object) -> None:
        headers.update(pairs)
        headers["status"] = status

    request = RequestFactory().get("/static/font.woff2", headers={"Origin": A})
    answer = served(request.environ, start_response)
    assert b"".join(answer) == b"font"
    answer.close()
    assert (headers["status"], headers[ORIGIN]) == ("200 OK", A)

    missing = RequestFactory().get("/static/missing", headers={"Origin": A})
    served(missing.environ, start_response).close()
    assert (headers["status"], headers[ORIGIN]) == ("404 Not Found", A)


def test_without_static_files_it_is_the_next_runserver() -> None:
    served = command().get_handler(use_static_handler=False, insecure_serving=False)
    assert not hasattr(served, "handles_files")


def test_the_next_runserver_may_be_another() -> None:
    with override_settings(INSTALLED_APPS=["corsage.middleware.django"]):
        assert [config.label for config in apps.get_app_configs()] == ["corsage"]
        assert next_command().__module__ == "django.core.management.commands.runserver"
    assert next_command().__module__ == "django.contrib.staticfiles.management.commands.runserver"
