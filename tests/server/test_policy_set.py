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
        ("/login/", Policy()),
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
        ("/Api/X/", ("/api/*", "/api/X")),
        ("/LOGIN/", ("/login", "/login")),
        ("/login/", None),
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


PUBLIC = Policy(origins="*", public=True)
PROTECTED = PolicySet(Policy(origins=["https://trusted.example"], credentials=True), {"/public/*": PUBLIC})


@pytest.mark.parametrize("path", ["/public/../private/s.json", "/public\\..\\private/s.json", "//public/x"])
def test_where_two_policies_claim_a_path_nothing_is_allowed(path: str) -> None:
    assert PROTECTED.select(path) == Policy()
    assert PROTECTED.select(path) is PROTECTED.select(path)
    for origin in ("https://trusted.example", "https://evil.example"):
        assert not PROTECTED.explain(origin=origin, path=path).allowed


def test_a_path_without_a_policy_in_one_reading_is_not_left_alone() -> None:
    made = PolicySet(None, {"/api/*": API, "/api/private": EVERYWHERE})
    assert made.select("/x/../api/1") == Policy()
    assert made.select("/api//private") == Policy()
    assert made.select("/api/private/") == EVERYWHERE
    assert made.select("/api//1") == API
    assert made.select("//x") is None


def test_equal_policies_do_not_contest() -> None:
    made = PolicySet(Policy(origins=["https://a.example"]), {"/x": Policy(origins=["https://a.example"])})
    assert made.select("//x") == made.default
    assert not made.choose("//x").contested


def test_what_forbids_more_than_an_empty_policy_stays_with_a_contested_path() -> None:
    guarded = Policy(origins=["https://a.example"], guard_websockets=True, resource_policy="same-site")
    other = Policy(origins=["https://b.example"], resource_policy="same-origin")
    made = PolicySet(None, {"/ws": guarded, "/other/*": other})
    assert made.select("/other/../ws") == Policy(guard_websockets=True, resource_policy="same-origin")
    assert made.select("/x/../ws") == Policy(guard_websockets=True, resource_policy="same-site")


def test_the_choice_says_how_a_contested_path_can_be_read() -> None:
    choice = PROTECTED.choose("/public/../private/s.json")
    assert choice.pattern is None
    assert str(choice).splitlines() == [
        "/public/../private/s.json can be read in more than one way, and they choose different policies: "
        "nothing is allowed.",
        "As it is written, /public/* is the most specific pattern that matches it.",
        "Read as /private/s.json, no path pattern matches it.",
    ]
    explained = PROTECTED.explain(origin="https://a.example", path="/public/../private/s.json")
    assert explained.sentences[-2].endswith("the policy allows no origin.")


def test_the_choice_is_contested_where_the_set_says_so() -> None:
    made = PolicySet(API, {"/a/*": EVERYWHERE, "/a/b": TENANTS, "/b": API})
    for path in ("/a//b", "/a/../b", "/./b", "/a//c", "/b//", "\\a", "/a/..", "x", "/b/..", "*", ""):
        choice = made.choose(path)
        expected = Policy() if choice.contested else made.policies[choice.pattern]
        assert made.select(path) == expected


WRONG: list[tuple[object, object, list[tuple[str, str]]]] = [
    (None, {"/a": 5}, [("CORS101", "paths./a")]),
    (None, {5: API}, [("CORS101", "paths")]),
    (None, [], [("CORS101", "paths")]),
    (None, None, [("CORS101", "paths")]),
    ({"origins": []}, {}, [("CORS101", "default")]),
]


@pytest.mark.parametrize(("default", "paths", "expected"), WRONG)
def test_what_is_no_policy_is_a_problem(
    default: object, paths: object, expected: list[tuple[str, str]]
) -> None:
    with pytest.raises(PolicyError) as found:
        PolicySet(default, paths)  # type: ignore[arg-type]  # that is the test
    assert [(each.code, each.field) for each in found.value.problems] == expected


def test_all_mistakes_of_a_set_are_told_at_once() -> None:
    with pytest.raises(PolicyError) as found:
        PolicySet("x", {"/a": None, b"/b": 5, "/c*": API})  # type: ignore[arg-type, dict-item]  # that is the test
    assert [(each.code, each.field, each.value) for each in found.value.problems] == [
        ("CORS101", "default", "x"),
        ("CORS101", "paths./a", "None"),
        ("CORS101", "paths", "b'/b'"),
        ("CORS101", "paths.b'/b'", "5"),
        ("CORS187", "paths./c*", "/c*"),
    ]
    assert "this is of type NoneType, a Policy is wanted" in str(found.value)


@pytest.mark.parametrize(
    ("default", "paths"), [(5, None), (None, {"/a": 5}), (None, 5), (None, {5: {}}), ([], {"/a": []})]
)
def test_what_is_no_mapping_of_fields_is_a_problem(default: object, paths: object) -> None:
    with pytest.raises(PolicyError, match="CORS101"):
        PolicySet.of(default, paths)  # type: ignore[arg-type]  # that is the test
