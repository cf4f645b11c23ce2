"""One browser through all scenarios: visits, plays, collects; starts over when a page falls silent."""

from collections.abc import Callable, Iterable
from typing import Any

from record.browser import Browser, Tab
from record.errors import RecordError, SilentPageError
from record.normal import normal
from record.scenarios import origins_of, requests_of
from record.server import serving
from record.stage import Stage

Json = dict[str, Any]
Told = Callable[[str], None]
Kept = Callable[[str, Json], None]

_PATIENCE = 20.0
_ARRIVAL = 60.0
_FRUITLESS = 3


async def record(browser: Browser, program: str, scenarios: list[Json], keep: Kept, tell: Told) -> int:
    """Play the scenarios and keep what each gave; the number of those that gave nothing.

    Raises:
        RecordError: The browser does not start or does not play anything.
    """
    lost, fruitless = 0, 0
    while scenarios:
        played = await _sitting(browser, program, scenarios, keep)
        fruitless = 0 if played else fruitless + 1
        if fruitless == _FRUITLESS:
            raise RecordError(f"{fruitless} scenarios in a row without an outcome; giving up")
        if played < len(scenarios):
            tell(f"{browser.name}: no outcome for {scenarios[played]['id']}; starting over after it")
            lost += 1
        scenarios = scenarios[played + 1 :]
    return lost


async def _sitting(browser: Browser, program: str, scenarios: list[Json], keep: Kept) -> int:
    """Play until done or until a page falls silent; how many were played."""
    played = 0
    stage = Stage()
    first = f"{_origins(scenarios)[0]}/page.html"
    async with serving(stage, scenarios) as server, browser.open(program, server, first) as tab:
        here = await _visit(stage, scenarios)
        for scenario in scenarios:
            try:
                here = await _move(stage, here, scenario["client"]["page"])
                keep(scenario["id"], await _play(stage, tab, scenario))
            except SilentPageError:
                break
            played += 1
    return played


async def _visit(stage: Stage, scenarios: list[Json]) -> str:
    """Open a page of every origin in use once, so that its cookies are set; where that ended."""
    origins = _origins(scenarios)
    try:
        await stage.arrival(_ARRIVAL)
        for origin in origins[1:]:
            await stage.go(origin, _ARRIVAL)
    except SilentPageError:
        raise RecordError("the browser started but does not open the recorder's page") from None
    return origins[-1]


def _origins(scenarios: Iterable[Json]) -> list[str]:
    return list(dict.fromkeys(origin for scenario in scenarios for origin in origins_of(scenario)))


async def _move(stage: Stage, here: str, there: str) -> str:
    if here != there:
        await stage.go(there, _PATIENCE)
    return there


async def _play(stage: Stage, tab: Tab, scenario: Json) -> Json:
    delays = sum(request.get("delay_before_ms", 0) for request in requests_of(scenario))
    await tab.collect("")
    outcome, seen = await stage.play(scenario, _PATIENCE + delays / 1000)
    told = await tab.collect(scenario["id"])
    return normal(scenario, {"outcome": outcome, **told, "requests_seen": seen})
