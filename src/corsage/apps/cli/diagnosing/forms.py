"""A diagnosis in the form that was asked for: terminal, Markdown, JSON, a page."""

from typing import TYPE_CHECKING, Final

import click

from corsage.apps.cli.diagnosing.terminal_report import report_sections
from corsage.apps.cli.document import write
from corsage.apps.cli.terminal import Terminal
from corsage.apps.cli.text import shown
from corsage.diagnosis import Diagnosis
from corsage.diagnosis.report import report_of

FINE_EXIT: Final = 0
FOUND_EXIT: Final = 1

if TYPE_CHECKING:
    from pathlib import Path

    from corsage.apps.cli.diagnosing.session import Asked


def write_diagnosis(diagnosis: Diagnosis, asked: "Asked") -> None:
    """Print *diagnosis* as *asked*; a page goes to its file, and the report to the terminal all the same.

    Raises:
        click.UsageError: the page cannot be written.
    """
    report = report_of(diagnosis, verbose=asked.verbose)
    if asked.html is not None:
        from pathlib import Path

        from corsage.apps.cli.diagnosing.html_report import html_of  # the templates take their time to load

        write_page(Path(asked.html), html_of(diagnosis))
    if asked.as_json:
        import json

        from corsage.apps.cli.diagnosing.json_report import json_of

        click.echo(json.dumps(json_of(diagnosis, exit_code(diagnosis)), indent=2))
    elif asked.markdown:
        from corsage.apps.cli.diagnosing.markdown_report import markdown_of

        click.echo(markdown_of(report), nl=False)
    else:
        terminal = Terminal(asked.color)
        write(terminal, report_sections(report, terminal.glyphs))


def exit_code(diagnosis: Diagnosis) -> int:
    """Return 0 where the evidence shows that nothing is wrong, 1 where a cause was found or is asked for."""
    fine = diagnosis.is_cors_problem is False and not diagnosis.findings and not diagnosis.fix
    return FINE_EXIT if fine else FOUND_EXIT


def write_page(path: "Path", page: str) -> None:
    """Write *page* to *path*, and say so.

    Raises:
        click.UsageError: it cannot be written.
    """
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{shown(str(path))} cannot be written: {error.strerror}.") from error
    click.echo(f"{shown(str(path))} written", err=True)
