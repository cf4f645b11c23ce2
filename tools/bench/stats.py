"""Medians and ratios of figures that were measured in turns."""

import statistics
from collections.abc import Callable, Mapping, Sequence


def median(figures: Sequence[float]) -> float:
    """Return the middle figure, which one disturbed round does not move."""
    return statistics.median(figures)


def ratio(figures: Sequence[float], others: Sequence[float]) -> float:
    """Return the median of the rounds' own ratios: what slows a whole round cancels out.

    Raises:
        ValueError: the two do not come from the same number of rounds.
    """
    if len(figures) != len(others):
        raise ValueError(f"{len(figures)} rounds cannot be compared with {len(others)}")
    return median([figure / other for figure, other in zip(figures, others, strict=True)])


def difference(figures: Sequence[float], others: Sequence[float]) -> float:
    """Return the median of the rounds' own differences.

    Raises:
        ValueError: the two do not come from the same number of rounds.
    """
    if len(figures) != len(others):
        raise ValueError(f"{len(figures)} rounds cannot be compared with {len(others)}")
    return median([figure - other for figure, other in zip(figures, others, strict=True)])


def in_turns(rounds: int, actions: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Measure every action once a round, so that all of them meet the same disturbances.

    Each is measured once more before, to fill caches; that figure is thrown away.
    """
    for action in actions.values():
        action()
    figures: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            figures[name].append(action())
    return figures
