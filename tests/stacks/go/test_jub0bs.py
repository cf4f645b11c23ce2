"""jub0bs/cors, which Debian has not: word for word, and within what its documentation allows."""

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
    "dangers": Policy(
        origins=["http://a.example", "https://*.github.io", "https://b.example"],
        credentials=True,
        max_age=86_400,
        dangerously_allow_insecure_origins=True,
        dangerously_allow_public_suffixes=True,
    ),
    "never kept": Policy(origins=["https://a.example"], max_age=0),
}
FIELDS: Final = {
    "Origins",
    "Credentialed",
    "Methods",
    "RequestHeaders",
    "MaxAgeInSeconds",
    "ResponseHeaders",
    "DangerouslyTolerateInsecureOrigins",
    "DangerouslyTolerateSubdomainsOfPublicSuffixes",
}


def rendered(policy: Policy) -> Rendered:
    found = find_stack("go-jub0bs")
    assert found is not None
    return found.render(policy)


@pytest.mark.parametrize("policy", MORE)
def test_it_is_written_as_it_was(policy: str) -> None:
    result = rendered(MORE[policy])
    check_golden(policy.replace(" ", "-"), result)
    assert result.executed == ""


@pytest.mark.parametrize("policy", MORE)
def test_its_fields_are_documented(policy: str) -> None:
    text = rendered(MORE[policy]).files[0].text
    assert set(re.findall(r"^\t\t(\w+):", text, re.MULTILINE)) <= FIELDS


def test_dangers_only_where_the_policy_has_them() -> None:
    assert "Dangerously" not in rendered(POLICIES["exact"]).files[0].text
    text = rendered(MORE["dangers"]).files[0].text
    assert text.count("true") == 3
    assert re.search(r"MaxAgeInSeconds: +86400,", text)
    assert re.search(r"MaxAgeInSeconds: +-1,", rendered(MORE["never kept"]).files[0].text)


def test_what_is_left_out_is_said() -> None:
    everything = Policy(
        origins=["null", "https://+.a.example"],
        origin_regexes=["https://a\\.example"],
        origin_lookup=lambda _: True,
        preflight_status=200,
        dangerously_allow_null_origin=True,
    )
    limits = " ".join(rendered(everything).limits)
    words = ("null is left out", "https://+.a.example", "https://a\\.example", "origin_lookup", "status")
    assert all(word in limits for word in words)
    assert "return next" in rendered(everything).files[0].text
