"""HAR files of 100 MB: how long reading and judging them takes, and how much memory, in a process of its own."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any, Final

from bench.rows import Goal, NotMeasured, Row, Section
from bench.stats import median

SIZE: Final = 100 * 10**6
ROUNDS: Final = 3
_SECONDS: Final = Goal(10)
_MEGABYTES: Final = Goal(300)
_STATUS: Final = Path("/proc/self/status")
# The peak of the process itself: what `getrusage` tells begins with its parent's.
_READ: Final = """
import sys, time
start = time.perf_counter()
from corsage.clients.har import diagnosable
with open(sys.argv[1], "rb") as stream:
    reading = diagnosable(stream)
seconds = time.perf_counter() - start
status = dict(line.split(":") for line in open("/proc/self/status"))
print(seconds, int(status["VmHWM"].split()[0]) / 1024, reading.totals.cross_origin, len(reading.groups))
"""
_KINDS: Final = {
    "as a browser writes them, 4 kB an entry": (2, 200),
    "short entries, 1 kB each": (None, 0),
    "large bodies, 600 kB each": (2, 600_000),
}


def measure(rounds: int = ROUNDS) -> Section:
    """Read files of many small and of few large entries, two thirds of which failed."""
    if not _STATUS.exists():
        raise NotMeasured("/proc/self/status is of Linux")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for label, (indent, body) in _KINDS.items():
            path = Path(folder) / "large.har"
            with path.open("w", encoding="utf-8") as file:
                count = _write(file, indent, body)
            found = [_read(path) for _ in range(rounds)]
            note = f"{count:,} entries, {found[0][3]:.0f} groups"
            rows.append(Row(label, median([each[0] for each in found]), "s", goal=_SECONDS, note=note))
            rows.append(Row("its peak", max(each[1] for each in found), "MB", goal=_MEGABYTES))
    title = (
        f"HAR: {SIZE / 10**6:.0f} MB read, paired and replayed, whole processes (medians of {rounds} rounds)"
    )
    return Section("har", title, ("python: diagnosable(open('large.har', 'rb'))",), tuple(rows))


def _read(path: Path) -> tuple[float, ...]:
    command = [sys.executable, "-c", _READ, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    return tuple(map(float, done.stdout.split()))


def _write(file: IO[str], indent: int | None, body: int) -> int:
    creator = json.dumps({"name": "WebInspector", "version": "537.36"})
    file.write(f'{{"log": {{"version": "1.2", "creator": {creator}, "pages": [], "entries": [\n')
    count = 0
    while file.tell() < SIZE:
        text = json.dumps(_entry(count, body, short=indent is None), indent=indent)
        file.write(f",\n{text}" if count else text)
        count += 1
    file.write("]}}\n")
    return count


def _entry(number: int, body: int, *, short: bool) -> dict[str, Any]:
    allowed = ("https://app.example", "https://other.example", None)[number % 3]
    sent = {"Origin": "https://app.example", "Referer": "https://app.example/", "Accept": "*/*"}
    received = {"Content-Type": "application/json"} | (
        {"Access-Control-Allow-Origin": allowed} if allowed else {}
    )
    if not short:
        sent |= {f"Sec-Ch-Ua-{each}": "x" * 30 for each in range(8)} | {"Authorization": "Bearer " + "x" * 40}
        received |= {f"X-Header-{each}": "y" * 20 for each in range(12)}
    frame = {
        "functionName": "load",
        "url": "https://app.example/main.js",
        "lineNumber": 12,
        "columnNumber": number,
    }
    return {
        "_initiator": {"type": "script", "stack": {"callFrames": [frame] * (1 if short else 4)}},
        "_resourceType": "fetch",
        "startedDateTime": "2026-05-04T09:00:00.120Z",
        "time": 12.5,
        "request": {
            "method": "GET",
            "url": f"https://api.example/items/{number}/part?page={number}",
            "headers": [{"name": name, "value": value} for name, value in sent.items()],
            "cookies": [],
        },
        "response": {
            "status": 200,
            "headers": [{"name": name, "value": value} for name, value in received.items()],
            "content": {"size": body, "mimeType": "application/json", "text": 'é"\\' * (body // 6)},
            "redirectURL": "",
            "_error": None if number % 3 == 0 else "net::ERR_FAILED",
        },
        "timings": {"send": 0, "wait": 12, "receive": 0.5},
    }
