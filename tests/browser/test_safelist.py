"""CORS-safelisted request-headers: by name, by value, by length, and all of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT, Profile
from corsage.browser.safelist import cors_safelisted_request_header, cors_unsafe_request_header_names
from corsage.model import RequestInit

if TYPE_CHECKING:
    from tests.browser.conftest import Play

URL = "http://api.test/x"
ALLOW = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "*, Authorization",
    "Access-Control-Allow-Methods": "*",
}

# name, value, whether it needs no preflight, reason
HEADERS = {
    "accept": ("accept", "text/html, */*;q=0.8", True, "no unsafe byte"),
    "accept, empty": ("accept", "", True, "no unsafe byte"),
    "accept with a tab": ("accept", "a\tb", True, "a tab is not unsafe"),
    "accept with a high byte": ("accept", "\xe9", True, "bytes above 0x7f are not unsafe"),
    "accept with a quote": ("accept", '"', False, "an unsafe byte"),
    "accept with a parenthesis": ("accept", "(", False, "an unsafe byte"),
    "accept with a closing one": ("accept", ")", False, "an unsafe byte"),
    "accept with a colon": ("accept", ":", False, "an unsafe byte"),
    "accept with less-than": ("accept", "<", False, "an unsafe byte"),
    "accept with greater-than": ("accept", ">", False, "an unsafe byte"),
    "accept with a question mark": ("accept", "?", False, "an unsafe byte"),
    "accept with an at sign": ("accept", "@", False, "an unsafe byte"),
    "accept with a bracket": ("accept", "[", False, "an unsafe byte"),
    "accept with a backslash": ("accept", "\\", False, "an unsafe byte"),
    "accept with a closing bracket": ("accept", "]", False, "an unsafe byte"),
    "accept with a brace": ("accept", "{", False, "an unsafe byte"),
    "accept with a closing brace": ("accept", "}", False, "an unsafe byte"),
    "accept with DEL": ("accept", "\x7f", False, "an unsafe byte"),
    "accept with a control character": ("accept", "\x01", False, "an unsafe byte"),
    "accept with 0x1f": ("accept", "\x1f", False, "the last control character"),
    "accept with every harmless mark": ("accept", "!#$%&'*+-./;=^_`|~,", True, "none is unsafe"),
    "accept-language": ("accept-language", "en-US,en;q=0.9, *", True, "letters, digits and * , - . ; ="),
    "accept-language with an at sign": ("accept-language", "en@x", False, "not in its alphabet"),
    "accept-language with an underscore": ("accept-language", "en_US", False, "not in its alphabet"),
    "accept-language with a plus": ("accept-language", "en+US", False, "not in its alphabet"),
    "accept-language with a tab": ("accept-language", "en\tfr", False, "a blank is, a tab is not"),
    "accept-language with a high byte": ("accept-language", "\xe9", False, "not in its alphabet"),
    "content-language": ("content-language", "de", True, "letters, digits and * , - . ; ="),
    "content-language with a slash": ("content-language", "de/at", False, "not in its alphabet"),
    "content-language with a newline at the end": ("content-language", "de\n", False, "not in its alphabet"),
    "form": ("content-type", "application/x-www-form-urlencoded", True, "what a form could send"),
    "multipart": ("content-type", "multipart/form-data; boundary=x", True, "what a form could send"),
    "text": ("content-type", "text/plain", True, "what a form could send"),
    "text in upper case": ("content-type", "TEXT/PLAIN", True, "the essence is lower-cased"),
    "text with a charset": ("content-type", "text/plain;charset=utf-8", True, "parameters play no part"),
    "text with a bad parameter": ("content-type", "text/plain; x", True, "it is skipped"),
    "text with a quoted parameter": ("content-type", 'text/plain; x="y"', False, "quotes are unsafe bytes"),
    "text twice": ("content-type", "text/plain, text/plain", False, "a list is no MIME type"),
    "text and JSON": (
        "content-type",
        "text/plain; a=b, application/json",
        True,
        "the comma is in a parameter",
    ),
    "JSON": ("content-type", "application/json", False, "no form could send it"),
    "HTML": ("content-type", "text/html", False, "no form could send it"),
    "XML": ("content-type", "text/xml", False, "no form could send it"),
    "no slash": ("content-type", "text", False, "no MIME type"),
    "empty type": ("content-type", "", False, "no MIME type"),
    "CSP report": ("content-type", "application/csp-report", False, "only user agents send it unasked"),
    "range": ("range", "bytes=0-10", True, "a simple range"),
    "open range": ("range", "bytes=10-", True, "a simple range"),
    "suffix range": ("range", "bytes=-10", False, "no start: browsers have never sent it"),
    "backwards range": ("range", "bytes=10-0", False, "no range"),
    "two ranges": ("range", "bytes=0-1,3-4", False, "no single range"),
    "range with a blank": ("range", "bytes= 0-10", False, "no whitespace"),
    "range without a unit": ("range", "0-10", False, "no range"),
    "authorization": ("authorization", "basic x", False, "not in the list"),
    "custom header": ("x-custom", "1", False, "not in the list"),
    "custom header, empty": ("x-custom", "", False, "not in the list"),
    "x-requested-with": ("x-requested-with", "XMLHttpRequest", False, "not in the list"),
    "cache-control": ("cache-control", "no-cache", False, "not in the list"),
    "user-agent": ("user-agent", "me", False, "not forbidden, not safelisted"),
    "last-event-id": ("last-event-id", "1", False, "no longer in the list"),
    "dpr": ("dpr", "2", False, "client hints are not in the standard"),
    "save-data": ("save-data", "on", False, "client hints are not in the standard"),
    "128 bytes": ("accept", "a" * 128, True, "the longest"),
    "129 bytes": ("accept", "a" * 129, False, "too long"),
    "language of 128 bytes": ("accept-language", "a" * 128, True, "the longest"),
    "language of 129 bytes": ("accept-language", "a" * 129, False, "too long"),
    "type of 128 bytes": ("content-type", "text/plain;" + "a" * 117, True, "the longest"),
    "type of 129 bytes": ("content-type", "text/plain;" + "a" * 118, False, "too long"),
    "range of 128 bytes": ("range", "bytes=" + "1" * 121 + "-", True, "the longest"),
    "range of 129 bytes": ("range", "bytes=" + "1" * 122 + "-", False, "too long"),
}


@pytest.mark.parametrize(("name", "value", "want", "why"), HEADERS.values(), ids=HEADERS)
def test_safelisted_request_headers(name: str, value: str, *, want: bool, why: str) -> None:
    assert cors_safelisted_request_header(name, value, STANDARD) is want, why
    assert cors_unsafe_request_header_names([(name.title(), value)], STANDARD) == (() if want else (name,))


@given(st.characters(max_codepoint=0xFF))
def test_the_unsafe_bytes_are_these_and_no_others(char: str) -> None:
    unsafe = (char < " " and char != "\t") or char in '"():<>?@[\\]{}\x7f'
    assert cors_safelisted_request_header("accept", char, STANDARD) is not unsafe


@given(st.characters(max_codepoint=0xFF))
def test_the_bytes_of_a_language_are_these_and_no_others(char: str) -> None:
    safe = (char.isascii() and char.isalnum()) or char in " *,-.;="
    assert cors_safelisted_request_header("accept-language", char, STANDARD) is safe


def test_unsafe_names_are_lower_case_sorted_and_each_once() -> None:
    headers = [
        ("X-B", "1"),
        ("Authorization", "x"),
        ("x-a", "1"),
        ("X-b", "2"),
        ("Accept", "*/*"),
        ("X_", ""),
    ]
    assert cors_unsafe_request_header_names(headers, STANDARD) == ("authorization", "x-a", "x-b", "x_")


def test_a_name_is_unsafe_where_one_of_its_lines_is() -> None:
    headers = [("Content-Type", "text/plain"), ("Content-Type", "application/json")]
    assert cors_unsafe_request_header_names(headers, STANDARD) == ("content-type",)


def test_no_headers_no_names() -> None:
    assert cors_unsafe_request_header_names([], STANDARD) == ()


NINE = (*[("Accept", "a" * 114)] * 8, ("Accept-Language", "a" * 112))  # 1024 bytes

TOTALS = {
    "1024 bytes": (NINE, (), "the most"),
    "1025 bytes": (
        (*NINE, ("Content-Language", "a")),
        ("accept", "accept-language", "content-language"),
        "all",
    ),
    "names do not count": ((*NINE, ("Content-Language", "")), (), "only values are counted"),
    "unsafe values do not count": ((*NINE, ("X", "a" * 100)), ("x",), "only safelisted ones are added up"),
    "with an unsafe one": (
        (*NINE, ("X", "1"), ("Content-Language", "a")),
        ("accept", "accept-language", "content-language", "x"),
        "sorted together",
    ),
}


@pytest.mark.parametrize(("headers", "want", "why"), TOTALS.values(), ids=TOTALS)
def test_all_safelisted_values_together_may_have_1024_bytes(
    headers: tuple[tuple[str, str], ...], want: tuple[str, ...], why: str
) -> None:
    assert cors_unsafe_request_header_names(headers, STANDARD) == want, why


# What Access-Control-Request-Headers lists: standard, Chromium, Firefox, WebKit. None: no preflight.
# Facts of the recorded corpus, family safelist, and of the checklist beside it.
Four = tuple[str | None, str | None, str | None, str | None]
PROFILES = (STANDARD, CHROMIUM, FIREFOX, WEBKIT)
IN_BROWSERS: dict[str, tuple[tuple[tuple[str, str], ...], Four]] = {
    "nothing": ((), (None, None, None, None)),
    "Accept of two lines, over 128 together": (
        (("Accept", "a" * 100), ("Accept", "a" * 100)),
        (None, "accept", None, "accept"),
    ),
    "text/plain on two lines": (
        (("Content-Type", "text/plain"), ("Content-Type", "text/plain")),
        (None, "content-type", None, "content-type"),
    ),
    "1080 bytes of Accept": (
        tuple(("Accept", "a" * 120) for _ in range(9)),
        ("accept", "accept", None, "accept"),
    ),
    "Accept with a high byte": ((("Accept", "\xe9"),), (None, None, "accept", None)),
    "Save-Data on": ((("Save-Data", "on"),), ("save-data", None, "save-data", "save-data")),
    "Save-Data off": ((("Save-Data", "off"),), ("save-data", "save-data", "save-data", "save-data")),
    "DPR": ((("DPR", "2.5"),), ("dpr", None, "dpr", "dpr")),
    "DPR in letters": ((("DPR", "two"),), ("dpr", "dpr", "dpr", "dpr")),
    "Width": ((("Width", "100"),), ("width", None, "width", "width")),
    "ECT": ((("ECT", "4g"),), ("ect", None, "ect", "ect")),
    "ECT of the future": ((("ECT", "6g"),), ("ect", "ect", "ect", "ect")),
    "User-Agent": ((("User-Agent", "me"),), ("user-agent", None, "user-agent", "user-agent")),
    "range": ((("Range", "bytes=0-9"),), (None, None, None, None)),
    "custom": ((("X-B", "1"), ("X-A", "1")), ("x-a,x-b", "x-a,x-b", "x-a,x-b", "x-a,x-b")),
    "JSON": ((("Content-Type", "application/json"),), ("content-type",) * 4),
}


@pytest.mark.parametrize(("headers", "want"), IN_BROWSERS.values(), ids=IN_BROWSERS)
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_what_each_browser_asks_permission_for(
    play: Play, headers: tuple[tuple[str, str], ...], want: Four, profile: Profile
) -> None:
    played = play(RequestInit(URL, "POST", headers=headers), (200, ALLOW), profile=profile)
    asked = played.header("access-control-request-headers", 0)
    assert asked == want[PROFILES.index(profile)]
    assert played.methods == (["POST"] if asked is None else ["OPTIONS", "POST"])
