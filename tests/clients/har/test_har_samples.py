"""Files as browsers write them: the same page, seen by Chromium and by Firefox; and one in WebKit's fields."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from corsage.clients.har import HarReading, HarTotals, diagnosable
from corsage.model import Cause
from corsage.pair.observed import by_server
from corsage.pair.synthesise import synthesise
from corsage.server import Policy

SAMPLES = Path(__file__).parent / "samples"
PAGE = "http://127.0.0.1:8000"
API = "http://localhost:9000"

# What the page did that failed, with what refused it in both browsers.
REFUSED = {
    f"{API}/missing.json?a=1": Cause.MISSING_ALLOW_ORIGIN,
    f"{API}/closed/7": Cause.PREFLIGHT_MISSING_ALLOW_ORIGIN,
    f"{API}/moved.json": Cause.MISSING_ALLOW_ORIGIN,
    f"{PAGE}/login-needed.json": Cause.MISSING_ALLOW_ORIGIN,
    "http://localhost:1/refused": Cause.BAD_PORT,
    "http://localhost:9/blockedport": Cause.BAD_PORT,
    f"{API}/corp.png": Cause.CORP_NOT_SAME_ORIGIN,
}
PASSED = {f"{API}/ok.json", f"{API}/items/7", f"{API}/moved-ok.json", f"{API}/upload"}


@cache
def reading(name: str) -> HarReading:
    with (SAMPLES / f"{name}.har").open("rb") as stream:
        return diagnosable(stream)


def causes(read: HarReading) -> dict[str, Cause | None]:
    found = {}
    for group in read.failing:
        refusal = group.outcome.refusal if group.outcome is not None else None
        found[group.urls[0]] = None if refusal is None else refusal.cause
    return found


def test_chromium_knows_what_failed() -> None:
    """It tells what was aborted, and that `*` did not do, which only credentials explain."""
    read = reading("chrome")
    assert causes(read) == REFUSED | {f"{API}/star.json": Cause.WILDCARD_WITH_CREDENTIALS}
    assert read.totals == HarTotals(
        entries=23,
        requests=17,
        cross_origin=13,
        failed=8,
        same_origin=2,
        navigations=1,
        aborted=1,
        preflights=3,
    )


def test_firefox_leaves_it_to_the_engine() -> None:
    """It tells neither what was aborted, nor whether there were credentials."""
    read = reading("firefox")
    assert causes(read) == REFUSED | {f"{API}/hang.json": None}
    assert {group.urls[0] for group in read.groups if not group.failed} == PASSED | {f"{API}/star.json"}
    assert (read.recorder.name, read.totals.entries, read.totals.preflights) == ("Firefox", 24, 3)


@pytest.mark.parametrize("name", ["chrome", "firefox"])
def test_what_both_saw(name: str) -> None:
    read = reading(name)
    groups = {group.urls[0]: group for group in read.groups}
    assert {url for url, group in groups.items() if not group.failed} >= PASSED
    assert not read.problems
    assert groups[f"{API}/items/7"].count == 2
    assert groups[f"{API}/items/7"].evidence.request_headers.names() == ["content-type", "x-tenant"]
    assert all(group.evidence.origin == PAGE for group in read.groups)
    assert [answer.status for answer in groups[f"{PAGE}/login-needed.json"].evidence.hops] == [302]


@pytest.mark.parametrize("name", ["chrome", "firefox"])
def test_the_policy_for_what_the_page_does(name: str) -> None:
    """Exact, and proven: the origin, two methods and three headers."""
    found = synthesise(by_server(reading(name).observed)[API])
    assert found.proven
    policies = [found.policy] if isinstance(found.policy, Policy) else list(found.policy.paths.values())
    assert {origin for policy in policies for origin in policy.origins} == {PAGE}
    assert {method for policy in policies for method in policy.methods} == {"PUT", "DELETE"}
    assert {header for policy in policies for header in policy.request_headers} == {
        "authorization",
        "content-type",
        "x-tenant",
    }


def test_safari_has_gaps() -> None:
    read = reading("safari")
    assert causes(read) == {
        "https://api.app.example/report": Cause.MISSING_ALLOW_ORIGIN,
        "https://api.app.example/items": None,
    }
    assert read.groups[1].evidence.notes == "Preflight response is not successful. Status code: 404"
    assert (read.totals.aborted, read.totals.unclear, read.totals.same_origin) == (1, 1, 1)
