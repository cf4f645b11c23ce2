"""One call of ``corsage simulate``, from file names to exit code."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import click

from corsage.apps.cli.simulating.deviations import (
    BadDeviations,
    Deviation,
    Mismatch,
    beside,
    orphans,
    read_deviations,
)
from corsage.apps.cli.simulating.rows import playing
from corsage.apps.cli.simulating.table import known, lost, mismatches, table
from corsage.apps.cli.text import counted, escaped
from corsage.browser import PROFILES
from corsage.clients.recordings import Comparison

OK_EXIT: Final = 0
MISMATCH_EXIT: Final = 1
BAD_INPUT_EXIT: Final = 2


def run_simulate(files: Sequence[str], profile: str) -> int:
    """Print one line of JSON for each scenario; return the exit code."""
    with playing(PROFILES[profile]) as player:
        for _, result in player.play_all(files):
            click.echo(json.dumps(result))
    return BAD_INPUT_EXIT if player.bad else OK_EXIT


def run_compare(files: Sequence[str], profile: str, register: str | None) -> int:
    """Print how far the results agree with the recordings; return the exit code."""
    browser = PROFILES[profile].engine.value
    path = Path(register) if register is not None else beside(files[0])
    try:
        deviations = () if path is None else read_deviations(path, browser, PROFILES[profile].name)
    except BadDeviations as error:
        for problem in str(error).splitlines():
            click.echo(f"corsage simulate: {escaped(problem)}", err=True)
        return BAD_INPUT_EXIT
    comparison, played, unrecorded, bad = _compare(files, profile)
    if not played:
        _complain_of_nothing(browser, unrecorded)
        return BAD_INPUT_EXIT
    agrees = _print(comparison, deviations, frozenset(played))
    if unrecorded:
        click.echo(
            f"corsage simulate: {counted(unrecorded, 'scenario')} without a recording of {browser}", err=True
        )
    if bad or unrecorded:
        return BAD_INPUT_EXIT
    return OK_EXIT if agrees else MISMATCH_EXIT


def _compare(files: Sequence[str], profile: str) -> tuple[Comparison, set[str], int, int]:
    """Play and compare; return the comparison, the ids, how many had no recording, how many were bad."""
    browser = PROFILES[profile].engine.value
    comparison = Comparison(browser)
    played: set[str] = set()
    unrecorded = 0
    with playing(PROFILES[profile]) as player:
        for row, result in player.play_all(files):
            recorded = row.recorded.get(browser)
            if not isinstance(recorded, dict):
                unrecorded += 1
                continue
            comparison.add(row.scenario, recorded, result)
            played.add(row.scenario["id"])
    return comparison, played, unrecorded, player.bad


def _complain_of_nothing(browser: str, unrecorded: int) -> None:
    if not unrecorded:
        click.echo("corsage simulate: there is nothing to compare: no scenario could be read", err=True)
        return
    click.echo(
        f"corsage simulate: these files hold no recordings of {browser}: leave out --compare, or give recordings",
        err=True,
    )


def _print(comparison: Comparison, deviations: tuple[Deviation, ...], played: frozenset[str]) -> bool:
    """Print the table and the lists; tell whether everything is as it should be."""
    missed = frozenset(
        (identifier, facet) for (_, facet), ids in comparison.misses.items() for identifier in ids
    )
    registered = frozenset[Mismatch](pair for each in deviations for pair in each.mismatches())
    _print_list("", table(comparison, registered))
    found = orphans(deviations, played, missed)
    _print_list("\nNot registered:", mismatches(comparison, registered))
    _print_list("\nRegistered deviations:", known(deviations, missed))
    _print_list("\nRegistered, but in agreement now (remove these rows):", lost(found))
    return missed <= registered and not found


def _print_list(title: str, lines: Iterable[str]) -> None:
    rows = list(lines)
    if rows and title:
        click.echo(title)
    for row in rows:
        click.echo(f"  {row}" if title else row)
