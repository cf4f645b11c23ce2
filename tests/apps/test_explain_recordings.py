"""``corsage explain FILE.har``: what fails in a recording, one failure whole, the smallest policies."""

from __future__ import annotations

import gzip
import json
import lzma
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
from tests.apps.json_schema import problems
from tests.apps.test_explain_evidence import explained, flat
from tests.clients.har.har_files import ALLOWED, API, CHARLES, FIREFOX, ORIGIN, SAFARI, entry, har, preflight

from corsage.server.formats import read_policies

if TYPE_CHECKING:
    from pathlib import Path

    from tests.apps.loopback import Run

SCHEMA: dict[str, Any] = json.loads(
    (resources.files("corsage.apps.cli.diagnosing") / "recording.schema.json").read_text(encoding="utf-8")
)
REFUSED = "net::ERR_FAILED"
FINE = entry(f"{API}/fine", received=ALLOWED)
FAILING = entry(error=REFUSED)
PUT = (preflight(error=REFUSED), entry(method="PUT", error=REFUSED, status=0))
PASSES = har([FINE])
FAILS = har([FAILING, FINE])
SEVERAL = har([FAILING, *PUT, entry(f"{API}/items?page=2", error=REFUSED), FINE])
NOTHING = har([entry(f"{ORIGIN}/own")])
HOSTILE = har(
    [
        entry(
            f"{API}/<script>alert(1)</script>?\x1b[2J\u202e",
            error=REFUSED,
            received={"Access-Control-Allow-Origin": "<b>\x1b[2J\u202e @x `y` </pre>"},
        ),
        entry(f"{API}/x", error="<img onerror=alert(1)>\x07"),
    ],
    creator={"name": "<script>\x1b[2J", "version": "1"},
)


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    return tmp_path / "recording.har"


def judged(run: Run, *arguments: str, **options: object) -> dict[str, Any]:
    """Run with ``--json``; return the document once it fits the schema."""
    result = run("explain", *arguments, "--json", **options)
    assert result.exit_code in (0, 1), result.output
    document: dict[str, Any] = json.loads(result.stdout)
    assert problems(document, SCHEMA, SCHEMA) == []
    assert document["exit_code"] == result.exit_code
    assert result.stdout.isascii()
    return document


@pytest.mark.parametrize(
    ("data", "totals", "code"),
    [(FAILS, (2, 2, 1), 1), (SEVERAL, (4, 4, 3), 1), (PASSES, (1, 1, 0), 0), (NOTHING, (1, 0, 0), 0)],
    ids=["fails", "several", "passes", "nothing"],
)
@pytest.mark.parametrize("way", ["file", "gzip", "xz", "stdin", "packed stdin", "other name"])
def test_recordings_from_everywhere(
    run: Run, recorded: Path, data: bytes, totals: tuple[int, ...], code: int, way: str
) -> None:
    path, packed, options = recorded, data, {}
    if way in {"gzip", "packed stdin"}:
        path, packed = recorded.with_suffix(".har.gz"), gzip.compress(data)
    if way == "xz":
        path, packed = recorded.with_suffix(".har.xz"), lzma.compress(data)
    if way == "other name":
        path = recorded.with_suffix(".json")
    if "stdin" in way:
        options = {"input": packed}
    else:
        path.write_bytes(packed)
    document = judged(run, "-" if "stdin" in way else str(path), **options)
    found = document["totals"]
    assert (found["requests"], found["cross_origin"], found["failed"]) == totals
    assert document["exit_code"] == code
    assert sum(each["count"] for each in document["failures"]) == totals[2]


@pytest.mark.parametrize(
    ("data", "verdict"),
    [
        (FAILS, "1 request of 2 across origins failed."),
        (SEVERAL, "3 requests of 4 across origins failed."),
        (PASSES, "The one request across origins passed."),
        (har([FINE, FINE]), "All 2 requests across origins passed."),
        (NOTHING, "No page asked anything of another origin."),
    ],
)
def test_the_verdict(run: Run, recorded: Path, data: bytes, verdict: str) -> None:
    recorded.write_bytes(data)
    result = run("explain", str(recorded))
    assert result.stdout.startswith(f"{verdict}\n")
    assert result.stderr == ""


def test_a_single_failure_is_shown_whole(run: Run, recorded: Path) -> None:
    recorded.write_bytes(FAILS)
    text = run("explain", str(recorded)).stdout
    assert "1. GET https://api.example/items from https://app.example: CORS201" in flat(text)
    assert "The smallest policy for https://api.example" in text
    assert "\nHow to verify\n" in text
    assert "curl -si -H 'Origin: https://app.example' 'https://api.example/items'" in text


def test_of_several_failures_one_can_be_chosen(run: Run, recorded: Path) -> None:
    recorded.write_bytes(SEVERAL)
    text = run("explain", str(recorded)).stdout
    assert "2 times GET" in flat(text)
    assert f"corsage explain {recorded} --group 1".replace(" ", "") in "".join(text.split())
    assert "\nHow to verify\n" not in text
    whole = run("explain", str(recorded), "--group", "2")
    assert whole.exit_code == 1
    assert "Access-Control-Request-Method: PUT" in whole.stdout
    document = explained(run, str(recorded), "--group", "1")
    assert document["findings"][0]["rule"] == "CORS201"
    assert document["changes_proven"] is True


@pytest.mark.parametrize("number", ["0", "3", "-1"])
def test_groups_that_are_not_there(run: Run, recorded: Path, number: str) -> None:
    recorded.write_bytes(SEVERAL)
    result = run("explain", str(recorded), "--group", number)
    assert result.exit_code == 2
    assert f"There is no failure {number}: the recording has 2 kinds of them." in flat(result.stderr)


