"""Every framework, served for real, asked by real browsers; the engine foresees each answer."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest
from tests.e2e.matrix import MATRIX, POLICY, Row, foreseen, told
from tests.e2e.stage import PAGE, STRANGER, visit
from tests.middleware.conftest import APPS, module_of

from corsage.browser import CHROMIUM, FIREFOX
from record import chromium, firefox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.e2e.stage import Visit

    from record.browser import Browser

FRAMEWORKS = sorted(path.stem for path in APPS.glob("*.py") if not path.stem.startswith("_"))
BROWSERS: dict[str, tuple[Browser, Any]] = {
    "chromium": (chromium, CHROMIUM),
    "firefox": (firefox, FIREFOX),
}


@pytest.fixture(scope="session")
def visits() -> Iterator[Callable[[str], Visit]]:
    """Start each browser once, when it is first wanted."""
    with contextlib.ExitStack() as stack:
        running: dict[str, Visit] = {}

        def started(name: str) -> Visit:
            if name not in running:
                browser, _ = BROWSERS[name]
                program = browser.program()
                if program is None:
                    pytest.skip(f"{name} is not installed (Debian: {browser.package})")
                running[name] = stack.enter_context(visit(browser, program))
            return running[name]

        yield started


def seen(visit: Visit, api: str, rows: list[Row]) -> dict[str, Mapping[str, Any]]:
    """Return what the pages saw of each row, by its name."""
    found: dict[str, Mapping[str, Any]] = {}
    for origin in (PAGE, STRANGER):
        there = [row for row in rows if row.origin == origin]
        results = visit.play(origin, [row.asked(api) for row in there])
        found |= {row.name: told(result, row) for row, result in zip(there, results, strict=True)}
    return found


@pytest.mark.browser
@pytest.mark.parametrize("browser", BROWSERS)
@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_framework_in_a_browser(framework: str, browser: str, visits: Callable[[str], Visit]) -> None:
    module = module_of(framework)
    rows = [row for row in MATRIX if module.WEBSOCKETS or not row.is_socket]
    open_pages = visits(browser)
    with module.serve(POLICY, log=False) as served:
        found = seen(open_pages, served.url, rows)
    assert found == {row.name: row.sees for row in rows}


@pytest.mark.parametrize("browser", BROWSERS)
@pytest.mark.parametrize("row", [row for row in MATRIX if not row.is_socket], ids=lambda row: row.name)
def test_the_engine_foresees_it(row: Row, browser: str) -> None:
    _, profile = BROWSERS[browser]
    assert told(foreseen(row, "http://127.0.0.1:8000", profile), row) == row.sees
