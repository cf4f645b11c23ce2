"""The steps of the standard: the one that refused, and all of them."""

from collections.abc import Iterator
from typing import Final

from corsage.apps.cli.checking.run import Checked
from corsage.apps.cli.document import Line, Section, line
from corsage.apps.cli.terminal import Glyphs
from corsage.apps.cli.text import LONGEST_MESSAGE, shown
from corsage.model import OK, REFUSED, Step

_MOST_HEADERS: Final = 40


def failing_step(checked: Checked) -> Section:
    """Name the step of the standard that refused."""
    step = checked.trace.refusal
    refusal = checked.outcome.refusal
    if step is None or (checked.outcome.thrown is None and (refusal is None or refusal.failure is not None)):
        return Section("Where it fails")
    lines = (
        line(f"{step.algorithm.name}, step {step.number}: ", (says(step), "bold")),
        line((step.url, "dim"), copied=True),
    )
    return Section("Where it fails", lines)


def says(step: Step) -> str:
    """Return a step's sentence, fit for a terminal; sets of names in alphabetical order."""
    return step.template.format(*(_value(value) for value in step.values))


def _value(value: object) -> str:
    if isinstance(value, (set, frozenset)):
        names = sorted(map(str, value))
        more = len(names) - _MOST_HEADERS
        shortened = [*names[:_MOST_HEADERS], f"{more:,} more"] if more > 0 else names
        return shown(", ".join(shortened), LONGEST_MESSAGE) or "none"
    return shown(str(value))


def whole_trace(checked: Checked, glyphs: Glyphs) -> Section:
    """Show every step, with its number and its place in the standard."""
    return Section("Every step", tuple(each for step in checked.trace for each in _step(step, glyphs)))


def _step(step: Step, glyphs: Glyphs) -> Iterator[Line]:
    sign, style = {OK: (glyphs.yes, "green"), REFUSED: (glyphs.no, "red")}.get(
        step.verdict, (glyphs.dot, "dim")
    )
    yield line((f"{sign} ", style), f"{step.algorithm.name}, {step.number}: ", says(step))
    yield line((step.url, "dim"), indent=4, copied=True)
