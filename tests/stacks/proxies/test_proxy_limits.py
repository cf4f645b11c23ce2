"""What proxies cannot say is left out, so that less is allowed, and a sentence says so."""

from __future__ import annotations

import pytest
import yaml
from tests.stacks.policies import POLICIES

from corsage.server import Policy
from corsage.stacks import all_stacks
from corsage.stacks.proxies import STACKS
from corsage.stacks.proxies.answers import answers_of

A = "https://a.example"
NAMES = [stack.name for stack in STACKS]
BY_NAME = {stack.name: stack for stack in STACKS}


def is_tenant(origin: str) -> bool:
    return origin.startswith("https://tenant-")


# The policy, a part of the sentence, and what must not be written.
LIMITS = (
    (Policy(origins=[A], origin_lookup=is_tenant), "origin_lookup is code", "tenant"),
    (Policy(origins=[A], guard_websockets=True), "guard_websockets", "websocket"),
    (Policy(origins=[A], origin_regexes=[r"https://(?P<x>b)\.example"]), "is left out", "(?P"),
    (Policy(origins=[A], origin_regexes=[r"https://(?s:b)\.example"]), "is left out", "(?s"),
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("policy", "words", "written"), LIMITS, ids=[each[1] for each in LIMITS])
def test_what_is_left_out_is_said(name: str, policy: Policy, words: str, written: str) -> None:
    rendered = BY_NAME[name].render(policy)
    assert any(words in each for each in rendered.limits), rendered.limits
    assert all(written not in file.text for file in rendered.files)
    assert (
        any(A in file.text or A.replace(".", r"\.") in file.text for file in rendered.files)
        or "envoy" in name
    )


@pytest.mark.parametrize("name", NAMES)
def test_what_can_be_said_has_no_limits(name: str) -> None:
    limits = BY_NAME[name].render(POLICIES["exact"]).limits
    assert limits == () or name == "ingress-nginx"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("policy", POLICIES)
def test_there_are_steps_and_no_tabs_but_caddy_s(name: str, policy: str) -> None:
    rendered = BY_NAME[name].render(POLICIES[policy])
    assert rendered.steps
    assert rendered.stack == name
    assert rendered.executed == BY_NAME[name].executed
    for file in rendered.files:
        assert file.text.endswith("\n")
        assert file.text.isascii()
        assert ("\t" in file.text) == (name == "caddy")


def test_nobody_is_allowed_where_the_only_expression_is_left_out() -> None:
    policy = Policy(origin_regexes=[r"https://(?P<x>b)\.example"], credentials=True, methods=["PUT"])
    answers = answers_of(policy)
    assert not answers.grants
    assert answers.allowed == answers.preflight == ()
    for stack in STACKS:
        text = "\n".join(file.text for file in stack.render(policy).files)
        assert "true" not in text.replace("bool(true)", "").lower()
        assert "PUT" not in text


def test_yaml_is_read_as_it_was_meant() -> None:
    for name in ("traefik", "envoy", "istio", "ingress-nginx"):
        for policy in POLICIES.values():
            for file in BY_NAME[name].render(policy).files:
                assert isinstance(yaml.safe_load(file.text), dict)


def test_names_and_words_are_nobody_else_s() -> None:
    names = [stack.name for stack in all_stacks()]
    assert len(set(names)) == len(names)
    for stack in STACKS:
        others = {
            word for each in all_stacks() if each.name != stack.name for word in (each.name, *each.words)
        }
        assert not others & {stack.name, *stack.words}, stack.name
        assert all(word == word.lower() and len(word) >= 4 for word in stack.words)
