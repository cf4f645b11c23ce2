"""HAR: recordings of browsers and proxies become evidence, one piece for each kind of cross-origin request."""

from corsage.clients.har.diagnosable import diagnosable
from corsage.clients.har.entry import HarEntry
from corsage.clients.har.groups import HarGroup
from corsage.clients.har.problems import HarProblem
from corsage.clients.har.reading import HarReader, read_har
from corsage.clients.har.reading_result import HarReading, HarTotals
from corsage.clients.har.recorder import Recorder

__all__ = [
    "HarEntry",
    "HarGroup",
    "HarProblem",
    "HarReader",
    "HarReading",
    "HarTotals",
    "Recorder",
    "diagnosable",
    "read_har",
]
