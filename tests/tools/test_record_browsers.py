"""The recorder in the browsers that are installed: what the corpus says comes out again."""

import asyncio
import json
import lzma
import re
from pathlib import Path
from typing import Any

import pytest

from record import session
from record.browser import Browser
from record.cli import BROWSERS

Json = dict[str, Any]

CORPUS = Path(__file__).parents[1] / "corpus"

# Twenty scenarios: each API, each kind of outcome, each way a browser says no.
CHOSEN = {
    "acac": ("acac-0028", "acac-0046"),
    "acah": ("acah-0249",),
    "acao": ("acao-0389",),
    "bodies": ("bodies-0241",),
    "corp": ("corp-0014", "corp-0024"),
    "elements": ("elements-0134", "elements-0300", "elements-0520", "elements-0572", "elements-0590"),
    "https-client": ("https-client-0067",),
    "methods": ("methods-0321",),
    "opaque-origin": ("opaque-origin-0174",),
    "preflight-cache": ("preflight-cache-0099",),
    "preflight-status": ("preflight-status-0328",),
    "redirect-chain": ("redirect-chain-0028",),
    "redirect-location": ("redirect-location-0042",),
    "redirect-mode": ("redirect-mode-0011",),
}
WIRE = re.compile(r"origin|access-control-request-(method|headers)|content-type|cookie|authorization|referer")
CORS_LINE = re.compile(
    "CORS policy|Cross-Origin Request Blocked|access control checks|Access-Control-Allow|Credentials flag"
    "|Preflight response is not successful|denied by Cross-Origin Resource Sharing|redirection while loading"
    "|Cross origin requests are only"
)


def chosen() -> list[Json]:
    found: list[Json] = []
    for family, ids in CHOSEN.items():
        with lzma.open(CORPUS / f"{family}.jsonl.xz", "rt", encoding="utf-8") as lines:
            found += [row for row in map(json.loads, lines) if row["scenario"]["id"] in ids]
    return found


def outcomes(outcome: Json) -> list[Json]:
    """What a page saw of each step, without the browser's own wording."""
    kept = ("kind", "type", "status", "url", "redirected", "body", "tainted", "rules", "data", "returned")
    return [
        {key: step.get(key) for key in kept} | {"error": _thrown(step), "body_error": "body_error" in step}
        for step in outcome.get("steps", [outcome])
    ]


def _thrown(step: Json) -> str | None:
    return step["error"]["name"] if step["kind"] == "request_throws" else None


def readable(outcome: Json) -> list[list[list[str]]]:
    return [sorted(step.get("headers", [])) for step in outcome.get("steps", [outcome])]


def wire(seen: list[Any], scenario: Json) -> list[Any]:
    """What reached the server; of a dropped connection only what it was, not how often it was tried."""
    if seen and isinstance(seen[0], list):
        return [wire(step, scenario) for step in seen]
    rows = [
        [row["kind"], row["hop"], row["method"], [pair for pair in row["headers"] if WIRE.fullmatch(pair[0])]]
        for row in seen
    ]
    dropped = '"drop": true' in json.dumps(scenario["server"])
    return [row for number, row in enumerate(rows) if not (dropped and row in rows[:number])]


def facets(result: Json, scenario: Json) -> Json:
    return {
        "outcome": outcomes(result["outcome"]),
        "headers": readable(result["outcome"]),
        "requests": wire(result["requests_seen"], scenario),
        "code": (result["cors_error"], result.get("failed_parameter") or None),
        "console": [line for line in result["console"] if CORS_LINE.search(line)],
    }


@pytest.mark.browser
@pytest.mark.parametrize("browser", BROWSERS, ids=lambda browser: browser.name)
def test_a_browser_is_recorded_as_in_the_corpus(browser: Browser) -> None:
    program = browser.program()
    if program is None:
        pytest.skip(f"{browser.name} is not installed (Debian: {browser.package})")
    rows = {row["scenario"]["id"]: row for row in chosen()}
    told: list[str] = []
    results: Json = {}
    scenarios = [row["scenario"] for row in rows.values()]
    lost = asyncio.run(session.record(browser, program, scenarios, results.__setitem__, told.append))
    assert (lost, told) == (0, [])
    assert len(results) == sum(map(len, CHOSEN.values())) == 20
    for name, row in rows.items():
        got, wanted = (facets(result, row["scenario"]) for result in (results[name], row[browser.name]))
        assert got == wanted, name
