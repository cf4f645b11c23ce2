"""Sections as a plain table: aligned, without colours, the same on a terminal and in a file."""

from collections.abc import Iterable, Sequence

from bench.rows import Goal, Row, Section

_HEAD = ("", "figure", "ratio", "", "goal", "", "")
# Numbers are read from the right.
_RIGHT = (False, True, True, False, True, False, False)
_GAP = "  "
# The label and the figure.
_COMMON = 2


def table(sections: Iterable[Section]) -> str:
    """Return *sections* as text. Labels and figures stand in the same columns throughout."""
    found = [(section, [_cells(row) for row in section.rows]) for section in sections]
    common = _widths([cells for _, rows in found for cells in rows])[:_COMMON]
    return "\n\n".join(_block(section, rows, common) for section, rows in found)


def figure(value: float | None, unit: str) -> str:
    """Return a figure with as many digits as it deserves."""
    if value is None:
        return "-"
    if unit == "":
        return f"{value:,.0f}"
    if unit == "/s":
        return f"{_three_digits(value):,.0f} /s"
    digits = {"%": 2, "s": 2, "ms": 1, "ns": 0, "B": 0}.get(unit, 1)
    return f"{value:,.{digits}f} {unit}"


def times(value: float | None) -> str:
    """Return a ratio, ``80x`` or ``0.95x``."""
    if value is None:
        return ""
    return f"{value:.0f}x" if abs(value) >= 10 else f"{value:.2f}x"  # noqa: PLR2004 - two digits are enough


def _three_digits(value: float) -> float:
    return float(f"{value:.3g}")


def _cells(row: Row) -> tuple[str, ...]:
    met = ""
    if row.goal is not None and row.value is not None:
        met = "met" if row.goal.met_by(row.value) else "MISSED"
    goal = "" if row.goal is None else _bound(row.goal, row.unit)
    value = figure(row.value, row.unit)
    return (f"  {row.label}", value, times(row.ratio), row.ratio_is, goal, met, row.note)


def _bound(goal: Goal, unit: str) -> str:
    bound = figure(goal.bound, unit).replace(".0 ", " ")
    return f"{'>=' if goal.at_least else '<='} {bound}"


def _widths(rows: Iterable[Sequence[str]]) -> list[int]:
    return [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    shown = [
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, _RIGHT, strict=True)
        if width
    ]
    return _GAP.join(shown).rstrip()


def _block(section: Section, rows: Sequence[Sequence[str]], common: Sequence[int]) -> str:
    lines = [section.title, *(f"  $ {command}" for command in section.commands)]
    if rows:
        widths = [*common, *_widths(rows)[_COMMON:]]
        lines += [_line(_HEAD, widths), *(_line(row, widths) for row in rows)]
    lines += [f"  {remark}" for remark in section.remarks]
    return "\n".join(lines)
