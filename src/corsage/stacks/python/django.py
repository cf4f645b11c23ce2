"""Django, with django-cors-headers."""

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.server.draft import NULL
from corsage.server.origin_pattern import parse_origin_pattern
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.origins import Origins, literal, origins_of
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of, request_headers_of
from corsage.stacks.python.answers import body_has, body_is, header, says, server_begins
from corsage.stacks.python.limits import Can, limits_of
from corsage.stacks.python.lint import django as lint
from corsage.stacks.python.literals import listed, raw
from corsage.stacks.python.regexes import anchored

_MIDDLEWARE = (
    "MIDDLEWARE = [",
    '    "corsheaders.middleware.CorsMiddleware",  # first: above all that answers by itself',
    '    "django.middleware.security.SecurityMiddleware",',
    '    "django.contrib.sessions.middleware.SessionMiddleware",',
    '    "django.middleware.common.CommonMiddleware",',
    '    "django.middleware.csrf.CsrfViewMiddleware",',
    '    "django.contrib.auth.middleware.AuthenticationMiddleware",',
    "    # ... and those of your own",
    "]",
)
_NEVER_KEPT = "max_age 0 is not sent by django-cors-headers, and browsers keep 5 seconds then: 1 is written."

_PAGES: Final = (
    "<h1>not found</h1><p>the requested resource was not found on this server.</p>",
    "<h1>server error (500)</h1>",
    "csrf verification failed. request aborted.",
    "you're seeing this error because you have <code>debug = true</code>",
    "you may need to add &#x27;",
)
_REST: Final = (
    '"detail":"authentication credentials were not provided."',
    '"detail":"not found."',
    '"detail":"you do not have permission to perform this action."',
    '"detail":"csrf failed: ',
)
_DEBUG: Final = re.compile(
    r"<!doctype html>\s*<html lang=.en.>\s*<head>\s*<meta http-equiv=.content-type. content=.text/html; charset=utf-8.>"
    r"\s*(?:<meta name=.robots. content=.NONE,NOARCHIVE.>\s*)?<title>(?:Page not found at /|[A-Za-z]{1,60}\s+at /)",
    re.IGNORECASE,
)
_SECURITY: Final = ("referrer-policy", "cross-origin-opener-policy")


class Django(Stack):
    """Django."""

    name: ClassVar[str] = "django"
    title: ClassVar[str] = "Django"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = (
        "django",
        "django-cors-headers",
        "django cors headers",
        "corsheaders",
        "django rest framework",
        "djangorestframework",
        "drf",
        "django-rest-framework",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.FIRST_LISTED_OUTERMOST, Trait.ANSWERS_PREFLIGHTS, Trait.NEEDS_RELOAD}
    )
    executed: ClassVar[str] = "Django 5.2, django-cors-headers 4.9"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = lint.PITFALLS
    order: ClassVar[str] = (
        "CorsMiddleware is the first of MIDDLEWARE: above CommonMiddleware, WhiteNoise and CSRF."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://github.com/adamchainz/django-cors-headers#setup",
        "https://docs.djangoproject.com/en/stable/ref/settings/#csrf-trusted-origins",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Its pages, debugging and not, its cookies, and what its middleware adds."""
        if body_has(answer, *_PAGES):
            yield says(0.9, "a page of Django")
        if body_has(answer, *_REST):
            yield says(0.85, "a message of Django REST framework")
        if body_is(answer, _DEBUG):
            yield says(0.9, "Django's page of debugging")
        cookies = " ".join(answer.headers.lines("set-cookie"))
        if "csrftoken=" in cookies or "sessionid=" in cookies:
            yield says(0.8, "a cookie of Django")
        if all(header(answer, name) == "same-origin" for name in _SECURITY):
            yield says(0.6, "Referrer-Policy and Cross-Origin-Opener-Policy as Django sends them")
        server = server_begins(answer, "wsgiserver", "daphne", "gunicorn")
        if server:
            yield says(0.3 if server.startswith("gunicorn") else 0.45, f"Server: {server}")

    def render(self, policy: Policy) -> Rendered:
        """Write the settings."""
        origins = origins_of(policy)
        text = [
            "INSTALLED_APPS = [",
            '    "corsheaders",',
            "    # ... and yours",
            "]",
            *_MIDDLEWARE,
            "",
            *_settings(policy, origins),
        ]
        limits = [
            *limits_of(policy, origins, Can.PRIVATE_NETWORK | Can.ANY_METHOD),
            *anchored(origins).limits,
        ]
        if policy.max_age is not None and policy.max_age <= 0:
            limits.append(_NEVER_KEPT)
        return Rendered(
            self.name,
            (File("settings.py", "python", "\n".join(text) + "\n"),),
            tuple(_steps(policy)),
            tuple(limits),
            self.executed,
        )


def _steps(policy: Policy) -> Iterator[str]:
    yield "pip install django-cors-headers"
    yield "Put the lines into your settings, in the place of all other CORS_ settings."
    yield "Keep your own apps and middleware."
    if policy.credentials:
        yield (
            "For requests that write, with cookies: list the same origins in CSRF_TRUSTED_ORIGINS, and allow "
            "the header X-CSRFToken. For pages of other sites also set SESSION_COOKIE_SAMESITE and "
            'CSRF_COOKIE_SAMESITE to "None", and SESSION_COOKIE_SECURE and CSRF_COOKIE_SECURE to True.'
        )
    yield "Check it: python manage.py check. Then start the server again: settings are read once."


def _settings(policy: Policy, origins: Origins) -> list[str]:
    lines = ["CORS_ALLOW_ALL_ORIGINS = True"] if origins.everyone else _origins(origins)
    if policy.credentials:
        lines.append("CORS_ALLOW_CREDENTIALS = True")
    methods = ("*",) if is_any(policy.methods) else methods_of(policy)
    lines += listed("CORS_ALLOW_METHODS = ", methods)
    lines += listed("CORS_ALLOW_HEADERS = ", _request_headers(policy))
    if policy.exposed_headers:
        lines += listed("CORS_EXPOSE_HEADERS = ", exposed_headers_of(policy))
    if policy.private_network:
        lines.append("CORS_ALLOW_PRIVATE_NETWORK = True")
    if policy.max_age is None:
        return [*lines, "CORS_PREFLIGHT_MAX_AGE = 0  # not sent"]
    return [*lines, f"CORS_PREFLIGHT_MAX_AGE = {max(policy.max_age, 1)}"]


def _request_headers(policy: Policy) -> list[str]:
    """The star is sent as it is: right without credentials, and policies have none with them."""
    names = [name for name in policy.request_headers if name != "*"]
    return ["*", *names] if is_any(policy.request_headers) else list(request_headers_of(policy))


def _origins(origins: Origins) -> list[str]:
    plain = [each for each in origins.exact if _passes_the_check(each)]
    odd = [literal(each) + r"\Z" for each in origins.exact if each not in plain]
    lines = listed("CORS_ALLOWED_ORIGINS = ", plain)
    expressions = [*odd, *anchored(origins).kept]
    if expressions:
        lines += listed("CORS_ALLOWED_ORIGIN_REGEXES = ", expressions, quote=raw)
    return lines


def _passes_the_check(origin: str) -> bool:
    """Tell whether *origin* has scheme and host: Django checks that, and with null all that has neither is equal."""
    pattern = parse_origin_pattern(origin)
    return origin != NULL and pattern is not None and bool(pattern.host)
