"""What a measurement comes to: rows, goals and sections."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound that a figure should keep.

    Attributes:
        bound: the limit itself still meets the goal.
        at_least: whether more is better.
    """

    bound: float
    at_least: bool = False

    def met_by(self, figure: float) -> bool:
        """Tell whether *figure* keeps the bound."""
        return figure >= self.bound if self.at_least else figure <= self.bound


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Attributes:
        label: what was measured.
        value: the figure; ``None`` where it could not be measured, for the reason in *note*.
        unit: ``/s``, ``s``, ``ms``, ``%``, or empty for a count.
        ratio: this figure's relation to another of the same run.
        ratio_is: which two figures make the ratio.
        goal: what the figure should be.
        note: anything else worth knowing, in a few words.
    """

    label: str
    value: float | None
    unit: str = ""
    ratio: float | None = None
    ratio_is: str = ""
    goal: Goal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Figures that belong together.

    Attributes:
        name: as in ``--only``.
        title: what they are figures of.
        commands: what was run.
        rows: the figures.
        remarks: what a reader must know to read them right; why something was skipped.
    """

    name: str
    title: str
    commands: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    remarks: tuple[str, ...] = field(default=())


class NotMeasured(Exception):  # noqa: N818 - it is an answer, not an error
    """Something that a measurement needs is not here; the message says what."""
