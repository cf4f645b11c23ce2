"""When a request carries `Origin`, and what it says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT, Profile
from corsage.model import RequestInit, page

if TYPE_CHECKING:
    from tests.browser.conftest import Answer, Play

ORIGIN = "http://client.test:8000"
URL = "http://api.test/x"
STAR = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "*"}

# method, URL, mode, Origin (append a request `Origin` header)
SENT: dict[str, tuple[str, str, str, str | None, str]] = {
    "foreign GET": ("GET", URL, "cors", ORIGIN, "always under the CORS protocol"),
    "foreign HEAD": ("HEAD", URL, "cors", ORIGIN, "always under the CORS protocol"),
    "foreign POST": ("POST", URL, "cors", ORIGIN, "always under the CORS protocol"),
    "own GET": ("GET", "/x", "cors", None, "nothing to protect"),
    "own HEAD": ("HEAD", "/x", "cors", None, "nothing to protect"),
    "own POST": ("POST", "/x", "cors", ORIGIN, "other methods carry it"),
    "own PUT": ("PUT", "/x", "cors", ORIGIN, "other methods carry it"),
    "own POST, same-origin": ("POST", "/x", "same-origin", ORIGIN, "other methods carry it"),
    "no-cors GET": ("GET", URL, "no-cors", None, "nothing to protect"),
    "no-cors POST": ("POST", URL, "no-cors", ORIGIN, "other methods carry it"),
}


@pytest.mark.parametrize(("method", "url", "mode", "want", "why"), SENT.values(), ids=SENT)
@pytest.mark.parametrize("profile", [STANDARD, CHROMIUM, FIREFOX, WEBKIT], ids=lambda profile: profile.name)
def test_which_requests_carry_it(
    play: Play, method: str, url: str, mode: str, want: str | None, why: str, profile: Profile
) -> None:
    played = play(RequestInit(url, method, mode=mode), (200, STAR), profile=profile)
    assert played.header("origin") == want, why


# Outside mode cors the referrer policy may hide it: policy, page, URL, Origin
HIDDEN: dict[str, tuple[str, str, str, str]] = {
    "no-referrer": ("no-referrer", "http://p.test/", URL, "null"),
    "no-referrer at home": ("no-referrer", "http://p.test/", "http://p.test/x", "null"),
    "same-origin, foreign": ("same-origin", "http://p.test/", URL, "null"),
    "same-origin at home": ("same-origin", "http://p.test/", "http://p.test/x", "http://p.test"),
    "strict-origin, no downgrade": ("strict-origin", "http://p.test/", URL, "http://p.test"),
    "strict-origin, both secure": ("strict-origin", "https://p.test/", "https://api.test/", "https://p.test"),
    "origin": ("origin", "http://p.test/", URL, "http://p.test"),
    "unsafe-url": ("unsafe-url", "http://p.test/", URL, "http://p.test"),
    "strict-origin, downgrade": ("strict-origin", "https://p.test/", "http://127.0.0.1/", "null"),
    "no-referrer-when-downgrade": (
        "no-referrer-when-downgrade",
        "https://p.test/",
        "http://127.0.0.1/",
        "null",
    ),
    "the default, downgrade": ("", "https://p.test/", "http://127.0.0.1/", "null"),
    "origin, downgrade": ("origin", "https://p.test/", "http://127.0.0.1/", "https://p.test"),
}


@pytest.mark.parametrize(("policy", "at", "url", "want"), HIDDEN.values(), ids=HIDDEN)
def test_the_referrer_policy_may_hide_it_outside_mode_cors(
    play: Play, policy: str, at: str, url: str, want: str
) -> None:
    init = RequestInit(url, "POST", mode="no-cors", referrer_policy=policy)
    assert play(init, (200, {}), client=page(at)).header("origin") == want


def test_in_mode_cors_the_referrer_policy_plays_no_part(play: Play) -> None:
    for url in (URL, "/x"):
        init = RequestInit(url, "POST", referrer_policy="no-referrer")
        assert play(init, (200, STAR)).header("origin") == ORIGIN


def test_chromium_hides_nothing_for_no_referrer(play: Play) -> None:
    init = RequestInit(URL, "POST", mode="no-cors", referrer_policy="no-referrer")
    assert play(init, (200, {}), profile=CHROMIUM).header("origin") == ORIGIN
    assert play(init, (200, {}), profile=FIREFOX).header("origin") == "null"


def test_opaque_origins_say_null(play: Play) -> None:
    frame = page("http://client.test:8000/", sandboxed=True)
    for mode in ("cors", "no-cors"):
        assert play(RequestInit(URL, "POST", mode=mode), (200, STAR), client=frame).header("origin") == "null"
    assert play(RequestInit(URL, mode="no-cors"), (200, {}), client=frame).header("origin") is None


def test_a_page_in_a_frame_says_its_own_origin(play: Play) -> None:
    framed = replace(page("http://p.test/"), top_level_origin=page("http://top.test/").origin)
    assert play(RequestInit(URL), (200, STAR), client=framed).header("origin") == "http://p.test"


# no-cors POST, home to foreign and foreign to foreign (family origin-header)
def test_no_cors_posts_after_redirects(play: Play) -> None:
    two = (307, {"Location": "http://b.test/"})
    abroad = RequestInit(URL, "POST", mode="no-cors")
    for profile in (STANDARD, CHROMIUM, FIREFOX, WEBKIT):
        assert play(abroad, two, (200, {}), profile=profile).header("origin") == "null", profile.name
    home = RequestInit("/x", "POST", mode="no-cors")
    assert play(home, two, (200, {})).header("origin") == ORIGIN
    assert play(home, two, (200, {}), profile=CHROMIUM).header("origin") == "null"


def test_webkit_keeps_it_on_a_post_that_became_a_get(play: Play) -> None:
    answers: tuple[Answer, ...] = ((302, {"Location": "/y"}), (200, {}))
    init = RequestInit("/x", "POST")
    assert play(init, *answers).header("origin") is None
    assert play(init, *answers, profile=WEBKIT).header("origin") == ORIGIN
