"""A server may send anything: nothing of it reaches the terminal raw, and nothing makes the report long."""

import re

import pytest
from tests.apps.loopback import PAGE, Api, Run, http

EVIL = "\x1b[2J\x1b]0;owned\x07\x9b31m\x7f"
MARKUP = "[bold red]shout[/] [link=https://evil.example]click[/link] :smile:"
SAFE = re.compile(r"[\n -~\u2010-\u2027\u2500-\u257f✔✘▶◀◐…·—“”\u00a1-\u00ac\u00ae-\u00ff\ufffd]*")
LIMIT = 60_000


@pytest.mark.parametrize(
    "arguments", [(), ("-v",), ("-X", "PUT"), ("--mode", "no-cors"), ("--element", "script")]
)
@pytest.mark.parametrize(
    "header",
    [
        f"Access-Control-Allow-Origin: {EVIL}",
        f"Access-Control-Allow-Origin: {MARKUP}",
        f"Access-Control-Allow-Origin: {'x' * 100_000}",
        f"Access-Control-Allow-Origin: {PAGE}\r\nX{'y' * 50_000}: 1",
        f"Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Methods: {EVIL}",
        f"Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: {MARKUP}",
        f"Cross-Origin-Resource-Policy: {EVIL}",
        f"Set-Cookie: {EVIL}={MARKUP}",
        f"Vary: {EVIL}\r\nContent-Type: {EVIL}\r\nServer: {MARKUP}",
    ],
)
def test_hostile_headers(api: Api, check: Run, header: str, arguments: tuple[str, ...]) -> None:
    result = check(api.on("/evil", http("200 OK", header)), *arguments)
    assert result.exit_code in (0, 1)
    assert SAFE.fullmatch(result.output), sorted(set(re.sub(SAFE, "", result.output)))
    assert len(result.output) < LIMIT


def test_markup_is_shown_and_not_obeyed(api: Api, check: Run) -> None:
    output = check(api.on("/evil", http("200 OK", f"Access-Control-Allow-Origin: {MARKUP}"))).output
    assert "[bold red]shout[/]" in output
    assert ":smile:" in output


def test_a_hostile_reason_phrase(api: Api, check: Run) -> None:
    result = check(api.on("/evil", http(f"200 {EVIL}")))
    assert SAFE.fullmatch(result.output)


def test_a_hostile_location(api: Api, check: Run) -> None:
    answer = http("302 Found", "Access-Control-Allow-Origin: *", f"Location: foo{EVIL}://{MARKUP}")
    result = check(api.on("/evil", answer))
    assert result.exit_code == 1
    assert SAFE.fullmatch(result.output)


@pytest.mark.parametrize(
    "lines",
    [
        [f"X-{number}: 1" for number in range(10_000)],
        ["Vary: Origin"] * 10_000,
        ["Access-Control-Allow-Origin: *"] * 5_000,
        [f"Set-Cookie: c{number}=1" for number in range(5_000)],
        [f"Access-Control-Nonsense-{number}: 1" for number in range(5_000)],
    ],
    ids=["names", "vary", "allow-origin", "cookies", "nonsense"],
)
def test_ten_thousand_headers(api: Api, check: Run, lines: list[str]) -> None:
    allow = f"Access-Control-Allow-Origin: {PAGE}"
    result = check(api.on("/flood", http("200 OK", allow, *lines)), "-v")
    assert result.exit_code in (0, 1, 3)
    assert len(result.output) < LIMIT


def test_an_endless_redirect_ends(api: Api, check: Run) -> None:
    answer = http("302 Found", "Access-Control-Allow-Origin: *", "Location: /round", body=b"")
    result = check(api.on("/round", answer))
    assert result.exit_code == 1
    assert "TooManyRedirects" in result.output
    assert len(api.seen) == 21


def test_a_huge_body_is_cut(api: Api, check: Run) -> None:
    answer = http("200 OK", "Access-Control-Allow-Origin: *", body=b"x" * 4_000_000)
    result = check(api.on("/huge", answer), "-v")
    assert result.exit_code == 0
    assert "the body was cut" in result.output
