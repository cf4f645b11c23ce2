"""The services that cannot be run: word for word, in the form that each takes, and never wider than the policy."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any, Final

import pytest
from tests.stacks.goldens import ALL, WORD_FOR_WORD, check_golden, check_rendered
from tests.stacks.policies import ORIGINS

from corsage.server import Policy, compile_policy
from corsage.server.importers.starlette import from_starlette
from corsage.stacks import Stack, find_stack
from corsage.stacks.clouds import STACKS as CLOUDS
from corsage.stacks.services import STACKS

CONFIGURED: Final = (
    "keycloak",
    "auth0",
    "okta",
    "entra-id",
    "authelia",
    "oauth2-proxy",
    "ollama",
    "lm-studio",
    "vllm",
    "comfyui",
    "stable-diffusion-webui",
    "minio",
    "elasticsearch",
    "opensearch",
    "rabbitmq",
    "couchdb",
)


def stack(name: str) -> Stack:
    found = find_stack(name)
    assert found is not None
    return found


@pytest.mark.parametrize("policy", WORD_FOR_WORD)
@pytest.mark.parametrize("name", CONFIGURED)
def test_word_for_word(name: str, policy: str) -> None:
    check_golden(stack(name), policy)


@pytest.mark.parametrize("policy", ALL)
@pytest.mark.parametrize("each", STACKS, ids=lambda each: each.name)
def test_every_service_renders_every_policy(each: Stack, policy: str) -> None:
    if each.name != "oauth2-proxy" or policy != "lookup":  # it has no list of origins to leave one out of
        check_rendered(each, policy)


def text(name: str, policy: Policy) -> str | None:
    files = stack(name).render(policy).files
    return files[0].text if files else None


def settings(lines: str) -> dict[str, str]:
    """``key: 'value'`` or ``key = value``, a line each."""
    found = {}
    for line in lines.splitlines():
        key, _, value = line.partition(": ") if ": " in line else line.partition(" = ")
        found[key] = value[1:-1].replace("''", "'") if value.startswith("'") else value
    return found


def starred(entries: list[str]) -> re.Pattern[str]:
    """Entries in which a star stands for any text."""
    return re.compile("|".join(re.escape(each).replace(r"\*", ".*") for each in entries) or "(?!)", re.DOTALL)


def who_gets_in(name: str, policy: Policy) -> re.Pattern[str] | None:
    """What the configuration allows, as the product reads it; ``None`` where there is none."""
    written = text(name, policy)
    if written is None:
        return None
    if name in ("elasticsearch", "opensearch"):
        value = settings(written)["http.cors.allow-origin"]
        whole = re.fullmatch(r"/(.*)/", value)
        return re.compile(whole[1]) if whole else starred(value.split(","))
    if name == "ollama":
        found = re.search(r'"OLLAMA_ORIGINS=([^"]*)"', written)
    elif name == "minio":
        found = re.search(r'MINIO_API_CORS_ALLOW_ORIGIN="([^"]*)"', written)
    else:
        entries = [line.partition(" = ")[2] for line in written.splitlines() if "allow_origins" in line]
        return starred(entries)
    assert found is not None
    return starred(found[1].split(","))


@pytest.mark.parametrize("policy", ALL)
@pytest.mark.parametrize("name", ["elasticsearch", "opensearch", "ollama", "minio", "rabbitmq"])
def test_nobody_gets_in_whom_the_policy_keeps_out(name: str, policy: str) -> None:
    meant = compile_policy(ALL[policy])
    expression = who_gets_in(name, ALL[policy])
    if expression is None:
        return
    for origin in ORIGINS:
        # These products compare texts: what no browser sends does not count.
        if expression.fullmatch(origin) and re.fullmatch(r"[^/]+://[^/#?:]+(:[0-9]+)?|null", origin):
            assert meant.allows_listed(origin), origin


@pytest.mark.parametrize("policy", ["exact", "patterns", "regex", "apps"])
def test_elasticsearch_lets_in_everybody_who_is_meant(policy: str) -> None:
    meant = compile_policy(ALL[policy])
    expression = who_gets_in("elasticsearch", ALL[policy])
    assert expression is not None
    for origin in ORIGINS:
        assert bool(expression.fullmatch(origin)) is meant.allows_listed(origin), origin


def options(name: str, policy: Policy) -> dict[str, str]:
    """The options of a command line; those without a value are true."""
    written = text(name, policy)
    assert written is not None
    words = shlex.split(written)
    found: dict[str, str] = {}
    for word in words:
        if word.startswith("--"):
            key, _, value = word.partition("=")
            found[key] = value
            last = key
        elif found and not found[last]:
            found[last] = word
    return found


@pytest.mark.parametrize("policy", [name for name in ALL if name not in ("public", "star", "everything")])
def test_vllm_does_what_starlette_makes_of_it(policy: str) -> None:
    meant = ALL[policy]
    found = options("vllm", meant)
    starlette: dict[str, object] = {
        "allow_origins": json.loads(found["--allowed-origins"]),
        "allow_methods": json.loads(found["--allowed-methods"]),
        "allow_headers": json.loads(found["--allowed-headers"]),
        "allow_credentials": "--allow-credentials" in found,
    }
    got = from_starlette(starlette).policy
    assert got is not None
    assert set(got.origins) <= {*meant.origins, *(each.removesuffix(":*") for each in meant.origins)}
    assert set(got.methods) <= set(meant.methods)
    assert got.credentials is meant.credentials
    if policy in ("exact", "apps"):
        assert got.origins == meant.origins


@pytest.mark.parametrize("policy", ["exact", "patterns", "regex", "apps", "quotes"])
def test_stable_diffusion_gives_starlette_the_origins(policy: str) -> None:
    meant = compile_policy(ALL[policy])
    found = options("stable-diffusion-webui", ALL[policy])
    exact = found.get("--cors-allow-origins", "").split(",")
    expression = re.compile(found.get("--cors-allow-origins-regex", "(?!)"))
    for origin in ORIGINS:
        allowed = origin in exact or expression.fullmatch(origin) is not None
        assert not allowed or meant.allows_listed(origin)
        if policy != "quotes":
            assert allowed is meant.allows_listed(origin)


@pytest.mark.parametrize("origin", ["https://app.example", "*"])
def test_comfyui_takes_one_origin(origin: str) -> None:
    meant = Policy(origins="*", public=True) if origin == "*" else Policy(origins=[origin])
    assert options("comfyui", meant)["--enable-cors-header"] == origin


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("keycloak", {"webOrigins"}),
        ("auth0", {"allowed_origins", "web_origins"}),
        ("okta", {"name", "origin", "scopes"}),
        ("entra-id", {"spa"}),
    ],
)
def test_identity_providers_take_objects_with_these_keys(name: str, keys: set[str]) -> None:
    for file in stack(name).render(ALL["exact"]).files:
        assert set(json.loads(file.text)) == keys


def test_entra_id_takes_addresses() -> None:
    meant = Policy(origins=["https://app.example", "http://localhost:3000", "http://app.example"])
    written = text("entra-id", meant)
    assert written is not None
    assert json.loads(written) == {
        "spa": {"redirectUris": ["https://app.example/", "http://localhost:3000/"]}
    }
    assert "http://app.example is left out" in " ".join(stack("entra-id").render(meant).limits)


def limits(name: str, **fields: Any) -> str:
    fields.setdefault("origins", ["https://app.example"])
    return "\n".join(stack(name).render(Policy(**fields)).limits)


EVERYONE: Final = {"origins": "*", "public": True}


@pytest.mark.parametrize(
    ("name", "fields", "says"),
    [
        ("keycloak", EVERYONE, "would send credentials"),
        ("keycloak", {"origins": ["https://*.example.com"]}, "entries have no wildcard"),
        ("keycloak", {}, "decides by itself which methods"),
        ("keycloak", {"max_age": 5}, "how long a preflight"),
        ("auth0", EVERYONE, "no entry of these lists"),
        ("auth0", {"origins": ["capacitor://localhost"]}, "cannot be listed"),
        ("okta", EVERYONE, "no trusted origin"),
        ("entra-id", EVERYONE, "There is no star"),
        ("authelia", EVERYONE, "star is left out"),
        ("oauth2-proxy", {}, "no CORS of its own"),
        ("oauth2-proxy", {"origins": []}, "leave oauth2-proxy as it is"),
        ("ollama", {}, "cannot be switched off"),
        ("ollama", {"credentials": True}, "never allows credentials"),
        ("lm-studio", {}, "every site or none"),
        ("minio", EVERYONE, "more than the policy"),
        ("minio", {"origins": []}, "stands for nobody"),
        ("rabbitmq", EVERYONE, "more than the policy"),
        ("rabbitmq", {}, "allows credentials to every listed origin"),
        ("elasticsearch", {"request_headers": "*"}, "left out"),
        ("elasticsearch", {"exposed_headers": "*"}, "left out"),
        ("elasticsearch", {}, "20 days"),
        ("opensearch", {"exposed_headers": ["x-a"]}, "cannot be exposed"),
        ("elasticsearch", {"origin_regexes": [r"(?i:https)://a\.example"]}, "syntax is Python's"),
        ("vllm", {"exposed_headers": ["x-a"]}, "exposes no headers"),
        ("vllm", {"max_age": 5}, "600 seconds"),
        ("vllm", {}, "Starlette grants"),
        ("comfyui", {"origins": ["https://a.example", "https://b.example"]}, "takes one origin"),
        ("stable-diffusion-webui", EVERYONE, "star is left out"),
        ("couchdb", {"exposed_headers": ["x-a"]}, "CouchDB's own"),
        ("couchdb", {"request_headers": "*"}, "left out"),
        ("mcp", {"origin_lookup": bool}, "origin_lookup is code"),
    ],
)
def test_what_is_left_out_is_said(name: str, fields: dict[str, Any], says: str) -> None:
    assert says in limits(name, **fields)


def test_names_titles_and_words_belong_to_one_stack_each() -> None:
    seen: dict[str, str] = {}
    for each in (*CLOUDS, *STACKS):
        assert each.sources
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each.name)
        for word in {each.name, *each.words}:
            assert seen.setdefault(word, each.name) == each.name
            assert word == word.lower()
        assert all(len(word) >= 4 for word in each.words)
