"""The report on a diagnosis in the terminal."""

from collections.abc import Iterator
from typing import Final

from corsage.apps.cli.document import Line, Section, bullet, line
from corsage.apps.cli.terminal import Glyphs
from corsage.apps.cli.text import LONGEST_MESSAGE, code_row, escaped, shown
from corsage.diagnosis.report import Block, Code, Items, Report, Text

_STYLES: Final = {True: "bold red", False: "bold yellow", None: "bold"}


def report_sections(report: Report, glyphs: Glyphs) -> Iterator[Section]:
    """Lay *report* out. What strangers wrote in it is escaped here."""
    yield Section("", tuple(_head(report)))
    for chapter in report.chapters:
        lines = tuple(row for block in chapter.blocks for row in _block(block, glyphs))
        yield Section(escaped(chapter.title), lines)


def _head(report: Report) -> Iterator[Line]:
    yield line((report.verdict, _STYLES[report.is_cors]), indent=0)
    if report.cause:
        yield line("Cause: ", (report.cause, "bold"), indent=0)
    if report.layer:
        yield line("Layer: ", (report.layer, "bold"), indent=0)


def _block(block: Block, glyphs: Glyphs) -> Iterator[Line]:
    if isinstance(block, Text):
        yield line(shown(block.text, LONGEST_MESSAGE))
    elif isinstance(block, Items):
        for item in block.items:
            yield bullet(glyphs.dot, shown(item, LONGEST_MESSAGE))
    else:
        yield from _code(block)


def _code(block: Code) -> Iterator[Line]:
    if block.name:
        yield line((escaped(block.name), "dim"), indent=4)
    for row in block.text.split("\n"):
        yield line((code_row(row).expandtabs(4), "green"), indent=4, copied=True)
