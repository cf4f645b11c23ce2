"""Local Network Access: address spaces, and who may reach them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT, Profile
from corsage.browser.address_spaces import address_space, implied_address_space
from corsage.model import AddressSpace, Cause, HeaderList, RequestInit, WireResponse, page, parse_url

if TYPE_CHECKING:
    from tests.browser.conftest import Play

PUBLIC, LOCAL, LOOPBACK = AddressSpace

# https://wicg.github.io/local-network-access/#ip-address-space-heading
ADDRESSES: dict[str, AddressSpace | None] = {
    "127.0.0.1": LOOPBACK,
    "127.255.255.255": LOOPBACK,
    "128.0.0.0": PUBLIC,
    "126.255.255.255": PUBLIC,
    "198.18.0.1": LOOPBACK,
    "198.19.255.255": LOOPBACK,
    "198.20.0.0": PUBLIC,
    "0.0.0.0": LOOPBACK,  # noqa: S104 - no socket is bound
    "0.0.0.1": LOCAL,
    "10.0.0.1": LOCAL,
    "10.255.255.255": LOCAL,
    "11.0.0.0": PUBLIC,
    "100.63.255.255": PUBLIC,
    "100.64.0.0": LOCAL,
    "100.127.255.255": LOCAL,
    "100.128.0.0": PUBLIC,
    "169.254.0.1": LOCAL,
    "172.15.255.255": PUBLIC,
    "172.16.0.0": LOCAL,
    "172.31.255.255": LOCAL,
    "172.32.0.0": PUBLIC,
    "192.168.0.1": LOCAL,
    "192.169.0.1": PUBLIC,
    "8.8.8.8": PUBLIC,
    "255.255.255.255": PUBLIC,
    "::1": LOOPBACK,
    "[::1]": LOOPBACK,
    "::": LOOPBACK,
    "::2": PUBLIC,
    "fc00::1": LOCAL,
    "fdff::1": LOCAL,
    "fe00::1": PUBLIC,
    "fe80::1": LOCAL,
    "fe80::1%eth0": LOCAL,
    "febf::1": LOCAL,
    "fec0::1": LOCAL,
    "ff02::1": PUBLIC,
    "2001:db8::1": LOCAL,
    "2001:db9::1": PUBLIC,
    "3fff::1": LOCAL,
    "3fff:1000::1": PUBLIC,
    "2606:4700::1111": PUBLIC,
    "::ffff:127.0.0.1": LOOPBACK,
    "::ffff:10.0.0.1": LOCAL,
    "::ffff:8.8.8.8": PUBLIC,
    "a.test": None,
    "": None,
    "127.0.0.1.test": None,
    "1.2.3": None,
}


@pytest.mark.parametrize(("address", "want"), ADDRESSES.items())
def test_address_spaces(address: str, want: AddressSpace | None) -> None:
    assert address_space(address) is want


IMPLIED: dict[str, AddressSpace | None] = {
    "http://localhost:8000/": LOOPBACK,
    "http://app.localhost/": LOOPBACK,
    "http://127.0.0.1/": LOOPBACK,
    "http://[::1]/": LOOPBACK,
    "http://printer.local/": LOCAL,
    "http://printer.local./": LOCAL,
    "http://192.168.0.1/": LOCAL,
    "http://8.8.8.8/": PUBLIC,
    "http://a.test/": None,
    "http://local/": None,
}


@pytest.mark.parametrize(("url", "want"), IMPLIED.items())
def test_what_a_url_says_by_itself(url: str, want: AddressSpace | None) -> None:
    parsed = parse_url(url)
    assert parsed is not None
    assert implied_address_space(parsed) is want


def test_publicness_is_an_order() -> None:
    assert LOOPBACK.publicness < LOCAL.publicness < PUBLIC.publicness


DENIED, INSECURE = Cause.LOCAL_NETWORK_PERMISSION_DENIED, Cause.INSECURE_LOCAL_NETWORK
HOME = {PUBLIC: "8.8.8.8", LOCAL: "10.0.0.1", LOOPBACK: "127.0.0.1"}

# page's space, server's space, whether the standard, Chromium and Firefox ask; WebKit never does
ASKED = [
    (PUBLIC, PUBLIC, False, False),
    (PUBLIC, LOCAL, True, True),
    (PUBLIC, LOOPBACK, True, True),
    (LOCAL, PUBLIC, False, False),
    (LOCAL, LOCAL, False, False),
    (LOCAL, LOOPBACK, True, False),  # measured: Chromium does not enforce it
    (LOOPBACK, PUBLIC, False, False),
    (LOOPBACK, LOCAL, False, False),
    (LOOPBACK, LOOPBACK, False, False),
]


def answer(space: AddressSpace, status: int = 200) -> WireResponse:
    return WireResponse(status, HeaderList([("Access-Control-Allow-Origin", "*")]), address=HOME[space])


@pytest.mark.parametrize(("at", "to", "standard", "chromium"), ASKED)
def test_which_requests_need_leave(
    play: Play,
    at: AddressSpace,
    to: AddressSpace,
    *,
    standard: bool,
    chromium: bool,
) -> None:
    secure = replace(page("https://p.test/"), address_space=at)
    for permission, cause in ((False, DENIED), (True, None), (None, None)):
        client = replace(secure, local_network_permission=permission)
        for profile, asks in ((STANDARD, standard), (CHROMIUM, chromium), (WEBKIT, False)):
            played = play(RequestInit("https://a.test/"), answer(to), client=client, profile=profile)
            assert played.cause is (cause if asks else None), (profile.name, permission)
            prompts = asks and permission is None
            assert ("LocalNetworkAccessPrompt" in played.outcome.warnings) is prompts


def test_an_insecure_page_may_not_even_ask(play: Play) -> None:
    for permission in (False, True, None):
        client = replace(page("http://p.test/"), address_space=PUBLIC, local_network_permission=permission)
        played = play(RequestInit("http://a.test/"), answer(LOCAL), client=client)
        assert played.cause is INSECURE
        assert INSECURE.is_cors


def test_the_pages_own_origin_is_exempt(play: Play) -> None:
    client = replace(page("http://p.test/"), address_space=PUBLIC)
    assert play(RequestInit("/x"), answer(LOOPBACK), client=client).outcome.readable


def test_mode_no_cors_is_not_exempt(play: Play) -> None:
    client = replace(page("https://p.test/"), address_space=PUBLIC, local_network_permission=False)
    assert play(RequestInit("https://a.test/", mode="no-cors"), answer(LOCAL), client=client).cause is DENIED


def test_an_unknown_address_is_not_judged(play: Play) -> None:
    client = replace(page("http://p.test/"), address_space=PUBLIC)
    played = play(RequestInit("http://a.test/"), (200, {"Access-Control-Allow-Origin": "*"}), client=client)
    assert played.outcome.readable


# targetAddressSpace, where the server is, cause
TARGETS: list[tuple[str, AddressSpace, Cause | None]] = [
    ("local", LOCAL, None),
    ("loopback", LOOPBACK, None),
    ("public", PUBLIC, None),
    ("local", LOOPBACK, Cause.INVALID_LOCAL_NETWORK_ACCESS),
    ("local", PUBLIC, Cause.INVALID_LOCAL_NETWORK_ACCESS),
    ("public", LOCAL, Cause.INVALID_LOCAL_NETWORK_ACCESS),
    ("loopback", LOCAL, Cause.INVALID_LOCAL_NETWORK_ACCESS),
]


@pytest.mark.parametrize(("target", "space", "want"), TARGETS)
@pytest.mark.parametrize("at", AddressSpace)
def test_the_target_address_space_must_be_right(
    play: Play, target: str, space: AddressSpace, want: Cause | None, at: AddressSpace
) -> None:
    client = replace(page("https://p.test/"), address_space=at, local_network_permission=True)
    init = RequestInit("https://a.test/", target_address_space=target)
    played = play(init, answer(space), client=client)
    assert played.cause is want
    if want is not None:
        assert played.outcome.refusal is not None
        assert played.outcome.refusal.parameter == f"{target},{space}"


@pytest.mark.parametrize(
    ("profile", "refused"), [(STANDARD, True), (CHROMIUM, True), (FIREFOX, True), (WEBKIT, False)]
)
def test_which_profiles_have_it(play: Play, profile: Profile, *, refused: bool) -> None:
    client = replace(page("https://p.test/"), address_space=PUBLIC, local_network_permission=False)
    played = play(RequestInit("https://a.test/"), answer(LOOPBACK), client=client, profile=profile)
    assert (played.cause is DENIED) is refused


def test_it_comes_before_the_cors_check(play: Play) -> None:
    client = replace(page("https://p.test/"), address_space=PUBLIC, local_network_permission=False)
    bare = WireResponse(200, address="10.0.0.1")
    assert play(RequestInit("https://a.test/"), bare, client=client).cause is DENIED


def test_a_preflight_to_a_local_address_is_judged_too(play: Play) -> None:
    client = replace(page("https://p.test/"), address_space=PUBLIC, local_network_permission=False)
    allow = HeaderList([("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "*")])
    played = play(
        RequestInit("https://a.test/", "PUT"), WireResponse(200, allow, address="10.0.0.1"), client=client
    )
    assert played.cause is DENIED
    assert played.methods == ["OPTIONS"], "the request itself must not reach the local network"
