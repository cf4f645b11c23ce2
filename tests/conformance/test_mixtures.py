"""The engine against 1,208 scenarios mixed at random after it was written, then recorded in the three browsers.

The corpus is what the engine was built with; this is what it was surprised by (`tools/record` made both).
"""

import tomllib
from pathlib import Path

import pytest

from corsage.browser import PROFILES
from corsage.clients.recordings import compare, play, read_rows

HERE = Path(__file__).parent
MIXTURES = HERE / "mixtures.jsonl.xz"
PROFILE_OF = {"chromium": "chromium", "firefox": "firefox", "webkit": "webkitgtk"}


def known(browser: str) -> dict[str, set[str]]:
    rows = tomllib.loads((HERE / "mixtures.toml").read_text(encoding="utf-8"))["known"]
    return {id_: set(row["facets"]) for row in rows if row["browser"] == browser for id_ in row["ids"]}


@pytest.mark.parametrize("browser", PROFILE_OF)
def test_what_is_mixed_at_random_is_foreseen_but_for_what_is_known(browser: str) -> None:
    missed = {}
    for row in read_rows(str(MIXTURES)):
        if browser not in row.recorded:
            continue
        facets = compare(
            row.scenario, row.recorded[browser], play(row, PROFILES[PROFILE_OF[browser]]), browser
        )
        if facets:
            missed[row.scenario["id"]] = set(facets)
    assert missed == known(browser)


@pytest.mark.parametrize("browser", PROFILE_OF)
def test_outcomes_are_foreseen_in_all_but_one_in_a_thousand(browser: str) -> None:
    assert sum("outcome" in facets for facets in known(browser).values()) <= 1
