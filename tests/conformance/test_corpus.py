"""The engine against what real browsers were recorded to do: every scenario, every facet."""

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from corsage.browser import PROFILES
from corsage.clients.recordings import compare, play, read_rows

CORPUS = Path(__file__).parent.parent / "corpus"
FAMILIES = sorted(CORPUS.glob("*.jsonl.xz"))
BROWSERS = ("chromium", "firefox", "webkit")

# The goal of the project: registered deviations, as a share of the corpus.
MOST_DEVIATIONS = {"chromium": 0.005, "firefox": 0.005, "webkit": 0.01}


def deviations(browser: str) -> dict[str, set[str]]:
    """Return the registered facets by scenario id."""
    register: defaultdict[str, set[str]] = defaultdict(set)
    for row in tomllib.loads((CORPUS / "deviations.toml").read_text(encoding="utf-8"))["deviation"]:
        if row["browser"] == browser:
            for identifier in row["ids"]:
                register[identifier].update(row["facets"])
    return dict(register)


def mismatches(path: Path, profile: str, browser: str) -> dict[str, set[str]]:
    found = {}
    for row in read_rows(str(path)):
        missed = compare(row.scenario, row.recorded[browser], play(row, PROFILES[profile]), browser)
        if missed:
            found[row.scenario["id"]] = set(missed)
    return found


@pytest.mark.parametrize("browser", BROWSERS)
@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.name.split(".")[0])
def test_the_engine_does_what_the_browser_was_recorded_to_do(path: Path, browser: str) -> None:
    ids = ids_of(path)
    registered = {
        identifier: facets for identifier, facets in deviations(browser).items() if identifier in ids
    }
    # Orphans of the register count, too: what agrees by now must leave it.
    assert mismatches(path, browser, browser) == registered


def ids_of(path: Path) -> set[str]:
    return {row.scenario["id"] for row in read_rows(str(path))}


@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.name.split(".")[0])
def test_with_the_habits_of_its_port_webkit_agrees_everywhere(path: Path) -> None:
    assert mismatches(path, "webkitgtk", "webkit") == {}


def test_every_registered_id_is_in_the_corpus() -> None:
    known = {identifier for path in FAMILIES for identifier in ids_of(path)}
    assert {identifier for browser in BROWSERS for identifier in deviations(browser)} <= known


@pytest.mark.parametrize("browser", BROWSERS)
def test_few_deviations_are_registered(browser: str) -> None:
    size = sum(len(ids_of(path)) for path in FAMILIES)
    assert len(deviations(browser)) <= MOST_DEVIATIONS[browser] * size


def test_the_standard_profile_reads_the_corpus_without_complaint() -> None:
    for path in FAMILIES:
        for row in read_rows(str(path)):
            result = play(row, PROFILES["standard"])
            assert set(result) == {
                "id",
                "outcome",
                "cors_error",
                "failed_parameter",
                "console",
                "requests_seen",
            }
