"""Policy sets: choosing, explaining the choice, reporting every problem."""

from __future__ import annotations

import copy
import pickle

import pytest

from corsage.server import Policy, PolicyError
from corsage.server.policy_set import PolicySet

EVERYWHERE = Policy(origins=["https://app.example.com"])
API = Policy(origins=["https://api.example.com"])
TENANTS = Policy(origins=["https://*.tenants.example"])
SET = PolicySet(EVERYWHERE, {"/api/*": API, "/api/{id}/*": TENANTS, "/login": Policy()})


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/", EVERYWHERE),
        ("/api", API),
        ("/api/", API),
        ("/api/x", TENANTS),
        ("/login", Policy()),
        ("/Login", EVERYWHERE),
        ("", EVERYWHERE),
        ("*", EVERYWHERE),
    ],
)
def test_select(path: str, policy: Policy) -> None:
    assert SET.select(path) == policy


def test_without_a_default_the_rest_is_left_alone() -> None:
    assert PolicySet(None, {"/api/*": API}).select("/") is None
    assert PolicySet().select("/") is None


def test_sets_compare_hash_copy_and_pickle() -> None:
    same = PolicySet(EVERYWHERE, dict(reversed(list(SET.paths.items()))))
    assert same == SET
    assert hash(same) == hash(SET)
    assert PolicySet(API) != SET
    assert pickle.loads(pickle.dumps(SET)) == SET  # noqa: S301 - our own bytes
    assert copy.deepcopy(SET) == SET


def test_a_set_cannot_be_changed() -> None:
    paths = {"/api/*": API}
    made = PolicySet(None, paths)
    paths["/x"] = API
    assert dict(made.paths) == {"/api/*": API}
    with pytest.raises(TypeError):
        made.paths["/x"] = API  # type: ignore[index]
    with pytest.raises(AttributeError):
        made.default = API  # type: ignore[misc]


def test_every_problem_of_every_policy_is_reported_with_its_path() -> None:
    with pytest.raises(PolicyError) as found:
        PolicySet.of(
            {"origins": ["https://a.example/"]},
            {"/api/*": {"origins": ["https://ok.example", "https://b.example/"]}, "/x*": {}},
        )
    fields = {problem.field for problem in found.value.problems}
    assert {"origins[0]", "paths./api/*.origins[1]", "paths./x*"} <= fields
    assert "paths./api/*.origins[1]" in str(found.value)


def test_bad_patterns_are_refused_in_python_too() -> None:
    with pytest.raises(PolicyError, match="CORS187"):
        PolicySet(None, {"api": API})


def test_warnings_know_their_path() -> None:
    warned = Policy(origins=["https://a.example"], max_age=86_400)
    made = PolicySet(warned, {"/x": warned})
    assert warned.warnings
    assert [each.field for each in made.warnings] == [
        *(each.field for each in warned.warnings),
        *(f"paths./x.{each.field}" for each in warned.warnings),
    ]
    assert list(made.policies) == [None, "/x"]


def test_the_choice_says_why_the_others_lose() -> None:
    made = PolicySet(None, dict.fromkeys(["/api/users", "/api/{x}", "/api/*", "/{a}/users", "/*"], API))
    choice = made.choose("/api/users")
    assert choice.pattern == "/api/users"
    assert str(choice).splitlines() == [
        "/api/users is the most specific pattern that matches /api/users.",
        "/api/{x} matches, too, but spells out 1 segment, and /api/users 2.",
        "/{a}/users matches, too, but spells out 1 segment, and /api/users 2.",
        "/api/* matches, too, but spells out 1 segment, and /api/users 2.",
        "/* matches, too, but spells out 0 segments, and /api/users 2.",
    ]
    why = {
        each.pattern: each.why
        for each in PolicySet(None, dict.fromkeys(["/a/{x}", "/{x}/b"], API)).choose("/a/b").losers
    }
    assert why == {"/{x}/b": "has {} where /a/{x} has a"}
    why = {
        each.pattern: each.why
        for each in PolicySet(None, dict.fromkeys(["/a/{x}/*", "/a/*"], API)).choose("/a/b").losers
    }
    assert why == {"/a/*": "says less of the path than /a/{x}/*"}
    why = {
        each.pattern: each.why
        for each in PolicySet(None, dict.fromkeys(["/a", "/a/*"], API)).choose("/a").losers
    }
    assert why == {"/a/*": "is for all paths below, and /a for whole paths"}


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/API/x", ("/api/*", "/api/x")),
        ("//api//x", ("/api/*", "/api/x")),
        ("/login/", ("/login", "/login")),
        ("/nothing", None),
        ("/api/x", None),
    ],
)
def test_a_near_miss_is_named(path: str, near: tuple[str, str] | None) -> None:
    made = PolicySet(EVERYWHERE, {"/api/*": API, "/login": API})
    assert made.choose(path).near == near


def test_the_choice_is_the_one_that_is_made() -> None:
    for path in ("/", "/api", "/api/1/2", "/login", "/x"):
        pattern = SET.choose(path).pattern
        assert SET.select(path) == (SET.default if pattern is None else SET.paths[pattern])
