"""ASP.NET Core's renderings, word for word."""

from __future__ import annotations

import re
from typing import Final

import pytest
from tests.stacks.golden_files import check_golden
from tests.stacks.policies import POLICIES

from corsage.server import Policy
from corsage.stacks import Rendered, find_stack

MORE: Final = {
    **POLICIES,
    "hostile": Policy(
        origin_regexes=['https://"[a-z]+\\.example'],
        methods=["X'Y", "M-`"],
        request_headers=["x-'$|"],
        max_age=0,
    ),
    "everything": Policy(origins="*", public=True, request_headers=["*", "Authorization"], methods="*"),
}
# Of CorsPolicyBuilder, as its documentation has them.
CALLS: Final = {
    "AllowAnyOrigin",
    "SetIsOriginAllowed",
    "WithOrigins",
    "AllowAnyMethod",
    "WithMethods",
    "AllowAnyHeader",
    "WithHeaders",
    "WithExposedHeaders",
    "AllowCredentials",
    "SetPreflightMaxAge",
}


def rendered(policy: Policy) -> Rendered:
    found = find_stack("aspnet-core")
    assert found is not None
    return found.render(policy)


@pytest.mark.parametrize("policy", MORE)
def test_it_is_written_as_it_was(policy: str) -> None:
    check_golden(policy, rendered(MORE[policy]))


@pytest.mark.parametrize("policy", MORE)
def test_it_calls_what_is_documented_in_the_documented_order(policy: str) -> None:
    text = rendered(MORE[policy]).files[0].text
    assert set(re.findall(r"^    \.(\w+)\(", text, re.MULTILINE)) <= CALLS
    used = re.findall(r"^app\.(\w+)\(\);", text, re.MULTILINE)
    order = ["UseExceptionHandler", "UseRouting", "UseCors", "UseAuthentication", "UseAuthorization", "Run"]
    assert used == order
    assert text.count("(") == text.count(")")
    assert text.count('"') % 2 == 0


def test_what_is_left_out_is_said() -> None:
    everything = Policy(
        origins=["https://a.example"],
        origin_regexes=["https://a\\Z", "n.ll"],
        origin_lookup=lambda _: True,
        timing=True,
        private_network=True,
        resource_policy="same-site",
        request_headers=["x-a"],
    )
    result = rendered(everything)
    limits = " ".join(result.limits)
    words = ("https://a\\Z", "n.ll", "origin_lookup", "timing", "private_network", "resource_policy")
    assert all(word in limits for word in words)
    assert result.executed == ""
    assert "Regex" not in result.files[0].text


def test_any_header_is_not_authorization() -> None:
    result = rendered(Policy(origins="*", public=True, request_headers="*"))
    assert "AllowAnyHeader" not in result.files[0].text
    assert "but Authorization" in " ".join(result.limits)
