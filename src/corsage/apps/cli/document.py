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
        hang: how much further the rows after the first are indented.
    """

    text: Text
    indent: int = 2
    copied: bool = False
    hang: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    lines: tuple[Line, ...] = field(default=())


def line(*parts: str | tuple[str, str], indent: int = 2, copied: bool = False) -> Line:
    """Make a line of strings, each plain or with its style."""
    return Line(Text.assemble(*parts), indent, copied)


def bullet(sign: str, *parts: str | tuple[str, str]) -> Line:
    """Make an item of a list: what follows its first row stands under its words."""
    return Line(Text.assemble(f"{sign} ", *parts), hang=len(sign) + 1)


def write(terminal: Terminal, sections: Iterable[Section]) -> None:
    """Print *sections*, a blank line between them; a section without lines is left out."""
    for number, section in enumerate(section for section in sections if section.lines):
        if number:
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
    width = max(terminal.columns - each.indent - each.hang, 1)
    for number, row in enumerate(each.text.wrap(terminal, width, overflow="fold")):
        row.rstrip()
        terminal.print(Text(margin + " " * each.hang if number else margin) + row, soft_wrap=True)
