"""Cross-Origin-Resource-Policy, with and without an embedder policy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT, Profile
from corsage.model import Cause, EmbedderPolicy, RequestInit, page

if TYPE_CHECKING:
    from tests.browser.conftest import Play

CORP = "Cross-Origin-Resource-Policy"
ORIGIN_CAUSE, SITE_CAUSE, COEP_CAUSE = (
    Cause.CORP_NOT_SAME_ORIGIN,
    Cause.CORP_NOT_SAME_SITE,
    Cause.CORP_REQUIRED_BY_EMBEDDER,
)

# page, URL, header lines, cause
POLICIES: dict[str, tuple[str, str, list[str], Cause | None, str]] = {
    "absent": ("http://a.test/", "http://b.test/", [], None, "allowed"),
    "cross-origin": ("http://a.test/", "http://b.test/", ["cross-origin"], None, "allowed"),
    "same-origin": ("http://a.test/", "http://b.test/", ["same-origin"], ORIGIN_CAUSE, "another origin"),
    "same-origin within a site": (
        "http://a.test/",
        "http://x.a.test/",
        ["same-origin"],
        ORIGIN_CAUSE,
        "still",
    ),
    "same-site": ("http://a.test/", "http://b.test/", ["same-site"], SITE_CAUSE, "another site"),
    "same-site within a site": ("http://a.test/", "http://x.a.test/", ["same-site"], None, "one site"),
    "same-site, other port": ("http://a.test/", "http://a.test:81/", ["same-site"], None, "one site"),
    "same-site, secure to insecure": (
        "https://a.test/",
        "http://localhost/",
        ["same-site"],
        SITE_CAUSE,
        "hosts",
    ),
    "same-site, insecure page": (
        "http://a.test/",
        "https://x.a.test/",
        ["same-site"],
        SITE_CAUSE,
        "not secure",
    ),
    "same-site, secure page": ("https://a.test/", "https://x.a.test/", ["same-site"], None, "one site"),
    "same-site on github.io": (
        "https://a.github.io/",
        "https://b.github.io/",
        ["same-site"],
        SITE_CAUSE,
        "two",
    ),
    "upper case": ("http://a.test/", "http://b.test/", ["Same-Origin"], None, "case-sensitive, so no policy"),
    "unknown": ("http://a.test/", "http://b.test/", ["none"], None, "no policy"),
    "list": ("http://a.test/", "http://b.test/", ["same-origin, same-site"], None, "no policy"),
    "two lines": (
        "http://a.test/",
        "http://b.test/",
        ["same-origin", "same-origin"],
        None,
        "joined: no policy",
    ),
    "empty": ("http://a.test/", "http://b.test/", [""], None, "no policy"),
}


@pytest.mark.parametrize(("at", "url", "lines", "want", "why"), POLICIES.values(), ids=POLICIES)
def test_opaque_responses_are_checked(
    play: Play, at: str, url: str, lines: list[str], want: Cause | None, why: str
) -> None:
    played = play(RequestInit(url, mode="no-cors"), (200, [(CORP, line) for line in lines]), client=page(at))
    assert played.cause is want, why
    assert (played.trace.refusal is None) is (want is None)


def test_readable_responses_are_not(play: Play) -> None:
    answer = (200, {CORP: "same-origin", "Access-Control-Allow-Origin": "*"})
    assert play(RequestInit("http://b.test/"), answer).response.type == "cors"
    assert play(RequestInit("/x"), answer).response.type == "basic"


def test_a_redirect_response_is_checked_too(play: Play) -> None:
    answer = (302, {CORP: "same-origin", "Location": "http://c.test/"})
    played = play(RequestInit("http://b.test/", mode="no-cors"), answer)
    assert played.cause is ORIGIN_CAUSE
    assert len(played.sent) == 1


def test_an_opaque_origin_is_nobodys_site(play: Play) -> None:
    frame = page("http://a.test/", sandboxed=True)
    for value, cause in (("same-origin", ORIGIN_CAUSE), ("same-site", SITE_CAUSE), ("cross-origin", None)):
        assert (
            play(RequestInit("http://a.test/x", mode="no-cors"), (200, {CORP: value}), client=frame).cause
            is cause
        )


# Two ports of one address (the checklist, 1.1)
@pytest.mark.parametrize(
    ("profile", "blocked"), [(STANDARD, False), (CHROMIUM, True), (FIREFOX, False), (WEBKIT, False)]
)
def test_two_ports_of_an_address(play: Play, profile: Profile, *, blocked: bool) -> None:
    init = RequestInit("http://127.0.0.1:8200/", mode="no-cors")
    played = play(init, (200, {CORP: "same-site"}), client=page("http://127.0.0.1:8100/"), profile=profile)
    assert (played.cause is SITE_CAUSE) is blocked


# embedder policy, mode, credentials, header, cause
EMBEDDED: dict[str, tuple[EmbedderPolicy, str, str, dict[str, str], Cause | None]] = {
    "require-corp, absent": (EmbedderPolicy.REQUIRE_CORP, "no-cors", "include", {}, COEP_CAUSE),
    "require-corp, absent, omit": (EmbedderPolicy.REQUIRE_CORP, "no-cors", "omit", {}, COEP_CAUSE),
    "require-corp, unknown": (EmbedderPolicy.REQUIRE_CORP, "no-cors", "omit", {CORP: "x"}, COEP_CAUSE),
    "require-corp, cross-origin": (
        EmbedderPolicy.REQUIRE_CORP,
        "no-cors",
        "include",
        {CORP: "cross-origin"},
        None,
    ),
    "require-corp, same-origin": (
        EmbedderPolicy.REQUIRE_CORP,
        "no-cors",
        "include",
        {CORP: "same-origin"},
        ORIGIN_CAUSE,
    ),
    "require-corp, cors": (
        EmbedderPolicy.REQUIRE_CORP,
        "cors",
        "omit",
        {"Access-Control-Allow-Origin": "*"},
        None,
    ),
    "credentialless": (EmbedderPolicy.CREDENTIALLESS, "no-cors", "include", {}, None),
    "credentialless, omit": (EmbedderPolicy.CREDENTIALLESS, "no-cors", "omit", {}, None),
    "credentialless, same-origin": (
        EmbedderPolicy.CREDENTIALLESS,
        "no-cors",
        "include",
        {CORP: "same-origin"},
        ORIGIN_CAUSE,
    ),
    "unsafe-none": (EmbedderPolicy.UNSAFE_NONE, "no-cors", "include", {}, None),
}


@pytest.mark.parametrize(
    ("policy", "mode", "credentials", "headers", "want"), EMBEDDED.values(), ids=EMBEDDED
)
def test_embedder_policies(
    play: Play,
    policy: EmbedderPolicy,
    mode: str,
    credentials: str,
    headers: dict[str, str],
    want: Cause | None,
) -> None:
    client = replace(page("http://a.test/"), embedder_policy=policy)
    init = RequestInit("http://b.test/", mode=mode, credentials=credentials)
    assert play(init, (200, headers), client=client).cause is want


def test_a_same_origin_load_needs_no_header_under_require_corp(play: Play) -> None:
    client = replace(page("http://a.test/"), embedder_policy=EmbedderPolicy.REQUIRE_CORP)
    assert play(RequestInit("/x", mode="no-cors"), (200, {}), client=client).response.type == "basic"
