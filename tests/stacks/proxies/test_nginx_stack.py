"""nginx, run with what is rendered for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.stacks.matrix import POLICIES
from tests.stacks.proxies import conformance
from tests.stacks.proxies.conformance import get
from tests.stacks.proxies.programs import nginx
from tests.stacks.upstream import upstream

from corsage.server import Policy
from corsage.stacks.proxies.nginx import Nginx

if TYPE_CHECKING:
    from collections.abc import Callable

STACK = Nginx()
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
    conformance.goes_through_the_matrix(STACK, nginx, name)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_nginx(check: Callable[..., None]) -> None:
    check(STACK, nginx)


def test_a_location_with_headers_of_its_own_includes_them_again() -> None:
    rendered = STACK.render(POLICIES["exact"])
    with upstream() as application:
        own = f"location = /ok {{ add_header X-Own 1; proxy_pass {application}; }}"
        with nginx(rendered, application, own) as url:
            assert get(url, "https://app.example").headers.get(conformance.ORIGIN) is None
        assert STACK.lint(
            own.replace("add_header", "add_header Access-Control-Allow-Origin https://a.example; add_header")
        )


def test_a_dollar_is_left_out() -> None:
    rendered = STACK.render(Policy(origins=["https://a.example"], request_headers=["X-$a", "X-B"]))
    assert "$a" not in rendered.files[0].text
    assert rendered.limits == ("x-$a is left out: nginx has no way to write a $ in the value of add_header.",)
