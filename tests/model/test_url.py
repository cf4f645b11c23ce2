"""URLs as browsers parse them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.model import URL, parse_url


def url_of(text: str, base: str | None = None) -> URL:
    url = parse_url(text, base)
    assert url is not None, text
    return url


def test_every_part_of_a_url() -> None:
    url = url_of("https://user:secret@Api.Test:8443/a/../b%20c?q=1&r#frag")
    assert url.href == "https://user:secret@api.test:8443/b%20c?q=1&r#frag"
    assert (url.scheme, url.host, url.port) == ("https", "api.test", 8443)
    assert (url.path, url.query, url.fragment) == ("/b%20c", "q=1&r", "frag")
    assert (url.username, url.password) == ("user", "secret")
    assert url.includes_credentials
    assert url.is_http
    assert str(url) == url.href


RESOLVED = {
    "absolute": ("http://b.test/x", "http://b.test/x", "the base plays no part"),
    "scheme-relative": ("//b.test/x", "http://b.test/x", "the base gives the scheme"),
    "path-absolute": ("/x", "http://a.test/x", "the base gives the origin"),
    "relative": ("x", "http://a.test/dir/x", "beside the base"),
    "parent": ("../x", "http://a.test/x", "dots are resolved"),
    "above the root": ("../../../x", "http://a.test/x", "and go no higher"),
    "query": ("?x", "http://a.test/dir/page?x", "the base gives the path"),
    "fragment": ("#x", "http://a.test/dir/page?q#x", "the base gives the rest"),
    "empty": ("", "http://a.test/dir/page?q", "the base without its fragment"),
    "backslashes": ("\\\\b.test\\x", "http://b.test/x", "slashes, in special schemes"),
    "outer blanks": (" \t\nhttp://b.test/x \n", "http://b.test/x", "stripped"),
    "inner newlines": ("http://b.t\nest/x", "http://b.test/x", "removed"),
    "blanks in the path": ("/a b", "http://a.test/a%20b", "percent-encoded"),
    "non-ASCII path": ("/\xe9", "http://a.test/%C3%A9", "as UTF-8"),
    "scheme without slashes": ("http:x", "http://a.test/dir/x", "relative, the scheme being the base's"),
    "other scheme without slashes": ("https:x", "https://x/", "the host follows"),
}


@pytest.mark.parametrize(("text", "want", "why"), RESOLVED.values(), ids=RESOLVED)
def test_urls_are_resolved_against_a_base(text: str, want: str, why: str) -> None:
    assert url_of(text, "http://a.test/dir/page?q#f").href == want, why


FAILURES = {
    "relative without a base": ("/x", "there is nothing to resolve it against"),
    "no host": ("http://", "special schemes need a host"),
    "blank in the host": ("http://a b/", "a forbidden host code point"),
    "percent sign in the host": ("http://a%/", "a forbidden domain code point"),
    "port too large": ("http://a.test:65536/", "a port has 16 bits"),
    "port that is no number": ("http://a.test:x/", "digits alone"),
    "unclosed bracket": ("http://[::1/", "no IPv6 address"),
    "bad IPv4": ("http://1.2.3.4.5/", "a host that ends in a number is an IPv4 address"),
    "IPv4 number too large": ("http://256.0.0.1/", "each number has eight bits"),
    "bad punycode": ("http://xn--a-\u00e4/", "mixed punycode"),
    "lone surrogate is replaced, host is not": ("http://\ud800/", "no domain holds U+FFFD"),
}


@pytest.mark.parametrize(("text", "why"), FAILURES.values(), ids=FAILURES)
def test_what_is_no_url(text: str, why: str) -> None:
    assert parse_url(text) is None, why


def test_a_base_that_is_no_url_is_a_failure() -> None:
    assert parse_url("/x", "not a url") is None


def test_a_url_of_megabytes_is_a_failure() -> None:
    assert parse_url("http://a.test/" + "x" * (2 * 1024 * 1024)) is None


PORTS = {
    "http": ("http://a.test/", 80, "filled in"),
    "https": ("https://a.test/", 443, "filled in"),
    "explicit default": ("http://a.test:80/", 80, "the same"),
    "explicit": ("http://a.test:8080/", 8080, "as written"),
    "zero": ("http://a.test:0/", 0, "zero is a port, not none"),
    "leading zeros": ("http://a.test:00080/", 80, "a decimal number"),
    "empty": ("http://a.test:/", 80, "an empty port is the default"),
    "no ports in this scheme": ("data:,x", None, "none"),
    "file": ("file:///x", None, "none"),
}


@pytest.mark.parametrize(("text", "want", "why"), PORTS.values(), ids=PORTS)
def test_the_port_is_the_effective_one(text: str, want: int | None, why: str) -> None:
    assert url_of(text).port == want, why


BARE = {
    "nothing to hide": ("http://a.test/x?y#z", "http://a.test/x?y#z", "http://a.test/x?y"),
    "user and password": ("http://u:p@a.test/x", "http://a.test/x", "http://a.test/x"),
    "user alone": ("http://u@a.test/", "http://a.test/", "http://a.test/"),
    "password alone": ("http://:p@a.test/", "http://a.test/", "http://a.test/"),
    "at sign in the path": ("http://u:p@a.test/@b", "http://a.test/@b", "http://a.test/@b"),
    "at sign in the path alone": ("http://a.test/@b", "http://a.test/@b", "http://a.test/@b"),
    "at sign in the password": ("http://u:p%40q@a.test/", "http://a.test/", "http://a.test/"),
    "at sign in the fragment": ("http://u@a.test/#@", "http://a.test/#@", "http://a.test/"),
    "empty fragment": ("http://a.test/#", "http://a.test/#", "http://a.test/"),
}


@pytest.mark.parametrize(("text", "without", "wire"), BARE.values(), ids=BARE)
def test_userinfo_and_fragment_stay_off_the_wire(text: str, without: str, wire: str) -> None:
    url = url_of(text)
    assert url.without_credentials == without
    assert url.without_credentials_and_fragment == wire


@pytest.mark.parametrize("text", ["http://a.test/", "http://@a.test/", "http://:@a.test/"])
def test_empty_userinfo_is_no_userinfo(text: str) -> None:
    assert not url_of(text).includes_credentials


def test_no_fragment_is_not_an_empty_fragment() -> None:
    assert url_of("http://a.test/").fragment is None
    assert url_of("http://a.test/#").fragment == ""


@pytest.mark.parametrize("text", ["data:,x", "about:blank", "file:///x", "ws://a.test/", "ftp://a.test/"])
def test_only_http_and_https_are_http(text: str) -> None:
    assert not url_of(text).is_http


@given(
    st.text(max_size=30) | st.text(max_size=20).map("http://".__add__), st.none() | st.just("http://a.test/")
)
def test_no_text_makes_the_parser_raise_and_what_parses_parses_again(text: str, base: str | None) -> None:
    url = parse_url(text, base)
    if url is not None:
        again = url_of(url.href)
        assert (again.href, again.origin.serialized) == (url.href, url.origin.serialized)
