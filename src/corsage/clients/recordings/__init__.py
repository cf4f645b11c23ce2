"""Recorded browsers: scenario files, their playback against the engine, and the comparison of results."""

from corsage.clients.recordings.compare import Comparison, compare
from corsage.clients.recordings.playback import play
from corsage.clients.recordings.reading import BadScenario, Row, read_rows

__all__ = ["BadScenario", "Comparison", "Row", "compare", "play", "read_rows"]
