"""Mixed content: what a secure page may load."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, FIREFOX, PROFILES, STANDARD, WEBKIT, Profile
from corsage.model import Cause, ElementInit, Initiator, RequestInit, page

if TYPE_CHECKING:
    from tests.browser.conftest import Play

SECURE = page("https://client.test/")
STAR = {"Access-Control-Allow-Origin": "*"}
By = Initiator

# URL, whether it is blocked for fetch()
TARGETS = {
    "https": ("https://a.test/", False, "secure"),
    "http": ("http://a.test/", True, "insecure"),
    "own host over http": ("http://client.test/", True, "insecure"),
    "127.0.0.1": ("http://127.0.0.1:9000/", False, "potentially trustworthy"),
    "127.1.2.3": ("http://127.1.2.3/", False, "potentially trustworthy"),
    "::1": ("http://[::1]/", False, "potentially trustworthy"),
    "localhost": ("http://localhost:9000/", False, "potentially trustworthy"),
    "under localhost": ("http://x.localhost/", False, "potentially trustworthy"),
    "private address": ("http://192.168.0.1/", True, "insecure without a target address space"),
    "data": ("data:,x", False, "not loaded over a network"),
}


@pytest.mark.parametrize(("url", "blocked", "why"), TARGETS.values(), ids=TARGETS)
@pytest.mark.parametrize("mode", ["cors", "no-cors"])
def test_what_a_secure_page_may_fetch(play: Play, url: str, *, blocked: bool, why: str, mode: str) -> None:
    played = play(RequestInit(url, mode=mode), (200, STAR), client=SECURE)
    assert (played.cause is Cause.MIXED_CONTENT) is blocked, why
    if blocked:
        assert played.sent == []
        assert not Cause.MIXED_CONTENT.is_cors


@pytest.mark.parametrize("at", ["http://client.test/", "http://localhost/", "file:///x"])
def test_an_insecure_page_may_load_anything(play: Play, at: str) -> None:
    assert play(RequestInit("http://a.test/"), (200, STAR), client=page(at)).outcome.readable


def test_the_page_around_a_frame_decides(play: Play) -> None:
    frame = page("https://client.test/", sandboxed=True)
    assert play(RequestInit("http://a.test/"), client=frame).cause is Cause.MIXED_CONTENT


def test_it_is_blocked_before_any_preflight(play: Play) -> None:
    played = play(RequestInit("http://a.test/", "PUT"), client=SECURE)
    assert (played.cause, played.sent) == (Cause.MIXED_CONTENT, [])


# Plain images, audio and video are upgraded; with crossorigin they are blocked.
ELEMENTS = {
    "image": (By.IMAGE, None, "https://a.test/x"),
    "audio": (By.AUDIO, None, "https://a.test/x"),
    "video": (By.VIDEO, None, "https://a.test/x"),
    "image with crossorigin": (By.IMAGE, "", None),
    "video with crossorigin": (By.VIDEO, "use-credentials", None),
    "script": (By.SCRIPT, None, None),
    "style sheet": (By.STYLESHEET, None, None),
    "font": (By.FONT, None, None),
    "EventSource": (By.EVENTSOURCE, None, None),
}


@pytest.mark.parametrize(("initiator", "crossorigin", "upgraded"), ELEMENTS.values(), ids=ELEMENTS)
def test_elements_of_a_secure_page(
    play: Play, initiator: Initiator, crossorigin: str | None, upgraded: str | None
) -> None:
    played = play(ElementInit(initiator, "http://a.test/x", crossorigin), (200, {}), client=SECURE)
    if upgraded is None:
        assert (played.cause, played.sent) == (Cause.MIXED_CONTENT, [])
    else:
        assert played.sent == [f"GET {upgraded}"]
        assert played.outcome.warnings == ("MixedContentUpgraded",)


def test_addresses_are_not_upgraded_but_blocked(play: Play) -> None:
    played = play(ElementInit(By.IMAGE, "http://192.168.0.1/x"), client=SECURE)
    assert (played.cause, played.sent) == (Cause.MIXED_CONTENT, [])


def test_this_machine_is_loaded_as_it_is(play: Play) -> None:
    played = play(ElementInit(By.IMAGE, "http://127.0.0.1/x"), (200, {}), client=SECURE)
    assert played.sent == ["GET http://127.0.0.1/x"]


def test_an_upgraded_url_keeps_its_explicit_port(play: Play) -> None:
    played = play(ElementInit(By.IMAGE, "http://a.test:8080/x"), (200, {}), client=SECURE)
    assert played.sent == ["GET https://a.test:8080/x"]


def test_a_target_address_space_lifts_the_block(play: Play) -> None:
    for space, cause in (("local", None), ("loopback", None), ("public", Cause.MIXED_CONTENT)):
        init = RequestInit("http://a.test/", target_address_space=space)
        assert play(init, (200, STAR), client=SECURE).cause is cause, space


def test_a_redirect_into_it_is_blocked_after_the_first_hop(play: Play) -> None:
    for profile in PROFILES.values():
        played = play(
            RequestInit("https://a.test/"),
            (302, STAR | {"Location": "http://a.test/"}),
            client=SECURE,
            profile=profile,
        )
        assert played.cause is Cause.MIXED_CONTENT, profile.name
        assert len(played.sent) == 1


# http://127.0.0.1 and http://localhost from a secure page (family https-client)
@pytest.mark.parametrize(
    ("profile", "blocked"), [(STANDARD, False), (CHROMIUM, False), (FIREFOX, False), (WEBKIT, True)]
)
@pytest.mark.parametrize("url", ["http://127.0.0.1:9000/", "http://localhost:9000/"])
def test_webkit_blocks_this_machine(play: Play, profile: Profile, *, blocked: bool, url: str) -> None:
    played = play(RequestInit(url), (200, STAR), client=SECURE, profile=profile)
    assert (played.cause is Cause.MIXED_CONTENT) is blocked
