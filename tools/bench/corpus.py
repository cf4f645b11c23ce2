"""The recorded corpus: where it is, and how long the engine takes to play it as each browser."""

import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bench.rows import NotMeasured, Row, Section
from bench.stats import in_turns, median
from corsage.browser import CHROMIUM, FIREFOX, WEBKIT, Profile
from corsage.clients.recordings import Row as Recording
from corsage.clients.recordings import compare, play, read_rows

CORPUS: Final = Path(__file__).resolve().parents[2] / "tests" / "corpus"
ROUNDS: Final = 3
_BROWSERS: Final = (CHROMIUM, FIREFOX, WEBKIT)


def recordings() -> list[Recording]:
    """Read the whole corpus.

    Raises:
        NotMeasured: it is not here, as in an installed package.
    """
    rows = [row for path in sorted(CORPUS.glob("*.jsonl.xz")) for row in read_rows(str(path))]
    if not rows:
        raise NotMeasured("tests/corpus holds no recordings")
    return rows


def outcomes_right(rows: list[Recording], profile: Profile) -> int:
    """Count the recordings whose whole outcome the engine reproduces: type, status, URL, body, exception."""
    browser = profile.name
    return sum(
        "outcome" not in compare(row.scenario, row.recorded[browser], play(row, profile), browser)
        for row in rows
    )


def measure(rounds: int = ROUNDS) -> Section:
    """Time the playback of all recordings in each browser's profile."""
    start = time.process_time()
    rows = recordings()
    reading = time.process_time() - start
    figures = in_turns(rounds, {profile.name: _playing(rows, profile) for profile in _BROWSERS})
    found = [Row("read and decompress", reading, "s")]
    for profile in _BROWSERS:
        seconds = median(figures[profile.name])
        note = f"{outcomes_right(rows, profile):,} of {len(rows):,} outcomes as recorded"
        found.append(Row(f"play as {profile.name}", seconds, "s", note=note))
    return Section(
        "corpus",
        f"Corpus: {len(rows):,} recorded scenarios, seconds of processor time (medians of {rounds} rounds in turns)",
        ("python: play(row, profile) for row in tests/corpus/*.jsonl.xz",),
        tuple(found),
    )


def _playing(rows: list[Recording], profile: Profile) -> Callable[[], float]:
    def seconds() -> float:
        gc.collect()
        start = time.process_time()
        for row in rows:
            play(row, profile)
        return time.process_time() - start

    return seconds
