"""Many questions at once: a table of verdicts, and each distinct problem once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich.text import Text

from corsage.apps.cli.checking.reasons import reasons
from corsage.apps.cli.checking.run import Checked
from corsage.apps.cli.checking.verdict import Kind, Verdict, judge
from corsage.apps.cli.checking.verdict_line import STYLES, sign
from corsage.apps.cli.document import Line, Section, line, write
from corsage.apps.cli.terminal import Glyphs, Terminal
from corsage.apps.cli.text import counted, shown

_GAP: Final = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, once for all requests in which it is.

    Attributes:
        number: in order of appearance, from 1.
        code: the stable code, or the verdict's word.
        words: why.
    """

    number: int
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One request of the matrix."""

    checked: Checked
    verdict: Verdict
    problem: Problem | None

    @property
    def url(self) -> str:
        """Where to, fit for a terminal."""
        return shown(self.checked.question.url.href)

    @property
    def method(self) -> str:
        """The method, fit for a terminal."""
        return shown(self.checked.question.method)

    @property
    def origin(self) -> str:
        """Who asks, fit for a terminal."""
        return shown(self.checked.question.origin)

    def words(self, glyphs: Glyphs, *, numbered: bool) -> Text:
        """Return the verdict's sign with its code, or with its problem's number."""
        what = self.verdict.kind.value
        if self.problem is not None:
            what = str(self.problem.number) if numbered else self.problem.code
        return Text(f"{sign(self.verdict.kind, glyphs)} {what}", STYLES[self.verdict.kind])


def write_matrix(terminal: Terminal, results: Sequence[Checked]) -> None:
    """Print verdicts by URL and method (rows) and origin (columns), then the problems."""
    cells = _cells(results)
    write(terminal, [_table(terminal, cells), _problems(cells), _tally(cells)])


def _cells(results: Sequence[Checked]) -> list[Cell]:
    problems: dict[tuple[str, str], Problem] = {}
    return [_cell(checked, judge(checked.question, checked.outcome), problems) for checked in results]


def _cell(checked: Checked, verdict: Verdict, problems: dict[tuple[str, str], Problem]) -> Cell:
    if not verdict.kind.exit_code:
        return Cell(checked, verdict, None)
    code = verdict.code or verdict.kind.value
    words = verdict.sentence
    if verdict.kind is Kind.BLOCKED:
        words = next(iter(reasons(checked)), verdict.sentence)
    return Cell(checked, verdict, problems.setdefault((code, words), Problem(len(problems) + 1, code, words)))


def _table(terminal: Terminal, cells: list[Cell]) -> Section:
    """Lay the verdicts out: with codes where they fit, else with numbers, else one below the other."""
    for numbered in (False, True):
        heads, groups = _rows(cells, terminal.glyphs, numbered=numbered)
        rows = [heads, *(row for group in groups.values() for row in group)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
        if sum(widths) + _GAP * (len(widths) - 1) <= terminal.columns:
            return Section("", tuple(_lines(heads, groups, widths)))
    return Section("", tuple(each for cell in cells for each in _listed(cell, terminal.glyphs)))


def _rows(
    cells: list[Cell], glyphs: Glyphs, *, numbered: bool
) -> tuple[list[Text], dict[str, list[list[Text]]]]:
    """Return the heads of the columns, and by URL the rows: a method and its verdicts."""
    origins = list(dict.fromkeys(cell.origin for cell in cells))
    found: dict[tuple[str, str], dict[str, Text]] = {}
    for cell in cells:
        found.setdefault((cell.url, cell.method), {})[cell.origin] = cell.words(glyphs, numbered=numbered)
    groups: dict[str, list[list[Text]]] = {}
    for (url, method), row in found.items():
        verdicts = (row.get(origin, Text()) for origin in origins)
        groups.setdefault(url, []).append([Text(f"  {method}"), *verdicts])
    return [Text(), *(Text(origin, "bold") for origin in origins)], groups


def _lines(heads: list[Text], groups: dict[str, list[list[Text]]], widths: list[int]) -> Iterator[Line]:
    yield Line(_joined(heads, widths), indent=0)
    for url, rows in groups.items():
        yield line(url, indent=0)
        for row in rows:
            yield Line(_joined(row, widths), indent=0)


def _joined(row: list[Text], widths: list[int]) -> Text:
    text = Text()
    for cell, width in zip(row, widths, strict=True):
        text.append_text(cell)
        text.append(" " * (width - len(cell) + _GAP))
    text.rstrip()
    return text


def _listed(cell: Cell, glyphs: Glyphs) -> tuple[Line, Line]:
    words = cell.words(glyphs, numbered=False)
    return Line(words, indent=0), line(f"{cell.method} {cell.url} from {cell.origin}")


def _problems(cells: list[Cell]) -> Section:
    """Say each problem once, with how often it was met."""
    met = [cell.problem for cell in cells if cell.problem is not None]
    return Section("Problems", tuple(_problem(problem, met.count(problem)) for problem in dict.fromkeys(met)))


def _problem(problem: Problem, times: int) -> Line:
    often = f" ({times} requests)" if times > 1 else ""
    number = f"{problem.number}. "
    text = Text.assemble(number, (problem.code, "bold"), f"{often}: {problem.words}")
    return Line(text, hang=len(number))


def _tally(cells: list[Cell]) -> Section:
    good = sum(cell.problem is None for cell in cells)
    words = f"{good:,} of {counted(len(cells), 'request')}: the page gets what it asks for."
    more = (
        ()
        if good == len(cells)
        else (line("Check one alone to see its conversation and its fix.", indent=0),)
    )
    return Section("", (line(words, indent=0), *more))
