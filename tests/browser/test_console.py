"""What each browser calls a failure and prints, to the letter.

`console_words.json` holds the words of the recorded browsers; `<url 0>` is the URL asked for, `<url 1>` the next hop.
The recorder kept only those lines of Chromium and Firefox that name one of these URLs, so every failure here does.
"""

from __future__ import annotations

import json
import lzma
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corsage.browser import CHROMIUM, FIREFOX, PROFILES, STANDARD, WEBKIT, Profile, drive, fetch, new_request
from corsage.browser.console import Report, report
from corsage.clients.recordings.scenario import client_of, request_of
from corsage.clients.recordings.server import ScenarioServer
from corsage.model import NO_TRACE, Cause, Outcome, RequestInit, Thrown, WireRequest, WireResponse, page

HERE = Path(__file__).parent
ROWS: list[dict[str, Any]] = json.loads((HERE / "console_words.json").read_text())
BROWSERS = {"chromium": CHROMIUM, "firefox": FIREFOX, "webkit": WEBKIT}


@cache
def family(name: str) -> dict[str, dict[str, Any]]:
    with lzma.open(HERE.parent / "corpus" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        return {row["scenario"]["id"]: row for row in map(json.loads, lines)}


def recording(identifier: str) -> dict[str, Any]:
    return family(identifier.rpartition("-")[0].removesuffix("-s1"))[identifier]


def played(scenario: dict[str, Any], profile: Profile) -> Outcome:
    client = client_of(scenario)
    request = request_of(scenario["request"], client, profile, NO_TRACE)
    return drive(fetch(request, profile=profile), ScenarioServer(scenario, profile.engine))


def filled(lines: list[str], scenario: dict[str, Any]) -> tuple[str, ...]:
    hops = [hop["origin"] + hop["path"] for hop in scenario["server"]["hops"]]
    for number, url in enumerate(hops):
        lines = [line.replace(f"<url {number}>", url) for line in lines]
    return tuple(lines)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"])
@pytest.mark.parametrize("browser", BROWSERS)
def test_the_words_of_the_table_are_recorded_ones(row: dict[str, Any], browser: str) -> None:
    recorded = recording(row["id"])
    words = recorded[browser]
    assert tuple(words["console"]) == filled(row[browser]["lines"], recorded["scenario"])
    assert (words["cors_error"], words.get("failed_parameter") or "") == (
        row[browser]["code"],
        row[browser]["parameter"],
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"])
@pytest.mark.parametrize("browser", BROWSERS)
def test_the_engine_says_what_the_browser_said(row: dict[str, Any], browser: str) -> None:
    scenario = recording(row["id"])["scenario"]
    want = Report(row[browser]["code"], row[browser]["parameter"], filled(row[browser]["lines"], scenario))
    assert report(played(scenario, BROWSERS[browser]), BROWSERS[browser]) == want


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"])
def test_the_standard_has_no_words_but_the_cause(row: dict[str, Any]) -> None:
    outcome = played(recording(row["id"])["scenario"], STANDARD)
    found = report(outcome, STANDARD)
    assert found.lines == ()
    assert found.code == (None if outcome.refusal is None else outcome.refusal.cause.value)


def outcome_of(init: RequestInit, *answers: WireResponse, profile: Profile) -> Outcome:
    client = page("http://client.test/")
    rest = iter(answers)

    def send(request: WireRequest) -> WireResponse:
        del request
        return next(rest)

    return drive(fetch(new_request(init, client, profile), profile=profile), send)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_what_was_thrown_or_went_well_prints_nothing(profile: Profile) -> None:
    thrown = Outcome(None, thrown=Thrown("TypeError", "bad"))
    assert report(thrown, profile) == Report(None, "", ())
    fine = outcome_of(RequestInit("/x"), WireResponse(200), profile=profile)
    assert report(fine, profile) == Report(None, "", ())


def test_every_cause_the_table_names_is_one_of_chromiums() -> None:
    named = {row["chromium"]["code"] for row in ROWS} - {None}
    assert named <= {cause.value for cause in Cause}
    assert len(named) >= 17, "the table covers most of them"
