"""What is wrong with a HAR file: where, what, and what to do. A list of bounded length, never an exception."""

from dataclasses import dataclass
from typing import Final

_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class HarProblem:
    """One thing that could not be read.

    Attributes:
        where: ``entry 17, near character 120,334``; empty for the file as a whole.
        says: what is wrong.
        do: what to do about it, or what it means for the result.
    """

    where: str
    says: str
    do: str

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.says}. {self.do}"


class Problems:
    """Collects problems; after fifty it only counts them."""

    def __init__(self) -> None:
        self._found: list[HarProblem] = []
        self._more = 0

    def add(self, where: str, says: str, do: str) -> None:
        """Note a problem."""
        if len(self._found) < _MOST:
            self._found.append(HarProblem(where, says, do))
        else:
            self._more += 1

    def listed(self) -> tuple[HarProblem, ...]:
        """Return what was found; the last one counts those that are not shown."""
        if not self._more:
            return tuple(self._found)
        rest = HarProblem(
            "", f"{self._more:,} more problems like these", "Repair the first ones and read again."
        )
        return (*self._found, rest)
