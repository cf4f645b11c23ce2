"""Origins: how they serialise and which are the same."""

from __future__ import annotations

import pytest

from corsage.model import OpaqueOrigin, Origin, TupleOrigin, page, parse_url


def origin_of(url: str) -> Origin:
    parsed = parse_url(url)
    assert parsed is not None, url
    return parsed.origin


SERIALIZED = {
    "http": ("http://client.test/a?b#c", "http://client.test", "path, query and fragment are no part"),
    "https": ("https://client.test", "https://client.test", "no trailing slash"),
    "default port of http": ("http://client.test:80/", "http://client.test", "80 is left out"),
    "default port of https": ("https://client.test:443/", "https://client.test", "443 is left out"),
    "default port of ws": ("ws://client.test:80/", "ws://client.test", "80 is left out"),
    "default port of wss": ("wss://client.test:443/", "wss://client.test", "443 is left out"),
    "default port of ftp": ("ftp://client.test:21/", "ftp://client.test", "21 is left out"),
    "the other's default port": ("http://client.test:443/", "http://client.test:443", "443 is https's"),
    "and the other way round": ("https://client.test:80/", "https://client.test:80", "80 is http's"),
    "other port": ("http://client.test:8000/", "http://client.test:8000", "shown"),
    "port zero": ("http://client.test:0/", "http://client.test:0", "a port like any other"),
    "upper-case host": ("http://CLIENT.Test/", "http://client.test", "hosts are lower-cased"),
    "upper-case scheme": ("HTTPS://client.test/", "https://client.test", "schemes are lower-cased"),
    "punycode": ("http://b\xfccher.test/", "http://xn--bcher-kva.test", "hosts are ASCII"),
    "trailing dot": ("http://client.test./", "http://client.test.", "another host than without"),
    "userinfo": ("http://user:password@client.test/", "http://client.test", "never part of an origin"),
    "IPv4": ("http://127.0.0.1:8000/", "http://127.0.0.1:8000", "as it is"),
    "IPv4 as a number": ("http://2130706433/", "http://127.0.0.1", "four numbers with dots"),
    "IPv4 in hexadecimal": ("http://0x7f.1/", "http://127.0.0.1", "four numbers with dots"),
    "IPv6": ("http://[0:0:0:0:0:0:0:1]:8000/", "http://[::1]:8000", "compressed, in brackets"),
    "IPv6 upper case": ("http://[2001:DB8::A]/", "http://[2001:db8::a]", "lower-case"),
    "IPv6 with one group of zeros": ("http://[1:2:3:0:5:6:7:8]/", "http://[1:2:3:0:5:6:7:8]", "not elided"),
    "IPv4 in IPv6": ("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]", "in hexadecimal"),
    "blob of http": ("blob:http://client.test/0b5c-uuid", "http://client.test", "its creator's origin"),
    "blob of https": ("blob:https://client.test:444/x", "https://client.test:444", "its creator's origin"),
    "blob of nothing": ("blob:x", "null", "no URL inside"),
    "blob of null": ("blob:null/0b5c-uuid", "null", "made by an opaque origin"),
    "blob of data": ("blob:data:,x", "null", "only http, https and file count"),
    "blob of blob": ("blob:blob:http://client.test/x", "null", "only http, https and file count"),
    "data": ("data:text/plain,hello", "null", "opaque"),
    "about": ("about:blank", "null", "opaque"),
    "file": ("file:///etc/hosts", "null", "left to us; opaque, as in every engine"),
    "javascript": ("javascript:alert(1)", "null", "opaque"),
    "unknown scheme": ("web+app://client.test/", "null", "opaque, host or not"),
}


@pytest.mark.parametrize(("url", "want", "why"), SERIALIZED.values(), ids=SERIALIZED)
def test_the_origin_of_a_url_serialises(url: str, want: str, why: str) -> None:
    assert origin_of(url).serialized == want, why


