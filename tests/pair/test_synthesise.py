"""From observed requests the smallest policy: it lets all of them through, and not one entry could be spared."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corsage.browser import PROFILES
from corsage.model import HeaderList
from corsage.pair.observed import Observed, by_server
from corsage.pair.path_needs import MOST_PATTERNS, MOST_STRICT
from corsage.pair.paths import pattern_of, segments_of
from corsage.pair.proof import prove, request_of
from corsage.pair.simulate import simulate
from corsage.pair.synthesise import ALL_PROFILES, synthesise
from corsage.server import Policy, PolicySet

if TYPE_CHECKING:
    from collections.abc import Sequence

APP = "https://app.example"
ADMIN = "https://admin.example"
API = "https://api.example"
JSON = HeaderList([("Content-Type", "application/json")])


def policy_of(*observed: Observed) -> Policy:
    found = synthesise(observed)
    assert found.proven
    assert isinstance(found.policy, Policy)
    return found.policy


def paths_of(*observed: Observed) -> dict[str, Policy]:
    found = synthesise(observed)
    assert found.proven
    assert isinstance(found.policy, PolicySet)
    return dict(found.policy.paths)


def test_a_plain_read_needs_its_origin_alone() -> None:
    assert policy_of(Observed(APP, f"{API}/items")).values() == {"origins": [APP]}


def test_what_was_used_is_allowed_and_no_more() -> None:
    headers = HeaderList(
        [*JSON, ("Accept", "text/html"), ("X-Tenant", "blue"), ("Authorization", "Bearer x")]
    )
    found = policy_of(
        Observed(
            APP, f"{API}/items/7", "PUT", headers, credentials=True, reads=("etag", "content-type", "X-Total")
        ),
        Observed(APP, f"{API}/items/7", "GET", credentials=True),
        Observed(
            APP, f"{API}/items/8", "POST", HeaderList([("Content-Type", "text/plain")]), credentials=True
        ),
    )
    assert found.values() == {
        "origins": [APP],
        "methods": ["PUT"],
        "request_headers": ["authorization", "content-type", "x-tenant"],
        "exposed_headers": ["etag", "x-total"],
        "credentials": True,
    }


@pytest.mark.parametrize("method", ["patch", "PURGE", "M-SEARCH"])
def test_methods_keep_the_case_in_which_they_were_sent(method: str) -> None:
    assert policy_of(Observed(APP, API, method)).methods == (method,)


def test_nothing_observed_allows_nothing() -> None:
    found = synthesise([])
    assert (found.policy, found.proven, found.passed) == (Policy(), True, 0)


@pytest.mark.parametrize("origin", ["null", "file://", "file:///home/me/page.html", "content://x"])
def test_null_and_files_are_named_and_never_allowed(origin: str) -> None:
    found = synthesise([Observed(origin, API, credentials=True), Observed(APP, API)])
    assert isinstance(found.policy, Policy)
    assert found.policy.values() == {"origins": [APP]}
    assert [each.origin for each, _ in found.left_out] == [origin]
    (note,) = found.notes
    assert note.startswith(f"{origin.partition('/home')[0]}")
    assert "is not allowed" in note


@pytest.mark.parametrize(
    "origin",
    ["capacitor://localhost", "chrome-extension://abcdefghijklmnopabcdefghijklmnop", "http://localhost:3000"],
)
def test_apps_extensions_and_this_machine_are_allowed_by_name(origin: str) -> None:
    assert policy_of(Observed(origin, API, "PUT", JSON, credentials=True)).origins == (origin,)


def test_origins_are_written_as_browsers_write_them() -> None:
    assert policy_of(Observed("HTTPS://App.Example:443/", API), Observed(APP, API)).origins == (APP,)


@pytest.mark.parametrize("origin", ["app.example", "", "https://", "*", "\x00", "https://a b", "x" * 5000])
def test_what_is_no_origin_is_left_out(origin: str) -> None:
    found = synthesise([Observed(origin, API)])
    assert found.policy == Policy()
    assert len(found.left_out) == 1


@pytest.mark.parametrize(
    "hostile",
    [
        Observed("https://*.com", API),
        Observed("https://%2a.com", API),
        Observed("https://+.app.example", API),
        Observed("capacitor://*.local", API),
        Observed(APP, API, "*"),
        Observed(APP, API, "PUT", HeaderList([("*", "1")])),
        Observed(APP, API, reads=("*",)),
    ],
)
def test_no_name_that_a_stranger_chose_stands_for_many(hostile: Observed) -> None:
    found = synthesise([hostile, Observed(ADMIN, API)])
    assert isinstance(found.policy, Policy)
    assert found.policy.values() == {"origins": [ADMIN]}
    assert len(found.left_out) == 1
    assert "in a policy it would stand for" in found.notes[0]


@pytest.mark.parametrize(
    "mangled", [Observed(APP, API, "A B"), Observed(APP, API, "PUT", HeaderList([("x y", "1")]))]
)
def test_one_mangled_request_takes_nothing_from_the_others(mangled: Observed) -> None:
    found = synthesise([mangled, Observed(APP, API)])
    assert isinstance(found.policy, Policy)
    assert found.policy.values() == {"origins": [APP]}
    assert "is no name of a method or header" in found.notes[0]


@pytest.mark.parametrize("url", ["/relative", "", "ftp://api.example/x", "https://", "data:,x"])
def test_what_is_no_url_is_left_out(url: str) -> None:
    assert len(synthesise([Observed(APP, url)]).left_out) == 1


def test_an_insecure_page_gets_no_credentials() -> None:
    found = synthesise(
        [Observed("http://shop.example", API, credentials=True), Observed(APP, API, credentials=True)]
    )
    assert isinstance(found.policy, Policy)
    assert found.policy.origins == (APP,)
    assert any("http://shop.example" in note for note in found.notes)
    assert policy_of(Observed("http://shop.example", API)).origins == ("http://shop.example",)


def test_what_no_policy_can_help_is_told_apart() -> None:
    """A secure page asks an insecure server."""
    found = synthesise([Observed(APP, "http://api.example/x")])
    assert found.proven
    assert [each.is_policys for each in found.unproven] == [False]
    assert "MixedContent, whatever the policy says" in found.notes[0]


def test_paths_that_trust_differently_have_policies_of_their_own() -> None:
    found = paths_of(
        Observed(APP, f"{API}/api/items/7", "PUT", JSON, credentials=True),
        Observed(APP, f"{API}/api/items", credentials=True),
        Observed(ADMIN, f"{API}/admin/users/7", "DELETE", credentials=True),
        Observed(ADMIN, f"{API}/admin/users/7/roles", credentials=True),
        Observed(APP, f"{API}/fonts/a.woff2"),
        Observed(ADMIN, f"{API}/fonts/b.woff2"),
        Observed(ADMIN, f"{API}/fonts/a.woff2"),
    )
    assert {text: policy.values() for text, policy in found.items()} == {
        "/api/items/*": {
            "origins": [APP],
            "methods": ["PUT"],
            "request_headers": ["content-type"],
            "credentials": True,
        },
        "/admin/users/{id}/*": {"origins": [ADMIN], "methods": ["DELETE"], "credentials": True},
        "/fonts/a.woff2": {"origins": [ADMIN, APP]},
        "/fonts/b.woff2": {"origins": [ADMIN]},
    }


def test_a_path_and_what_is_below_it_may_differ() -> None:
    found = paths_of(Observed(APP, f"{API}/"), Observed(ADMIN, f"{API}/a"), Observed(APP, f"{API}/a/b/c"))
    assert {text: policy.origins for text, policy in found.items()} == {
        "/": (APP,),
        "/a": (ADMIN,),
        "/a/b/c": (APP,),
    }


def test_credentials_are_lent_where_the_list_would_be_long() -> None:
    few = [Observed(APP, f"{API}/p{number}", credentials=number % 2 == 0) for number in range(MOST_STRICT)]
    assert {policy.credentials for policy in paths_of(*few).values()} == {True, False}
    many = [
        Observed(APP, f"{API}/p{number}", credentials=number % 2 == 0) for number in range(MOST_STRICT + 1)
    ]
    found = synthesise(many)
    assert isinstance(found.policy, Policy)
    assert "some requests had no credentials" in found.notes[0]


def test_too_many_paths_are_merged_and_told() -> None:
    many = [
        Observed(f"https://a{number}.example", f"{API}/t/n{number % 3}/p{number}")
        for number in range(MOST_PATTERNS + 1)
    ]
    found = synthesise(many)
    assert found.proven
    assert isinstance(found.policy, PolicySet)
    assert set(found.policy.paths) == {"/t/n0/*", "/t/n1/*", "/t/n2/*"}
    assert any("too many paths" in note for note in found.notes)


@pytest.mark.parametrize(
    ("path", "segments", "pattern"),
    [
        ("/", (), "/"),
        ("/items/7", ("items", None), "/items/{id}"),
        ("/a/7/b/8", ("a", None, "b", None), "/a/{id}/b/{id2}"),
        ("/caf%C3%A9", ("café",), "/café"),
        ("/%7Bx%7D/*/:id", (None, None, None), "/{id}/{id2}/{id3}"),
        ("/a%2Fb", ("a", "b"), "/a/b"),
        ("/a%25b", (None,), "/{id}"),
        ("/a/%ff", ("a", "\N{REPLACEMENT CHARACTER}"), "/a/\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_paths_become_patterns(path: str, segments: tuple[str | None, ...], pattern: str) -> None:
    assert segments_of(path) == segments
    assert pattern_of(segments, below=False) == pattern


def test_paths_that_no_pattern_can_name_are_told() -> None:
    """Of `//` nobody knows how it is read."""
    found = synthesise([Observed(APP, f"{API}//a/b"), Observed(ADMIN, f"{API}/c")])
    assert not found.proven
    assert [each.observed.origin for each in found.unproven] == [APP]
    assert "cannot say so by path" in found.notes[0]


def test_servers_are_told_apart() -> None:
    first, second = Observed(APP, f"{API}/a"), Observed(APP, "https://other.example/b")
    assert by_server([first, second, first, Observed(APP, "no URL")]) == {
        API: [first, first],
        "https://other.example": [second],
    }


ORIGINS = (APP, ADMIN, "http://localhost:3000", "capacitor://localhost")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "PURGE")
PATHS = ("/", "/a", "/a/b", "/a/7", "/a/7/c", "/b/c/d", "/b/%C3%A4", "/b/x%20y")
HEADERS = st.lists(
    st.sampled_from(
        [
            ("Content-Type", "application/json"),
            ("Content-Type", "text/plain"),
            ("Accept", "x" * 200),
            ("Authorization", "Bearer x"),
            ("X-A", "1"),
            ("Range", "bytes=0-"),
            ("DPR", "2"),
        ]
    ),
    max_size=4,
    unique=True,
)
OBSERVED = st.lists(
    st.builds(
        Observed,
        st.sampled_from(ORIGINS),
        st.sampled_from(PATHS).map(API.__add__),
        st.sampled_from(METHODS),
        HEADERS.map(HeaderList),
        st.booleans(),
        st.lists(st.sampled_from(["etag", "content-type", "x-total"]), max_size=2, unique=True).map(tuple),
    ),
    max_size=8,
)


@settings(max_examples=25)
@given(OBSERVED)
def test_all_that_was_observed_passes_in_every_browser(observed: list[Observed]) -> None:
    found = synthesise(observed)
    assert found.proven
    assert not found.left_out
    assert found.passed == len(set(observed))
    for each, profile in product(observed, set(PROFILES.values())):
        request = request_of(each)
        assert request is not None
        assert simulate(request, found.policy, profile).outcome.refusal is None


@settings(max_examples=25)
@given(OBSERVED)
def test_not_one_entry_can_be_spared(observed: list[Observed]) -> None:
    found = synthesise(observed)
    policies = {None: found.policy} if isinstance(found.policy, Policy) else dict(found.policy.paths)
    for text, policy in policies.items():
        for smaller in without_one_entry(policy):
            changed = smaller if text is None else PolicySet(paths={**found.policy.paths, text: smaller})  # type: ignore[union-attr]
            assert prove(observed, changed, ALL_PROFILES), smaller.values()


def without_one_entry(policy: Policy) -> Sequence[Policy]:
    """Return every policy that allows one thing less."""
    values = policy.values()
    fewer = [
        Policy.of(values | {name: [each for each in listed if each != left_out]})
        for name, listed in values.items()
        if isinstance(listed, list)
        for left_out in listed
    ]
    return [*fewer, Policy.of(values | {"credentials": False})] if policy.credentials else fewer
