"""Nanoseconds per request: batches of fresh requests, made before the clock runs."""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import thread_time_ns
from typing import Any, Final

from bench.stats import median

BATCH: Final = 100
BATCHES: Final = 8


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Runner:
    """An application, and requests for it.

    Attributes:
        make: makes a request.
        run: has the application answer every request of a list.
        look: has it answer one, and returns the headers of the answer, with lower-case names.
        prepare: called before the clock runs.
    """

    make: Callable[[], Any]
    run: Callable[[list[Any]], None]
    look: Callable[[], Mapping[str, str]]
    prepare: Callable[[], None] = _nothing


def nanoseconds(runner: Runner, batch: int = BATCH, batches: int = BATCHES) -> float:
    """Return what one request takes: the median of *batches*, in processor time, the collector off for everyone."""
    runner.prepare()
    figures: list[float] = []
    for _ in range(batches):
        requests = [runner.make() for _ in range(batch)]
        gc.disable()
        try:
            start = thread_time_ns()
            runner.run(requests)
            figures.append((thread_time_ns() - start) / batch)
        finally:
            gc.enable()
    return median(figures)
