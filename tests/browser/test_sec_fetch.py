"""Fetch metadata: Sec-Fetch-Site, -Mode and -Dest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.browser.sec_fetch import destination
from corsage.model import ElementInit, Initiator, RequestInit, page

if TYPE_CHECKING:
    from tests.browser.conftest import Play

PAGE = page("https://www.a.test/")
STAR = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "*"}
P, SITE, FOREIGN = "https://www.a.test", "https://api.a.test", "https://b.test"

# hops, Sec-Fetch-Site of the last one (https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header)
CHAINS: dict[str, tuple[list[str], str]] = {
    "own origin": ([P], "same-origin"),
    "own site": ([SITE], "same-site"),
    "other port": ([P + ":444"], "same-site"),
    "foreign": ([FOREIGN], "cross-site"),
    "home, then site": ([P, SITE], "same-site"),
    "site, then home": ([SITE, P], "same-site"),
    "foreign, then home": ([FOREIGN, P], "cross-site"),
    "home, foreign, home": ([P, FOREIGN, P], "cross-site"),
    "site, then foreign": ([SITE, FOREIGN], "cross-site"),
}


@pytest.mark.parametrize(("hops", "want"), CHAINS.values(), ids=CHAINS)
def test_the_whole_chain_counts(play: Play, hops: list[str], want: str) -> None:
    redirects = [(302, STAR | {"Location": hop}) for hop in hops[1:]]
    played = play(RequestInit(hops[0]), *redirects, (200, STAR), client=PAGE)
    assert played.header("sec-fetch-site") == want


def test_an_opaque_page_is_cross_site_everywhere(play: Play) -> None:
    frame = page("https://www.a.test/", sandboxed=True)
    assert play(RequestInit(P), (200, STAR), client=frame).header("sec-fetch-site") == "cross-site"


@pytest.mark.parametrize("url", ["https://a.test/", "http://localhost/", "http://127.0.0.1/"])
def test_trustworthy_urls_get_them(play: Play, url: str) -> None:
    played = play(RequestInit(url), (200, STAR), client=page("http://p.test/"))
    assert played.header("sec-fetch-mode") == "cors"
    assert played.header("sec-fetch-dest") == "empty"


def test_other_urls_do_not(play: Play) -> None:
    played = play(RequestInit("http://a.test/"), (200, STAR), client=page("http://p.test/"))
    assert [name for name, _ in played.requests[0].headers if name.lower().startswith("sec-")] == []


@pytest.mark.parametrize("mode", ["cors", "no-cors", "same-origin"])
def test_the_mode_is_the_requests(play: Play, mode: str) -> None:
    played = play(RequestInit(P, mode=mode), (200, STAR), client=PAGE)
    assert played.header("sec-fetch-mode") == mode


def test_a_preflight_has_mode_cors_and_the_destination_of_its_request(play: Play) -> None:
    played = play(RequestInit(FOREIGN, "PUT"), (200, STAR), client=PAGE)
    assert [(r.headers.get("sec-fetch-mode"), r.headers.get("sec-fetch-dest")) for r in played.requests] == [
        ("cors", "empty"),
        ("cors", "empty"),
    ]


DESTINATIONS = {
    Initiator.FETCH: "",
    Initiator.XHR: "",
    Initiator.BEACON: "",
    Initiator.EVENTSOURCE: "",
    Initiator.SCRIPT: "script",
    Initiator.MODULE: "script",
    Initiator.STYLESHEET: "style",
    Initiator.IMAGE: "image",
    Initiator.FONT: "font",
    Initiator.AUDIO: "audio",
    Initiator.VIDEO: "video",
    Initiator.TRACK: "track",
    Initiator.MANIFEST: "manifest",
    Initiator.NAVIGATION: "document",
}


@pytest.mark.parametrize(("initiator", "want"), DESTINATIONS.items())
def test_destinations(initiator: Initiator, want: str) -> None:
    assert destination(initiator) == want


def test_an_element_says_what_it_loads(play: Play) -> None:
    played = play(ElementInit(Initiator.IMAGE, FOREIGN), (200, {}), client=PAGE)
    assert (played.header("sec-fetch-dest"), played.header("sec-fetch-mode")) == ("image", "no-cors")
