"""lighttpd, run with what is rendered for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.stacks.matrix import POLICIES
from tests.stacks.proxies import conformance
from tests.stacks.proxies.programs import lighttpd

from corsage.stacks.proxies.lighttpd import Lighttpd

if TYPE_CHECKING:
    from collections.abc import Callable

STACK = Lighttpd()
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
    conformance.goes_through_the_matrix(STACK, lighttpd, name)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_lighttpd(check: Callable[..., None]) -> None:
    check(STACK, lighttpd)
