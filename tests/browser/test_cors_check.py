"""CORS check: byte for byte, whatever the status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT, Profile
from corsage.browser.cors_check import cors_check
from corsage.model import NO_TRACE, Cause, Credentials, HeaderList, RequestInit, Trace, page

if TYPE_CHECKING:
    from tests.browser.conftest import Play

ORIGIN = "http://client.test:8000"
URL = "http://api.test/x"
OMIT, SAME_ORIGIN, INCLUDE = Credentials
PASSES = None


def check(
    lines: list[str],
    credentials: Credentials = SAME_ORIGIN,
    *,
    allow_credentials: list[str] | None = None,
    origin: str = ORIGIN,
    profile: Profile = STANDARD,
) -> Cause | None:
    headers = [("Access-Control-Allow-Origin", line) for line in lines]
    headers += [("Access-Control-Allow-Credentials", line) for line in allow_credentials or ()]
    trace = Trace()
    failed = cors_check(
        origin=origin, credentials=credentials, headers=HeaderList(headers), profile=profile, trace=trace
    )
    assert len(trace) == 1, "one step decides"
    assert (trace.refusal is None) is (failed is None), "a failure is a refusal in the trace"
    return None if failed is None else failed.cause


ALLOW_ORIGIN: dict[str, tuple[list[str], Cause | None, str]] = {
    "exact": ([ORIGIN], PASSES, "equal, byte for byte"),
    "wildcard": (["*"], PASSES, "allows everyone without credentials"),
    "absent": ([], Cause.MISSING_ALLOW_ORIGIN, "absent fails"),
    "empty": ([""], Cause.INVALID_ALLOW_ORIGIN, "present, and no origin"),
    "null": (["null"], Cause.ALLOW_ORIGIN_MISMATCH, "the literal null is another origin"),
    "other origin": (["http://other.test"], Cause.ALLOW_ORIGIN_MISMATCH, "another origin"),
    "other port": (["http://client.test:8001"], Cause.ALLOW_ORIGIN_MISMATCH, "another port"),
    "no port": (["http://client.test"], Cause.ALLOW_ORIGIN_MISMATCH, "another port"),
    "other scheme": (["https://client.test:8000"], Cause.ALLOW_ORIGIN_MISMATCH, "another scheme"),
    "subdomain": (["http://www.client.test:8000"], Cause.ALLOW_ORIGIN_MISMATCH, "another host"),
    "trailing slash": ([ORIGIN + "/"], Cause.ALLOW_ORIGIN_MISMATCH, "an origin has no slash"),
    "path": ([ORIGIN + "/app"], Cause.ALLOW_ORIGIN_MISMATCH, "an origin has no path"),
    "upper-case host": (["http://CLIENT.test:8000"], Cause.ALLOW_ORIGIN_MISMATCH, "bytes are compared"),
    "upper-case scheme": (["HTTP://client.test:8000"], Cause.ALLOW_ORIGIN_MISMATCH, "bytes are compared"),
    "no scheme": (["client.test"], Cause.INVALID_ALLOW_ORIGIN, "no URL at all"),
    "pattern": (["*.client.test"], Cause.INVALID_ALLOW_ORIGIN, "there are no patterns"),
    "pattern in a URL": (["http://*.test:8000"], Cause.ALLOW_ORIGIN_MISMATCH, "a star may stand in a host"),
    "pattern for the port": (["http://client.test:*"], Cause.INVALID_ALLOW_ORIGIN, "but not in a port"),
    "quoted": (['"http://client.test:8000"'], Cause.INVALID_ALLOW_ORIGIN, "quotes are part of the value"),
    "two stars": (["**"], Cause.INVALID_ALLOW_ORIGIN, "only one star is the wildcard"),
    "list": ([f"{ORIGIN}, http://other.test"], Cause.MULTIPLE_ALLOW_ORIGIN, "one origin, no list"),
    "list with blanks": ([f"{ORIGIN} http://other.test"], Cause.MULTIPLE_ALLOW_ORIGIN, "one origin, no list"),
    "star in a list": ([f"*, {ORIGIN}"], Cause.MULTIPLE_ALLOW_ORIGIN, "one value, no list"),
    "two lines": ([ORIGIN, "http://other.test"], Cause.MULTIPLE_ALLOW_ORIGIN, "lines are joined"),
    "two equal lines": ([ORIGIN, ORIGIN], Cause.MULTIPLE_ALLOW_ORIGIN, "lines are joined, equal or not"),
    "two stars on two lines": (["*", "*"], Cause.MULTIPLE_ALLOW_ORIGIN, "joined: `*, *`"),
    "an empty second line": ([ORIGIN, ""], Cause.MULTIPLE_ALLOW_ORIGIN, "joined with a comma all the same"),
}


@pytest.mark.parametrize(("lines", "want", "why"), ALLOW_ORIGIN.values(), ids=ALLOW_ORIGIN)
@pytest.mark.parametrize("credentials", [OMIT, SAME_ORIGIN])
def test_allow_origin_without_credentials(
    lines: list[str], want: Cause | None, why: str, credentials: Credentials
) -> None:
    assert check(lines, credentials) is want, why


@pytest.mark.parametrize(
    ("lines", "want", "why"),
    [pytest.param(*row, id=name) for name, row in ALLOW_ORIGIN.items() if name != "wildcard"],
)
def test_allow_origin_with_credentials(lines: list[str], want: Cause | None, why: str) -> None:
    assert check(lines, INCLUDE, allow_credentials=["true"]) is want, why


ALLOW_CREDENTIALS: dict[str, tuple[list[str], Cause | None, str]] = {
    "true": (["true"], PASSES, "the one word"),
    "absent": ([], Cause.INVALID_ALLOW_CREDENTIALS, "absent fails"),
    "empty": ([""], Cause.INVALID_ALLOW_CREDENTIALS, "not the word"),
    "True": (["True"], Cause.INVALID_ALLOW_CREDENTIALS, "case-sensitive"),
    "TRUE": (["TRUE"], Cause.INVALID_ALLOW_CREDENTIALS, "case-sensitive"),
    "1": (["1"], Cause.INVALID_ALLOW_CREDENTIALS, "not the word"),
    "yes": (["yes"], Cause.INVALID_ALLOW_CREDENTIALS, "not the word"),
    "false": (["false"], Cause.INVALID_ALLOW_CREDENTIALS, "not the word"),
    "quoted": (['"true"'], Cause.INVALID_ALLOW_CREDENTIALS, "quotes are part of the value"),
    "star": (["*"], Cause.INVALID_ALLOW_CREDENTIALS, "no wildcard here"),
    "list": (["true, true"], Cause.INVALID_ALLOW_CREDENTIALS, "no list here"),
    "two lines": (["true", "true"], Cause.INVALID_ALLOW_CREDENTIALS, "lines are joined"),
}


@pytest.mark.parametrize(("values", "want", "why"), ALLOW_CREDENTIALS.values(), ids=ALLOW_CREDENTIALS)
def test_allow_credentials(values: list[str], want: Cause | None, why: str) -> None:
    assert check([ORIGIN], INCLUDE, allow_credentials=values) is want, why
    assert check([ORIGIN], SAME_ORIGIN, allow_credentials=values) is PASSES, "ignored without credentials"
    assert check(["*"], OMIT, allow_credentials=values) is PASSES, "ignored without credentials"


def test_the_wildcard_does_not_allow_credentials() -> None:
    assert check(["*"], INCLUDE, allow_credentials=["true"]) is Cause.WILDCARD_WITH_CREDENTIALS


def test_allow_origin_is_looked_at_before_allow_credentials() -> None:
    assert check(["http://other.test"], INCLUDE) is Cause.ALLOW_ORIGIN_MISMATCH


NULL: dict[str, tuple[str, Credentials, Cause | None, str]] = {
    "null": ("null", SAME_ORIGIN, PASSES, "an opaque origin serialises to null"),
    "wildcard": ("*", SAME_ORIGIN, PASSES, "everyone, opaque ones too"),
    "page's origin": (
        ORIGIN,
        SAME_ORIGIN,
        Cause.ALLOW_ORIGIN_MISMATCH,
        "the page around it is another origin",
    ),
    "upper-case": ("NULL", SAME_ORIGIN, Cause.INVALID_ALLOW_ORIGIN, "bytes are compared"),
    "null with credentials": ("null", INCLUDE, PASSES, "null allows credentials: that is its danger"),
}


@pytest.mark.parametrize(("value", "credentials", "want", "why"), NULL.values(), ids=NULL)
def test_opaque_origins(value: str, credentials: Credentials, want: Cause | None, why: str) -> None:
    assert check([value], credentials, allow_credentials=["true"], origin="null") is want, why


# Two lines, in how each browser takes them (tests/corpus/mutations.jsonl.xz).
LINES: dict[str, tuple[list[str], Profile, Cause | None, str]] = {
    "empty second line, Chromium": ([ORIGIN, ""], CHROMIUM, Cause.MULTIPLE_ALLOW_ORIGIN, "joined"),
    "empty second line, WebKit": ([ORIGIN, ""], WEBKIT, Cause.MULTIPLE_ALLOW_ORIGIN, "joined"),
    "empty second line, Firefox": ([ORIGIN, ""], FIREFOX, Cause.MULTIPLE_ALLOW_ORIGIN, "counted"),
    "equal lines, Firefox": ([ORIGIN, ORIGIN], FIREFOX, Cause.MULTIPLE_ALLOW_ORIGIN, "counted"),
    "two stars, Firefox": (["*", "*"], FIREFOX, Cause.MULTIPLE_ALLOW_ORIGIN, "counted"),
    "one line, Firefox": ([ORIGIN], FIREFOX, PASSES, "one is fine"),
}


@pytest.mark.parametrize(("lines", "profile", "want", "why"), LINES.values(), ids=LINES)
def test_repeated_lines_in_browsers(lines: list[str], profile: Profile, want: Cause | None, why: str) -> None:
    assert check(lines, profile=profile) is want, why


@pytest.mark.parametrize("status", [200, 201, 204, 206, 304, 400, 401, 403, 404, 418, 500, 503, 599])
def test_the_status_plays_no_part(play: Play, status: int) -> None:
    allowed = play(RequestInit(URL), (status, {"Access-Control-Allow-Origin": "*"}))
    assert allowed.response.status == status
    assert allowed.outcome.readable
    assert play(RequestInit(URL), (status, {})).cause is Cause.MISSING_ALLOW_ORIGIN


def test_the_refusal_holds_what_was_received(play: Play) -> None:
    lines = [
        ("Access-Control-Allow-Origin", "http://a.test"),
        ("access-control-allow-origin", "http://b.test"),
    ]
    refusal = play(RequestInit(URL), (418, lines)).outcome.refusal
    assert refusal is not None
    assert refusal.lines == ("http://a.test", "http://b.test")
    assert refusal.parameter == "http://a.test, http://b.test"
    assert (refusal.status, refusal.origin, str(refusal.url)) == (418, ORIGIN, URL)


def test_a_sandboxed_frame_asks_as_null(play: Play) -> None:
    frame = page("http://client.test:8000/", sandboxed=True)
    played = play(RequestInit(URL), (200, {"Access-Control-Allow-Origin": "null"}), client=frame)
    assert played.header("origin") == "null"
    assert played.outcome.readable


def test_same_origin_requests_are_not_checked(play: Play) -> None:
    assert play(RequestInit("/api"), (200, {})).response.type == "basic"


def test_a_lone_character_above_latin_1_does_not_raise() -> None:
    failed = cors_check(
        origin=ORIGIN,
        credentials=SAME_ORIGIN,
        headers=HeaderList([("Access-Control-Allow-Origin", "\ud800")]),
        profile=STANDARD,
        trace=NO_TRACE,
    )
    assert failed is not None
