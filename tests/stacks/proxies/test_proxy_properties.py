"""Of any policy: rendering never raises, and what is read back allows nobody else and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.stacks.policies import ORIGINS
from tests.stacks.proxies.hostile import HOSTILE

from corsage.server import Policy, PolicyError, compile_policy, split_serialized_origin
from corsage.server.importers import IMPORTERS, TEXT_IMPORTERS, Imported
from corsage.stacks.proxies import STACKS

if TYPE_CHECKING:
    from corsage.stacks import Rendered, Stack

OBJECTS = {"traefik": "traefik", "envoy": "envoy", "istio": "istio", "ingress-nginx": "kubernetes"}
NAMES = st.sampled_from(["X-Token", "Authorization", "x_y", "X-$a", "%s", "A'b", "Content-Type"])
PAGES = [each for each in ORIGINS if split_serialized_origin(each) is not None]
POLICIES = st.fixed_dictionaries(
    {},
    optional={
        "origins": st.lists(
            st.sampled_from(
                [
                    "https://app.example",
                    "https://*.deep.example",
                    "https://+.one.example",
                    "http://localhost:*",
                    "capacitor://localhost",
                    "app://",
                    "https://[::1]:8443",
                    "https://*.deep.example:8443",
                    "*",
                ]
            ),
            max_size=4,
        ),
        "origin_regexes": st.lists(
            st.sampled_from([*HOSTILE, r"https://pr-\d+\.preview\.example", r"(?i)https://x", "."]),
            max_size=3,
        ),
        "methods": st.lists(st.sampled_from(["PUT", "DELETE", "BREW", "M$", "*"]), max_size=3),
        "request_headers": st.lists(NAMES, max_size=3),
        "exposed_headers": st.lists(st.sampled_from(["X-Total", "ETag", "X-$"]), max_size=2),
        "credentials": st.booleans(),
        "max_age": st.sampled_from([-1, 0, 5, 600]),
        "private_network": st.booleans(),
        "timing": st.booleans(),
        "resource_policy": st.sampled_from(["same-site", "cross-origin"]),
        "preflight_status": st.sampled_from([200, 204]),
        "preflight_continue": st.booleans(),
        "dangerously_allow_null_origin": st.booleans(),
    },
)


def policy_of(values: dict[str, Any]) -> Policy | None:
    try:
        return Policy.of(values)
    except PolicyError:
        return None


def read_back(name: str, rendered: Rendered) -> Imported | None:
    if name in TEXT_IMPORTERS:
        return TEXT_IMPORTERS[name]("\n".join(file.text for file in rendered.files))
    if name not in OBJECTS or not rendered.files:
        return None
    return IMPORTERS[OBJECTS[name]](yaml.safe_load(rendered.files[0].text))


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
@given(values=POLICIES)
def test_less_is_allowed_never_more(stack: Stack, values: dict[str, Any]) -> None:
    policy = policy_of(values)
    assume(policy is not None)
    assert policy is not None
    found = read_back(stack.name, stack.render(policy))
    if found is None or found.policy is None:
        return
    compiled, now = compile_policy(policy), compile_policy(found.policy)
    for origin in PAGES:
        assert compiled.allows_listed(origin) or not now.allows_listed(origin), origin
    assert policy.credentials or not found.policy.credentials
    assert set(found.policy.methods) <= {
        *policy.methods,
        *(("PUT", "PATCH", "DELETE") if "*" in policy.methods else ()),
    }
    assert set(found.policy.exposed_headers) <= set(policy.exposed_headers)
    asked = set(found.policy.request_headers) - {"accept"}  # which needs no leave
    assert asked <= set(policy.request_headers)
