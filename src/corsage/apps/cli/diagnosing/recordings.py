"""``corsage explain FILE.har``: every cross-origin request of a recording, and a policy for all of them."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from corsage.apps.cli.diagnosing.forms import write_diagnosis
from corsage.apps.cli.diagnosing.har_report import Found, har_json, har_report
from corsage.apps.cli.diagnosing.markdown_report import markdown_of
from corsage.apps.cli.diagnosing.sources import Source
from corsage.apps.cli.diagnosing.terminal_report import report_sections
from corsage.apps.cli.document import write
from corsage.apps.cli.terminal import Terminal
from corsage.apps.cli.text import counted, shown
from corsage.clients.har import HarReading, diagnosable
from corsage.clients.said import read_said
from corsage.diagnosis import Diagnosis, diagnose
from corsage.model.evidence import Evidence, Place
from corsage.pair.observed import by_server
from corsage.pair.synthesise import synthesise

if TYPE_CHECKING:
    from corsage.apps.cli.diagnosing.session import Asked


def run_har(source: Source, asked: "Asked", places: tuple[Place, ...]) -> int:
    """Read the recording, judge it, and print what fails; return the exit code.

    Raises:
        click.UsageError: it cannot be read, or has no such group.
    """
    reading = _read(source, asked)
    for problem in reading.problems:
        click.echo(f"{shown(source.name)}: {shown(str(problem), 1000)}", err=True)
    if reading.problems and not (reading.totals.requests or reading.totals.navigations):
        raise click.UsageError(f"{shown(source.name)} holds no request that can be read.")
    found = _found(reading, asked, places)
    if asked.group is not None:
        write_diagnosis(_chosen(found, asked.group), asked)
        return 1
    if asked.html is not None and len(found.diagnoses) != 1:
        raise click.UsageError(_no_page(len(found.diagnoses)))
    if asked.as_json:
        click.echo(json.dumps(har_json(found), indent=2))
        return found.exit_code
    report = har_report(found, shown(source.name), verbose=asked.verbose)
    if asked.markdown:
        click.echo(markdown_of(report), nl=False)
    else:
        terminal = Terminal(asked.color)
        write(terminal, report_sections(report, terminal.glyphs))
    if len(found.diagnoses) == 1:
        click.echo()
        write_diagnosis(found.diagnoses[0][1], asked)
    return found.exit_code


def _read(source: Source, asked: "Asked") -> HarReading:
    assert source.stream is not None  # noqa: S101 - a recording is a stream
    try:
        with source.stream, _progress(source.size) as progress:
            return diagnosable(source.stream, origin=asked.origin, progress=progress)
    except OSError as error:
        raise click.UsageError(f"{shown(source.name)} cannot be read: {error.strerror or error}.") from error


def _found(reading: HarReading, asked: "Asked", places: tuple[Place, ...]) -> Found:
    diagnoses = tuple((group, diagnose(_told(group.evidence, asked, places))) for group in reading.failing)
    policies = {server: synthesise(observed) for server, observed in by_server(reading.observed).items()}
    return Found(reading, diagnoses, policies, places)


def _told(evidence: Evidence, asked: "Asked", places: tuple[Place, ...]) -> Evidence:
    """Add what the user says; what the recorder noted of an error is read as a message."""
    messages, rest = (
        read_said(evidence.notes) if not evidence.messages else (evidence.messages, evidence.notes)
    )
    failed = evidence.exchanges == () or any(each.failure is not None for each in messages)
    return replace(
        evidence,
        messages=messages if failed else evidence.messages,
        places=(*evidence.places, *places),
        notes="\n".join(part for part in (rest, *asked.notes) if part),
    )


def _no_page(failures: int) -> str:
    if not failures:
        return "--html draws a failure, and nothing fails in this recording."
    return f"--html draws one failure, and the recording has {failures} kinds of them. Choose one: --group 1."


def _chosen(found: Found, number: int) -> Diagnosis:
    if not 1 <= number <= len(found.diagnoses):
        raise click.UsageError(
            f"There is no failure {number}: the recording has {counted(len(found.diagnoses), 'kind')} of them."
        )
    return found.diagnoses[number - 1][1]


@contextmanager
def _progress(size: int) -> Iterator[Callable[[int], None]]:
    """Show how much was read, on a terminal alone, and leave nothing behind."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    columns = (TextColumn("reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=size or None)
        yield lambda done: progress.update(task, completed=done)
