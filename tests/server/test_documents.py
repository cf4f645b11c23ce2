"""Policy files: environments, inheritance, paths, and what stands in the wrong place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.model.rule import Severity
from corsage.server import PolicyError
from corsage.server.formats import (
    DOCUMENT_RULES,
    check_document,
    read_document,
    read_policies,
    resolve,
    write_toml,
)
from corsage.server.formats.env import read_variables

if TYPE_CHECKING:
    from corsage.model.rule import Problem
    from corsage.server.formats.document_rules import DocumentRule

FILE = """
[unrelated]
x = 1

[cors]
origins = ["https://app.example.com"]
methods = ["PUT"]

[cors.env.development]
origins = ["http://localhost:*"]

[cors.env.production]
max_age = 600

[cors.env.live]
extends = "production"
environment = "production"

[cors.env.staging]
extends = "production"
origins = ["https://staging.example.com"]

[cors.env.preview]
extends = "staging"
methods = []

[cors.paths."/api/*"]
inherit = true
credentials = true

[cors.paths."/api/*".env.staging]
credentials = false

[cors.paths."/files/*"]
origins = ["https://files.example.com"]

[cors.paths."/files/*".env.production]
timing = true

[cors.paths."/files/*".env.preview]
extends = "development"
"""

# environment, path, field, value
VALUES: list[tuple[str | None, str, str, object]] = [
    (None, "/", "origins", ("https://app.example.com",)),
    (None, "/", "environment", None),
    ("development", "/", "origins", ("http://localhost:*",)),
    ("development", "/", "methods", ("PUT",)),
    ("development", "/", "environment", "development"),
    ("production", "/", "max_age", 600),
    ("staging", "/", "max_age", 600),
    ("staging", "/", "environment", "staging"),
    ("staging", "/", "origins", ("https://staging.example.com",)),
    ("preview", "/", "origins", ("https://staging.example.com",)),
    ("preview", "/", "methods", ()),
    ("preview", "/", "max_age", 600),
    ("live", "/", "environment", "production"),
    ("live", "/files/x", "environment", "production"),
    ("live", "/api/x", "environment", "production"),
    # A path that inherits begins with what [cors] says in the same environment.
    (None, "/api/x", "origins", ("https://app.example.com",)),
    ("staging", "/api/x", "origins", ("https://staging.example.com",)),
    ("production", "/api/x", "credentials", True),
    ("staging", "/api/x", "credentials", False),
    # Its environments inherit as those of [cors] do.
    ("preview", "/api/x", "credentials", False),
    ("preview", "/api/x", "methods", ()),
    # A path that does not inherit has nothing of [cors].
    ("production", "/files/x", "methods", ()),
    ("production", "/files/x", "max_age", None),
    ("production", "/files/x", "timing", True),
    ("live", "/files/x", "timing", True),
    # It may say otherwise about whom an environment inherits from.
    ("preview", "/files/x", "timing", False),
]


@pytest.mark.parametrize(("environment", "path", "field", "value"), VALUES)
def test_values_by_environment_and_path(
    environment: str | None, path: str, field: str, value: object
) -> None:
    policy = read_policies(FILE, environment).select(path)
    assert policy is not None
    assert getattr(policy, field) == value


CONTRADICTIONS = [
    ('[cors.env.production]\nenvironment = "dev"', "env.production.environment"),
    (
        '[cors.env.production]\nextends = "staging"\n[cors.env.staging]\nenvironment = "staging"',
        "env.staging.environment",
    ),
    (
        '[cors.paths."/x/*"]\npublic = true\norigins = "*"\n'
        '[cors.paths."/x/*".env.production]\nenvironment = "prod"',
        "paths./x/*.env.production.environment",
    ),
    (
        '[cors.env.production]\nenvironment = ""\n[cors.paths."/x/*"]\ninherit = true',
        "env.production.environment",
    ),
]


@pytest.mark.parametrize(("tables", "field"), CONTRADICTIONS)
def test_production_is_called_nothing_else(tables: str, field: str) -> None:
    text = f'[cors]\norigins = "*"\n{tables}'
    found = [each for each in check_document(text)["production"] if each.code == "CORS195"]
    assert {(each.field, each.severity) for each in found} == {(field, Severity.ERROR)}
    assert len(found) == 1
    # What is wrong in production is told, too.
    assert "CORS134" in {each.code for each in check_document(text)["production"]}
    with pytest.raises(PolicyError, match="takes the checks for production away"):
        read_policies(text, "production")
    assert read_policies(text).default is not None


@pytest.mark.parametrize(
    "tables",
    [
        '[cors]\nenvironment = "dev"\n[cors.env.production]',
        '[cors]\n[cors.env.production]\nenvironment = "production"',
        '[cors]\n[cors.env.live]\nenvironment = "production"\n[cors.env.production]\nextends = "live"',
    ],
)
def test_what_production_may_be_called(tables: str) -> None:
    text = f'{tables}\n[cors.paths."/x"]\norigins = ["https://a.example"]'
    assert read_policies(text, "production").paths["/x"].environment == "production"


def test_an_unknown_environment_names_the_known_ones() -> None:
    with pytest.raises(PolicyError) as found:
        read_policies(FILE, "stagin")
    (problem,) = (each for each in found.value.problems if each.code == "CORS107")
    assert problem.field == "environment"
    assert problem.suggestion == "staging"
    assert "development, live, preview, production, staging" in problem.reason


@pytest.mark.parametrize("environment", ["production", "staging", "anything"])
def test_a_file_without_environments_suits_all(environment: str) -> None:
    policy = read_policies('[cors]\norigins = ["https://a.example"]', environment).default
    assert policy is not None
    assert policy.environment == environment


def test_but_not_a_misspelt_production() -> None:
    with pytest.raises(PolicyError, match="CORS107"):
        read_policies('[cors]\norigins = ["https://a.example"]', "prodution")


def test_production_is_known_to_every_file() -> None:
    policy = read_policies("[cors]\n[cors.env.development]", "production").default
    assert policy is not None
    assert policy.environment == "production"


def test_production_is_stricter() -> None:
    text = '[cors]\norigins = ["http://localhost:*"]'
    assert read_policies(text).default is not None
    with pytest.raises(PolicyError, match="CORS135"):
        read_policies(text, "production")


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in problems]


SHAPES = [
    ("", [("CORS106", "the file")]),
    ("[cor]", [("CORS106", "the file")]),
    ('origins = ["https://a.example"]', [("CORS106", "the file")]),
    ("cors = 1", [("CORS106", "cors")]),
    ("[cors]\nenv = 1", [("CORS106", "env")]),
    ("[cors]\npaths = []", [("CORS106", "paths")]),
    ("[cors.env]\nproduction = 1", [("CORS106", "env.production")]),
    ('[cors.paths]\n"/x" = 1', [("CORS106", "paths./x")]),
    ("[cors]\ninherit = true", [("CORS106", "inherit")]),
    ('[cors]\nextends = "x"', [("CORS106", "extends")]),
    ("[cors.environments.production]", [("CORS106", "environments")]),
    ("[cors.production]", [("CORS106", "production")]),
    ('[cors.env.x.paths."/x"]', [("CORS106", "env.x.paths")]),
    ("[cors.env.x]\ninherit = true", [("CORS106", "env.x.inherit")]),
    ("[cors.env.x]\nextends = 1", [("CORS106", "env.x.extends")]),
    ('[cors.env.x]\nextends = "y"', [("CORS107", "env.x.extends")]),
    ('[cors.paths."/x"]\ninherit = "yes"', [("CORS106", "paths./x.inherit")]),
    ('[cors.paths."/x".paths."/y"]', [("CORS106", "paths./x.paths")]),
    ('[cors.paths."/x".env.e]\nextends = "f"', [("CORS107", "paths./x.env.e.extends")]),
    ('[cors]\norigin_lookup = "x"', [("CORS106", "origin_lookup")]),
]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_what_stands_in_the_wrong_place(text: str, expected: list[tuple[str, str]]) -> None:
    found = check_document(text)
    assert codes(tuple(each for each in found[None] if each.code in {"CORS106", "CORS107"})) == expected
    with pytest.raises(PolicyError):
        read_policies(text)


@pytest.mark.parametrize(
    ("text", "environment", "field"),
    [
        ('[cors.env.a]\nextends = "a"', "a", "env.a.extends"),
        ('[cors.env.a]\nextends = "b"\n[cors.env.b]\nextends = "a"', "a", "env.b.extends"),
        (
            '[cors.env.a]\nextends = "b"\n[cors.env.b]\n[cors.paths."/x".env.b]\nextends = "a"',
            "a",
            "paths./x.env.b.extends",
        ),
    ],
)
def test_environments_that_inherit_from_each_other(text: str, environment: str, field: str) -> None:
    assert ("CORS108", field) in codes(check_document(text)[environment])
    with pytest.raises(PolicyError, match="comes back to itself"):
        read_policies(text, environment)


def test_a_problem_names_the_table_that_it_stands_in() -> None:
    text = """
    [cors]
    origins = ["https://a.example/"]
    max_age = -7
    [cors.env.production]
    max_age = 1000000
    [cors.env.staging]
    extends = "production"
    origins = ["https://b.example", "https://c.example/"]
    [cors.paths."/x"]
    inherit = true
    methods = ["TRACE"]
    colour = "red"
    [cors.paths."/x".env.staging]
    methods = ["CONNECT"]
    """
    found = check_document(text)
    assert list(found) == [None, "production", "staging"]
    assert {"origins[0]", "max_age", "paths./x.methods[0]", "paths./x.colour"} <= {
        each.field for each in found[None]
    }
    assert {"origins[0]", "env.production.max_age"} <= {each.field for each in found["production"]}
    staging = {each.field for each in found["staging"]}
    assert {"env.staging.origins[1]", "env.production.max_age", "paths./x.env.staging.methods[0]"} <= staging
    assert not {"origins[0]", "paths./x.methods[0]"} & staging


def test_a_text_that_does_not_parse_is_the_only_problem() -> None:
    assert codes(check_document("[cors")[None]) == [("CORS105", "line 1, column 6")]
    assert codes(check_document("{", "json")[None]) == [("CORS105", "line 1, column 2")]


def test_the_table_may_be_elsewhere() -> None:
    text = '[tool.corsage.cors]\norigins = ["https://a.example"]'
    assert read_policies(text, table=("tool", "corsage", "cors")).default is not None
    with pytest.raises(PolicyError, match=r"\[tool.corsage.cors\]"):
        read_policies("[tool]\ncorsage = 1", table=("tool", "corsage", "cors"))


@pytest.mark.parametrize(
    ("text", "has_default"),
    [
        ("[cors]", True),
        ('[cors.paths."/x"]', False),
        ('[cors]\norigins = []\n[cors.paths."/x"]', True),
        ('[cors.env.production]\n[cors.paths."/x"]', False),
        ('[cors.env.production]\ntiming = true\n[cors.paths."/x"]', True),
    ],
)
def test_whether_the_rest_is_left_alone(text: str, has_default: bool) -> None:  # noqa: FBT001 - a column
    assert (read_policies(text).default is not None) is has_default


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["a", "b"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                ["cors", "env", "paths", "extends", "inherit", "a", "b", "/x", "origins", "environment"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.just("cors"), JUNK), st.none() | st.sampled_from(["a", "production"]))
def test_no_document_raises(tables: dict[str, object], environment: str | None) -> None:
    document = read_document(tables)
    resolve(document, environment).all_problems()


def found_by(rule: DocumentRule, example: dict[str, object]) -> set[str]:
    if "text" in example:
        problems = check_document(str(example["text"]))
        return {each.code for found in problems.values() for each in found}
    if any(key.startswith("CORSAGE_") for key in example):
        return {each.code for each in read_variables({key: str(value) for key, value in example.items()})[1]}
    problems = check_document(write_toml({"cors": example}))
    return {each.code for found in problems.values() for each in found if each.code == rule.code}


@pytest.mark.parametrize("rule", DOCUMENT_RULES, ids=lambda rule: rule.name)
def test_the_examples_of_the_rules(rule: DocumentRule) -> None:
    assert found_by(rule, dict(rule.bad)) == {rule.code}
    assert found_by(rule, dict(rule.good)) == set()
