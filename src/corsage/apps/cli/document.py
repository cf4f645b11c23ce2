"""A report as data: headings and lines, laid out when they are printed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rich.text import Text

from corsage.apps.cli.terminal import Terminal


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report.

    Attributes:
        text: the words; what strangers wrote must be escaped already.
        indent: columns on the left, on every row that it takes.
        copied: whether people copy it: then it is never broken, the terminal alone folds it.
    """

    text: Text
    indent: int = 2
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    lines: tuple[Line, ...] = field(default=())


def line(*parts: str | tuple[str, str], indent: int = 2, copied: bool = False) -> Line:
    """Make a line of strings, each plain or with its style."""
    return Line(Text.assemble(*parts), indent, copied)


def write(terminal: Terminal, sections: Iterable[Section]) -> None:
    """Print *sections*, a blank line before each; a section without lines is left out."""
    for section in sections:
        if not section.lines:
            continue
        terminal.print()
        if section.title:
            terminal.print(Text(section.title, "bold"))
        for each in section.lines:
            write_line(terminal, each)


def write_line(terminal: Terminal, each: Line) -> None:
    """Print one line, folded to the terminal's width unless it is for copying."""
    margin = " " * each.indent
    if each.copied:
        terminal.print(Text(margin) + each.text, soft_wrap=True)
        return
    for row in each.text.wrap(terminal, max(terminal.columns - each.indent, 1), overflow="fold"):
        row.rstrip()
        terminal.print(Text(margin) + row, soft_wrap=True)
