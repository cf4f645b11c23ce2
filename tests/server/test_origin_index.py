"""The index of origins, against a slow reading of the same patterns: the same answer to any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from corsage.server import OriginPattern, Policy, compile_policy, parse_origin_pattern
from corsage.server.origin_index import OriginIndex
from corsage.server.origin_pattern import Breadth

# --- a slow reading ---

DEFAULT = {"http": "80", "https": "443", "ws": "80", "wss": "443", "ftp": "21"}


def split(origin: str) -> tuple[str, str, str] | None:
    """Scheme, host and port, by hand: characters, lengths and numbers one after the other."""
    scheme, found, rest = origin.partition("://")
    if not found or not re.fullmatch("[a-z][a-z0-9.+-]*", scheme) or len(scheme) > 64:
        return None
    host, port = rest, ""
    if rest.startswith("["):
        inner, found, after = rest[1:].partition("]")
        if not found or not re.fullmatch("[0-9a-f:.]{2,45}", inner) or (after and after[0] != ":"):
            return None
        host, port = f"[{inner}]", after[1:]
        colon = bool(after)
    else:
        host, _, port = rest.partition(":")
        colon = ":" in rest
        labels = host.removesuffix(".").split(".")
        if len(host) > 254 or not all(re.fullmatch("[a-z0-9_-]+", label) for label in labels):
            return None
    if colon and (not re.fullmatch("[1-9][0-9]*", port) or int(port) > 65_535 or DEFAULT.get(scheme) == port):
        return None
    return scheme, host, port


def slowly(patterns: list[OriginPattern], origin: str) -> bool:
    parts = split(origin)
    return any(pattern.is_exact and pattern.text == origin for pattern in patterns) or (
        parts is not None and any(covers(pattern, *parts) for pattern in patterns)
    )


def covers(pattern: OriginPattern, scheme: str, host: str, port: str) -> bool:
    if pattern.scheme != scheme or pattern.port not in {"*", port or None}:
        return False
    if pattern.breadth is Breadth.EXACT:
        return pattern.host == host
    if host.startswith("["):
        return False
    wanted, labels = pattern.host.split("."), host.split(".")
    beyond = len(labels) - len(wanted)
    return labels[beyond:] == wanted and (
        beyond >= 1 if pattern.breadth is Breadth.ANY_DEPTH else beyond == 1
    )


def indexed(*texts: str) -> OriginIndex:
    patterns = [parse_origin_pattern(text) for text in texts]
    assert all(patterns), texts
    return OriginIndex(pattern for pattern in patterns if pattern is not None)


# A small world, so that patterns and origins meet.
LABELS = st.sampled_from(["a", "b", "com", "xa", "a-b", "1"])
NAMES = st.lists(LABELS, min_size=1, max_size=4).map(".".join)
TAILS = st.sampled_from(["", "", "", "."])
SCHEMES = st.sampled_from(["https", "https", "http", "app"])
ADDRESSES = st.sampled_from(["127.0.0.1", "[::1]", "[::ffff:1.2.3.4]", "10.0.0.1"])
PORTS = st.sampled_from(["", "", ":1", ":80", ":443", ":8443", ":65535"])
HOSTS = st.builds("{}{}".format, NAMES, TAILS) | ADDRESSES
PATTERNS = st.builds(
    "{}://{}{}{}".format, SCHEMES, st.sampled_from(["", "*.", "+."]), HOSTS, PORTS | st.just(":*")
).filter(lambda text: parse_origin_pattern(text) is not None)
NEAR_ORIGINS = st.builds("{}://{}{}".format, SCHEMES, HOSTS, PORTS)
HOSTILE = (
    "",
    "null",
    "*",
    "https://",
    "https://*",
    "https://*.a.com",
    "https://+.a.com",
    "https://a.com:*",
    "https://evil.com/.a.com",
    "https://evil.com?.a.com",
    "https://evil.com#.a.com",
    "https://evil.com\\.a.com",
    "https://user@x.a.com",
    "https://a.com@x.a.com",
    "https://.a.com",
    "https://..a.com",
    "https://b..a.com",
    "https://b.a.com..",
    "https://B.A.COM",
    "HTTPS://b.a.com",
    "https://b.a.com:443",
    "https://b.a.com:0443",
    "https://b.a.com:",
    "https://b.a.com:1:1",
    "https://b.a.com ",
    " https://b.a.com",
    "https://b.a.com\n",
    "https://b\x00.a.com",
    "https://b\u3002a.com",
    "https://bü.a.com",
    "https://b.a.com,https://b.a.com",
    "https://[b.a.com]",
    "https://[::1].a.com",
    "https://" + "b" * 70_000 + ".a.com",
    "https://" + "b." * 35_000 + "a.com",
    "https://" + "." * 70_000 + "a.com",
)
# What is changed of an origin that is allowed, in the hope that it stays so.
SPOILED = st.builds(
    lambda origin, at, what: origin[: at % (len(origin) + 1)] + what + origin[at % (len(origin) + 1) :],
    NEAR_ORIGINS,
    st.integers(0, 60),
    st.sampled_from(["/", "@", ".", ":", "*", " ", "\n", "%", "\\", "?", "#", "A", "é", "\x00", "["]),
)


@st.composite
def met(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Patterns, and origins that some of them cover, or nearly."""
    texts = draw(st.lists(PATTERNS, max_size=8))
    origins = draw(st.lists(ORIGINS, min_size=1, max_size=6))
    for text in texts:
        below = draw(st.sampled_from(["a.", "b.a.", "1.", "", "."]))
        port = draw(st.sampled_from(["", ":1", ":8443", ":443"]))
        origins.append(text.replace("*.", below).replace("+.", below).replace(":*", port))
    return texts, origins


