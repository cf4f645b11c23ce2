"""What of a response the page can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.browser import PROFILES, Profile
from corsage.model import ElementInit, HeaderList, Initiator, RequestInit, WireResponse

if TYPE_CHECKING:
    from tests.browser.conftest import Play

URL = "http://api.test/x"
ORIGIN = "http://client.test:8000"
SAFE = [
    ("Cache-Control", "no-store"),
    ("Content-Language", "de"),
    ("Content-Length", "5"),
    ("Content-Type", "text/plain"),
    ("Expires", "0"),
    ("Last-Modified", "now"),
    ("Pragma", "x"),
]
MORE = [
    ("X-A", "1"),
    ("x-a", "2"),
    ("X-B", "3"),
    ("Authorization", "4"),
    ("Set-Cookie", "a=b"),
    ("Set-Cookie2", "c=d"),
    ("Access-Control-Allow-Origin", ORIGIN),
    ("Access-Control-Allow-Credentials", "true"),
]
SAFE_NAMES = sorted(name.lower() for name, _ in SAFE)

# Access-Control-Expose-Headers lines; what is added to the safelisted names without credentials, and with
EXPOSED: dict[str, tuple[list[str], list[str], list[str], str]] = {
    "absent": ([], [], [], "the safelist alone"),
    "empty": ([""], [], [], "nothing is listed"),
    "one": (["X-A"], ["x-a"], ["x-a"], "listed"),
    "other case": (["x-A"], ["x-a"], ["x-a"], "names compare without case"),
    "two": (["x-a, x-b"], ["x-a", "x-b"], ["x-a", "x-b"], "listed"),
    "two lines": (["x-a", "x-b"], ["x-a", "x-b"], ["x-a", "x-b"], "lines add up"),
    "empty members": ([",x-a,, ,x-b,"], ["x-a", "x-b"], ["x-a", "x-b"], "skipped"),
    "absent header": (["x-c"], [], [], "there is no such header"),
    "safelisted one": (["content-type"], [], [], "it was readable before"),
    "bad member": (["x-a, @"], [], [], "a list that does not parse exposes nothing"),
    "bad line": (["x-a", "x b"], [], [], "one bad line spoils all"),
    "quoted": (['"x-a"'], [], [], "no token"),
    "set-cookie": (["set-cookie, set-cookie2, x-a"], ["x-a"], ["x-a"], "never readable"),
    "wildcard": (
        ["*"],
        [
            "access-control-allow-credentials",
            "access-control-allow-origin",
            "access-control-expose-headers",
            "authorization",
            "x-a",
            "x-b",
        ],
        [],
        "everything but Set-Cookie; with credentials it is a name",
    ),
    "wildcard and a name": (
        ["x-a, *"],
        [
            "access-control-allow-credentials",
            "access-control-allow-origin",
            "access-control-expose-headers",
            "authorization",
            "x-a",
            "x-b",
        ],
        ["x-a"],
        "the name counts by itself",
    ),
}


@pytest.mark.parametrize(("lines", "without", "included", "why"), EXPOSED.values(), ids=EXPOSED)
@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_exposed_headers(
    play: Play, lines: list[str], without: list[str], included: list[str], why: str, profile: Profile
) -> None:
    answer = (200, SAFE + MORE + [("Access-Control-Expose-Headers", line) for line in lines])
    for credentials, extra in (("omit", without), ("same-origin", without), ("include", included)):
        response = play(RequestInit(URL, credentials=credentials), answer, profile=profile).response
        assert [name for name, _ in response.headers] == sorted(SAFE_NAMES + extra), (why, credentials)
        hidden = {name.lower() for name, _ in answer[1]} - set(SAFE_NAMES) - set(extra)
        assert set(response.hidden_headers) == hidden


def test_readable_headers_are_sorted_and_combined(play: Play) -> None:
    answer = (200, [("X-B", "1"), ("x-a", "2"), ("X-b", "3"), ("Access-Control-Expose-Headers", "x-a,x-b")])
    response = play(RequestInit(URL), (200, [*answer[1], ("Access-Control-Allow-Origin", "*")])).response
    assert response.headers == (("x-a", "2"), ("x-b", "1, 3"))


def test_a_basic_response_hides_cookies_alone(play: Play) -> None:
    response = play(RequestInit("/x"), (201, SAFE + MORE)).response
    assert response.type == "basic"
    assert {name for name, _ in response.headers} == {
        name.lower() for name, _ in SAFE + MORE if not name.startswith("Set-")
    }
    assert set(response.hidden_headers) == {"set-cookie", "set-cookie2"}
    assert (response.status, response.body) == (201, b"hello")
    assert (response.url, response.redirected) == ("http://client.test:8000/x", False)


def test_an_opaque_response_shows_nothing(play: Play) -> None:
    played = play(RequestInit(URL, mode="no-cors"), (404, SAFE + MORE))
    response = played.response
    assert (response.type, response.status, response.url) == ("opaque", 0, "")
    assert (response.headers, response.body, response.redirected) == ((), None, False)
    assert response.internal.status == 404, "it is there, behind the curtain"
    assert str(response.final_url) == URL
    assert not played.outcome.readable


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_manual_redirect_shows_its_own_url_alone(play: Play, status: int) -> None:
    answer = (status, [("Location", "/y"), ("Access-Control-Allow-Origin", "*")])
    played = play(RequestInit(URL + "?q#f", redirect="manual"), answer)
    response = played.response
    assert (response.type, response.status, response.url) == ("opaqueredirect", 0, URL + "?q")
    assert (response.headers, response.body, response.redirected) == ((), None, False)
    assert not played.outcome.readable
    assert len(played.sent) == 1


def test_a_manual_redirect_needs_no_location(play: Play) -> None:
    response = play(RequestInit("/x", redirect="manual"), (302, {})).response
    assert response.type == "opaqueredirect"


@pytest.mark.parametrize("status", [300, 304, 305, 306])
def test_other_3xx_are_no_redirects(play: Play, status: int) -> None:
    answer = (status, {"Location": "/y", "Access-Control-Allow-Origin": "*"})
    assert play(RequestInit(URL, redirect="manual"), answer).response.status == status


@pytest.mark.parametrize(("status", "body"), [(200, b"hello"), (101, None), (103, None), (204, None)])
def test_null_body_statuses(play: Play, status: int, body: bytes | None) -> None:
    assert play(RequestInit("/x"), (status, {})).response.body == body


@pytest.mark.parametrize("status", [205, 304])
def test_more_null_body_statuses(play: Play, status: int) -> None:
    assert play(RequestInit("/x"), (status, {})).response.body is None


def test_head_has_no_body(play: Play) -> None:
    assert play(RequestInit("/x", "HEAD"), (200, {})).response.body is None


def test_the_url_of_a_response_has_no_fragment(play: Play) -> None:
    assert play(RequestInit("/x?q#f"), (200, {})).response.url == "http://client.test:8000/x?q"


# Main fetch, step 21: opaque partial content that nobody asked for.
PARTIAL = [("Content-Range", "bytes 0-4/10"), ("Content-Type", "video/mp4")]


@pytest.mark.parametrize("status", [206, 416])
def test_an_opaque_range_that_was_not_asked_for_is_refused(play: Play, status: int) -> None:
    video = ElementInit(Initiator.VIDEO, URL)
    assert play(video, (status, PARTIAL)).cause == "UnrequestedRangeResponse"
    assert play(video, (200, PARTIAL)).response.type == "opaque"


def test_a_readable_range_may_come_unasked(play: Play) -> None:
    answer = WireResponse(206, HeaderList([*PARTIAL, ("Access-Control-Allow-Origin", "*")]), b"hello")
    assert play(RequestInit(URL), answer).response.status == 206
