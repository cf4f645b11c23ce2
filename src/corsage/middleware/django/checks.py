"""System checks: what is wrong with the policy, and with its place in the settings.

A problem of the policy has the id of its rule, ``corsage.CORS104``; ``SILENCED_SYSTEM_CHECKS`` takes it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning  # noqa: A004 - the name that Django gives it
from django.core.exceptions import ImproperlyConfigured

from corsage.middleware.django.setting import NAME, Setting, read
from corsage.model.rule import Problem, Severity
from corsage.server import Policy, PolicyError, problems_of
from corsage.server.draft import PRODUCTION
from corsage.server.origin_pattern import parse_origin_pattern
from corsage.server.policy_set import PolicySet, problems_of_set

MIDDLEWARE: Final = "corsage.middleware.django.CORSMiddleware"

_OTHER: Final = "corsheaders.middleware.CorsMiddleware"
_CSRF: Final = "django.middleware.csrf.CsrfViewMiddleware"
_STATIC: Final = "django.contrib.staticfiles"
_KINDS: Final[Mapping[Severity, Callable[..., CheckMessage]]] = {
    Severity.ERROR: Error,
    Severity.WARNING: Warning,
    Severity.NOTE: Info,
}


def check_setting(app_configs: object, **_: object) -> list[CheckMessage]:  # noqa: ARG001 - as Django calls it
    """Check ``CORSAGE``: every problem at once."""
    if not hasattr(settings, NAME):
        if MIDDLEWARE not in settings.MIDDLEWARE:
            return []
        hint = f'Say what is allowed: {NAME} = {{"origins": ["https://example.com"]}}'
        return [Error(f"{NAME} is missing.", hint=hint, id="corsage.E001")]
    try:
        setting = read(getattr(settings, NAME))
    except (ImproperlyConfigured, ImportError) as error:
        return [Error(f"{NAME} cannot be read: {error}", id="corsage.E002")]
    return [_message(problem) for problem in _problems(setting)]


def check_deployment(app_configs: object, **_: object) -> list[CheckMessage]:  # noqa: ARG001 - as Django calls it
    """Check what will be too broad where everyone can reach it: ``manage.py check --deploy``."""
    try:
        setting = read(getattr(settings, NAME, {}))
    except (ImproperlyConfigured, ImportError):
        return []  # check_setting says so
    if setting.made is not None:
        return []
    now = {(problem.code, problem.field) for problem in _problems(setting)}
    later = _problems(
        Setting(
            None if setting.default is None else {"environment": PRODUCTION, **setting.default},
            None
            if setting.paths is None
            else {text: {"environment": PRODUCTION, **fields} for text, fields in setting.paths.items()},
            {},
        )
    )
    new = [problem for problem in later if (problem.code, problem.field) not in now]
    return [_message(problem, "in production, ", kind=Warning) for problem in new]


def check_middleware(app_configs: object, **_: object) -> list[CheckMessage]:  # noqa: ARG001 - as Django calls it
    """Check the places of the middleware and the application."""
    found: list[CheckMessage] = []
    middleware = list(settings.MIDDLEWARE)
    if MIDDLEWARE in middleware and middleware[0] != MIDDLEWARE:
        reason = (
            f"{MIDDLEWARE} is not the first of MIDDLEWARE: {middleware[0]} may answer or redirect preflights."
        )
        found.append(Warning(reason, hint="Move it to the top.", id="corsage.W001"))
    if MIDDLEWARE in middleware and _OTHER in middleware:
        reason = f"{_OTHER} is in MIDDLEWARE, too: two policies answer preflights, the upper one wins."
        found.append(Warning(reason, hint="Remove one of them.", id="corsage.W002"))
    apps = [str(name) for name in settings.INSTALLED_APPS]
    ours = next((index for index, name in enumerate(apps) if name.startswith("corsage.middleware.django")), 0)
    if settings.DEBUG and _STATIC in apps[:ours]:
        reason = f"{_STATIC} stands before corsage.middleware.django: runserver's static files have no CORS headers."
        found.append(Warning(reason, hint="Move corsage.middleware.django above it.", id="corsage.W003"))
    return found


def check_csrf(app_configs: object, **_: object) -> list[CheckMessage]:  # noqa: ARG001 - as Django calls it
    """Tell which origins may send cookies and will be refused by the CSRF check all the same."""
    if _CSRF not in settings.MIDDLEWARE:
        return []
    try:
        policy = read(getattr(settings, NAME, {})).policy()
    except (ImproperlyConfigured, ImportError, PolicyError):
        return []  # check_setting says so
    trusted = set(settings.CSRF_TRUSTED_ORIGINS)
    missing = [origin for origin in _with_cookies(_all_of(policy)) if origin not in trusted]
    if not missing:
        return []
    reason = f"{', '.join(missing[:5])} may send cookies, but not POST: CSRF_TRUSTED_ORIGINS lacks them."
    return [
        Info(
            reason,
            hint="Add them, or leave it so where the views that they use are exempt from CSRF checks.",
            id="corsage.I001",
        )
    ]


def _all_of(policy: Any) -> Sequence[Policy]:  # noqa: ANN401 - a Policy, a PolicySet, or what has a select
    if isinstance(policy, PolicySet):
        return tuple(policy.policies.values())
    return (policy,) if isinstance(policy, Policy) else ()


def _with_cookies(policies: Iterable[Policy]) -> Iterable[str]:
    for policy in policies:
        for text in policy.origins if policy.credentials else ():
            pattern = parse_origin_pattern(text)
            if pattern is not None and pattern.is_exact and pattern.scheme in {"http", "https"}:
                yield text


def _problems(setting: Setting) -> Sequence[Problem]:
    if setting.made is not None:
        return tuple(getattr(setting.made, "warnings", ()))
    if setting.paths is None:
        return problems_of(setting.default or {})
    return problems_of_set(setting.default, setting.paths)


def _message(
    problem: Problem, when: str = "", *, kind: Callable[..., CheckMessage] | None = None
) -> CheckMessage:
    value = f" {problem.value}" if problem.value else ""
    witness = f" For example {problem.witness}." if problem.witness else ""
    return (kind or _KINDS[problem.severity])(
        f"{NAME}: {when}{problem.field}:{value}: {problem.reason}.{witness}",
        hint=None if problem.suggestion is None else f"Write {problem.suggestion}",
        id=f"corsage.{problem.code}",
    )
