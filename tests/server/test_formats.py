"""Policies as text: round trips, and texts that do not parse."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from corsage.server import Policy, PolicyError
from corsage.server.draft import FIELDS
from corsage.server.formats import (
    policy_from_variables,
    read_json,
    read_policies,
    read_toml,
    read_variables,
    write_json,
    write_policies,
    write_toml,
    write_variables,
)
from corsage.server.formats.env import variable_of
from corsage.server.policy_set import PolicySet

ORIGINS = st.sampled_from(
    [
        "https://a.example",
        "https://*.b.example:*",
        "http://localhost:*",
        "capacitor://localhost",
        "http://[::1]:5000",
    ]
)
REGEXES = st.sampled_from(
    [r"https://[a-z]{1,3}\.example\.com", r"https://(a|b)\.example", r"https://a\.example(?#', \" \t)"]
)
NAMES = st.sampled_from(["X-A", "x-b", "Authorization", "ETag"])
ENVIRONMENTS = st.none() | st.sampled_from(
    ["production", "staging", 'a "quoted" \\ name', "mit Umlaut ä", "a, b"]
)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    everyone = draw(st.sampled_from([True, False, False]))
    lists = st.lists(NAMES, max_size=3, unique=True)
    values: dict[str, object] = {
        "origins": "*" if everyone else draw(st.lists(ORIGINS, max_size=4, unique=True)),
        "origin_regexes": [] if everyone else draw(st.lists(REGEXES, max_size=2, unique=True)),
        "origin_lookup_seconds": draw(st.sampled_from([60, 0, 0.5, 1e-9, 123456789.25])),
        "methods": draw(st.lists(st.sampled_from(["PUT", "PATCH", "purge"]), max_size=3, unique=True)),
        "request_headers": draw(lists),
        "exposed_headers": draw(lists),
        "credentials": draw(st.booleans()) and not everyone,
        "max_age": draw(st.sampled_from([None, -1, 0, 600, 7200])),
        "private_network": draw(st.booleans()),
        "timing": draw(st.booleans()),
        "resource_policy": draw(st.sampled_from([None, "same-site", "cross-origin"])),
        "preflight_status": draw(st.sampled_from([200, 204])),
        "preflight_continue": draw(st.booleans()),
        "guard_websockets": draw(st.booleans()),
        "public": everyone,
        "environment": draw(ENVIRONMENTS),
        "dangerously_allow_null_origin": draw(st.booleans()) and not everyone,
        "dangerously_allow_insecure_origins": draw(st.booleans()),
        "dangerously_allow_public_suffixes": draw(st.booleans()),
        "dangerously_allow_loopback_in_production": draw(st.booleans()),
        "dangerously_allow_file_origins": draw(st.booleans()),
    }
    assert values.keys() == FIELDS.keys() - {"origin_lookup"}
    try:
        return Policy.of({name: value for name, value in values.items() if value is not None})
    except PolicyError:
        reject()


PATTERNS = ["/", "/*", "/api/*", "/api/{id}", '/a "b" c/*', "/ä/*", "/a.b/*", "/env/*", "/\U0001f600"]
SETS = st.builds(
    PolicySet, st.none() | policies(), st.dictionaries(st.sampled_from(PATTERNS), policies(), max_size=3)
)


@given(SETS)
def test_toml_round_trip(policies: PolicySet) -> None:
    assert read_policies(write_policies(policies)) == policies


@given(SETS)
def test_json_round_trip(policies: PolicySet) -> None:
    assert read_policies(write_policies(policies, "json"), format="json") == policies


@given(policies())
def test_variables_round_trip(policy: Policy) -> None:
    assert policy_from_variables(write_variables(policy)) == policy


@pytest.mark.parametrize(
    "policies", [PolicySet(), PolicySet(Policy()), PolicySet(Policy(), {"/x": Policy()}), Policy()]
)
def test_nothing_is_something_to_write(policies: Policy | PolicySet) -> None:
    expected = policies if isinstance(policies, PolicySet) else PolicySet(policies)
    assert read_policies(write_policies(policies)) == expected
    assert read_policies(write_policies(policies, "json"), format="json") == expected


VALUES = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=8,
)
TABLES = st.recursive(
    st.dictionaries(st.text(), VALUES, max_size=3),
    lambda inner: st.dictionaries(st.text(), VALUES | inner, max_size=3),
    max_leaves=6,
)


@given(TABLES)
def test_whatever_is_written_as_toml_is_read_again(table: dict[str, object]) -> None:
    assert tomllib.loads(write_toml(table)) == table


@given(TABLES)
def test_whatever_is_written_as_json_is_read_again(table: dict[str, object]) -> None:
    if "inf" in repr(table):
        reject()
    assert read_json(write_json(table)) == table


def test_toml_is_written_as_people_would() -> None:
    text = write_policies(
        PolicySet(
            Policy(origins=["https://a.example"], origin_regexes=[r"https://b\.example"], credentials=True),
            {"/api/*": Policy(origins=[f"https://tenant-{number:02}.example" for number in range(8)])},
        )
    )
    assert text.splitlines()[:7] == [
        "[cors]",
        'origins = ["https://a.example"]',
        r"origin_regexes = ['https://b\.example']",
        "credentials = true",
        "",
        '[cors.paths."/api/*"]',
        "origins = [",
    ]
    assert text.splitlines()[7] == '    "https://tenant-00.example",'


def test_what_no_format_has_a_word_for_is_an_error() -> None:
    with pytest.raises(TypeError):
        write_toml({"cors": {"origin_lookup": print}})


BAD_TOML = [
    ("[cors", "line 1, column 6"),
    ("[cors]\norigins = [https://a.example]\n", "line 2, column 12"),
    ("[cors]\na = 1\na = 2\n", "line 3, column 6"),
    ('[cors]\na = "', "line 2, column 6"),
    ("[cors]\na = " + "1" * 5000, "the file"),
    ("a = " + "[" * 100_000, "the file"),
]


@pytest.mark.parametrize(("text", "place"), BAD_TOML)
def test_bad_toml_is_a_problem_with_its_place(text: str, place: str) -> None:
    with pytest.raises(PolicyError) as found:
        read_toml(text)
    (problem,) = found.value.problems
    assert (problem.code, problem.field) == ("CORS105", place)
    assert len(problem.value) <= 1000


BAD_JSON = [
    ("{", "CORS105", "line 1, column 2"),
    ('{"cors":\n {"a": ]}}', "CORS105", "line 2, column 8"),
    ("", "CORS105", "line 1, column 1"),
    ('{"a": NaN}', "CORS105", "the file"),
    ('{"a": ' + "1" * 5000 + "}", "CORS105", "the file"),
    ("[" * 100_000, "CORS105", "the file"),
    ("[1]", "CORS106", "the file"),
    ('{"cors": {"max_age": 1, "max_age": 2}}', "CORS105", "max_age"),
]


@pytest.mark.parametrize(("text", "code", "place"), BAD_JSON)
def test_bad_json_is_a_problem_with_its_place(text: str, code: str, place: str) -> None:
    with pytest.raises(PolicyError) as found:
        read_json(text)
    (problem,) = found.value.problems
    assert (problem.code, problem.field) == (code, place)


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    for read in (read_toml, read_json):
        try:
            read(text)
        except PolicyError as error:
            assert error.problems


VARIABLES = [
    (
        {"CORSAGE_ORIGINS": "https://a.example, https://b.example"},
        {"origins": ["https://a.example", "https://b.example"]},
    ),
    (
        {"CORSAGE_ORIGINS": "https://a.example\n https://b.example,"},
        {"origins": ["https://a.example", "https://b.example"]},
    ),
    ({"CORSAGE_ORIGINS": '["https://a.example"]'}, {"origins": ["https://a.example"]}),
    ({"CORSAGE_ORIGINS": "*"}, {"origins": ["*"]}),
    ({"CORSAGE_ORIGINS": ""}, {}),
    ({"CORSAGE_ORIGINS": "[]"}, {"origins": []}),
    (
        {"CORSAGE_ORIGIN_REGEXES": r"https://[a-z]{1,3}\.a [a-z]+://x"},
        {"origin_regexes": [r"https://[a-z]{1,3}\.a", "[a-z]+://x"]},
    ),
    ({"CORSAGE_CREDENTIALS": "TRUE"}, {"credentials": True}),
    ({"CORSAGE_CREDENTIALS": "0"}, {"credentials": False}),
    ({"CORSAGE_TIMING": "on", "CORSAGE_PUBLIC": "No"}, {"timing": True, "public": False}),
    ({"CORSAGE_MAX_AGE": " 600 "}, {"max_age": 600}),
    ({"CORSAGE_MAX_AGE": "-1"}, {"max_age": -1}),
    ({"CORSAGE_ORIGIN_LOOKUP_SECONDS": "0.5"}, {"origin_lookup_seconds": 0.5}),
    ({"CORSAGE_RESOURCE_POLICY": "same-site"}, {"resource_policy": "same-site"}),
    ({"CORSAGE_ENV": "staging"}, {"environment": "staging"}),
    ({"CORSAGE_ENVIRONMENT": "staging"}, {"environment": "staging"}),
    ({"CORSAGE_ENV": "staging", "CORSAGE_ENVIRONMENT": "staging"}, {"environment": "staging"}),
    ({"CORSAGE_TRACEBACK": "1", "CORSAGE_COMPILE": "0", "PATH": "/bin", "corsage_origins": "x"}, {}),
]


@pytest.mark.parametrize(("environ", "values"), VARIABLES)
def test_variables_are_read(environ: dict[str, str], values: dict[str, object]) -> None:
    assert read_variables(environ) == (values, ())


BAD_VARIABLES = [
    ("CORSAGE_ORIGIN", "x", "CORSAGE_ORIGINS"),
    ("CORSAGE_ORIGNS", "x", "CORSAGE_ORIGINS"),
    ("CORSAGE_Origins", "x", "CORSAGE_ORIGINS"),
    ("CORSAGE_ENVV", "x", "CORSAGE_ENV"),
    ("CORSAGE_ZZZZ", "x", None),
    ("CORSAGE_ORIGIN_LOOKUP", "x", "Policy(origin_lookup=…) in Python"),
    ("CORSAGE_CREDENTIALS", "maybe", None),
    ("CORSAGE_MAX_AGE", "10m", None),
    ("CORSAGE_MAX_AGE", "1.5", None),
    ("CORSAGE_MAX_AGE", "9" * 5000, None),
    ("CORSAGE_MAX_AGE", "६००", None),
    ("CORSAGE_ORIGIN_LOOKUP_SECONDS", "nan", None),
    ("CORSAGE_ORIGINS", '["https://a.example"', None),
    ("CORSAGE_ORIGINS", '["https://a.example", 1]', None),
]


@pytest.mark.parametrize(("name", "value", "suggestion"), BAD_VARIABLES)
def test_bad_variables_are_problems(name: str, value: str, suggestion: str | None) -> None:
    values, (problem,) = read_variables({name: value})
    assert not values
    assert (problem.code, problem.field, problem.suggestion) == ("CORS109", name, suggestion)


def test_two_names_for_the_environment_may_not_disagree() -> None:
    _, (problem,) = read_variables({"CORSAGE_ENV": "staging", "CORSAGE_ENVIRONMENT": "production"})
    assert problem.field == "CORSAGE_ENVIRONMENT"


def test_all_problems_of_all_variables_are_reported_by_their_names() -> None:
    environ = {"CORSAGE_ORIGINS": "https://a.example/ b", "CORSAGE_MAX_AGE": "x", "CORSAGE_X": "1"}
    with pytest.raises(PolicyError) as found:
        policy_from_variables(environ)
    fields = {problem.field for problem in found.value.problems}
    assert {"CORSAGE_ORIGINS[0]", "CORSAGE_ORIGINS[1]", "CORSAGE_MAX_AGE", "CORSAGE_X"} <= fields


def test_every_field_has_its_variable() -> None:
    examples = {"w": "*", "s": "a", "b": "yes", "i": "200", "n": "1", "t": "x"}
    for field, kind in FIELDS.items():
        if kind != "c":
            values, problems = read_variables({variable_of(field): examples[kind]})
            assert list(values) == [field]
            assert not problems


def test_json_is_for_programs() -> None:
    assert json.loads(write_policies(Policy(origins=["https://a.example"]), "json")) == {
        "cors": {"origins": ["https://a.example"]}
    }
