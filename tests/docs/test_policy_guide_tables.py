"""The tables and figures of the guide to `Policy` are those of the code."""

from dataclasses import MISSING, fields
from typing import Any

import pytest
from tests.docs.policy_guide import PAGE, TEXT, quoted, rows

from corsage import CORS, Policy, PolicyError, PolicySet, Reason
from corsage.apps.cli.policy.peers import PEERS
from corsage.middleware import denial, lookups
from corsage.model.names import CORS_SAFELISTED_METHODS, SAFELISTED_RESPONSE_HEADERS
from corsage.model.rule import Severity
from corsage.server import compile_policy, regexes
from corsage.server.formats import policy_from_variables
from corsage.server.formats.env import variable_of


def test_every_field_is_there_with_its_default() -> None:
    default = {"()": "none", "None": "`None`"}
    expected = {
        f"`{each.name}`": default.get(repr(each.default), f"`{each.default!r}`")
        for each in fields(Policy)
        if each.init and each.default is not MISSING
    }
    assert {name: value for name, _, value, _ in rows("field | type")} == expected


@pytest.mark.parametrize("row", rows("entry"), ids=lambda row: row[0])
def test_what_an_origin_allows(row: list[str]) -> None:
    for entry in quoted(row[0]):
        if "…" in entry:
            continue
        compiled = compile_policy(Policy(origins=[entry]))
        assert all(not compiled.allows_listed(other) for other in quoted(row[2]) if "://" in other)
        if entry == "*" or "://*" in entry or "://+" in entry:
            assert compiled.allows_listed(entry.replace("*.", "a.b.").replace("+.", "a.").replace(":*", ":1"))
        else:
            assert compiled.allows_listed(entry.replace(":*", ":3000"))
            assert compiled.allows_listed(entry.replace(":*", ""))


@pytest.mark.parametrize("row", rows("`max_age` | is sent"), ids=lambda row: row[0])
def test_what_an_age_sends(row: list[str]) -> None:
    (written,) = quoted(row[0])
    policy = Policy(origins=[PAGE], max_age=None if written == "None" else int(written))
    sent = dict(compile_policy(policy).preflight).get("Access-Control-Max-Age")
    assert row[1] == ("nothing" if sent is None else f"`{sent}`")
    assert ("a note" in row[2]) == bool(policy.warnings)


def test_what_needs_no_entry() -> None:
    found = {quoted(row[0])[0]: set(quoted(row[1])) for row in rows("field | needs no entry")}
    assert found["methods"] == set(CORS_SAFELISTED_METHODS)
    assert {name.lower() for name in found["exposed_headers"]} == set(SAFELISTED_RESPONSE_HEADERS)


# What is broad, what it takes to mean it (None: nothing does), and how much of a problem it is.
PRODUCTION = {"environment": "production"}
STAR = {"origin_regexes": [], "origins": "*"}
BROAD: list[tuple[str, dict[str, Any], dict[str, Any] | None, Severity]] = [
    ("CORS130", {"origins": "*", "credentials": True}, None, Severity.ERROR),
    ("CORS131", {"origins": [PAGE], "methods": "*", "credentials": True}, None, Severity.ERROR),
    ("CORS123", {"origins": ["null"]}, {"dangerously_allow_null_origin": True}, Severity.ERROR),
    ("CORS124", {"origins": ["file://"]}, {"dangerously_allow_file_origins": True}, Severity.ERROR),
    ("CORS124", {"origins": ["content://"]}, {"dangerously_allow_file_origins": True}, Severity.ERROR),
    (
        "CORS132",
        {"origins": ["http://a.example"], "credentials": True},
        {"dangerously_allow_insecure_origins": True},
        Severity.ERROR,
    ),
    (
        "CORS133",
        {"origins": ["https://*.github.io"], "credentials": True},
        {"dangerously_allow_public_suffixes": True},
        Severity.ERROR,
    ),
    (
        "CORS133",
        {"origins": ["https://*.github.io"]},
        {"dangerously_allow_public_suffixes": True},
        Severity.WARNING,
    ),
    ("CORS147", {"origin_regexes": [".*"], "credentials": True}, None, Severity.ERROR),
    ("CORS147", {"origin_regexes": [".*"], **PRODUCTION}, {**STAR, "public": True}, Severity.ERROR),
    ("CORS147", {"origin_regexes": [".*"]}, STAR, Severity.WARNING),
    ("CORS134", {"origins": "*", **PRODUCTION}, {"public": True}, Severity.ERROR),
    (
        "CORS135",
        {"origins": ["http://localhost:3000"], **PRODUCTION},
        {"dangerously_allow_loopback_in_production": True},
        Severity.ERROR,
    ),
    (
        "CORS136",
        {"origins": [PAGE], "dangerously_allow_null_origin": True, **PRODUCTION},
        None,
        Severity.WARNING,
    ),
    ("CORS137", {"origins": ["https://a.example:*"], **PRODUCTION}, None, Severity.WARNING),
]  # fmt: skip


