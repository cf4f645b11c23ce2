"""Scenario files: what is read, and what is said of lines that are not scenarios."""

import json
import lzma
import subprocess
import sys
from pathlib import Path

import pytest

from corsage.clients.recordings import BadScenario, read_rows

SCENARIO = {
    "id": "one",
    "client": {"page": "http://client.test:8000", "context": "top"},
    "request": {"api": "fetch", "url": "http://api.test:9000/s/one/0"},
    "server": {"hops": [{"response": {"status": 200, "headers": [], "body": ""}}]},
}


def test_a_bare_scenario_has_no_recordings(tmp_path: Path) -> None:
    path = tmp_path / "bare.jsonl"
    path.write_text(json.dumps(SCENARIO) + "\n\n")
    (row,) = read_rows(str(path))
    assert row.scenario == SCENARIO
    assert row.recorded == {}


def test_a_recording_brings_its_browsers_and_may_be_packed(tmp_path: Path) -> None:
    path = tmp_path / "any-name"
    path.write_bytes(lzma.compress(json.dumps({"scenario": SCENARIO, "chromium": {"outcome": {}}}).encode()))
    (row,) = read_rows(str(path))
    assert row.scenario == SCENARIO
    assert set(row.recorded) == {"chromium"}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "xz"])
def test_standard_input_is_read_plain_or_packed(packed: bool) -> None:  # noqa: FBT001 - a table's column
    data = json.dumps(SCENARIO).encode()
    code = (
        "from corsage.clients.recordings import read_rows; print([r.scenario['id'] for r in read_rows('-')])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        input=lzma.compress(data) if packed else data,
        capture_output=True,
        check=True,
    )
    assert run.stdout.decode().strip() == "['one']"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[1]", "a scenario is a JSON object, this is a list"),
        ('{"scenario": 1}', '"scenario" is not an object'),
        ('{"id": "x"}', "lacks client, server, request"),
        ("[" * 100_000, "not JSON"),
    ],
    ids=["cut", "list", "number", "lacking", "deep"],
)
def test_a_bad_line_is_named_with_its_place(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(SCENARIO) + "\n" + line + "\n")
    with pytest.raises(BadScenario, match=r"bad\.jsonl, line 2: ") as caught:
        list(read_rows(str(path)))
    assert says in str(caught.value)


def test_bytes_that_are_no_text_are_named_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(b"\xff\xfe\n")
    with pytest.raises(BadScenario, match="cannot be decoded"):
        list(read_rows(str(path)))
