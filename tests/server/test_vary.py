"""``Vary``: ours is added to the application's, and nothing is lost or said twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.server.vary import merged_vary


@pytest.mark.parametrize(
    ("present", "wanted", "merged"),
    [
        ("", ["Origin"], "Origin"),
        ("", [], ""),
        ("  ", ["Origin"], "Origin"),
        (",", ["Origin"], "Origin"),
        ("Accept", [], "Accept"),
        ("Accept", ["Origin"], "Accept, Origin"),
        ("Accept, Accept-Encoding", ["Origin"], "Accept, Accept-Encoding, Origin"),
        ("Accept,Accept-Encoding", ["Origin"], "Accept, Accept-Encoding, Origin"),
        ("Accept ,\tAccept-Encoding\t,", ["Origin"], "Accept, Accept-Encoding, Origin"),
        ("Origin", ["Origin"], "Origin"),
        ("origin", ["Origin"], "origin"),
        ("ORIGIN, accept", ["Origin"], "ORIGIN, accept"),
        ("Accept, Origin, Cookie", ["Origin"], "Accept, Origin, Cookie"),
        ("Origin, origin, Accept, Origin", ["Origin"], "Origin, Accept"),
        ("X-Origin", ["Origin"], "X-Origin, Origin"),
        ("*", ["Origin"], "*"),
        (" * ", ["Origin"], "*"),
        ("*, Accept", ["Origin"], "*"),
        ("Accept, *", ["Origin"], "*"),
        ("Origin, *", [], "*"),
        (
            "Accept",
            ["Origin", "Access-Control-Request-Method"],
            "Accept, Origin, Access-Control-Request-Method",
        ),
        (
            "access-control-request-headers",
            ["Origin", "Access-Control-Request-Headers"],
            "access-control-request-headers, Origin",
        ),
    ],
)
def test_merging(present: str, wanted: list[str], merged: str) -> None:
    assert merged_vary(present, wanted) == merged


NAMES = st.sampled_from(["Origin", "origin", "Accept", "Cookie", "*", ""])


def names(value: str) -> set[str]:
    return {name.strip().lower() for name in value.split(",")} - {""}


@given(st.lists(NAMES).map(", ".join), st.lists(st.sampled_from(["Origin", "Accept", "X-Y"]), unique=True))
def test_nothing_is_lost_nothing_is_added_twice(present: str, wanted: list[str]) -> None:
    merged = merged_vary(present, wanted)
    if "*" in names(present):
        assert merged == "*"
        return
    assert names(merged) == names(present) | {name.lower() for name in wanted}
    assert merged_vary(merged, wanted) == merged
    assert len(merged.split(",")) <= len(present.split(",")) + len(wanted)