def test_the_policy_that_is_written_is_one(run: Run, recorded: Path) -> None:
    recorded.write_bytes(SEVERAL)
    (policy,) = judged(run, str(recorded))["policies"]
    assert policy["server"] == API
    assert policy["proven"] is True
    found = read_policies(json.dumps(policy["policy"]), format="json").select("/items")
    assert found is not None
    assert (found.origins, found.methods) == ((ORIGIN,), ("PUT",))
    text = run("explain", str(recorded), "--stack", "django").stdout
    assert "CORS_ALLOWED_ORIGINS" in text


def test_origin_and_notes(run: Run, recorded: Path) -> None:
    recorded.write_bytes(har([FAILING, entry(sent={"Origin": "https://other.example"}, error=REFUSED)]))
    assert len(judged(run, str(recorded))["failures"]) == 2
    (failure,) = judged(run, str(recorded), "--origin", ORIGIN)["failures"]
    assert failure["origin"] == ORIGIN
    noted = judged(run, str(recorded), "--origin", ORIGIN, "--note", "works with the cache disabled")
    assert "CORS431" in {each["rule"] for each in noted["failures"][0]["findings"]}


def test_the_forms(run: Run, recorded: Path, tmp_path: Path) -> None:
    recorded.write_bytes(SEVERAL)
    markdown = run("explain", str(recorded), "--markdown").stdout
    assert markdown.startswith("**3 requests of 4 across origins failed.**\n")
    assert "```toml\n[cors]\n" in markdown
    page = tmp_path / "page.html"
    result = run("explain", str(recorded), "--html", str(page))
    assert result.exit_code == 2
    assert "the recording has 2 kinds of them. Choose one: --group 1." in flat(result.stderr)
    assert not page.exists()
    assert run("explain", str(recorded), "--html", str(page), "--group", "1").exit_code == 1
    assert "<svg" in page.read_text(encoding="utf-8")
    recorded.write_bytes(PASSES)
    result = run("explain", str(recorded), "--html", str(page))
    assert "nothing fails in this recording" in flat(result.stderr)


def test_what_strangers_wrote_is_escaped(run: Run, recorded: Path, tmp_path: Path) -> None:
    recorded.write_bytes(HOSTILE)
    page = tmp_path / "page.html"
    for arguments in (
        (),
        ("-v",),
        ("--markdown",),
        ("--group", "1", "--html", str(page)),
        ("--group", "2", "-v"),
    ):
        output = run("explain", str(recorded), "--origin", ORIGIN, *arguments).output
        assert all(char.isprintable() or char == "\n" for char in output)
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "<b>" not in text
    judged(run, str(recorded))


def test_other_recorders(run: Run, recorded: Path) -> None:
    recorded.write_bytes(har([entry(status=200)], creator=FIREFOX))
    assert judged(run, str(recorded))["recorder"] == "Firefox"
    recorded.write_bytes(har([entry(status=200)], creator=CHARLES))
    assert judged(run, str(recorded))["failures"][0]["findings"][0]["rule"] == "CORS201"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b"just words", "this is no HAR file"),
        (b'{"log": nonsense', "no JSON any more"),
        (b'{"log": {}}', "this is no HAR file"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b"\x1f\x8bnonsense", "the gzip data is damaged"),
        (b"\xfd7zXZ\x00nonsense", "damaged"),
        (gzip.compress(FAILS, mtime=0)[:40], "the compressed data is cut off"),
        (b'{"log": {"entries": [1, null, {}]}}', "entry 0"),
    ],
)
def test_broken_recordings(run: Run, recorded: Path, data: bytes, says: str) -> None:
    recorded.write_bytes(data)
    for arguments in ((), ("--json",)):
        result = run("explain", str(recorded), *arguments)
        assert result.exit_code == 2
        assert "recording.har holds no request that can be read." in flat(result.stderr)
        assert says in flat(result.stderr)


def test_what_can_be_read_of_a_recording_that_was_cut_is_judged(run: Run, recorded: Path) -> None:
    recorded.write_bytes(har([FAILING, FAILING])[:-100])
    result = run("explain", str(recorded))
    assert result.exit_code == 1
    assert "the file ends in the middle of it" in flat(result.stderr)
    assert "1 request of 1 across origins failed." in result.stdout
    assert judged(run, str(recorded))["problems"]


def test_secrets_of_urls_are_not_in_the_report(run: Run, recorded: Path) -> None:
    url = f"{API}/a?token=hush-hush&page=2"
    recorded.write_bytes(har([entry(url, error=REFUSED), entry(f"{url}&x=1", "PUT", error=REFUSED)]))
    for option in ((), ("--markdown",), ("--group", "1")):
        text = run("explain", str(recorded), *option).stdout
        assert "hush" not in text
        assert "token=…&page=2" in text.replace("\\", "")
        assert "Values that look secret" in text
    assert "hush-hush" in run("explain", str(recorded), "--json").stdout


def test_what_passed_though_its_headers_forbid_it_is_said(run: Run, recorded: Path) -> None:
    """Safari's files have no body where it refused: it let this through, or somebody changed the file."""
    odd = entry(f"{API}/odd", received={})
    recorded.write_bytes(har([odd, odd, entry(f"{API}/fine", received=ALLOWED)], creator=SAFARI))
    result = run("explain", str(recorded))
    assert result.exit_code == 0
    assert "2 requests passed, says the recording, though their headers do not allow it" in flat(
        result.stderr
    )
    assert f"{API}/odd" in result.stderr
    recorded.write_bytes(har([entry(f"{API}/fine", received=ALLOWED)], creator=SAFARI))
    assert run("explain", str(recorded)).stderr == ""
