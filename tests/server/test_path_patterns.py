"""Policies by path: which paths a pattern matches, which pattern wins, and what a hostile path gets."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.server.path_index import PathIndex
from corsage.server.path_pattern import parse_path_pattern
from corsage.server.path_readings import is_plain, readings
from corsage.server.path_rules import PATH_RULES, check_paths

MATCHES = [
    ("/login", "/login", True),
    ("/login", "/login/", True),
    ("/login", "/login/x", False),
    ("/", "/", True),
    ("/", "", True),
    ("/", "//", False),
    ("/*", "/", True),
    ("/*", "/a/b", True),
    ("/*", "", True),
    ("/*", "*", False),
    ("/api/*", "/api", True),
    ("/api/*", "/api/", True),
    ("/api/*", "/api/v1/users", True),
    ("/api/*", "/apiary", False),
    ("/api/*", "/ap", False),
    ("/tenants/{id}", "/tenants/5", True),
    ("/tenants/{id}", "/tenants/", False),
    ("/tenants/{id}", "/tenants/5/", True),
    ("/tenants/{id}/", "/tenants/5", True),
    ("/tenants/{id}/*", "/tenants/5", True),
    ("/tenants/{id}/*", "/tenants/5/a/b", True),
    ("/tenants/{id}/*", "/tenants", False),
    ("/tenants/{id}/*", "/tenants//a", False),
    ("/{a}/x", "/y/x", True),
    ("/{a}/x", "/y/z", False),
    ("/api/", "/api/", True),
    ("/api/", "/api", True),
    ("/api/", "/api/x", False),
    ("/api/*", "/api/.well-known/x", True),
    ("/api/*", "/api/a..b/...", True),
    # What attackers write. What can be read in more than one way has a table of its own.
    ("/api/*", "/API", False),
    ("/api/*", "/Api/x", False),
    ("/api/*", "/api%2f", False),
    ("/api/*", "/api%2fx", False),
    ("/api/*", "/%61pi/x", False),
    ("/api/*", "/api;x/y", False),
    ("/api/*", "/api\\x", False),
    ("/api/*", "/api\0", False),
    ("/api/*", "/api//x", True),
    ("/api+v1/*", "/api+v1/x", True),
    ("/api+v1/*", "/apiiiv1/x", False),
    ("/a.c", "/abc", False),
    ("/caf\u00e9", "/cafe\u0301", False),
]


@pytest.mark.parametrize(("pattern", "path", "matches"), MATCHES)
def test_what_a_pattern_matches(pattern: str, path: str, matches: bool) -> None:  # noqa: FBT001 - a column
    parsed = parse_path_pattern(pattern)
    assert parsed.matches(path) is matches
    assert PathIndex([(parsed, "it")]).select(path) == ("it" if matches else None)


# path, the patterns that match it, the winner first
RANKS = [
    ("/api/users", ["/api/users", "/api/users/*", "/api/{x}", "/api/*", "/{a}/{b}", "/{a}/*", "/*"]),
    ("/a/b/c", ["/{x}/b/c", "/{x}/b/*", "/*"]),
    ("/a/b/c", ["/a/b/{x}", "/a/{x}/c", "/{x}/b/c"]),
    ("/a/b/c", ["/{y}/b/c", "/a/{x}/*"]),
    ("/a/b/c", ["/a/{x}/*", "/a/*", "/{x}/b/*"]),
    ("/a/b", ["/{x}/b", "/a/*"]),
    ("/a/b", ["/a/{x}", "/a/{x}/*", "/a/*"]),
    ("/api/", ["/api/", "/api/*"]),
    ("/api", ["/api/", "/api/*"]),
    ("/", ["/", "/*"]),
    ("", ["/", "/*"]),
]


@pytest.mark.parametrize(("path", "order"), RANKS)
def test_the_most_specific_wins(path: str, order: list[str]) -> None:
    for count in range(1, len(order) + 1):
        for chosen in itertools.combinations(order, count):
            index = PathIndex((parse_path_pattern(text), text) for text in reversed(chosen))
            assert index.select(path) == chosen[0]


SEGMENTS = st.sampled_from(["a", "b", "{x}"])
PATTERNS = st.builds(
    lambda segments, end: "/" + "/".join([*segments, *end]),
    st.lists(SEGMENTS, max_size=4),
    st.sampled_from([["*"], []]),
)


# pattern, path, whether the pattern is for it as it is written, whether for another way to read it
CONTESTED = [
    ("/private/*", "/public/../private/s.json", False, True),
    ("/public/*", "/public/../private/s.json", True, False),
    ("/public/*", "/public/..", True, False),
    ("/public/*", "/public/../../../..", True, False),
    ("/api/private", "/api//private", False, True),
    ("/api/private", "/api/private//", False, True),
    ("/api/private", "/api/./private/.", False, True),
    ("/api/*", "//api/x", False, True),
    ("/api/*", "/./api/x", False, True),
    ("/api/*", "/x/../api", False, True),
    ("/api/*", "\\api\\x", False, True),
    ("/api/*", "/api\\x", False, True),
    ("/api/*", "api/x", False, True),
    # Whether an empty segment goes first, or is the one that dots take away.
    ("/public/private/*", "/public//../private/x", False, True),
    ("/private/*", "/public//../private/x", False, True),
    ("/private/*", "/public\\..\\private/x", False, True),
]


@pytest.mark.parametrize(("pattern", "path", "written", "otherwise"), CONTESTED)
def test_a_path_with_two_meanings_is_for_no_pattern_of_one(
    pattern: str,
    path: str,
    written: bool,  # noqa: FBT001 - a column
    otherwise: bool,  # noqa: FBT001 - a column
) -> None:
    parsed = parse_path_pattern(pattern)
    assert not is_plain(path)
    assert parsed.matches(path) is written
    assert any(parsed.matches(f"{each}/") for each in readings(path)[1:]) is otherwise
    index = PathIndex([(parsed, "it")], "other", lambda found: f"{found[0]} or not")
    assert index.select(path) == ("it or not" if written else "other or not")
    assert PathIndex([(parsed, "same")], "same", lambda _: "contested").select(path) == "same"


@pytest.mark.parametrize("path", ["/api//x", "/api/a/../b", "/api/./", "/api/.hidden", "/api/a\\b", "/api//"])
def test_where_all_ways_to_read_it_agree_it_is_chosen(path: str) -> None:
    assert PathIndex([(parse_path_pattern("/api/*"), "it")], "other", lambda _: "no").select(path) == "it"


@pytest.mark.parametrize("path", ["/", "", "/a", "/a/", "/a.b", "/a..b/c", "/%2e%2e/x", "/a;b"])
def test_plain_paths_are_read_in_one_way(path: str) -> None:
    assert is_plain(path)
    assert readings(path) == (path.removesuffix("/"),)


@given(
    st.lists(PATTERNS, unique=True, max_size=8),
    st.lists(st.sampled_from(["a", "b", "c", "", ".", ".."]), max_size=6),
)
def test_the_index_chooses_what_the_ranks_say(texts: list[str], segments: list[str]) -> None:
    patterns = [parse_path_pattern(text) for text in texts]
    chosen = []
    for path in readings("/" + "/".join(segments)):
        matching = sorted(
            (each for each in patterns if each.matches(f"{path}/")), key=lambda each: each.rank, reverse=True
        )
        chosen.append(matching[0].text if matching else None)
    index = PathIndex(((each, each.text) for each in patterns), None, lambda _: "contested")
    assert index.select("/" + "/".join(segments)) == (chosen[0] if len(set(chosen)) == 1 else "contested")


@given(st.text(alphabet="/.\\ab", max_size=12))
def test_one_slash_at_the_end_never_matters_to_what_is_plain(path: str) -> None:
    index = PathIndex((parse_path_pattern(text), text) for text in ("/a", "/b/", "/{x}/b", "/a/*", "/"))
    if is_plain(path) and is_plain(f"{path}/"):
        assert index.select(path) == index.select(f"{path}/")


@given(st.text(max_size=40))
def test_no_path_raises(path: str) -> None:
    index = PathIndex((parse_path_pattern(text), text) for text in ("/a", "/a/*", "/{x}/b", "/{x}/{y}/*"))
    assert index.select(path) == index.select(path)


def test_a_long_path_is_split_no_further_than_the_patterns_are_deep() -> None:
    index = PathIndex([(parse_path_pattern("/a/{x}/*"), "it")])
    assert index.select("/a/b" + "/" * 100_000) == "it"


def test_what_is_remembered_is_bounded_and_right() -> None:
    index = PathIndex([(parse_path_pattern("/a/*"), "it")])
    for number in range(10_000):
        assert index.select(f"/a/{number}") == "it"
        assert index.select(f"/b/{number}") is None
    index.select("/a/" + "x" * 10_000)
    assert len(index._known) <= 4096
    assert max(map(len, index._known)) <= 256


BAD = [
    ("", "CORS187", "/* for every path"),
    ("api", "CORS187", "/api"),
    ("api/*", "CORS187", "/api/*"),
    ("*", "CORS187", "/*"),
    (":id", "CORS187", "/{id}"),
    ("^/api/.*", "CORS187", "/api/*"),
    ("/api*", "CORS187", "/api/*"),
    ("/api/**", "CORS187", "/api/*"),
    ("/api/.*", "CORS187", "/api/*"),
    ("/api/(.*)", "CORS187", "/api/*"),
    ("/*/x", "CORS187", "/{any}/x"),
    ("/a*b/x", "CORS187", None),
    ("/t/{id:int}", "CORS187", "/t/{id}"),
    ("/t/{}", "CORS187", None),
    ("/t/{id", "CORS187", None),
    ("/t/x{id}", "CORS187", None),
    ("/t/:id/x", "CORS187", "/t/{id}/x"),
    ("/t/<int:id>", "CORS187", "/t/{id}"),
    ("/t/<id>/x", "CORS187", "/t/{id}/x"),
    ("/a?b", "CORS187", "/a"),
    ("/a#b", "CORS187", "/a"),
    ("https://a.example/api", "CORS187", None),
    ("/a\x1b[2J", "CORS187", None),
    ("/" + "a" * 3000, "CORS187", None),
    ("/a%20b", "CORS188", None),
    ("/[a-z]", "CORS187", None),
    ("/t/[id]/x", "CORS187", "/t/{id}/x"),
    ("/(a|b)", "CORS187", None),
    ("/t/\\d+", "CORS187", None),
    ("/^a", "CORS187", None),
    ("/a/../b", "CORS188", None),
    ("/./b", "CORS188", None),
    ("/a//b", "CORS188", "/a/b"),
    ("/a//", "CORS188", "/a"),
    ("//", "CORS188", "/"),
]


@pytest.mark.parametrize(("pattern", "code", "suggestion"), BAD)
def test_bad_patterns_are_problems(pattern: str, code: str, suggestion: str | None) -> None:
    (problem,) = check_paths([pattern])
    assert (problem.code, problem.suggestion) == (code, suggestion)
    assert problem.field == f"paths.{problem.value}"
    if suggestion is not None and suggestion[0] == "/" and " " not in suggestion:
        assert check_paths([suggestion]) == ()


@pytest.mark.parametrize("pattern", sorted({pattern for pattern, _, _ in MATCHES}))
def test_good_patterns_are_none(pattern: str) -> None:
    assert check_paths([pattern]) == ()


def test_two_patterns_for_the_same_paths() -> None:
    (problem,) = check_paths(["/t/{id}", "/t/{name}/*", "/t/{name}", "/t/*"])
    assert (problem.code, problem.field) == ("CORS189", "paths./t/{name}")


@pytest.mark.parametrize(("first", "second"), [("/a", "/a/"), ("/a/", "/a"), ("/t/{id}", "/t/{id}/")])
def test_a_slash_at_the_end_makes_no_other_pattern(first: str, second: str) -> None:
    (problem,) = check_paths([first, second])
    assert (problem.code, problem.value, problem.reason) == (
        "CORS189",
        second,
        f"it matches exactly what {first} matches",
    )


@given(st.text(max_size=30))
def test_the_rules_never_raise_and_what_passes_parses(pattern: str) -> None:
    if not check_paths([pattern]):
        assert parse_path_pattern(pattern).text == pattern


@pytest.mark.parametrize("rule", PATH_RULES, ids=lambda rule: rule.name)
def test_the_examples_of_the_rules(rule: object) -> None:
    bad = rule.bad["paths"]  # type: ignore[attr-defined]
    good = rule.good["paths"]  # type: ignore[attr-defined]
    assert {problem.code for problem in check_paths(tuple(bad))} == {rule.code}  # type: ignore[attr-defined]
    assert check_paths(tuple(good)) == ()
