"""`Policy`: normal forms, values, immutability; what rules say of one is tested with the rules."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.server import Policy, PolicyError, problems_of
from corsage.server.normal import normal_headers, normal_methods, without_repeats
from corsage.server.policy import NOTHING_ALLOWED

PAGE = "https://example.com"


@pytest.mark.parametrize(
    ("methods", "normal"),
    [
        ([], ()),
        ("*", ("*",)),
        (["*"], ("*",)),
        (["put", "Put", "PUT"], ("PUT",)),
        (
            ["delete", "get", "head", "options", "post", "put"],
            ("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"),
        ),
        (["patch"], ("patch",)),
        (["PATCH", "patch", "Patch"], ("PATCH", "patch", "Patch")),
        (["purge", "PUT", "purge"], ("purge", "PUT")),
    ],
)
def test_methods_are_written_as_browsers_send_them(methods: Any, normal: tuple[str, ...]) -> None:
    assert Policy(origins=[PAGE], methods=methods).methods == normal


def test_letters_that_only_look_like_ours_are_left_alone() -> None:
    # Lower case makes another letter of them; folding would make ours.
    assert normal_methods(["PO\u017fT", "pu\u1e6f", "OPT\u0130ONS"]) == (
        "PO\u017fT",
        "pu\u1e6f",
        "OPT\u0130ONS",
    )


@pytest.mark.parametrize(
    ("names", "normal"),
    [
        ([], ()),
        ("*", ("*",)),
        (["X-A", "x-a", "X-B"], ("x-a", "x-b")),
        (["X-Total-Count", "ETag"], ("x-total-count", "etag")),
        (["x_under", "X.Dot"], ("x_under", "x.dot")),
    ],
)
def test_header_names_are_lower_case_and_said_once(names: Any, normal: tuple[str, ...]) -> None:
    policy = Policy(origins=[PAGE], request_headers=names, exposed_headers=names)
    assert policy.request_headers == normal
    assert policy.exposed_headers == normal


def test_origins_keep_their_order_and_are_said_once() -> None:
    texts = ["https://b.example", PAGE, "https://b.example", "https://*.example.org", PAGE]
    assert Policy(origins=texts).origins == ("https://b.example", PAGE, "https://*.example.org")
    assert Policy(origins="*").origins == ("*",)
    assert Policy(origins=tuple(texts)).origins == Policy(origins=texts).origins


def test_sets_and_compiled_expressions_are_taken_and_sets_are_sorted() -> None:
    policy = Policy(
        origins={PAGE, "https://a.example", "https://c.example"},  # type: ignore[arg-type]
        methods=frozenset({"PUT", "DELETE"}),  # type: ignore[arg-type]
        origin_regexes=[re.compile(r"https://r[0-9]\.example\.org")],  # type: ignore[list-item]
    )
    assert policy.origins == ("https://a.example", "https://c.example", PAGE)
    assert policy.methods == ("DELETE", "PUT")
    assert policy.origin_regexes == (r"https://r[0-9]\.example\.org",)


def test_the_lists_are_the_policys_own() -> None:
    origins = [PAGE]
    policy = Policy(origins=origins)
    origins.append("https://evil.com")
    assert policy.origins == (PAGE,)
    with pytest.raises(dataclasses.FrozenInstanceError):
        policy.origins = ("*",)  # type: ignore[misc]


def test_policies_of_the_same_meaning_are_equal_and_keys() -> None:
    one = Policy(origins=[PAGE], methods=["put"], request_headers=["X-A"])
    other = Policy(origins=(PAGE, PAGE), methods=["PUT"], request_headers=["x-a", "X-A"])
    assert one == other
    assert hash(one) == hash(other)
    assert one != Policy(origins=[PAGE], methods=["PUT"])


def test_without_a_word_nothing_is_allowed() -> None:
    assert Policy() == NOTHING_ALLOWED
    assert Policy().values() == {}
    assert Policy.of({}) == NOTHING_ALLOWED


def test_values_are_what_differs_and_make_the_same_policy() -> None:
    policy = Policy(
        origins=[PAGE, "https://*.example.org"],
        origin_regexes=[r"https://r[0-9]\.example\.org"],
        methods=["put"],
        request_headers=["X-A"],
        exposed_headers=["ETag"],
        credentials=True,
        max_age=0,
        timing=True,
        preflight_status=200,
        resource_policy="same-site",
    )
    values = policy.values()
    assert values == {
        "origins": [PAGE, "https://*.example.org"],
        "origin_regexes": [r"https://r[0-9]\.example\.org"],
        "methods": ["PUT"],
        "request_headers": ["x-a"],
        "exposed_headers": ["etag"],
        "credentials": True,
        "max_age": 0,
        "timing": True,
        "preflight_status": 200,
        "resource_policy": "same-site",
    }
    assert Policy.of(values) == policy


def test_a_lookup_is_code_and_no_value() -> None:
    policy = Policy(origin_lookup=lambda origin: origin == PAGE, origin_lookup_seconds=5)
    assert policy.values() == {"origin_lookup_seconds": 5.0}


@pytest.mark.parametrize(
    "values",
    [
        {"origin": [PAGE]},
        {"allow_origins": [PAGE]},
        {"origins": [PAGE], "Credentials": True},
        {"warnings": ()},
        {"": 1},
        {"origins": [PAGE], "__class__": "x"},
    ],
)
def test_unknown_fields_are_errors(values: dict[str, object]) -> None:
    with pytest.raises(PolicyError) as caught:
        Policy.of(values)
    unknown = [name for name in values if name != "origins"]
    assert [problem.field for problem in caught.value.problems if problem.field in unknown] == unknown
    assert problems_of(values)


def test_an_error_names_all_problems_the_errors_first() -> None:
    with pytest.raises(PolicyError) as caught:
        Policy.of({"origins": ["nonsense"], "methods": ["CONNECT", "GET"], "unknown": 1})
    severities = [problem.severity.value for problem in caught.value.problems]
    assert severities == sorted(severities, key=["error", "warning", "note"].index)
    assert severities.count("error") >= 3
    assert str(caught.value).startswith(f"the policy has {severities.count('error')} errors:\n")


@given(st.lists(st.text(alphabet="aAbB", max_size=2)))
def test_normal_forms_are_normal(names: list[str]) -> None:
    for normal in (normal_methods, normal_headers, without_repeats):
        once = normal(names)
        assert normal(once) == once
        assert len(set(once)) == len(once)
