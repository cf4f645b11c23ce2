"""Whatever somebody writes: problems are found or not, and a policy is made or `PolicyError` is raised."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from corsage.model.rule import Severity
from corsage.server import Policy, PolicyError, compile_policy, decide, parse_origin_pattern, problems_of
from corsage.server.draft import FIELDS, NULL, WILDCARD
from corsage.server.sorted_origins import sorted_origins
from corsage.server.witness import study

SCRAPS = [
    "https://", "http://", "://", "example.com", "*", "+", ".", ":", "/", "@", "[", "]", "::1", "127.1", "443", "null",
    "file:", "localhost", "%", "\\", "é", "\u202e", "\ud800", "\0", " ", ",", '"', "xn--", "-", "_", "A", "(", "?", "#",
]  # fmt: skip
ATOMS = [
    "a", "b", ".", r"\.", "example", "com", r"\d", r"\w", "[a-z]", "[^/]", "https://", "https?://", ":", "/", "^", "$",
    "|", "(?:", "(", "(?=", "(?!", "(?<=a", ")", "*", "+", "?", "{2}", "{1,63}", "{500}", "*?", "++", r"\1", r"\b",
    "(?i)", "(?x)", "#", "[.]", "evil", "localhost", "é", "(?P<n>", "(?P=n)", "(?(1)a|b)", "\\", "[", "]", "(?>", "A",
]  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(SCRAPS), max_size=8).map("".join),
    st.text(max_size=20),
    st.sampled_from(["PUT", "patch", "Cookie", "x-token", "production", "same-site"]),
)
patterns = st.lists(st.sampled_from(ATOMS), max_size=25).map("".join)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(-(10**5000), 10**5000), st.floats(), texts, patterns
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=5,
)
lists = st.lists(texts | patterns, max_size=4)
mappings = st.dictionaries(st.sampled_from(list(FIELDS)) | texts, values | lists, max_size=8)


@given(mappings)
def test_problems_of_any_mapping(fields: Mapping[str, Any]) -> None:
    for problem in problems_of(fields):
        assert problem.code.startswith("CORS1")
        assert problem.reason
        assert len(problem.says) < 4000


@given(mappings)
def test_a_policy_or_a_policy_error(fields: Mapping[str, Any]) -> None:
    try:
        policy = Policy.of(fields)
    except PolicyError as error:
        assert error.problems[0].severity is Severity.ERROR
        return
    assert all(problem.severity is not Severity.ERROR for problem in policy.warnings)
    compiled = compile_policy(policy)
    for origin in ("https://example.com", "null", "https://a..b", ""):
        decide(compiled, "GET", [("Origin", origin)])


@given(texts)
def test_what_is_no_pattern_has_an_error(text: str) -> None:
    found = [each for each in problems_of({"origins": [text]}) if each.severity is Severity.ERROR]
    if text == WILDCARD or parse_origin_pattern(text) is not None:
        assert found == []
    else:
        assert found
        assert text.strip() != NULL or found[0].code in {"CORS111", "CORS123"}


@given(
    st.lists(st.sampled_from(["a", "b-", "-", ".", "1", "localhost", "com", "x" * 62, "_"]), max_size=9).map(
        "".join
    )
)
def test_what_is_passed_over_is_a_pattern_without_anything_to_say(host: str) -> None:
    text = f"https://{host}"
    found = sorted_origins((text,))
    pattern = parse_origin_pattern(text)
    assert found.misspelt == (() if pattern else ((0, text),))
    assert found.loopback == (((0, pattern),) if pattern and pattern.is_loopback else ())
    assert found.broad == found.insecure == ()


@given(texts)
def test_what_is_proposed_for_an_origin_is_right(text: str) -> None:
    for problem in problems_of({"origins": [text]}):
        proposal = problem.suggestion
        if proposal is None or proposal.startswith(("[", "origin_regexes")):
            continue
        assert proposal == WILDCARD or parse_origin_pattern(proposal) is not None


@given(patterns)
def test_a_witness_is_accepted(pattern: str) -> None:
    for finding in study(pattern):
        if not finding.witness or finding.kind == "slow":
            continue
        compiled = compile_policy(
            Policy(
                origin_regexes=[pattern],
                dangerously_allow_insecure_origins=True,
                dangerously_allow_public_suffixes=True,
            )
        )
        assert compiled.allows_listed(finding.witness)
