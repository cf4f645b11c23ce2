"""Every rendered configuration is run, under several policies, and asked everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.middleware.wire import Answer, ask
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.python import sites_asgi, sites_loops, sites_wsgi

from corsage.server import Policy
from corsage.stacks import find_stack

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    Site = Callable[[str], AbstractContextManager[str]]

SITES: Final[dict[str, Site]] = {
    "fastapi": sites_asgi.fastapi,
    "starlette": sites_asgi.starlette,
    "flask": sites_wsgi.flask,
    "django": sites_wsgi.django,
    "aiohttp": sites_loops.aiohttp,
    "litestar": sites_asgi.litestar,
    "quart": sites_asgi.quart,
    "sanic": sites_loops.sanic,
    "falcon": sites_wsgi.falcon,
    "falcon asgi": sites_asgi.falcon_asgi,
    "tornado": sites_loops.tornado,
}
_STARLETTE: Final = frozenset({"preflight-status", "credentials-for-strangers", "max-age"})
QUIRKS: Final = {
    "fastapi": _STARLETTE,
    "starlette": _STARLETTE,
    "django": frozenset({"preflight-status"}),
    "litestar": frozenset({"max-age"}),
}
# What no browser sends as an origin, though the library takes it for the one it looks like.
LENIENT: Final = {"flask": "'HTTPS://APP.EXAMPLE'", "django": "'https://app.example/'"}
# More than the shared policies say.
MORE: Final = {
    "star": Policy(origins=["https://app.example"], methods=["PUT"], request_headers="*", max_age=0),
    "json": Policy(
        origins=["https://app.example"], request_headers=["Content-Type"], credentials=True, max_age=5
    ),
    "null": Policy(origins=["https://app.example"], dangerously_allow_null_origin=True),
}
ALL: Final = {**POLICIES, **MORE}


def rendered(site: str, policy: Policy) -> str:
    stack = find_stack(site.partition(" ")[0])
    assert stack is not None
    return stack.render(policy).files[0].text


WIDE: Final = Policy(
    origins="*",
    methods="*",
    request_headers=["*", "Authorization"],
    exposed_headers="*",
    public=True,
    resource_policy="cross-origin",
)
A: Final = ("Origin", "https://app.example")


@pytest.mark.parametrize("policy", ALL)
@pytest.mark.parametrize("site", SITES)
def test_the_matrix(site: str, policy: str) -> None:
    quirks = set(QUIRKS.get(site, ()))
    if ALL[policy].max_age == 0 and site == "django":
        quirks.add("max-age")
    with SITES[site](rendered(site, ALL[policy])) as url:
        found = complaints(url, ALL[policy], quirks=frozenset(quirks))
    lenient = LENIENT.get(site, "\n")
    # For the star some libraries write back what is asked for.
    reflected = ": ['x-evil']" if policy == "star" else "\n"
    assert [each for each in found if lenient not in each and not each.endswith(reflected)] == []


@pytest.mark.parametrize("site", SITES)
def test_stars_without_credentials(site: str) -> None:
    with SITES[site](rendered(site, WIDE)) as url:
        for names in ("x-any", "authorization", "content-type,x-any"):
            asked = (("Access-Control-Request-Method", "PATCH"), ("Access-Control-Request-Headers", names))
            answer = ask(url, "OPTIONS", "/ok", (A, *asked))
            assert (answer.status // 100, answer.headers.get("access-control-allow-origin")) == (2, "*")
            assert {"*", "PATCH"} & set(_names(answer, "methods"))
            allowed = set(_names(answer, "headers"))
            assert all(
                name in allowed or ("*" in allowed and name != "authorization") for name in names.split(",")
            )
        answer = ask(url, "GET", "/ok", (A,))
        assert _names(answer, "origin") == ["*"]
        assert "*" in _names(answer, "headers", "expose")
        assert answer.headers.get("access-control-allow-credentials") is None


@pytest.mark.parametrize("site", SITES)
def test_a_star_of_request_headers_is_not_for_authorization(site: str) -> None:
    with SITES[site](rendered(site, ALL["star"])) as url:
        asked = (
            ("Access-Control-Request-Method", "PUT"),
            ("Access-Control-Request-Headers", "authorization"),
        )
        answer = ask(url, "OPTIONS", "/ok", (A, *asked))
        assert answer.status // 100 != 2 or "authorization" not in _names(answer, "headers")


ADDRESSES: Final = Policy(
    origins=["http://[::1]:3000", "app://", "app://-"], methods=["PUT"], credentials=True
)


@pytest.mark.parametrize("site", SITES)
def test_addresses_and_origins_without_a_host(site: str) -> None:
    with SITES[site](rendered(site, ADDRESSES)) as url:
        for origin in ADDRESSES.origins:
            assert _allowed(url, origin) == [origin]
        for origin in (
            "http://1:3000",
            "http://::3000",
            "http://[::1]:30001",
            "http://[::1]",
            "app://x",
            "appx//",
        ):
            assert _allowed(url, origin) == []


def _allowed(url: str, origin: str) -> list[str]:
    return ask(url, "GET", "/ok", (("Origin", origin),)).headers.lines("access-control-allow-origin")


@pytest.mark.parametrize("site", SITES)
def test_a_login_comes_after_preflights_and_can_be_read(site: str) -> None:
    with SITES[site](rendered(site, ALL["exact"])) as url:
        for path in ("/private", "/ok", "/missing"):
            asked = (
                ("Access-Control-Request-Method", "PUT"),
                ("Access-Control-Request-Headers", "authorization"),
            )
            answer = ask(url, "OPTIONS", path, (A, *asked))
            assert (answer.status // 100, answer.headers.lines("access-control-allow-origin")) == (2, [A[1]])
        refused = ask(url, "GET", "/private", (A,))
        assert (refused.status, refused.headers.lines("access-control-allow-origin")) == (401, [A[1]])


def _names(answer: Answer, list_of: str, verb: str = "allow") -> list[str]:
    value = answer.headers.get(f"access-control-{verb}-{list_of}") or ""
    return [name.strip() if list_of == "methods" else name.strip().lower() for name in value.split(",")]
