"""The report on one question, for people."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corsage.apps.cli.checking.cautions import cautions
from corsage.apps.cli.checking.consoles import browsers
from corsage.apps.cli.checking.diagram import conversation
from corsage.apps.cli.checking.fix import fix
from corsage.apps.cli.checking.readable import readable
from corsage.apps.cli.checking.repeat import repeat
from corsage.apps.cli.checking.run import Checked
from corsage.apps.cli.checking.steps import failing_step, whole_trace
from corsage.apps.cli.checking.verdict import judge
from corsage.apps.cli.checking.verdict_line import verdict_section
from corsage.apps.cli.checking.why import diagnosis_sections, why
from corsage.apps.cli.document import Section, write
from corsage.apps.cli.terminal import Terminal
from corsage.clients.live import LiveOptions

if TYPE_CHECKING:
    from corsage.diagnosis import Diagnosis


def write_report(
    terminal: Terminal,
    checked: Checked,
    options: LiveOptions,
    *,
    verbose: bool,
    diagnosis: "Diagnosis | None" = None,
) -> None:
    """Print everything about *checked* that helps; with *diagnosis* at length."""
    write(terminal, _sections(terminal, checked, options, diagnosis, verbose=verbose))


def _sections(
    terminal: Terminal,
    checked: Checked,
    options: LiveOptions,
    diagnosis: "Diagnosis | None",
    *,
    verbose: bool,
) -> Iterator[Section]:
    glyphs = terminal.glyphs
    verdict = judge(checked.question, checked.outcome)
    yield verdict_section(checked, verdict, glyphs)
    yield conversation(checked, verdict, terminal.columns, glyphs, verbose=verbose)
    yield failing_step(checked)
    yield readable(checked)
    yield browsers(checked)
    if diagnosis is None:
        yield why(checked, verdict)
        yield fix(checked, glyphs)
    else:
        yield from diagnosis_sections(checked, diagnosis, glyphs)
        if not diagnosis.findings:
            yield fix(checked, glyphs)
    yield cautions(checked, glyphs)
    yield repeat(checked, options)
    if verbose:
        yield whole_trace(checked, glyphs)
