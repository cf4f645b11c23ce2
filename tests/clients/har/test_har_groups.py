"""Many requests, a short list."""

from __future__ import annotations

import pytest
from tests.clients.har.har_files import ALLOWED, API, entry, read

from corsage.clients.har.groups import MOST_FAILING, MOST_PASSING, shape
from corsage.clients.har.observing import MOST

FAILED = "net::ERR_FAILED"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/items/7/parts/12", "/items/{id}/parts/{id}"),
        ("/o/6f1c1f5e-9a3b-4c77-9c39-0b9a4a7f1a2b", "/o/{id}"),
        ("/blob/5f2b6c7d8e9f0a1b2c3d4e5f", "/blob/{id}"),
        ("/t/aB3_x9-QwErTyUiOpAsDfGh1", "/t/{id}"),
        ("/v1/items", "/v1/items"),
        ("/a-rather-long-name-of-a-page", "/a-rather-long-name-of-a-page"),
        ("/", "/"),
    ],
)
def test_identifiers_are_seen(path: str, expected: str) -> None:
    assert shape(path) == expected


def test_what_differs_in_query_and_identifiers_is_one() -> None:
    found = read(*(entry(f"{API}/items/{number}?q={number}", error=FAILED) for number in range(700)))
    (group,) = found.groups
    assert (group.count, group.entries) == (700, (0, 1, 2))
    assert group.urls == tuple(f"{API}/items/{number}?q={number}" for number in range(3))
    assert group.evidence.url == f"{API}/items/0?q=0"


def test_what_is_refused_otherwise_is_another() -> None:
    found = read(
        entry(error=FAILED),
        entry(error=FAILED, received={"Access-Control-Allow-Origin": "https://x.example"}),
        entry(error=FAILED, received={"Access-Control-Allow-Origin": "https://y.example"}),
        entry(error=FAILED, sent={"Origin": "https://z.example"}),
        entry(error=FAILED, method="POST"),
        entry(received=ALLOWED),
    )
    assert len(found.groups) == 6
    assert [group.failed for group in found.groups] == [True] * 5 + [False]


def test_the_list_is_bounded_and_says_what_is_missing() -> None:
    many = MOST_FAILING + 50
    found = read(
        *(entry(f"{API}/{'x' * number}", error=FAILED) for number in range(1, many + 1)),
        *(entry(f"{API}/{'y' * number}", received=ALLOWED) for number in range(1, many + 1)),
        *(entry(f"{API}/{'x' * many}", error=FAILED) for _ in range(9)),
    )
    assert len(found.failing) == MOST_FAILING
    assert len(found.groups) == MOST_FAILING + MOST_PASSING
    assert found.left_out_failing == (50, 59)
    assert found.left_out_passing == (many - MOST_PASSING, many - MOST_PASSING)
    assert (found.totals.cross_origin, found.totals.failed) == (2 * many + 9, many + 9)
    assert len(found.observed) == 2 * many < MOST


def test_failing_ones_come_first_then_the_many() -> None:
    found = read(
        *(entry(f"{API}/few", error=FAILED) for _ in range(2)),
        *(entry(f"{API}/fine", received=ALLOWED) for _ in range(9)),
        *(entry(f"{API}/many", error=FAILED) for _ in range(5)),
    )
    assert [(group.urls[0], group.count) for group in found.groups] == [
        (f"{API}/many", 5),
        (f"{API}/few", 2),
        (f"{API}/fine", 9),
    ]
