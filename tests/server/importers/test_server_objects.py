"""ingress-nginx, Traefik, Envoy and Istio, read back: what is rendered comes back, and what they allow is said."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import yaml
from tests.stacks.policies import POLICIES

from corsage.server import Policy
from corsage.server.importers import IMPORTERS
from corsage.stacks import find_stack

A = "https://a.example"
NGINX = "nginx.ingress.kubernetes.io/"
# By stack: its importer.
PEERS = {"traefik": "traefik", "envoy": "envoy", "istio": "istio", "ingress-nginx": "kubernetes"}
# What they say where a policy says nothing.
SAID = {"traefik": 5, "ingress-nginx": 5, "envoy": None, "istio": None}


def options(stack: str, policy: Policy) -> dict[str, Any]:
    found = find_stack(stack)
    assert found is not None
    files = found.render(policy).files
    return dict(yaml.safe_load(files[0].text)) if files else {}


@pytest.mark.parametrize("stack", PEERS)
@pytest.mark.parametrize("name", ["exact", "public", "patterns", "regex", "apps"])
def test_what_is_rendered_comes_back(stack: str, name: str) -> None:
    policy = POLICIES[name]
    found = IMPORTERS[PEERS[stack]](options(stack, policy))
    if stack == "ingress-nginx" and name in {"patterns", "regex"}:
        assert found.policy is not None
        assert set(found.policy.origins) <= {
            *("https://+.deep.example", "https://+.one.example", "http://localhost", "https://app.example")
        }
        return
    age = SAID[stack] if policy.max_age is None else policy.max_age
    assert found.policy == dataclasses.replace(policy, public=False, max_age=age)
    assert not found.dangers


@pytest.mark.parametrize("stack", PEERS)
def test_nobody_comes_back_as_nobody(stack: str) -> None:
    found = IMPORTERS[PEERS[stack]](options(stack, POLICIES["nothing"]))
    assert found.policy in (None, Policy())
    assert found.report


# Peer, options, fields of the policy that matter, words of remarks.
ROWS: tuple[tuple[str, dict[str, Any], dict[str, Any], tuple[str, ...]], ...] = (
    (
        "kubernetes",
        {"metadata": {"annotations": {f"{NGINX}enable-cors": "true"}}},
        {"origins": ["*"], "methods": ["PUT", "DELETE", "PATCH"], "max_age": 86400},
        ("different: everyone is its default", "different: Browsers refuse the star with credentials"),
    ),
    (
        "kubernetes",
        {f"{NGINX}enable-cors": "true", f"{NGINX}cors-allow-origin": f"{A}/, https://b.example"},
        {"origins": [A, "https://b.example"], "credentials": True},
        ("danger: took its default: everyone",),
    ),
    (
        "kubernetes",
        {
            f"{NGINX}enable-cors": True,
            f"{NGINX}cors-allow-origin": f"{A}, https://*.b.example:8443, c.example, null",
            f"{NGINX}cors-allow-credentials": "false",
            f"{NGINX}cors-allow-headers": "X-A",
            f"{NGINX}cors-allow-methods": "PUT; DELETE",
            f"{NGINX}cors-max-age": "60",
        },
        {
            "origins": [A, "https://+.b.example:8443"],
            "request_headers": ["x-a"],
            "methods": ["PUT", "DELETE", "PATCH"],
            "max_age": 60,
        },
        ("lost: has no scheme", "danger: null is", "different: refused it, and took its default",
         "different: No `Vary"),
    ),
    (
        "kubernetes",
        {f"{NGINX}cors-allow-origin": A},
        {},
        ("lost: the other annotations did nothing",),
    ),
    (
        "kubernetes",
        {"items": [{"a": {f"{NGINX}enable-cors": "true"}}, {"a": {f"{NGINX}enable-cors": "false"}}]},
        {"origins": ["*"]},
        ("lost: Several objects",),
    ),
    (
        "kubernetes",
        {"kind": "Middleware", "spec": {"headers": {"accessControlAllowOriginList": [A], "addVaryHeader": True}}},
        {"origins": [A]},
        (),
    ),
    (
        "kubernetes",
        {"kind": "VirtualService", "spec": {"http": [{"corsPolicy": {"allowOrigins": [{"exact": A}]}}]}},
        {"origins": [A]},
        ("different: No `Vary",),
    ),
    (
        "traefik",
        {"headers": {"accessControlAllowOriginListRegex": ["example\\.com"], "accessControlAllowCredentials": True}},
        {"origin_regexes": [r"https://(?:[a-z0-9-]+\.)*example\.com"], "credentials": True},
        ("danger: searched for", "different: No `Vary"),
    ),
    (
        "traefik",
        {"headers": {"accessControlAllowOriginListRegex": ["(.*)"], "accessControlAllowCredentials": True}},
        {"origins": ["*"]},
        ("danger: Every origin was reflected, with cookies",),
    ),
    (
        "traefik",
        {"headers": {"customResponseHeaders": {"Access-Control-Allow-Origin": "*"}}},
        {"origins": ["*"]},
        ("different: handed on",),
    ),
    (
        "traefik",
        {"headers": {"accesscontrolalloworiginlist": f"{A},https://b.example", "accessControlAllowOrigin": "*"}},
        {"origins": [A, "https://b.example"]},
        ("lost: no option of Traefik",),
    ),
    ("traefik", {"http": {"routers": {}}}, {}, ("lost: no headers middleware",)),
    (
        "envoy",
        {"allow_origin_string_match": [{"exact": "*"}], "allow_credentials": True, "allow_headers": "*"},
        {"origins": ["*"]},
        ("danger: Every origin was reflected, with cookies",),
    ),
    (
        "envoy",
        {
            "allowOriginStringMatch": [
                {"prefix": A},
                {"suffix": ".b.example"},
                {"safeRegex": {"regex": r"https://c\.example"}},
                {"nonsense": 1},
            ],
            "allowCredentials": True,
            "allowMethods": "*",
            "maxAge": "24h",
        },
        {"origins": [A, "https://*.b.example", "https://c.example"], "methods": ["PUT", "PATCH", "DELETE"],
         "max_age": 86400},
        ("danger: begins so", "danger: searched for", "lost: no comparison", "lost: Every method"),
    ),
    (
        "envoy",
        {"allow_origin_string_match": [{"safe_regex": {"regex": "."}}]},
        {"origins": ["*"]},
        ("different: Every origin was reflected",),
    ),
    ("envoy", {"http_filters": []}, {}, ("lost: does nothing without one",)),
    (
        "istio",
        {"corsPolicy": {"allowOrigins": [{"regex": ".*"}], "allowHeaders": ["X-A"], "maxAge": "10m"}},
        {"origins": ["*"], "request_headers": ["x-a"], "max_age": 600},
        ("different: Every origin was reflected",),
    ),
)  # fmt: skip


@pytest.mark.parametrize(("peer", "given", "values", "words"), ROWS)
def test_what_they_allow(
    peer: str, given: dict[str, Any], values: dict[str, Any], words: tuple[str, ...]
) -> None:
    found = IMPORTERS[peer](given)
    assert {name: found.values.get(name) for name in values} == values
    said = [f"{each.kind}: {each.says}" for each in found.report]
    for word in words:
        kind, _, rest = word.partition(": ")
        assert any(each.startswith(f"{kind}: ") and rest in each for each in said), said


def test_aliases_upon_aliases_end() -> None:
    value: Any = {"x": 1}
    for _ in range(60):
        value = {str(number): value for number in range(10)}
    for peer in ("kubernetes", "traefik", "envoy", "istio"):
        assert IMPORTERS[peer](value).report
