"""``corsage policy learn``: the smallest policy for what a recording or a log shows."""

import json
from pathlib import Path

import pytest
from tests.apps.loopback import Run

SAMPLES = Path(__file__).parents[1] / "clients" / "har" / "samples"
LINE = '1.2.3.4 - - [21/Nov/2026:10:00:00 +0000] "{} {} HTTP/1.1" 200 12 "{}" "Mozilla/5.0"\n'
LOG = (
    LINE.format("PUT", "/items/7", "https://app.example.com/x")
    + LINE.format("GET", "/items/8", "https://app.example.com/y")
    + LINE.format("OPTIONS", "/items/7", "-")
    + "garbage\n"
)


def test_a_log_becomes_a_policy(run: Run) -> None:
    result = run("policy", "learn", "-", "--server", "https://api.example.com", input=LOG)
    assert result.exit_code == 0
    assert result.stdout == '[cors]\norigins = ["https://app.example.com"]\nmethods = ["PUT"]\n'
    assert "has no request headers" in result.stderr.replace("\n    ", " ")


def test_of_a_recording_with_several_servers_one_is_chosen(run: Run) -> None:
    recording = str(SAMPLES / "chrome.har")
    result = run("policy", "learn", recording, "--server", "http://localhost:9000")
    assert result.exit_code in (0, 1)
    assert "http://127.0.0.1:8000" in result.stdout


def test_json(run: Run) -> None:
    result = run("policy", "learn", "-", "--server", "https://api.example.com", "--json", input=LOG)
    document = json.loads(result.stdout)
    assert document["policy"]["cors"]["methods"] == ["PUT"]
    assert document["proven"] is True


@pytest.mark.parametrize(
    ("arguments", "given", "says"),
    [
        (("-",), LOG, "name the server: --server URL"),
        (("-", "--server", "nonsense"), LOG, "it must be a URL"),
        (("-", "--server", "https://api.example.com"), "garbage\n", "none of its 1 line"),
        (("-", "--server", "https://api.example.com"), LINE.format("GET", "/", "-"), "nothing to allow"),
        (("missing.har",), "", "cannot be read"),
    ],
)
def test_what_cannot_be_learnt_from(run: Run, arguments: tuple[str, ...], given: str, says: str) -> None:
    result = run("policy", "learn", *arguments, input=given)
    assert result.exit_code == 2
    assert says in result.output.replace("\n", " ")
