"""The report on a diagnosis as a page, with the conversation drawn. Nothing in it is loaded or executed."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from corsage import __version__
from corsage.apps.cli.text import code_row, escaped
from corsage.diagnosis import Diagnosis
from corsage.diagnosis.report import Code, Items, report_of
from corsage.diagnosis.sequence import Arrow, Party, sequence

_COLUMNS: Final = {Party.PAGE: 90, Party.BROWSER: 380, Party.SERVER: 790}
_TOP: Final = 70
_LINE: Final = 17
_GAP: Final = 34


@dataclass(frozen=True, slots=True)
class Drawn:
    """An arrow with its place on the page, in pixels.

    Attributes:
        arrow: what is said.
        start: where it begins, from the left.
        end: where its point is.
        left: the smaller of the two, where its words begin.
        y: from the top.
    """

    arrow: Arrow
    start: int
    end: int
    left: int
    y: int


def html_of(diagnosis: Diagnosis) -> str:
    """Return the page on *diagnosis*, complete in itself."""
    arrows = _drawn(sequence(diagnosis.replay)) if diagnosis.replay is not None else []
    return _template().render(
        report=report_of(diagnosis, verbose=True),
        arrows=arrows,
        columns=_COLUMNS,
        height=(arrows[-1].y + 60) if arrows else 0,
        version=__version__,
    )


def _drawn(arrows: tuple[Arrow, ...]) -> list[Drawn]:
    drawn, y = [], _TOP
    for arrow in arrows:
        y += _GAP + _LINE * len(arrow.details)
        start, end = _COLUMNS[arrow.sender], _COLUMNS[arrow.receiver]
        drawn.append(Drawn(arrow, start, end, min(start, end), y))
    return drawn


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("corsage.apps.cli.diagnosing", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["seen"] = escaped
    environment.filters["row"] = code_row
    environment.tests["items"] = lambda block: isinstance(block, Items)
    environment.tests["code"] = lambda block: isinstance(block, Code)
    return environment.get_template("report.html.jinja")