ORIGINS = NEAR_ORIGINS | SPOILED | st.sampled_from(HOSTILE) | st.text(max_size=30)


@given(st.lists(PATTERNS, max_size=8), st.lists(ORIGINS, min_size=1, max_size=8))
@example(
    ["https://*.com"], ["https://com", "https://.com", "https://com.", "https://a.com.", "https://a.b.com"]
)
@example(["https://*.a.com", "https://+.b.a.com"], ["https://x.b.a.com", "https://y.x.b.a.com"])
@example(
    ["https://+.a.com", "https://*.a.com:1"], ["https://x.a.com:1", "https://x.y.a.com", "https://x.a.com"]
)
@example(["https://*.com."], ["https://a.com", "https://a.com.", "https://com."])
def test_the_index_and_the_slow_reading_agree(texts: list[str], origins: list[str]) -> None:
    patterns = [pattern for text in texts if (pattern := parse_origin_pattern(text))]
    index = OriginIndex(patterns)
    for origin in origins:
        allowed = slowly(patterns, origin)
        event(f"allowed: {allowed}")
        assert index.allows(origin) == allowed, origin


@given(st.lists(PATTERNS, max_size=6), st.text(max_size=50) | SPOILED)
def test_whatever_is_allowed_can_be_written_into_a_header(texts: list[str], origin: str) -> None:
    if indexed(*texts).allows(origin):
        assert re.fullmatch(r"[a-z0-9+.\-]+://[a-z0-9._:\-\[\]]+", origin)


@pytest.mark.parametrize("origin", HOSTILE, ids=lambda origin: repr(origin[:40]))
def test_hostile_origins_are_not_allowed_and_do_no_harm(origin: str) -> None:
    index = indexed(
        "https://*.a.com", "https://+.a.com:*", "https://a.com:*", "app://x", "http://localhost:*"
    )
    assert not index.allows(origin)
    policy = Policy.of(
        {"origins": ["https://*.example.com", "https://+.a.com"], "origin_regexes": [r"https://.*\.a\.com"]}
    )
    assert not compile_policy(policy).allows_listed(origin)


@pytest.mark.parametrize(
    ("pattern", "allowed", "refused"),
    [
        (
            "https://a.com",
            ["https://a.com"],
            ["http://a.com", "https://a.com:1", "https://a.com.", "https://b.a.com"],
        ),
        ("https://*.a.com", ["https://b.a.com", "https://c.b.a.com"], ["https://a.com", "https://b.a.com:1"]),
        (
            "https://*.a.com",
            [],
            ["https://ba.com", "https://b.a.com.evil.com", "https://b.a.com.", "http://b.a.com"],
        ),
        ("https://+.a.com", ["https://b.a.com"], ["https://a.com", "https://c.b.a.com", "https://b.a.com:1"]),
        (
            "https://*.a.com:1",
            ["https://b.a.com:1"],
            ["https://b.a.com", "https://b.a.com:2", "https://a.com:1"],
        ),
        (
            "https://*.a.com:*",
            ["https://b.a.com", "https://c.b.a.com:1"],
            ["https://a.com:1", "http://b.a.com"],
        ),
        ("https://a.com:*", ["https://a.com", "https://a.com:1"], ["https://b.a.com:1", "http://a.com"]),
        (
            "https://a.com:*",
            [],
            ["https://a.com:443", "https://a.com:0", "https://a.com:65536", "https://a.com:*"],
        ),
        (
            "http://[::1]:*",
            ["http://[::1]", "http://[::1]:1"],
            ["http://[::2]", "http://[0::1]:1", "https://[::1]"],
        ),
        ("http://127.0.0.1:*", ["http://127.0.0.1:5"], ["http://127.1:5", "http://127.0.0.1.:5"]),
        ("app://-", ["app://-"], ["app://", "app://--", "app://-/"]),
        ("app://*.x", ["app://a.x"], ["app://x", "app://a.x:1"]),
    ],
)
def test_what_a_pattern_covers(pattern: str, allowed: list[str], refused: list[str]) -> None:
    index = indexed(pattern)
    assert [origin for origin in allowed if not index.allows(origin)] == []
    assert [origin for origin in refused if index.allows(origin)] == []


def test_neighbours_do_not_add_up_to_a_third() -> None:
    index = indexed("https://foo.com", "https://bar.com", "https://*.foo.com:1", "http://*.bar.com")
    for origin in ("https://foobar.com", "https://barfoo.com", "https://foo.com:1", "https://a.bar.com"):
        assert not index.allows(origin)


def test_of_nothing_nothing_is_allowed() -> None:
    index = OriginIndex([])
    assert not index.has_patterns
    assert index.exact == frozenset()
    assert not index.allows("https://a.com")


def test_one_look_up_for_each_depth_whatever_the_number_of_patterns() -> None:
    texts = [f"https://*.tenant-{number}.example.com" for number in range(2000)]
    index = indexed(*texts, *(f"https://customer-{number}.example" for number in range(2000)))
    assert index._depths == (2,)
    assert index.allows("https://a.tenant-1999.example.com")
    assert index.allows("https://customer-1999.example")
    assert not index.allows("https://tenant-1999.example.com")
    assert not index.allows("https://a.tenant-2000.example.com")
