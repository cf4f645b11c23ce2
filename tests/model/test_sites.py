"""Sites, public suffixes and trust."""

from __future__ import annotations

import pytest

from corsage.model import OpaqueOrigin, Origin, parse_url
from corsage.model.sites import (
    is_ip_address,
    is_loopback_host,
    is_origin_potentially_trustworthy,
    is_public_suffix,
    is_url_potentially_trustworthy,
    registrable_domain,
    same_site,
    schemelessly_same_site,
)


def origin_of(url: str) -> Origin:
    parsed = parse_url(url)
    assert parsed is not None, url
    return parsed.origin


DOMAINS: dict[str, tuple[str, str | None, str]] = {
    "com": ("example.com", "example.com", "one label below com"),
    "deep": ("a.b.c.example.com", "example.com", "one label below com"),
    "co.uk": ("www.example.co.uk", "example.co.uk", "co.uk is a public suffix"),
    "github.io": ("me.github.io", "me.github.io", "github.io is a public suffix of the private section"),
    "below github.io": ("www.me.github.io", "me.github.io", "one label below github.io"),
    "wildcard rule": ("a.b.ck", "a.b.ck", "*.ck: every second level is a public suffix"),
    "exception to a wildcard": ("x.www.ck", "www.ck", "!www.ck is an exception"),
    "unlisted": ("api.client.test", "client.test", "the rule for what is not listed is *"),
    "punycode": ("a.xn--85x722f.com.cn", "xn--85x722f.com.cn", "labels are ASCII"),
    "punycode suffix": ("www.example.xn--p1ai", "example.xn--p1ai", "the list knows it"),
    "public suffix": ("com", None, "nothing below it"),
    "public suffix of two labels": ("co.uk", None, "nothing below it"),
    "private public suffix": ("github.io", None, "nothing below it"),
    "localhost": ("localhost", None, "one label"),
    "IPv4": ("127.0.0.1", None, "an address has no domain"),
    "IPv6": ("[::1]", None, "an address has no domain"),
    "empty": ("", None, "no host"),
}


@pytest.mark.parametrize(("host", "want", "why"), DOMAINS.values(), ids=DOMAINS)
def test_registrable_domains(host: str, want: str | None, why: str) -> None:
    assert registrable_domain(host) == want, why


SUFFIXES = {
    "com": ("com", True, "a top level"),
    "co.uk": ("co.uk", True, "listed"),
    "github.io": ("github.io", True, "listed in the private section"),
    "by a wildcard": ("b.ck", True, "*.ck"),
    "unlisted": ("test", True, "the rule for what is not listed is *"),
    "exception": ("www.ck", False, "!www.ck"),
    "domain": ("example.com", False, "registrable"),
    "subdomain": ("me.github.io", False, "registrable"),
    "IPv4": ("192.168.0.1", False, "an address"),
    "IPv6": ("[::1]", False, "an address"),
    "empty": ("", False, "no host"),
}


@pytest.mark.parametrize(("host", "want", "why"), SUFFIXES.values(), ids=SUFFIXES)
def test_public_suffixes(host: str, *, want: bool, why: str) -> None:
    assert is_public_suffix(host) is want, why


# two URLs, schemelessly same site, same site, reason
SITES = {
    "itself": ("http://a.test", "http://a.test", True, True, "one origin"),
    "subdomain": ("http://www.a.test", "http://api.a.test", True, True, "one registrable domain"),
    "ports": ("http://a.test:8000", "http://a.test:9000", True, True, "ports play no part"),
    "schemes": ("http://a.test", "https://a.test", True, False, "only the scheme differs"),
    "schemes and subdomain": ("http://a.test", "https://b.a.test", True, False, "only the scheme differs"),
    "other domain": ("http://a.test", "http://b.test", False, False, "two registrable domains"),
    "two customers of github.io": ("https://a.github.io", "https://b.github.io", False, False, "two sites"),
    "github.io and a customer": ("https://github.io", "https://a.github.io", False, False, "two sites"),
    "two companies of co.uk": ("https://a.co.uk", "https://b.co.uk", False, False, "two sites"),
    "one company of co.uk": ("https://a.co.uk", "https://x.a.co.uk", True, True, "one registrable domain"),
    "ports of an address": ("http://127.0.0.1:1", "http://127.0.0.1:2", True, True, "equal hosts"),
    "two addresses": ("http://127.0.0.1", "http://127.0.0.2", False, False, "hosts differ"),
    "IPv6 ports": ("http://[::1]:1", "http://[::1]:2", True, True, "equal hosts"),
    "localhost ports": ("http://localhost:1", "http://localhost:2", True, True, "equal hosts"),
    "localhost and its address": ("http://localhost", "http://127.0.0.1", False, False, "hosts differ"),
    "two names under localhost": ("http://x.a.localhost", "http://y.a.localhost", True, True, "a.localhost"),
    "public suffix with itself": ("http://com", "http://com", True, True, "equal hosts"),
    "opaque and its page": ("data:,x", "http://a.test", False, False, "an opaque origin is alone"),
    "two opaque ones": ("data:,x", "data:,y", False, False, "each is its own"),
}


