"""The command line: reads scenarios, records them in the browsers asked for, writes recordings."""

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from record import chromium, firefox, scenarios, session, webkit
from record.browser import Browser
from record.errors import RecordError

Json = dict[str, Any]

BROWSERS: tuple[Browser, ...] = (chromium, firefox, webkit)


def main(arguments: list[str]) -> int:
    """Run the recorder; the exit status is 0 if every scenario was recorded in every browser asked for."""
    options = _parser().parse_args(arguments)
    try:
        return asyncio.run(_stoppable(_record(options)))
    except RecordError as error:
        _tell(f"record: {error}")
    except (KeyboardInterrupt, asyncio.CancelledError):
        _tell("record: stopped")
    return 2


async def _stoppable(work: Coroutine[Any, Any, int]) -> int:
    """Do the work; a request to terminate ends it in order, browsers and all."""
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="record", description="Record scenarios in real browsers, over loopback."
    )
    parser.add_argument(
        "scenarios", help="scenarios or recordings, one JSON object a line, plain or .xz; - for stdin"
    )
    parser.add_argument(
        "--browser",
        action="append",
        choices=[browser.name for browser in BROWSERS],
        help="only this one; repeatable",
    )
    parser.add_argument("--output", metavar="FILE", help="where to write the recordings (standard output)")
    return parser


async def _record(options: argparse.Namespace) -> int:
    wanted = [browser for browser in BROWSERS if not options.browser or browser.name in options.browser]
    cases = await asyncio.to_thread(scenarios.read, options.scenarios)
    await asyncio.to_thread(_require_writable, options.output)
    here = _installed(wanted)
    if not here:
        raise RecordError("no browser to record in; `make system` installs them on Debian")
    rows: dict[str, Json] = {case["id"]: {"scenario": case} for case in cases}
    async with asyncio.TaskGroup() as group:
        work = [group.create_task(_one(browser, program, rows)) for browser, program in here]
    await asyncio.to_thread(_write, options.output, [_ordered(row) for row in rows.values()])
    return 1 if any(task.result() for task in work) or len(here) < len(wanted) else 0


def _installed(wanted: list[Browser]) -> list[tuple[Browser, str]]:
    found = []
    for browser in wanted:
        if program := browser.program():
            found.append((browser, program))
        else:
            _tell(
                f"record: {browser.name} is not installed (Debian: {browser.package}); recording without it"
            )
    return found


async def _one(browser: Browser, program: str, rows: dict[str, Json]) -> int:
    """Record in one browser, into the rows; a browser's trouble does not end the others' work."""
    total, done = len(rows), 0

    def keep(scenario: str, result: Json) -> None:
        nonlocal done
        rows[scenario][browser.name] = result
        done += 1
        _progress(browser.name, done, total)

    try:
        return await session.record(browser, program, [row["scenario"] for row in rows.values()], keep, _tell)
    except RecordError as error:
        _tell(f"record: {browser.name}: {error}")
        return total - done


def _ordered(row: Json) -> Json:
    return {key: row[key] for key in ("scenario", *(browser.name for browser in BROWSERS)) if key in row}


def _require_writable(output: str | None) -> None:
    """Find out before the work whether its result can be kept."""
    try:
        if output is not None:
            Path(output).open("a").close()
    except OSError as error:
        raise RecordError(f"{output}: {error.strerror}") from None


def _write(output: str | None, rows: list[Json]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if output is None:
        sys.stdout.write(text)
        return
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise RecordError(f"{output}: {error.strerror}") from None


def _progress(name: str, done: int, total: int) -> None:
    """One line a browser, at the end and every now and then."""
    if done == total or done % 25 == 0:
        _tell(f"{name}: {done} of {total}")


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
