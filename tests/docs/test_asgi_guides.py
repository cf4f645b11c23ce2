"""The guides of FastAPI, Starlette, Litestar, Quart, Falcon and ASGI: their examples are run, and asked."""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from tests.middleware.serving import asgi_server, wsgi_server
from tests.middleware.wire import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

GUIDES = Path(__file__).parents[2] / "docs" / "frameworks"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAGE = "https://app.example.com"
PARTNER = "https://partner.example"
STRANGER = "https://evil.example"


@pytest.fixture
def guide() -> Iterator[ModuleType]:
    """A module for the blocks of a guide: frameworks look for the annotations of what is theirs in its module."""
    module = ModuleType("guide_of_a_framework")
    sys.modules[module.__name__] = module
    yield module
    del sys.modules[module.__name__]


def run(framework: str, module: ModuleType, blocks: int | None = None) -> dict[str, Any]:
    """Run the blocks of a guide, all or the first few, one after the other."""
    if framework != "asgi" and find_spec(framework) is None:
        pytest.skip(f"{framework} is not installed")
    text = (GUIDES / f"{framework}.md").read_text(encoding="utf-8")
    for block in BLOCK.findall(text)[:blocks]:
        exec(block, vars(module))  # noqa: S102 - our own guides
    return vars(module)


def allowed(url: str, path: str, origin: str, method: str = "GET") -> str | None:
    return ask(url, method, path, (("Origin", origin),)).headers.get("access-control-allow-origin")


def check(url: str) -> None:
    """Ask as a page of the guide's origin does, and as a stranger."""
    answer = ask(url, "GET", "/rate", (("Origin", PAGE),))
    assert (answer.status, answer.headers.get("x-rate-limit")) == (200, "60")
    assert answer.headers.get("access-control-allow-origin") == PAGE
    assert answer.headers.get("access-control-expose-headers") == "x-rate-limit"
    preflight = ask(url, "OPTIONS", "/rate", (("Origin", PAGE), ("Access-Control-Request-Method", "PUT")))
    assert preflight.headers.get("access-control-allow-methods") == "PUT, DELETE"
    assert allowed(url, "/none", PAGE) == PAGE
    assert allowed(url, "/rate", STRANGER) is None


def check_routes(url: str, hook: tuple[str, str] = ("POST", "/hook")) -> None:
    """Ask the routes that have a policy of their own."""
    assert allowed(url, "/public", STRANGER) == "*"
    assert "vary" not in ask(url, hook[0], hook[1], (("Origin", PAGE),)).headers
    assert allowed(url, "/rate", PAGE) == PAGE
    assert allowed(url, "/rate", STRANGER) is None


@pytest.mark.parametrize("framework", ["fastapi", "starlette", "litestar", "quart", "asgi"])
def test_the_one_line(framework: str, guide: ModuleType) -> None:
    with asgi_server(run(framework, guide, 1)["app"]) as url:
        check(url)


@pytest.mark.parametrize("framework", ["fastapi", "litestar", "quart"])
def test_routes_of_their_own_policy(framework: str, guide: ModuleType) -> None:
    with asgi_server(run(framework, guide)["app"]) as url:
        check_routes(url)
        report = "/partners/report/2026" if framework == "fastapi" else "/partners/report"
        assert allowed(url, report, PARTNER) == PARTNER
        assert allowed(url, report, PAGE) is None


def test_starlettes_routes(guide: ModuleType) -> None:
    with asgi_server(run("starlette", guide)["app"]) as url:
        check_routes(url, ("POST", "/hooks/hook"))


def test_falcon(guide: ModuleType) -> None:
    names = run("falcon", guide, 1)
    with wsgi_server(names["app"]) as url:
        check(url)


def test_falcons_resources(guide: ModuleType) -> None:
    with wsgi_server(run("falcon", guide, 2)["app"]) as url:
        check_routes(url, ("POST", "/public"))


def test_around_falcon(guide: ModuleType) -> None:
    with wsgi_server(run("falcon", guide)["application"]) as url:
        assert allowed(url, "/none", PAGE) == PAGE


def test_several_policies_before_asgi(guide: ModuleType) -> None:
    with asgi_server(run("asgi", guide)["behind"]) as url:
        assert allowed(url, "/public/x", STRANGER) == "*"
        assert allowed(url, "/rate", PAGE) == PAGE
        assert allowed(url, "/rate", STRANGER) is None