@pytest.mark.parametrize(("one", "other", "schemeless", "same", "why"), SITES.values(), ids=SITES)
def test_what_is_the_same_site(one: str, other: str, *, schemeless: bool, same: bool, why: str) -> None:
    first, second = origin_of(one), origin_of(other)
    assert schemelessly_same_site(first, second) is schemeless, why
    assert schemelessly_same_site(second, first) is schemeless, "and the other way round"
    assert same_site(first, second) is same, why
    assert same_site(second, first) is same, "and the other way round"


def test_an_opaque_origin_is_the_same_site_as_itself() -> None:
    origin = OpaqueOrigin()
    assert schemelessly_same_site(origin, origin)
    assert same_site(origin, origin)


ADDRESSES = {
    "IPv4": ("127.0.0.1", True, "four numbers"),
    "IPv6": ("[::1]", True, "brackets"),
    "name": ("a.test", False, "a name"),
    "name with numbers": ("1.2.3.4.test", False, "a name"),
    "empty": ("", False, "no host"),
}


@pytest.mark.parametrize(("host", "want", "why"), ADDRESSES.values(), ids=ADDRESSES)
def test_addresses(host: str, *, want: bool, why: str) -> None:
    assert is_ip_address(host) is want, why


LOOPBACK = {
    "localhost": ("localhost", True, "by name"),
    "localhost with a dot": ("localhost.", True, "by name"),
    "under localhost": ("app.localhost", True, "names under it"),
    "127.0.0.1": ("127.0.0.1", True, "127.0.0.0/8"),
    "127.255.255.254": ("127.255.255.254", True, "127.0.0.0/8"),
    "::1": ("[::1]", True, "the IPv6 loopback"),
    "notlocalhost": ("notlocalhost", False, "a name that only ends so"),
    "localhost.test": ("localhost.test", False, "a name that only begins so"),
    "128.0.0.1": ("128.0.0.1", False, "outside 127.0.0.0/8"),
    "::2": ("[::2]", False, "not the loopback"),
    "unspecified": ("0.0.0.0", False, "not in the list of secure contexts"),  # noqa: S104 - no socket is bound
    "192.168.0.1": ("192.168.0.1", False, "private, but another machine"),
    "127.0.0.1 in a name": ("127.0.0.1.test", False, "a name"),
}


@pytest.mark.parametrize(("host", "want", "why"), LOOPBACK.values(), ids=LOOPBACK)
def test_what_names_this_machine(host: str, *, want: bool, why: str) -> None:
    assert is_loopback_host(host) is want, why


TRUSTED = {
    "https": ("https://a.test/", True, "authenticated"),
    "wss": ("wss://a.test/", True, "authenticated"),
    "http": ("http://a.test/", False, "anyone on the way can read it"),
    "ws": ("ws://a.test/", False, "anyone on the way can read it"),
    "ftp": ("ftp://a.test/", False, "anyone on the way can read it"),
    "loopback address": ("http://127.0.0.1:8000/", True, "it does not leave the machine"),
    "loopback of IPv6": ("http://[::1]/", True, "it does not leave the machine"),
    "localhost": ("http://localhost:3000/", True, "it does not leave the machine"),
    "under localhost": ("http://a.localhost/", True, "it does not leave the machine"),
    "private address": ("http://192.168.0.1/", False, "it leaves the machine"),
    "data": ("data:,x", True, "there is no way to alter it"),
    "about:blank": ("about:blank", True, "there is no way to alter it"),
    "blob of https": ("blob:https://a.test/x", True, "its creator's origin"),
    "blob of http": ("blob:http://a.test/x", False, "its creator's origin"),
}


@pytest.mark.parametrize(("url", "want", "why"), TRUSTED.values(), ids=TRUSTED)
def test_potentially_trustworthy_urls(url: str, *, want: bool, why: str) -> None:
    parsed = parse_url(url)
    assert parsed is not None
    assert is_url_potentially_trustworthy(parsed) is want, why


def test_an_opaque_origin_is_not_trustworthy() -> None:
    assert not is_origin_potentially_trustworthy(OpaqueOrigin())
    assert is_origin_potentially_trustworthy(origin_of("https://a.test"))
