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


APP = "https://app.example.com"
EVIL = "https://evil.example"
MIXED = LOG + LINE.format("DELETE", "/items/7", f"{EVIL}/'\\x1b[31m")
SERVER = ("--server", "https://api.example.com")


def test_a_log_becomes_a_policy(run: Run) -> None:
    result = run("policy", "learn", "-", *SERVER, "--origin", APP, input=LOG)
    assert result.exit_code == 0
    assert "is it yours" not in result.stderr
    assert result.stdout == '[cors]\norigins = ["https://app.example.com"]\nmethods = ["PUT"]\n'
    assert "has no request headers" in result.stderr.replace("\n    ", " ")


def test_of_a_recording_with_several_servers_one_is_chosen(run: Run) -> None:
    recording = str(SAMPLES / "chrome.har")
    result = run("policy", "learn", recording, "--server", "http://localhost:9000")
    assert result.exit_code in (0, 1)
    assert "http://127.0.0.1:8000" in result.stdout


def test_json(run: Run) -> None:
    result = run("policy", "learn", "-", *SERVER, "--yes", "--json", input=LOG)
    document = json.loads(result.stdout)
    assert document["policy"]["cors"]["methods"] == ["PUT"]
    assert document["proven"] is True
    assert document["unvouched"] == []


def test_nothing_is_allowed_that_anybody_may_have_written(run: Run) -> None:
    result = run("policy", "learn", "-", *SERVER, input=MIXED)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"{APP}: 2 requests" in result.stderr
    assert f"{EVIL}: 1 request" in result.stderr
    assert "Is it yours?" in result.stderr
    assert (
        f"corsage policy learn - --server https://api.example.com \\\n      --origin {APP} \\"
        in result.stderr
    )
    document = json.loads(run("policy", "learn", "-", *SERVER, "--json", input=MIXED).stdout)
    assert document["exit_code"] == 1
    assert document["policy"] is None
    assert document["unvouched"] == [{"origin": APP, "requests": 2}, {"origin": EVIL, "requests": 1}]


def test_only_those_are_allowed_that_somebody_vouches_for(run: Run) -> None:
    result = run("policy", "learn", "-", *SERVER, "--origin", f"{APP}/", input=MIXED)
    assert result.exit_code == 0
    assert EVIL not in result.stdout
    assert "DELETE" not in result.stdout
    assert f"{EVIL}: 1 request" in result.stderr
    every = run("policy", "learn", "-", *SERVER, "--trust-all", input=MIXED)
    assert every.exit_code == 0
    assert EVIL in every.stdout


@pytest.mark.parametrize(
    "origin", ["app.example.com", "https://app.example.com/x", "https://other.example", "null"]
)
def test_what_cannot_be_vouched_for(run: Run, origin: str) -> None:
    result = run("policy", "learn", "-", *SERVER, "--origin", origin, input=LOG)
    assert result.exit_code == 2
    assert "--origin" in result.stderr


def test_a_flood_of_origins_is_listed_in_part(run: Run) -> None:
    flood = "".join(LINE.format("GET", "/", f"https://o{number}.example/") for number in range(300))
    result = run("policy", "learn", "-", *SERVER, input=LOG + flood)
    assert result.exit_code == 1
    assert "251 more origins" in result.stderr
    assert len(result.stderr.splitlines()) < 120


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
