"""Apache httpd, run with what is rendered for it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from tests.middleware.wire import ask
from tests.stacks.matrix import POLICIES
from tests.stacks.proxies import conformance
from tests.stacks.proxies.conformance import get
from tests.stacks.proxies.programs import apache
from tests.stacks.upstream import upstream

from corsage.stacks import File
from corsage.stacks.proxies.apache import Apache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.middleware.wire import Answer

STACK = Apache()
CHECKS = (
    conformance.holds_hostile_text,
    conformance.holds_odd_names,
    conformance.has_rare_headers,
    conformance.lets_everyone_in,
    conformance.hands_preflights_on,
    conformance.says_so_on_its_own_errors,
)


@pytest.mark.parametrize("name", POLICIES)
def test_the_matrix(name: str) -> None:
    conformance.goes_through_the_matrix(STACK, apache, name)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_apache(check: Callable[..., None]) -> None:
    check(STACK, apache)


@pytest.mark.parametrize("place", ["in the virtual host", "in .htaccess"])
def test_internal_redirects_lose_nothing(place: str, tmp_path: Path) -> None:
    rendered = STACK.render(POLICIES["exact"])
    tmp_path.chmod(0o755)
    (tmp_path / "found.html").write_text("found")
    (tmp_path / "missing.html").write_text("missing")
    front = "RewriteEngine On\nRewriteRule ^app$ /site/found.html [L]\n"
    within = rendered.files[0].text if place == "in .htaccess" else ""
    (tmp_path / ".htaccess").write_text(f"{within}\n{front}")
    more = f"""
        ProxyPass /site !
        DocumentRoot {tmp_path.parent}
        RewriteEngine On
        RewriteRule ^/site/(.*) {tmp_path}/$1
        ErrorDocument 404 /site/missing.html
        <Directory {tmp_path}>
            AllowOverride All
            Require all granted
        </Directory>
    """
    outside = (
        dataclasses.replace(rendered, files=(File("empty.conf", "apache", "\n"),)) if within else rendered
    )
    with upstream() as application, apache(outside, application, more) as url:
        answers = {
            path: get(url, "https://app.example", f"/site/{path}") for path in ("found.html", "app", "none")
        }
        asked = ask_preflight(url, "/site/found.html")
    assert {path: answer.status for path, answer in answers.items()} == {
        "found.html": 200,
        "app": 200,
        "none": 404,
    }
    for answer in answers.values():
        assert answer.headers.lines(conformance.ORIGIN) == ["https://app.example"]
        assert "Origin" in (answer.headers.get("vary") or "")
    assert asked.status == 204
    assert asked.headers.get("access-control-allow-methods") == "PUT, DELETE, PATCH"


def ask_preflight(url: str, path: str) -> Answer:
    return ask(
        url, "OPTIONS", path, (("Origin", "https://app.example"), ("Access-Control-Request-Method", "PUT"))
    )
