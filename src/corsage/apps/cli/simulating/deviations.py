"""Registered deviations: where the engine is known to disagree with a recording, and why."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from corsage.clients.recordings.compare import FACETS

FILE_NAME: Final = "deviations.toml"

# The id of a scenario and a facet in which it disagrees.
Mismatch: TypeAlias = tuple[str, str]


class BadDeviations(ValueError):  # noqa: N818 - it names what is bad
    """A file of deviations that cannot be used: every problem, one a line."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """One row of the register.

    Attributes:
        browser: whose recording is not met.
        ids: the scenarios.
        facets: in what they differ.
        reason: why that is right, or why it stays so.
        since: when it was registered.
    """

    browser: str
    ids: tuple[str, ...]
    facets: tuple[str, ...]
    reason: str
    since: str

    def mismatches(self) -> Iterator[Mismatch]:
        """Yield each (id, facet) that may differ."""
        for identifier in self.ids:
            for facet in self.facets:
                yield identifier, facet


def beside(first_file: str) -> Path | None:
    """Return the register that lies beside *first_file*, if there is one."""
    path = Path(first_file).parent / FILE_NAME
    return path if first_file != "-" and path.is_file() else None


def read_deviations(path: Path, browser: str, profile: str) -> tuple[Deviation, ...]:
    """Read the rows for the recordings of *browser*, but not those that are for another profile than *profile*.

    Raises:
        BadDeviations: the file is not what it should be.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadDeviations(f"{path}: {error}") from error
    rows = document.get("deviation", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadDeviations(f"{path}: rows begin with [[deviation]]")
    problems = [
        f"{path}: row {number}: {text}" for number, row in enumerate(rows, 1) for text in _problems(row)
    ]
    if problems:
        raise BadDeviations("\n".join(problems))
    return tuple(
        _deviation(row)
        for row in rows
        if row["browser"] == browser and row.get("profile", profile) == profile
    )


def _problems(row: dict[str, Any]) -> Iterator[str]:
    for name in ("browser", "reason", "since"):
        if not row.get(name):
            yield f"{name} is missing"
    for name in ("ids", "facets"):
        if not _is_list_of_strings(row.get(name)):
            yield f"{name} must be a list of strings, and not empty"
        elif name == "facets":
            yield from (
                f"{facet!r} is not a facet: there are {', '.join(FACETS)}"
                for facet in row[name]
                if facet not in FACETS
            )


def _is_list_of_strings(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


def _deviation(row: dict[str, Any]) -> Deviation:
    return Deviation(
        browser=row["browser"],
        ids=tuple(row["ids"]),
        facets=tuple(row["facets"]),
        reason=str(row["reason"]),
        since=str(row["since"]),
    )


def orphans(
    deviations: Iterable[Deviation], played: frozenset[str], missed: frozenset[Mismatch]
) -> list[tuple[Deviation, list[Mismatch]]]:
    """Return the deviations that are none any more: played, and in agreement."""
    found = []
    for deviation in deviations:
        met = [pair for pair in deviation.mismatches() if pair[0] in played and pair not in missed]
        if met:
            found.append((deviation, met))
    return found
