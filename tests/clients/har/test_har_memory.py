"""A large file in a process of its own: what it takes at its peak does not grow with the file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.clients.har.har_files import ALLOWED, API, CHROMIUM, entry

# The peak of the process itself; `getrusage` begins with its parent's.
STATUS = Path("/proc/self/status")
if not STATUS.exists():
    pytest.skip("/proc/self/status is of Linux", allow_module_level=True)

SIZE = 20 * 1024**2
# Python, the engine and the public suffix list take some 30 MB; the file as objects would take over 100.
MOST_MEGABYTES = 80
MOST_HOSTILE_MEGABYTES = 200
READ = """
import sys
from corsage.clients.har import diagnosable
with open(sys.argv[1], "rb") as stream:
    reading = diagnosable(stream)
status = dict(line.split(":") for line in open("/proc/self/status"))
print(int(status["VmHWM"].split()[0]) // 1024, reading.totals.failed, len(reading.groups))
print(*reading.problems, sep="\\n", file=sys.stderr)
"""


def read_apart(path: Path) -> tuple[int, int, int]:
    """Return the peak in megabytes, the failing requests and the groups."""
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    peak, failed, groups = map(int, done.stdout.split())
    return peak, failed, groups


def write(path: Path, body: str) -> int:
    """Write a file of entries with that *body*, and return how many they are."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(f'{{"log": {{"creator": {json.dumps(CHROMIUM)}, "entries": [')
        while file.tell() < SIZE:
            failed = {"error": "net::ERR_FAILED"} if count % 2 == 0 else {"received": ALLOWED}
            raw = entry(f"{API}/items/{count}?q={count}", **failed)
            raw["response"]["content"]["text"] = body
            file.write((", " if count else "") + json.dumps(raw))
            count += 1
        file.write("]}}")
    return count


@pytest.mark.parametrize("body", ["{}", "x" * 7 * 1024**2], ids=["many small entries", "few large ones"])
def test_memory_is_bounded(body: str, tmp_path: Path) -> None:
    count = write(tmp_path / "large.har", body)
    peak, failed, groups = read_apart(tmp_path / "large.har")
    assert (failed, groups) == ((count + 1) // 2, 2)
    assert peak < MOST_MEGABYTES, f"{peak} MB"


def test_no_entry_can_fill_it(tmp_path: Path) -> None:
    """Long URLs and headers in every entry, no two alike: of each only so much is kept."""
    path = tmp_path / "hostile.har"
    with path.open("w", encoding="utf-8") as file:
        file.write(f'{{"log": {{"creator": {json.dumps(CHROMIUM)}, "entries": [')
        for number in range(1200):
            received = {
                "Access-Control-Allow-Origin": f"https://{number}{'x' * 30_000}.example",
                "X": "y" * 16_000,
            }
            url = f"{API}/{number}x{'/z' * 8000}"
            file.write(
                ("," if number else "") + json.dumps(entry(url, error="net::ERR_FAILED", received=received))
            )
        file.write("]}}")
    peak, failed, groups = read_apart(path)
    assert (failed, groups) == (1200, 200)
    assert peak < MOST_HOSTILE_MEGABYTES, f"{peak} MB"
