"""The cases of the peers' suites: what we answer, and what a browser makes of it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from corsage.grammar import FAILURE
from corsage.model import HeaderList
from corsage.model.names import CORS_SAFELISTED_METHODS, NON_WILDCARD_HEADERS
from corsage.server import Decision, Kind, Policy, Reason, compile_policy, decide

GROUPS: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("peers_vectors.toml").read_text(encoding="utf-8")
)
CASES = [(group, name) for group, content in GROUPS.items() for name in content["rows"]]
REASONS: dict[str, set[Reason | None]] = {
    "passes": {None},
    "plain": {None},
    "origin": {
        Reason.ORIGIN_NOT_ALLOWED,
        Reason.ORIGIN_MALFORMED,
        Reason.ORIGIN_NULL,
        Reason.ORIGIN_REPEATED,
    },
    "method": {Reason.METHOD_NOT_ALLOWED},
    "header": {Reason.HEADER_NOT_ALLOWED},
}


def asked(row: dict[str, Any]) -> list[tuple[str, str]]:
    origin = row.get("origin", [])
    headers = [("Origin", line) for line in ([origin] if isinstance(origin, str) else origin)]
    if "asks" in row:
        headers.append(("Access-Control-Request-Method", row["asks"]))
    headers += [("Access-Control-Request-Headers", line) for line in row.get("headers", [])]
    if "private_network" in row:
        headers.append(("Access-Control-Request-Private-Network", row["private_network"]))
    return headers


def listed(answer: HeaderList, what: str) -> tuple[str, ...]:
    found = answer.extract(f"access-control-allow-{what}")
    assert found is not FAILURE
    return found or ()


def verdict(row: dict[str, Any], decision: Decision, *, credentials: bool) -> str:
    """What a browser says that follows the standard: a few lines of our own, not the engine."""
    answer = HeaderList(decision.headers)
    if decision.origin is None:
        return "plain" if "origin" not in row else "origin"
    allowed = answer.lines("access-control-allow-origin")
    if allowed not in ([decision.origin], [] if credentials else ["*"]) or not allowed:
        return "origin"
    if credentials and answer.lines("access-control-allow-credentials") != ["true"]:
        return "origin"
    if "asks" not in row:
        return "passes"
    assert decision.status is not None
    assert 200 <= decision.status < 300
    methods, headers = listed(answer, "methods"), listed(answer, "headers")
    star = set() if credentials else {"*"}
    if row["asks"] not in CORS_SAFELISTED_METHODS and not {row["asks"], *star} & set(methods):
        return "method"
    names = {name.strip(" \t").lower() for line in row.get("headers", []) for name in line.split(",")} - {""}
    for name in names - {name.lower() for name in headers}:
        if name in NON_WILDCARD_HEADERS or not star & set(headers):
            return "header"
    return "passes"


@pytest.mark.parametrize(("group", "name"), CASES)
def test_a_peers_case(group: str, name: str) -> None:
    content = GROUPS[group]
    row = content["rows"][name]
    policy = Policy.of(content["policy"])
    method = row.get("method", "OPTIONS")
    decision = decide(compile_policy(policy), method, asked(row))
    assert decision.reason in REASONS[row["verdict"]]
    assert verdict(row, decision, credentials=policy.credentials) == row["verdict"]
    assert (decision.kind is Kind.PREFLIGHT) == ("asks" in row and "origin" in row)
    answer = HeaderList(decision.headers)
    if row["verdict"] == "origin":
        assert [name for name in answer.names() if name != "vary"] == []
    if "max_age" in row:
        assert answer.get("access-control-max-age") == row["max_age"]
    granted = answer.get("access-control-allow-private-network")
    assert granted == ("true" if row.get("private_network") and decision.allowed else None)


def test_the_table_is_what_it_says() -> None:
    assert len(CASES) >= 80
    assert {content["peer"] for content in GROUPS.values()} == {"jub0bs", "rs"}
    known = {"method", "asks", "origin", "headers", "verdict", "differs", "max_age", "private_network"}
    for group, name in CASES:
        row = GROUPS[group]["rows"][name]
        assert set(row) <= known
        assert ("method" in row) != ("asks" in row)
        assert row["verdict"] in REASONS


def test_most_cases_have_one_verdict_for_every_correct_server() -> None:
    differing = [name for group, name in CASES if "differs" in GROUPS[group]["rows"][name]]
    assert len(CASES) - len(differing) >= 80
