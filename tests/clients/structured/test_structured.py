"""Evidence as JSON objects: what is written survives, whatever its form."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.clients.structured import Unread, read_evidence_lines, read_structured
from corsage.model import Cause, FailureKind
from corsage.model.evidence import Answer, Evidence

FULL = {
    "console_message": "",
    "request": {
        "method": "PUT",
        "headers": {"X-Token": "1"},
        "credentials": "include",
        "client_origin": "https://app.example",
        "url": "https://api.example/items",
        "mode": "cors (font)",
    },
    "server_response_facts": {
        "preflight": {
            "status": 302,
            "headers": {},
            "status_reported": True,
            "headers_note": {"Location": "(portal)"},
        },
        "actual": {
            "status": None,
            "headers": {"Access-Control-Allow-Origin": "(set)"},
            "status_reported": False,
        },
    },
    "reporter_notes": "only on Mondays",
    "stack": ["nginx", "django"],
}


def test_a_full_report_is_read() -> None:
    found = read_structured(FULL)
    assert (found.method, found.url, found.origin) == (
        "PUT",
        "https://api.example/items",
        "https://app.example",
    )
    assert (found.mode, found.credentials, found.products) == ("cors (font)", "include", ("nginx", "django"))
    assert found.request_headers.pairs == (("X-Token", "1"),)
    assert found.preflight == Answer(status=302)
    assert found.actual is not None
    assert found.actual.headers.get("access-control-allow-origin") == "(set)"
    assert found.notes == "only on Mondays\npreflight Location: (portal)"


def test_a_line_with_input_inside_is_read_and_its_answer_is_not() -> None:
    line = {"input": FULL, "answer": {"category": "X"}, "source": "https://example.org"}
    assert read_structured(line) == read_structured(FULL)
    assert "category" not in read_structured({**FULL, "answer": {"category": "X"}}).notes


def test_a_flat_object_is_read() -> None:
    found = read_structured({"url": "/foo", "method": "DELETE", "actual": {"status": 500}, "notes": "help"})
    assert (found.url, found.method, found.notes) == ("/foo", "DELETE", "help")
    assert found.actual == Answer(status=500)


@pytest.mark.parametrize(
    ("written", "url", "notes"),
    [
        ("https://a.example/x", "https://a.example/x", ""),
        ("/foo", "/foo", ""),
        ("localhost:3008", "localhost:3008", ""),
        ("api.example.com/v1", "api.example.com/v1", ""),
        ("(S3 presigned)", "", "url: (S3 presigned)"),
        ("the S3 bucket", "", "url: the S3 bucket"),
        (
            "//api.example/x (resolved to file://)",
            "//api.example/x",
            "url: //api.example/x (resolved to file://)",
        ),
        (
            "https://<bucket of mine>.s3.amazonaws.com/...",
            "https://<bucket of mine>.s3.amazonaws.com/...",
            "",
        ),
        ("${BASE}/items", "${BASE}/items", ""),
        ("{{base url}}/items", "{{base url}}/items", ""),
        ("wss://a.example/socket", "wss://a.example/socket", ""),
        ("file:///C:/x.html", "file:///C:/x.html", ""),
        ("*.example.com/x", "*.example.com/x", ""),
        ("http://*****/api", "http://*****/api", ""),
    ],
)
def test_urls_stay_as_written_and_remarks_become_notes(written: str, url: str, notes: str) -> None:
    found = read_structured({"request": {"url": written}})
    assert (found.url, found.notes) == (url, notes)


@pytest.mark.parametrize(
    ("written", "origin", "notes"),
    [
        ("null (file:// page or redirect)", "null", "origin: null (file:// page or redirect)"),
        ("null", "null", ""),
        ("https://<site behind authelia>", "https://<site behind authelia>", ""),
        ("capacitor://localhost", "capacitor://localhost", ""),
        ("file://", "file://", ""),
        ("some page", "", "origin: some page"),
        (
            "http://a.example or http://b.example",
            "http://a.example",
            "origin: http://a.example or http://b.example",
        ),
        (None, "", ""),
    ],
)
def test_origins_likewise(written: str | None, origin: str, notes: str) -> None:
    found = read_structured({"request": {"client_origin": written}})
    assert (found.origin, found.notes) == (origin, notes)


@pytest.mark.parametrize(
    ("written", "status", "notes"),
    [
        (404, 404, ""),
        (404.0, 404, "actual status: 404.0"),
        ("404", 404, ""),
        ("HTTP/1.1 404 Not Found", 404, "actual status: HTTP/1.1 404 Not Found"),
        ("(null)", None, "actual status: (null)"),
        ("5xx", None, "actual status: 5xx"),
        (0, None, "actual status: 0"),
        (float("nan"), None, "actual status: nan"),
        (True, None, "actual status: true"),
        (None, None, ""),
    ],
)
def test_statuses_of_any_type(written: object, status: int | None, notes: str) -> None:
    found = read_structured({"server_response_facts": {"actual": {"status": written}}})
    assert found.actual == Answer(status=status)
    assert found.notes == notes


@pytest.mark.parametrize(
    ("written", "pairs"),
    [
        ({"A": "1", "B": ["2", 3], "C": True}, (("A", "1"), ("B", "2"), ("B", "3"), ("C", "true"))),
        (
            [["A", "1"], {"name": "B", "value": "2"}, {"C": "3"}, "D: 4"],
            tuple(zip("ABCD", "1234", strict=True)),
        ),
        ("A: 1\r\nB:2\n", (("A", "1"), ("B", "2"))),
        (17, ()),
    ],
)
def test_headers_of_any_form(written: object, pairs: tuple[tuple[str, str], ...]) -> None:
    assert read_structured({"request": {"headers": written}}).request_headers.pairs == pairs


@pytest.mark.parametrize(
    ("name", "written", "kept", "notes"),
    [
        ("Set-Cookie", "a=1 (no SameSite)", "a=1", "actual Set-Cookie: a=1 (no SameSite)"),
        ("Server", "Apache/2.4 (Debian)", "Apache/2.4 (Debian)", ""),
        ("Access-Control-Allow-Origin", "(another allowed origin)", "(another allowed origin)", ""),
        ("Access-Control-Allow-Origin", "(missing)", None, "actual Access-Control-Allow-Origin: (missing)"),
        ("Access-Control-Allow-Origin", None, None, "actual Access-Control-Allow-Origin: (none)"),
        ("Access-Control-Allow-Origin", "null", "null", ""),
    ],
)
def test_header_values_that_are_remarks(name: str, written: str | None, kept: str | None, notes: str) -> None:
    found = read_structured({"server_response_facts": {"actual": {"headers": {name: written}}}})
    assert found.actual is not None
    assert found.actual.headers.get(name.lower()) == kept
    assert found.notes == notes


def test_what_no_field_takes_becomes_notes() -> None:
    found = read_structured(
        {"browser": "Chrome 120", "request": {"cache": "reload"}, "server_response_facts": "none seen"}
    )
    assert found.notes.splitlines() == [
        "cache: reload",
        "browser: Chrome 120",
        "server_response_facts: none seen",
    ]


def test_answers_may_be_bare() -> None:
    facts = {"preflight": "401 Unauthorized", "actual": 200, "redirects": [{"status": 301}, 302]}
    found = read_structured({"server_response_facts": facts})
    assert (found.preflight, found.actual) == (Answer(status=401), Answer(status=200))
    assert found.hops == (Answer(status=301), Answer(status=302))
    assert found.notes == "preflight: 401 Unauthorized"


def test_failures_bear_our_names() -> None:
    found = read_structured({"server_response_facts": {"actual": {"failure": "timed-out", "whole": True}}})
    assert found.actual == Answer(failure=FailureKind.TIMED_OUT, whole=True)


def test_lines_are_read_one_by_one() -> None:
    lines = ["\ufeff" + json.dumps(FULL), "", "{", "[1]", '{"notes": "\\ud800"}', "[" * 100_000]
    found = list(read_evidence_lines(lines))
    assert [type(each) for each in found] == [Evidence, Unread, Unread, Evidence, Unread]
    assert [each.line for each in found if isinstance(each, Unread)] == [3, 4, 6]
    assert isinstance(found[3], Evidence)
    assert found[3].notes == "?"


_NAMES = """input request server_response_facts preflight actual headers status url method client_origin credentials
    mode stack reporter_notes console_message headers_note hops"""
_KEYS = st.sampled_from(_NAMES.split())
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(_KEYS | st.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=30,
)


@given(st.dictionaries(_KEYS, _JSON))
def test_no_object_is_too_odd(line: dict[str, Any]) -> None:
    found = read_structured(line)
    assert found.notes.encode() is not None


def test_messages_are_read_and_what_stands_around_them_is_noted() -> None:
    said = (
        "I get this: Access to fetch at 'https://a.example/x' from origin 'https://b.example' has been blocked by CORS "
        "policy: No 'Access-Control-Allow-Origin' header is present on the requested resource. It works in Postman.\n"
        "DELETE works though\n"
    )
    found = read_structured({"console_message": said, "reporter_notes": "hm"})
    assert [message.says for message in found.messages] == [Cause.MISSING_ALLOW_ORIGIN]
    assert found.notes.splitlines() == ["hm", "I get this:", "It works in Postman.", "DELETE works though"]


def test_a_console_without_messages_is_a_note() -> None:
    assert read_structured({"console_message": ["what is", "this"]}).notes == "what is\nthis"


def test_a_number_of_thousands_of_digits_is_no_status() -> None:
    assert read_structured({"actual": {"status": 10**5000}}).actual == Answer()
