"""Traefik, Envoy, Istio and ingress-nginx, which cannot be installed here: word for word, key by key, origin by origin.

Who is let in is worked out here as their sources do it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.stacks.golden_files import check_golden
from tests.stacks.policies import ORIGINS, POLICIES
from tests.stacks.proxies.hostile import EVERYTHING, HOSTILE, RARE, hostile_policy

from corsage.server import Policy, compile_policy
from corsage.stacks.proxies.envoy import Envoy
from corsage.stacks.proxies.ingress_nginx import PREFIX, IngressNginx
from corsage.stacks.proxies.istio import Istio
from corsage.stacks.proxies.traefik import Traefik

if TYPE_CHECKING:
    from corsage.stacks import Stack

STACKS: tuple[Stack, ...] = (Traefik(), Envoy(), Istio(), IngressNginx())
EVERY = {**POLICIES, "hostile": hostile_policy(), "rare": RARE, "everything": EVERYTHING}

# Every key that their documentation has.
KEYS = {
    "traefik": {
        "accessControlAllowOriginList",
        "accessControlAllowOriginListRegex",
        "accessControlAllowMethods",
        "accessControlAllowHeaders",
        "accessControlExposeHeaders",
        "accessControlAllowCredentials",
        "accessControlMaxAge",
        "addVaryHeader",
        "customResponseHeaders",
    },
    "envoy": {
        "@type",
        "allow_origin_string_match",
        "allow_methods",
        "allow_headers",
        "expose_headers",
        "max_age",
        "allow_credentials",
        "allow_private_network_access",
        "forward_not_matching_preflights",
    },
    "istio": {
        "allowOrigins",
        "allowMethods",
        "allowHeaders",
        "exposeHeaders",
        "maxAge",
        "allowCredentials",
        "unmatchedPreflights",
    },
    "ingress-nginx": {
        "enable-cors",
        "cors-allow-origin",
        "cors-allow-methods",
        "cors-allow-headers",
        "cors-expose-headers",
        "cors-allow-credentials",
        "cors-max-age",
    },
}


def told(stack: Stack, policy: Policy) -> dict[str, Any]:
    """Return the part of what is rendered that speaks of CORS."""
    rendered = stack.render(policy)
    if not rendered.files:
        return {}
    (file,) = rendered.files
    read = yaml.safe_load(file.text)
    if stack.name == "traefik":
        found = read["http"]["middlewares"]["cors"]["headers"]
    elif stack.name == "envoy":
        host = read["route_config"]["virtual_hosts"][0]
        found = host.get("typed_per_filter_config", {}).get("envoy.filters.http.cors", {})
    elif stack.name == "istio":
        found = read["spec"]["http"][0].get("corsPolicy", {})
    else:
        found = {name.removeprefix(PREFIX): value for name, value in read["metadata"]["annotations"].items()}
    return dict(found)


def lets_in(stack: Stack, cors: dict[str, Any], origin: str) -> bool:
    """Tell whether *stack* lets *origin* in, as its source does."""
    if stack.name == "traefik":
        listed = cors.get("accessControlAllowOriginList", [])
        searched = cors.get("accessControlAllowOriginListRegex", [])
        return bool({"*", origin} & set(listed)) or any(
            re.search(each, origin, re.ASCII) for each in searched
        )
    if stack.name == "ingress-nginx":
        return of_ingress(cors, origin)
    matchers = cors.get("allow_origin_string_match", cors.get("allowOrigins", []))
    return any(matches(each, text) for each in matchers for text in ("*", origin))


def matches(matcher: dict[str, Any], text: str) -> bool:
    regex = matcher.get("regex") or matcher.get("safe_regex", {}).get("regex")
    return text == matcher.get("exact") or (regex is not None and bool(re.fullmatch(regex, text, re.ASCII)))


def of_ingress(cors: dict[str, Any], origin: str) -> bool:
    entries = cors.get("cors-allow-origin", "").split(", ")
    if entries == ["*"]:
        return True
    escaped = (re.escape(each).replace(r"\*", r"[A-Za-z0-9\-]+", 1) for each in entries if each)
    return any(re.search(f"({each})$", origin, re.IGNORECASE) for each in escaped)


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
@pytest.mark.parametrize("name", POLICIES)
def test_word_for_word(stack: Stack, name: str) -> None:
    check_golden(name, stack.render(POLICIES[name]))


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
@pytest.mark.parametrize("name", EVERY)
def test_every_key_is_documented(stack: Stack, name: str) -> None:
    assert told(stack, EVERY[name]).keys() <= KEYS[stack.name]


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
@pytest.mark.parametrize("name", EVERY)
def test_nobody_else_is_let_in(stack: Stack, name: str) -> None:
    compiled = compile_policy(EVERY[name])
    cors = told(stack, EVERY[name])
    for origin in ORIGINS:
        # Its expressions have no beginning and ignore case: what no browser sends may get in.
        if stack.name == "ingress-nginx" and not re.fullmatch(r"[a-z]+://[a-z0-9.:-]+|null", origin):
            continue
        if lets_in(stack, cors, origin):
            assert compiled.allows_listed(origin), origin


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
@pytest.mark.parametrize("name", EVERY)
def test_whoever_is_left_out_is_spoken_of(stack: Stack, name: str) -> None:
    policy = EVERY[name]
    compiled = compile_policy(policy)
    cors = told(stack, policy)
    missed = [each for each in ORIGINS if compiled.allows_listed(each) and not lets_in(stack, cors, each)]
    assert not missed or stack.render(policy).limits


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
def test_nothing_is_claimed_to_have_been_run(stack: Stack) -> None:
    assert stack.render(POLICIES["exact"]).executed == ""


@pytest.mark.parametrize("stack", STACKS[:3], ids=lambda stack: stack.name)
def test_hostile_expressions_stay_what_they_are(stack: Stack) -> None:
    cors = told(stack, hostile_policy())
    written = str(cors)
    for each in HOSTILE:
        assert repr(each)[1:-1] in written or each in written, each
    assert stack.render(hostile_policy()).limits == ()


def test_envoy_does_not_take_an_expression_that_matches_the_star() -> None:
    policy = Policy(origins=["https://a.example"], origin_regexes=[r".|https://b\.example"])
    for stack in (Envoy(), Istio()):
        assert not lets_in(stack, told(stack, policy), "https://evil.com")
        assert any("is everyone to Envoy" in each for each in stack.render(policy).limits)


def test_envoy_takes_no_star_for_request_headers() -> None:
    cors = told(Envoy(), EVERYTHING)
    assert cors["allow_methods"] == "*"
    assert "authorization" not in cors["allow_headers"]
    assert "*" not in cors["allow_headers"]


def test_the_application_s_headers_are_taken_away() -> None:
    read = yaml.safe_load(Envoy().render(POLICIES["exact"]).files[0].text)
    host = read["route_config"]["virtual_hosts"][0]
    assert "Access-Control-Allow-Origin" in host["response_headers_to_remove"]
    assert host["response_headers_to_add"][0]["header"] == {"key": "Vary", "value": "Origin"}
    custom = told(Traefik(), POLICIES["nothing"])["customResponseHeaders"]
    assert custom["Access-Control-Allow-Origin"] == ""


def test_ingress_nginx_is_never_given_an_entry_that_makes_it_everyone() -> None:
    validator = re.compile(r"((((([a-z]+://)?(\*\.)?[A-Za-z0-9\-.]*(:\d+)?,?)|null)+)|\*)?")
    policy = Policy(
        origins=["https://a_b.example", "https://[::1]:8080", "app://-", "web+x://host", "https://a.example"]
    )
    for each in (*EVERY.values(), policy):
        entries = told(IngressNginx(), each).get("cors-allow-origin")
        assert entries is None or validator.fullmatch(entries.replace(" ", ""))
        assert entries != ""
        assert entries != "*" or "*" in each.origins
    rendered = IngressNginx().render(policy)
    assert sum("cannot be listed" in each for each in rendered.limits) == 3
    assert IngressNginx().render(POLICIES["nothing"]).files == ()


LIMITS = (
    (Traefik(), RARE, "timing", "private_network"),
    (IngressNginx(), POLICIES["patterns"], "one label", "own port"),
    (IngressNginx(), POLICIES["regex"], "entries are no expressions", "Vary"),
    (IngressNginx(), EVERYTHING, "Every request header"),
    (Envoy(), RARE, "timing", "resource_policy"),
    (Istio(), RARE, "private_network"),
)


@pytest.mark.parametrize(("stack", "policy", "words"), [(a, b, c) for a, b, *c in LIMITS])
def test_limits(stack: Stack, policy: Policy, words: list[str]) -> None:
    limits = " ".join(stack.render(policy).limits)
    for word in words:
        assert word in limits
