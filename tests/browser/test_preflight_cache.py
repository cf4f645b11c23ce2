"""The preflight cache: what is kept, for how long, for whom. The clock is an argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT, PreflightCache, Profile
from corsage.browser.preflight_cache import max_age
from corsage.model import Body, BodyKind, Cause, RequestInit, XhrInit, page

if TYPE_CHECKING:
    from tests.browser.conftest import Play

URL = "http://api.test/x"
ORIGIN = "http://client.test:8000"
ALL = (STANDARD, CHROMIUM, FIREFOX, WEBKIT)
ALLOW = {
    "Access-Control-Allow-Origin": ORIGIN,
    "Access-Control-Allow-Credentials": "true",
    "Access-Control-Allow-Methods": "PUT, DELETE",
    "Access-Control-Allow-Headers": "x-a",
}
PUT = RequestInit(URL, "PUT")
X_A = (("X-A", "1"),)
INCLUDE = RequestInit(URL, "PUT", credentials="include")


def hit(
    play: Play,
    first: RequestInit | XhrInit,
    second: RequestInit | XhrInit,
    headers: dict[str, str] | None = None,
    *,
    profile: Profile = STANDARD,
    after: float = 1.0,
) -> bool:
    """Tell whether *second* goes without a preflight *after* seconds."""
    cache = PreflightCache()
    answer = (200, ALLOW | (headers or {}))
    assert "OPTIONS" in play(first, answer, profile=profile, cache=cache, now=100.0).methods
    again = play(second, answer, profile=profile, cache=cache, now=100.0 + after)
    assert again.outcome.readable
    return "OPTIONS" not in again.methods


# Access-Control-Max-Age lines; seconds that the standard, Chromium, Firefox and WebKit keep the answer,
# caps aside. None: not at all. (family preflight-cache; the checklist, 1.8)
AGES: dict[str, tuple[list[str], tuple[int | None, int | None, int | None, int | None]]] = {
    "absent": ([], (5, 5, 5, 5)),
    "empty": ([""], (5, 5, 5, 5)),
    "60": (["60"], (60, 60, 60, 60)),
    "0600": (["0600"], (600, 600, 600, 600)),
    "0": (["0"], (0, None, None, None)),
    "-1": (["-1"], (5, None, None, None)),
    "-0": (["-0"], (5, None, None, None)),
    "+60": (["+60"], (5, 60, None, 60)),
    "word": (["abc"], (5, 5, None, 5)),
    "unit": (["600s"], (5, 5, None, 5)),
    "fraction": (["5.5"], (5, 5, None, 5)),
    "list": (["2, 600"], (5, 5, None, 5)),
    "two lines": (["2", "600"], (5, 5, None, 5)),
    "two lines, one empty": (["60", ""], (5, 60, 60, 60)),
    "trailing comma": (["600,"], (5, 5, None, 5)),
    "no-break space": (["600\xa0"], (5, 5, None, 5)),
}


@pytest.mark.parametrize(("lines", "want"), AGES.values(), ids=AGES)
def test_how_max_age_is_read(lines: list[str], want: tuple[int | None, ...]) -> None:
    assert tuple(max_age(lines, profile) for profile in ALL) == want


# What https://fetch.spec.whatwg.org/#concept-cache-max-age leaves open: the longest time of each.
CAPS = ((STANDARD, 2**31), (CHROMIUM, 7200), (FIREFOX, 86400), (WEBKIT, 600))


@pytest.mark.parametrize(("profile", "cap"), CAPS, ids=lambda value: getattr(value, "name", value))
@pytest.mark.parametrize("text", ["4294967296", "99999999999999999999", "9" * 5000])
def test_how_long_an_answer_is_kept_at_most(profile: Profile, cap: int, text: str) -> None:
    assert max_age([text], profile) == cap


@pytest.mark.parametrize(("profile", "cap"), CAPS[1:], ids=lambda value: getattr(value, "name", value))
def test_the_cap_ends_an_entry(play: Play, profile: Profile, cap: int) -> None:
    headers = {"Access-Control-Max-Age": "99999999"}
    assert hit(play, PUT, PUT, headers, profile=profile, after=cap - 1)
    assert not hit(play, PUT, PUT, headers, profile=profile, after=cap)


# Access-Control-Max-Age, seconds later, whether the answer still holds
TIMES = {
    "at once": (None, 0.0, True, "5 seconds are the default"),
    "after 4.9 s": (None, 4.9, True, "5 seconds are the default"),
    "after 5 s": (None, 5.0, False, "5 seconds are the default"),
    "kept for 0 s": ("0", 0.0, False, "zero is not kept at all"),
    "kept for 60 s": ("60", 59.9, True, "not yet over"),
    "over": ("60", 60.0, False, "over"),
    "no number": ("abc", 4.0, True, "failure counts as absent"),
    "no number, over": ("abc", 5.0, False, "failure counts as absent"),
}


@pytest.mark.parametrize(("age", "after", "want", "why"), TIMES.values(), ids=TIMES)
def test_an_answer_holds_for_its_time(
    play: Play, age: str | None, after: float, *, want: bool, why: str
) -> None:
    headers = {} if age is None else {"Access-Control-Max-Age": age}
    assert hit(play, PUT, PUT, headers, after=after) is want, why


# first request, second request, more headers of the answer; hit in the standard, Chromium, Firefox, WebKit
DELETE = RequestInit(URL, "DELETE")
STAR_M, STAR_H = {"Access-Control-Allow-Methods": "*"}, {"Access-Control-Allow-Headers": "*"}
Second = tuple[RequestInit | XhrInit, RequestInit | XhrInit, dict[str, str], tuple[bool, bool, bool, bool]]
SECONDS: dict[str, Second] = {
    "the same": (PUT, PUT, {}, (True,) * 4),
    "another listed method": (PUT, DELETE, {}, (True,) * 4),
    "with a listed header": (PUT, RequestInit(URL, "PUT", X_A), {}, (True,) * 4),
    "same, with credentials": (INCLUDE, INCLUDE, {}, (True,) * 4),
    "first with, then without": (INCLUDE, PUT, {}, (True, True, False, True)),
    "first without, then with": (PUT, INCLUDE, {}, (False,) * 4),
    "wildcard of methods": (PUT, DELETE, STAR_M, (True, True, False, True)),
    "wildcard of headers": (
        RequestInit(URL, headers=X_A),
        RequestInit(URL, headers=(("X-B", "1"),)),
        STAR_H,
        (True, True, False, True),
    ),
    "HEAD and a header": (
        RequestInit(URL, "HEAD", X_A),
        RequestInit(URL, "HEAD", X_A),
        {"Access-Control-Allow-Methods": ""},
        (True, True, False, True),
    ),
    "GET and a header": (RequestInit(URL, headers=X_A), RequestInit(URL, headers=X_A), {}, (True,) * 4),
    "another URL": (PUT, RequestInit(URL + "y", "PUT"), {}, (False,) * 4),
    "another query": (PUT, RequestInit(URL + "?q", "PUT"), {}, (False,) * 4),
    "cache mode no-store": (PUT, RequestInit(URL, "PUT", cache="no-store"), {}, (True, False, False, True)),
    "cache mode reload": (PUT, RequestInit(URL, "PUT", cache="reload"), {}, (True, False, False, True)),
    "XHR after fetch": (PUT, XhrInit(URL, "PUT"), {}, (True,) * 4),
}


@pytest.mark.parametrize(("first", "second", "headers", "want"), SECONDS.values(), ids=SECONDS)
def test_what_an_answer_covers(
    play: Play,
    first: RequestInit | XhrInit,
    second: RequestInit | XhrInit,
    headers: dict[str, str],
    want: tuple[bool, bool, bool, bool],
) -> None:
    got = tuple(hit(play, first, second, headers, profile=profile) for profile in ALL)
    assert got == want


def test_the_wildcard_does_not_cover_authorization_from_the_cache(play: Play) -> None:
    first = RequestInit(URL, headers=X_A)
    second = RequestInit(URL, headers=(("Authorization", "x"),))
    headers = {"Access-Control-Allow-Headers": "*, authorization-x"}
    cache = PreflightCache()
    play(first, (200, ALLOW | headers), cache=cache)
    assert play(second, (200, ALLOW | headers), cache=cache).methods == ["OPTIONS"]


def test_another_page_origin_has_entries_of_its_own(play: Play) -> None:
    cache = PreflightCache()
    answer = (200, ALLOW | {"Access-Control-Allow-Origin": "*"})
    play(PUT, answer, cache=cache)
    played = play(PUT, answer, cache=cache, client=page("http://client.test:8001/"))
    assert played.methods == ["OPTIONS", "PUT"]


def test_a_preflight_that_fails_is_not_kept(play: Play) -> None:
    cache = PreflightCache()
    assert play(PUT, (200, {}), cache=cache).cause is Cause.PREFLIGHT_MISSING_ALLOW_ORIGIN
    assert len(cache) == 0


def test_an_expired_entry_is_removed(play: Play) -> None:
    cache = PreflightCache()
    play(PUT, (200, ALLOW), cache=cache, now=0.0)
    assert len(cache) == 3, "one entry for each method and each header name"
    play(PUT, (200, ALLOW | {"Access-Control-Max-Age": "0"}), cache=cache, now=60.0)
    assert play(PUT, (200, ALLOW), cache=cache, now=60.0).methods == ["OPTIONS", "PUT"]
    assert len(cache) == 3


def test_an_age_of_zero_ends_what_was_kept(play: Play) -> None:
    cache = PreflightCache()
    play(PUT, (200, ALLOW | {"Access-Control-Max-Age": "600"}), cache=cache, now=0.0)
    other = RequestInit(URL, "PUT", (("X-Z", "1"),))
    again = ALLOW | {"Access-Control-Allow-Headers": "x-z", "Access-Control-Max-Age": "0"}
    assert play(other, (200, again), cache=cache, now=1.0).methods == ["OPTIONS", "PUT"]
    assert play(PUT, (200, ALLOW), cache=cache, now=2.0).methods == ["OPTIONS", "PUT"], "PUT was listed again"


def test_a_new_answer_renews_the_time_of_an_entry(play: Play) -> None:
    cache = PreflightCache()
    both = RequestInit(URL, "PUT", X_A)
    answer = {name: value for name, value in ALLOW.items() if name != "Access-Control-Allow-Headers"}
    play(PUT, (200, answer), cache=cache, now=0.0)
    assert play(both, (200, ALLOW), cache=cache, now=4.0).methods == ["OPTIONS", "PUT"], (
        "x-a is not known yet"
    )
    assert play(PUT, (200, ALLOW), cache=cache, now=8.0).methods == ["PUT"], "counted from the second answer"


@pytest.mark.parametrize(("profile", "cleared"), [(STANDARD, True), (CHROMIUM, False), (WEBKIT, False)])
def test_a_failure_of_the_actual_request_clears_what_was_kept(
    play: Play, profile: Profile, *, cleared: bool
) -> None:
    cache = PreflightCache()
    assert (
        play(PUT, (200, ALLOW), (200, {}), cache=cache, profile=profile).cause is Cause.MISSING_ALLOW_ORIGIN
    )
    methods = play(PUT, (200, ALLOW), cache=cache, profile=profile).methods
    assert methods == (["OPTIONS", "PUT"] if cleared else ["PUT"])


def test_only_the_url_that_failed_is_cleared(play: Play) -> None:
    cache = PreflightCache()
    other = RequestInit(URL + "/other", "PUT")
    play(other, (200, ALLOW), cache=cache)
    play(PUT, (200, ALLOW), (200, {}), cache=cache)
    assert play(other, (200, ALLOW), cache=cache).methods == ["PUT"]


def test_a_forced_preflight_is_kept_though_no_method_is_listed(play: Play) -> None:
    xhr = XhrInit(URL, "POST", body=Body(BodyKind.TEXT, b"x"), upload_listener=True)
    bare = {"Access-Control-Allow-Origin": "*"}
    cache = PreflightCache()
    assert play(xhr, (200, bare), cache=cache).methods == ["OPTIONS", "POST"]
    assert play(xhr, (200, bare), cache=cache).methods == ["POST"]


def test_a_forced_preflight_needs_its_method_in_the_cache(play: Play) -> None:
    xhr = XhrInit(URL, "POST", body=Body(BodyKind.TEXT, b"x"), upload_listener=True)
    cache = PreflightCache()
    assert play(xhr, (200, ALLOW), cache=cache).methods == ["OPTIONS", "POST"], "PUT and DELETE are listed"
    assert play(xhr, (200, ALLOW), cache=cache).methods == ["OPTIONS", "POST"], "so POST is not kept"


def test_chromium_and_webkit_keep_one_answer_a_url(play: Play) -> None:
    other = RequestInit(URL, "PATCH")
    for profile, want in ((STANDARD, ["PUT"]), (FIREFOX, ["PUT"])):
        cache = PreflightCache()
        play(PUT, (200, ALLOW), cache=cache, profile=profile)
        play(other, (200, ALLOW | {"Access-Control-Allow-Methods": "PATCH"}), cache=cache, profile=profile)
        assert play(PUT, (200, ALLOW), cache=cache, profile=profile).methods == want, profile.name
    for profile in (CHROMIUM, WEBKIT):
        cache = PreflightCache()
        play(PUT, (200, ALLOW), cache=cache, profile=profile)
        play(other, (200, ALLOW | {"Access-Control-Allow-Methods": "PATCH"}), cache=cache, profile=profile)
        assert play(PUT, (200, ALLOW), cache=cache, profile=profile).methods == ["OPTIONS", "PUT"], (
            profile.name
        )


def test_opaque_origins_share_null_in_the_standard_and_nothing_in_chromium(play: Play) -> None:
    frame = page("http://client.test:8000/", sandboxed=True)
    allow = ALLOW | {"Access-Control-Allow-Origin": "null"}
    for profile, want in ((STANDARD, ["PUT"]), (CHROMIUM, ["OPTIONS", "PUT"])):
        cache = PreflightCache()
        play(PUT, (200, allow), cache=cache, profile=profile, client=frame)
        methods = play(PUT, (200, allow), cache=cache, profile=profile, client=frame).methods
        assert methods == want, profile.name


def test_a_hostile_list_does_not_grow_the_cache_without_bound(play: Play) -> None:
    cache = PreflightCache()
    many = ",".join(f"x{number}" for number in range(20_000))
    play(PUT, (200, ALLOW | {"Access-Control-Allow-Headers": many}), cache=cache)
    assert len(cache) <= 10_000
