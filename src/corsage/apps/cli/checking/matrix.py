"""Many questions at once: a table of verdicts, and each distinct problem once."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from corsage.apps.cli.checking.run import Checked
from corsage.apps.cli.checking.verdict import Verdict, judge
from corsage.apps.cli.checking.verdict_line import STYLES, reasons, sign
from corsage.apps.cli.document import Line, Section, line, write
from corsage.apps.cli.terminal import Glyphs, Terminal
from corsage.apps.cli.text import counted, shown
from corsage.model import Cause

# Below this many columns for each origin, the cells would be ribbons of letters: a list reads better.
_NARROWEST_CELL = 18


def write_matrix(terminal: Terminal, results: Sequence[Checked]) -> None:
    """Print verdicts by URL and method (rows) and origin (columns), then the problems."""
    verdicts = [judge(checked.question, checked.outcome) for checked in results]
    origins = list(dict.fromkeys(checked.question.origin for checked in results))
    terminal.print()
    if terminal.columns >= _NARROWEST_CELL * (len(origins) + 1):
        terminal.print(_table(terminal.glyphs, results, verdicts, origins))
    else:
        write(terminal, [_list(terminal.glyphs, results, verdicts)])
    write(terminal, [_problems(terminal.glyphs, results, verdicts), _tally(verdicts)])


def _table(
    glyphs: Glyphs, results: Sequence[Checked], verdicts: Sequence[Verdict], origins: list[str]
) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("request", overflow="fold")
    for origin in origins:
        table.add_column(Text(shown(origin)), overflow="fold")
    rows: dict[tuple[str, str], dict[str, Text]] = {}
    for checked, verdict in zip(results, verdicts, strict=True):
        question = checked.question
        row = rows.setdefault((question.method, question.url.href), {})
        row[question.origin] = _cell(glyphs, verdict)
    for (method, url), row in rows.items():
        table.add_row(Text(f"{shown(method)} {shown(url)}"), *(row.get(origin, Text()) for origin in origins))
    return table


def _cell(glyphs: Glyphs, verdict: Verdict) -> Text:
    words = verdict.code or verdict.kind.value
    return Text(f"{sign(verdict.kind, glyphs)} {words}", STYLES[verdict.kind])


def _list(glyphs: Glyphs, results: Sequence[Checked], verdicts: Sequence[Verdict]) -> Section:
    lines: list[Line] = []
    for checked, verdict in zip(results, verdicts, strict=True):
        lines.append(Line(_cell(glyphs, verdict), indent=0))
        lines.append(line(_words(checked), indent=2))
    return Section("", tuple(lines))


def _words(checked: Checked) -> str:
    question = checked.question
    return f"{shown(question.method)} {shown(question.url.href)} from {shown(question.origin)}"


def _problems(glyphs: Glyphs, results: Sequence[Checked], verdicts: Sequence[Verdict]) -> Section:
    """Say each problem once, with how often it was met."""
    problems: dict[tuple[str, str], int] = {}
    for checked, verdict in zip(results, verdicts, strict=True):
        if verdict.kind.exit_code:
            key = (verdict.code or verdict.kind.value, _summary(checked, verdict))
            problems[key] = problems.get(key, 0) + 1
    lines = tuple(
        line(f"{glyphs.dot} ", (code, "bold"), f" ({times}×): {words}" if times > 1 else f": {words}")
        for (code, words), times in problems.items()
    )
    return Section("Problems", lines)


def _summary(checked: Checked, verdict: Verdict) -> str:
    refusal = checked.outcome.refusal
    if refusal is None or refusal.cause in (Cause.NETWORK_FAILURE, Cause.PREFLIGHT_NETWORK_FAILURE):
        return verdict.sentence
    return next(iter(reasons(checked, verdict)), verdict.sentence)


def _tally(verdicts: Sequence[Verdict]) -> Section:
    good = sum(not verdict.kind.exit_code for verdict in verdicts)
    words = f"{good:,} of {counted(len(verdicts), 'request')} can be read by the page."
    more = () if good == len(verdicts) else (line("Check one alone for its conversation and its fix.", indent=0),)
    return Section("", (line(words, indent=0), *more))
