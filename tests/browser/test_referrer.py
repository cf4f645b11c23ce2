"""Referer: every policy against every kind of target."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT, Profile
from corsage.model import ReferrerPolicy, RequestInit, page

if TYPE_CHECKING:
    from tests.browser.conftest import Play

PAGE = "https://www.a.test/dir/page?q"
BARE = "https://www.a.test/"
HOME, SITE, FOREIGN, DOWN = (
    "https://www.a.test/x",
    "https://api.a.test/x",
    "https://b.test/x",
    "http://127.0.0.1/x",
)
STAR = {"Access-Control-Allow-Origin": "*"}
INSECURE = "http://b.test/x"

# policy, to: its own origin, its site, a foreign secure one (https://w3c.github.io/webappsec-referrer-policy/)
POLICIES: dict[str, tuple[str | None, str | None, str | None]] = {
    "": (PAGE, BARE, BARE),
    "no-referrer": (None, None, None),
    "no-referrer-when-downgrade": (PAGE, PAGE, PAGE),
    "same-origin": (PAGE, None, None),
    "origin": (BARE, BARE, BARE),
    "strict-origin": (BARE, BARE, BARE),
    "origin-when-cross-origin": (PAGE, BARE, BARE),
    "strict-origin-when-cross-origin": (PAGE, BARE, BARE),
    "unsafe-url": (PAGE, PAGE, PAGE),
}


@pytest.mark.parametrize(("policy", "want"), POLICIES.items())
def test_every_policy(play: Play, policy: str, want: tuple[str | None, ...]) -> None:
    client = page(PAGE + "#fragment")
    got = [
        play(RequestInit(url, referrer_policy=policy), (200, STAR), client=client).header("referer")
        for url in (HOME, SITE, FOREIGN)
    ]
    assert tuple(got) == want


# A secure frame in an insecure page: mixed content is not blocked there, so a downgrade can be seen.
DOWNGRADE = {
    "": None,
    "no-referrer": None,
    "no-referrer-when-downgrade": None,
    "same-origin": None,
    "origin": BARE,
    "strict-origin": None,
    "origin-when-cross-origin": BARE,
    "strict-origin-when-cross-origin": None,
    "unsafe-url": PAGE,
}


@pytest.mark.parametrize(("policy", "want"), DOWNGRADE.items())
def test_from_https_to_http(play: Play, policy: str, want: str | None) -> None:
    framed = replace(page(PAGE), top_level_origin=page("http://top.test/").origin)
    played = play(RequestInit(INSECURE, referrer_policy=policy), (200, STAR), client=framed)
    assert played.header("referer") == want


def test_this_machine_is_no_downgrade(play: Play) -> None:
    assert play(RequestInit(DOWN), (200, STAR), client=page(PAGE)).header("referer") == BARE


def test_the_documents_policy_applies_where_the_request_has_none(play: Play) -> None:
    client = replace(page(PAGE), referrer_policy=ReferrerPolicy.NO_REFERRER)
    assert play(RequestInit(HOME), (200, STAR), client=client).header("referer") is None
    own = RequestInit(HOME, referrer_policy="origin")
    assert play(own, (200, STAR), client=client).header("referer") == BARE


def test_userinfo_and_fragment_are_no_part_of_it(play: Play) -> None:
    client = page("https://user:secret@www.a.test/dir/page?q#f")
    assert play(RequestInit(HOME), (200, {}), client=client).header("referer") == PAGE


def test_the_preflight_carries_it_too(play: Play) -> None:
    played = play(
        RequestInit(FOREIGN, "PUT"), (200, STAR | {"Access-Control-Allow-Methods": "*"}), client=page(PAGE)
    )
    assert [request.headers.get("referer") for request in played.requests] == [BARE, BARE]


def test_once_trimmed_it_stays_trimmed(play: Play) -> None:
    home = (302, STAR | {"Location": FOREIGN})
    back = (302, STAR | {"Location": HOME})
    played = play(
        RequestInit("/first"),
        home,
        back,
        (200, STAR | {"Access-Control-Allow-Origin": "null"}),
        client=page(PAGE),
    )
    assert [request.headers.get("referer") for request in played.requests] == [PAGE, BARE, BARE]


# Policies laxer than the default, across sites: Firefox trims them.
@pytest.mark.parametrize("policy", ["unsafe-url", "no-referrer-when-downgrade"])
@pytest.mark.parametrize(
    ("profile", "want"), [(STANDARD, PAGE), (CHROMIUM, PAGE), (WEBKIT, PAGE), (FIREFOX, BARE)]
)
def test_firefox_trims_relaxed_policies_across_sites(
    play: Play, policy: str, profile: Profile, want: str
) -> None:
    client = page(PAGE)
    foreign = play(RequestInit(FOREIGN, referrer_policy=policy), (200, STAR), client=client, profile=profile)
    assert foreign.header("referer") == want
    near = play(RequestInit(SITE, referrer_policy=policy), (200, STAR), client=client, profile=profile)
    assert near.header("referer") == PAGE, "not within a site"


# A sandboxed frame (family opaque-origin).
@pytest.mark.parametrize(
    ("profile", "want"), [(STANDARD, None), (CHROMIUM, None), (FIREFOX, None), (WEBKIT, BARE)]
)
def test_a_sandboxed_frame_has_no_referrer_but_in_webkit(
    play: Play, profile: Profile, want: str | None
) -> None:
    frame = page(PAGE, sandboxed=True)
    played = play(RequestInit(FOREIGN), (200, STAR), client=frame, profile=profile)
    assert played.header("referer") == want


def test_a_file_has_no_referrer(play: Play) -> None:
    assert play(RequestInit(FOREIGN), (200, STAR), client=page("file:///x")).header("referer") is None
