"""Serialised origins: what a browser may write into ``Origin``."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corsage.model import TupleOrigin, parse_url
from corsage.server import split_serialized_origin
from corsage.server.serialized_origin import LONGEST_ORIGIN


@pytest.mark.parametrize(
    ("origin", "parts"),
    [
        ("https://example.com", ("https", "example.com", "")),
        ("http://example.com:8080", ("http", "example.com", "8080")),
        ("https://example.com:80", ("https", "example.com", "80")),
        ("https://example.com:65535", ("https", "example.com", "65535")),
        ("https://example.com.", ("https", "example.com.", "")),
        ("https://a.b.c.d.example.com", ("https", "a.b.c.d.example.com", "")),
        ("https://-odd-.example.com", ("https", "-odd-.example.com", "")),
        ("https://under_score.example", ("https", "under_score.example", "")),
        ("https://xn--bcher-kva.example", ("https", "xn--bcher-kva.example", "")),
        ("http://localhost:3000", ("http", "localhost", "3000")),
        ("http://127.0.0.1", ("http", "127.0.0.1", "")),
        ("http://[::1]:5000", ("http", "[::1]", "5000")),
        ("https://[2001:db8::1]", ("https", "[2001:db8::1]", "")),
        ("capacitor://localhost", ("capacitor", "localhost", "")),
        ("app://-", ("app", "-", "")),
        ("app://x:443", ("app", "x", "443")),
        ("chrome-extension://abcdefghijklmnop", ("chrome-extension", "abcdefghijklmnop", "")),
        ("https://" + "a" * 254, ("https", "a" * 254, "")),
        ("a" * 64 + "://x:1", ("a" * 64, "x", "1")),
    ],
)
def test_an_origin_is_split(origin: str, parts: tuple[str, str, str]) -> None:
    assert split_serialized_origin(origin) == parts


@pytest.mark.parametrize(
    "origin",
    [
        *("", "null", "Null", "*", "https", "https:", "https://", "://", "//example.com", "example.com"),
        *("https://example.com/", "https://example.com/x", "https://example.com?x", "https://example.com#x"),
        *("https://evil.com/.example.com", "https://evil.com?.example.com", "https://evil.com\\.example.com"),
        *("https://user@x.example.com", "https://u:p@example.com", "https://@example.com", "https://a:b.com"),
        *("HTTPS://example.com", "https://EXAMPLE.com", "https://example.Com", "https://[::A]"),
        *("https://example.com:443", "http://example.com:80", "ws://a.example:80", "wss://a.example:443"),
        *("https://example.com:", "https://example.com:0", "https://example.com:080", "https://a:65536"),
        *("https://example.com:99999", "https://example.com:-1", "https://example.com:8080 ", "https://a:*"),
        *("https://.example.com", "https://example..com", "https://..", "https://.", "https://example.com.."),
        *(
            "https://*.example.com",
            "https://+.example.com",
            "https://exam*ple.com",
            "https://a,b.example.com",
        ),
        *(" https://example.com", "https://example.com ", "https://example.com\n", "\nhttps://example.com"),
        *(
            "https://example.com\r\nX: y",
            "https://exa\x00mple.com",
            "https://exa\tmple.com",
            "https://a\x7fb",
        ),
        *("https://bücher.example", "https://example\u3002com", "https://\u212aelvin.example", "https://a.٣"),
        *("https://a.example https://b.example", "https://a.example,https://b.example"),
        *(
            "https://[example.com]:8080",
            "https://[::1",
            "https://::1]",
            "https://[]",
            "https://[::1]x",
            "https://[:]",
        ),
        *("https://[::1%25eth0]", "1a://x", "+a://x", "a_b://x", "a" * 65 + "://x", "https:///example.com"),
        *("https://" + "a" * 255, "https://" + "a." * 127 + "a.", "a" * 64 + "://" + "b" * 254 + ":655350"),
        *(
            "https://" + "a" * 70_000,
            "https://" + "a." * 35_000,
            "h" * 70_000,
            ":" * 70_000,
            "https://[" + ":" * 70_000,
        ),
    ],
    ids=lambda origin: repr(origin[:40]),
)
def test_what_is_no_origin(origin: str) -> None:
    assert split_serialized_origin(origin) is None


def test_the_longest_origin_is_one() -> None:
    longest = "a" * 64 + "://" + "b" * 254 + ":65535"
    assert len(longest) == LONGEST_ORIGIN
    assert split_serialized_origin(longest) is not None


@given(st.text(max_size=60))
@example("https://" + "a-" * 126 + ":")
@example("https://" + "." * 300)
@example("a" * 63 + "." * 200)
def test_no_text_raises_and_what_splits_can_stand_in_a_header(origin: str) -> None:
    parts = split_serialized_origin(origin)
    if parts is not None:
        scheme, host, port = parts
        assert origin == f"{scheme}://{host}" + (f":{port}" if port else "")
        assert re.fullmatch(r"[!-~]+", origin)


HOSTS = st.from_regex(
    r"\A[a-z0-9]([a-z0-9_-]{0,6}\.){0,3}[a-z]{1,8}\Z", alphabet=st.characters(codec="ascii")
)


@given(
    st.sampled_from(["http", "https", "ws", "wss", "ftp"]),
    HOSTS | st.ip_addresses(v=4).map(str) | st.ip_addresses(v=6).map("[{}]".format),
    st.none() | st.integers(1, 65_535),
)
def test_what_a_browser_serialises_of_a_url_is_an_origin(scheme: str, host: str, port: int | None) -> None:
    url = parse_url(f"{scheme}://{host}" + ("" if port is None else f":{port}"))
    if url is None or ".." in url.host:  # empty labels exist in URLs, but not in the DNS
        return
    assert isinstance(url.origin, TupleOrigin)
    parts = split_serialized_origin(url.origin.serialized)
    assert parts is not None
    assert parts[:2] == (scheme, url.host)
