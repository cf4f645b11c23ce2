"""``Access-Control-Request-Headers``, read with bounds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corsage.grammar import FAILURE, extract_header_list_values
from corsage.server.request_headers import LONGEST_LIST, UnreadableNamesError, first_refused

if TYPE_CHECKING:
    from collections.abc import Callable

ALLOWED = frozenset({"x-a", "x-b", "content-type"})
MALFORMED = "(malformed)"


def refused(value: str, allowed: frozenset[str] = ALLOWED, *, wildcard: bool = False) -> str | None:
    try:
        return first_refused(value, allowed, wildcard=wildcard)
    except UnreadableNamesError:
        return MALFORMED


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("x-a", None),
        ("x-a,x-b", None),
        ("content-type,x-a,x-b", None),
        ("x-b,x-a,x-a", None),
        ("X-A, Content-Type", None),
        (" x-a\t,\t x-b ", None),
        ("x-a,,x-b,", None),
        (",,,", None),
        ("", None),
        ("   ", None),
        (",".join([""] * 200), None),
        ("x-c", "x-c"),
        ("X-C", "x-c"),
        ("x-a,x-c,x-d", "x-c"),
        ("x-d,x-c", "x-d"),
        ("x-a,x-b,authorization", "authorization"),
        ("authorization,x-c", "authorization"),
        ("*", "*"),
        ("x-a,*", "*"),
        ("x-a-", "x-a-"),
        ("x_a", "x_a"),
        ("x-", "x-"),
        ("x-c,no name", "x-c"),
        ("no name,x-c", MALFORMED),
        ("x-a,x b", MALFORMED),
        ("x-a;x-b", MALFORMED),
        ("x-a: 1", MALFORMED),
        ('"x-a"', MALFORMED),
        ("x-a\x0b", MALFORMED),
        ("x-a\r\nset-cookie: a=b", MALFORMED),
        ("\x00", MALFORMED),
        ("x-a,\x85", MALFORMED),
        ("x-\u00e4", MALFORMED),
        ("x-a,\u00a0x-b", MALFORMED),
        ("\u2028x-a", MALFORMED),
        ("(x-a)", MALFORMED),
    ],
)
def test_the_first_name_that_is_not_allowed(value: str, found: str | None) -> None:
    assert refused(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("x-c,anything", None),
        ("*", None),
        ("x-c,authorization", "authorization"),
        ("Authorization", "authorization"),
        (" AUTHORIZATION ,x-c", "authorization"),
        ("authorization-x", None),
        ("proxy-authorization", None),
        ("x-c,not a name", MALFORMED),
    ],
)
def test_a_wildcard_allows_every_name_but_authorization(value: str, found: str | None) -> None:
    assert refused(value, frozenset({"*"}), wildcard=True) == found


def test_a_wildcard_beside_authorization_allows_that_too() -> None:
    assert refused("authorization,x-c", frozenset({"*", "authorization"}), wildcard=True) is None


def test_letters_that_only_look_like_ours_are_not_ours() -> None:
    # The lower case of the Kelvin sign is k.
    assert "\u212a".lower() == "k"
    assert refused("x-\u212aey", frozenset({"x-key"})) == MALFORMED
    assert refused("x-\u0130d", frozenset({"x-id"})) == MALFORMED


# --- bounds ---

HOSTILE: dict[str, Callable[[int], str]] = {
    "one long name": lambda size: "a" * size,
    "commas": lambda size: "," * size,
    "commas and spaces": lambda size: ", " * (size // 2),
    "many names": lambda size: "a," * (size // 2),
    "many allowed names": lambda size: "x-a," * (size // 4),
    "an allowed name, then nothing but spaces": lambda size: "x-a" + " " * size,
    "spaces before": lambda size: " " * size + "x-a",
    "upper case": lambda size: "X-A," * (size // 4),
    "bytes": lambda size: "\xff" * size,
    "quotes": lambda size: '"' * size,
    "control characters": lambda size: "\x01" * size,
    "distinct names": lambda size: ",".join(f"x-{number}" for number in range(size // 8)),
}


@pytest.mark.parametrize("shape", HOSTILE)
@pytest.mark.parametrize("wildcard", [False, True])
def test_64_kilobytes_of_anything_are_malformed(shape: str, *, wildcard: bool) -> None:
    value = HOSTILE[shape](65_536)
    assert len(value) > LONGEST_LIST
    assert refused(value, wildcard=wildcard) == MALFORMED


@pytest.mark.parametrize("shape", HOSTILE)
def test_what_is_too_long_is_not_even_looked_at(shape: str) -> None:
    class Untouchable(frozenset[str]):
        def __contains__(self, name: object) -> bool:
            raise AssertionError(name)

    assert refused(HOSTILE[shape](65_536), Untouchable()) == MALFORMED


@pytest.mark.parametrize("shape", HOSTILE)
def test_a_hostile_value_of_the_longest_kind_costs_a_bounded_number_of_calls(shape: str) -> None:
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    value = HOSTILE[shape](LONGEST_LIST)
    sys.setprofile(count)
    try:
        refused(value)
    finally:
        sys.setprofile(None)
    assert calls < 256 * 8


def test_the_bounds_are_where_they_are_said_to_be() -> None:
    assert refused(",".join(["x-a"] * 256)) is None
    assert refused(",".join(["x-a"] * 257)) == MALFORMED
    assert refused("x-a" + " " * (LONGEST_LIST - 3)) is None
    assert refused("x-a" + " " * (LONGEST_LIST - 2)) == MALFORMED


# --- against the reading of the standard ---


@given(
    st.text(alphabet="xXab-,; \t*é\u212a", max_size=30),
    st.frozensets(st.sampled_from(["x-a", "a", "b", "x", "*"])),
)
@example("x-a,,*", frozenset({"x-a"}))
def test_it_agrees_with_the_grammar(value: str, allowed: frozenset[str]) -> None:
    members = extract_header_list_values([value])
    found = refused(value, allowed)
    if members is FAILURE:
        assert found is not None
        return
    assert members is not None
    assert found == next((name.lower() for name in members if name.lower() not in allowed), None)