SAME = {
    "equal": ("http://a.test/1", "http://a.test/2", True, "the path plays no part"),
    "default port written out": ("http://a.test", "http://a.test:80", True, "the effective port counts"),
    "case": ("http://A.test", "http://a.test", True, "hosts are lower-cased first"),
    "userinfo": ("http://u@a.test", "http://a.test", True, "userinfo plays no part"),
    "two spellings of an address": ("http://[::1]", "http://[0::1]", True, "hosts are serialised first"),
    "blob and its creator": ("blob:http://a.test/x", "http://a.test", True, "one origin"),
    "other scheme": ("http://a.test", "https://a.test", False, "scheme differs"),
    "other scheme on one port": ("http://a.test:443", "https://a.test", False, "scheme differs"),
    "ws is not http": ("ws://a.test", "http://a.test", False, "scheme differs"),
    "other port": ("http://a.test", "http://a.test:8080", False, "port differs"),
    "subdomain": ("http://a.test", "http://www.a.test", False, "host differs"),
    "trailing dot": ("http://a.test", "http://a.test.", False, "host differs"),
    "localhost by address": ("http://localhost", "http://127.0.0.1", False, "names are not resolved"),
    "two opaque ones": ("data:,x", "data:,y", False, "each is its own"),
}


@pytest.mark.parametrize(("one", "other", "want", "why"), SAME.values(), ids=SAME)
def test_what_is_the_same_origin(one: str, other: str, *, want: bool, why: str) -> None:
    first, second = origin_of(one), origin_of(other)
    assert first.same_origin(second) is want, why
    assert second.same_origin(first) is want, "and the other way round"
    assert (first == second) is want, "equality of origins is being the same origin"


def test_equal_origins_are_one_key() -> None:
    assert len({TupleOrigin("http", "a.test", 80), TupleOrigin("http", "a.test", 80)}) == 1


def test_an_origin_shows_itself() -> None:
    assert "http://a.test:81" in repr(TupleOrigin("http", "a.test", 81))


def test_an_opaque_origin_is_the_same_as_itself_alone() -> None:
    one, other = OpaqueOrigin(), OpaqueOrigin()
    assert one.same_origin(one)
    assert one == one  # noqa: PLR0124 - identity is the point
    assert not one.same_origin(other)
    assert one != other
    assert not one.same_origin(TupleOrigin("http", "a.test", 80))
    assert TupleOrigin("http", "a.test", 80) != one
    assert TupleOrigin("http", "a.test", 80) != "http://a.test"


def test_a_page_has_the_origin_of_its_url() -> None:
    client = page("https://client.test/app/index.html")
    assert client.origin.serialized == "https://client.test"
    assert client.origin is client.top_level_origin


def test_a_sandboxed_frame_is_opaque_in_a_page_that_is_not() -> None:
    frame = page("https://client.test/frame.html", sandboxed=True)
    assert frame.origin.serialized == "null"
    assert frame.top_level_origin.serialized == "https://client.test"
    assert frame.is_secure_context, "the page around it decides"


def test_a_file_is_opaque() -> None:
    assert page("file:///home/me/index.html").origin.serialized == "null"


@pytest.mark.parametrize("url", ["about:blank", "data:text/html,x", "web+app://x/", "file:///x"])
def test_an_opaque_page_is_not_the_same_origin_as_its_url_parsed_again(url: str) -> None:
    assert not page(url).origin.same_origin(origin_of(url)), "each parse makes an opaque origin of its own"


@pytest.mark.parametrize(
    "text", ["", "client.test", "//client.test/", "http://", "http://[::1/", "http://a b/"]
)
def test_a_page_needs_a_url(text: str) -> None:
    with pytest.raises(ValueError, match="not a URL"):
        page(text)


SECURE = {
    "https": ("https://client.test/", True, True, "https"),
    "http": ("http://client.test/", False, False, "plain http"),
    "http on this machine": ("http://localhost:8000/", True, False, "trustworthy, but may load http"),
    "http on 127.0.0.1": ("http://127.0.0.1/", True, False, "trustworthy, but may load http"),
}


@pytest.mark.parametrize(("url", "secure", "prohibits", "why"), SECURE.values(), ids=SECURE)
def test_what_a_page_is_and_forbids(url: str, *, secure: bool, prohibits: bool, why: str) -> None:
    client = page(url)
    assert client.is_secure_context is secure, why
    assert client.prohibits_mixed_content is prohibits, why
