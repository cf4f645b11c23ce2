"""A line per request tells some of what a policy needs, and the reader says what it does not."""

from __future__ import annotations

import pytest

from corsage.clients.access_logs import read_access_log
from corsage.clients.access_logs.line import LogLine, parse_line
from corsage.clients.access_logs.reading import MOST_KINDS
from corsage.pair.synthesise import synthesise

API = "https://api.example"
START = "203.0.113.9 - - [04/May/2026:09:00:00 +0000]"
AGENT = '"Mozilla/5.0 (X11; Linux x86_64)"'


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f'{START} "GET /a HTTP/1.1" 200 12', LogLine("GET", "/a", 200)),
        (
            f'{START} "PUT /a?b=c HTTP/2.0" 204 0 "https://app.example/x" {AGENT}',
            LogLine("PUT", "/a?b=c", 204, "", "https://app.example"),
        ),
        (
            f'{START} "GET /a HTTP/1.1" 200 12 "-" {AGENT} "https://app.example"',
            LogLine("GET", "/a", 200, "https://app.example", "https://app.example"),
        ),
        (f'{START} "GET /a HTTP/1.1" 200 12 "-" "-" "null"', LogLine("GET", "/a", 200, "null")),
        (
            f'{START} "GET /a HTTP/1.1" 200 12 "-" "-" "capacitor://localhost"',
            LogLine("GET", "/a", 200, "capacitor://localhost"),
        ),
        (f'{START} "GET /a"', LogLine("GET", "/a", 0)),
        (f'{START} "-" 408 0 "-" "-"', None),
        (f'{START} "\\x16\\x03\\x01" 400 0', None),
        ("no log at all", None),
        ('"' * 50_000, None),
        ('"\\' * 50_000, None),
    ],
    ids=lambda value: str(value)[-40:],
)
def test_lines(line: str, found: LogLine | None) -> None:
    assert parse_line(line) == found


def test_a_log_gives_origins_paths_and_methods_and_says_what_is_missing() -> None:
    found = read_access_log(
        [
            f'{START} "OPTIONS /items/7 HTTP/1.1" 204 0 "https://app.example/" {AGENT}',
            f'{START} "PUT /items/7 HTTP/1.1" 200 9 "https://app.example/" {AGENT}',
            f'{START} "PUT /items/8 HTTP/1.1" 200 9 "https://app.example/" {AGENT}',
            f'{START} "GET /items HTTP/1.1" 200 9 "https://api.example/docs" {AGENT}',
            f'{START} "GET /health HTTP/1.1" 200 2 "-" "curl/8"',
            "garbage",
            "",
        ],
        server=API,
    )
    assert [(each.origin, each.url, each.method) for each in found.observed] == [
        ("https://app.example", f"{API}/items/7", "PUT")
    ]
    assert (found.lines, found.unread) == (6, 1)
    notes = " ".join(found.notes)
    for word in ("request_headers", "cookies", "/items/7", "Referer", "left out: 1."):
        assert word in notes
    made = synthesise(found.observed)
    assert made.proven


def test_kinds_are_bounded() -> None:
    lines = (
        f'{START} "GET /a HTTP/1.1" 200 9 "https://a{number}.example/" "-"'
        for number in range(MOST_KINDS + 5)
    )
    found = read_access_log(lines, server=API)
    assert len(found.observed) == MOST_KINDS
    assert "left out: 5." in found.notes[-1]


@pytest.mark.parametrize("server", ["api.example", "", "ftp://api.example"])
def test_the_server_must_be_named(server: str) -> None:
    with pytest.raises(ValueError, match="not an origin"):
        read_access_log([], server=server)