@pytest.mark.parametrize(("code", "broad", "meant", "severity"), BROAD)
def test_what_is_refused_and_how_it_is_meant(
    code: str, broad: dict[str, Any], meant: dict[str, Any] | None, severity: Severity
) -> None:
    everything = {each.name: True for each in fields(Policy) if each.name.startswith("dangerously_")}
    assert severities(broad)[code] is severity
    if meant is None:
        assert code in severities(
            {**broad, **everything, "public": not broad.get("dangerously_allow_null_origin")}
        )
    else:
        assert code not in severities({**broad, **meant})
    assert f"[{code}]" in TEXT or f"/{code}-" in TEXT


def severities(values: dict[str, Any]) -> dict[str, Severity]:
    try:
        problems = Policy(**values).warnings
    except PolicyError as error:
        problems = error.problems
    return {problem.code: problem.severity for problem in problems}


def test_debugging_is_refused_in_production() -> None:
    with pytest.raises(ValueError, match="debug"):
        CORS(Policy(origins=[PAGE], environment="production"), debug=True)


def test_the_words_of_variables() -> None:
    flags = quoted(next(row[1] for row in rows("field | value") if row[0] == "flags"))
    for text in flags:
        policy = policy_from_variables({variable_of("timing"): text, variable_of("origins"): PAGE})
        assert policy.timing == (text in flags[: len(flags) // 2])
    policy_from_variables({"CORSAGE_COMPILE": "1", "CORSAGE_TRACEBACK": "1", variable_of("max_age"): ""})
    with pytest.raises(PolicyError, match="CORSAGE_ORIGINS"):
        policy_from_variables({"CORSAGE_ORIGIN": PAGE})


def test_which_paths_a_pattern_matches() -> None:
    matched = {"/login": "/login", "/api/*": "/api/x", "/tenants/{id}/*": "/tenants/7/users"}
    assert {quoted(row[0])[0] for row in rows("pattern | paths")} == set(matched)
    policies = PolicySet(None, {pattern: Policy(origins=[PAGE]) for pattern in matched})
    for pattern, path in matched.items():
        assert policies.choose(path).pattern == pattern
    assert policies.choose("/api").pattern == "/api/*"
    assert policies.choose("/login/").pattern == "/login"
    assert all(policies.select(path) is None for path in ("/apiary", "/login/x", "/tenants/", "/API/x"))
    assert policies.select("//login") == Policy()


def test_every_reason_is_explained() -> None:
    named = {name for row in rows("`reason`") for name in quoted(row[0])}
    assert named == {*Reason}


def test_every_library_is_named() -> None:
    sentence = TEXT.partition("`corsage policy import` translates")[2].partition(".")[0]
    assert all(peer in sentence for peer in PEERS)


def test_the_figures_are_those_of_the_code() -> None:
    words = {10: "ten at first", 30.0: "one in thirty seconds"}
    for said in (
        f"At most {lookups.MOST_KEPT:,}",
        f"has {regexes.LONGEST_REGEX} characters at most",
        words[denial.BURST],
        words[denial.EVERY_SECONDS],
    ):
        assert said in " ".join(TEXT.split())
