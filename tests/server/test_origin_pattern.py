"""Origin patterns: what an entry of ``origins`` may say, and what does not parse."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corsage.server import OriginPattern, parse_origin_pattern, split_serialized_origin
from corsage.server.origin_pattern import Breadth

LABEL = "a" * 63
HOST_253 = f"{LABEL}.{LABEL}.{LABEL}.{'a' * 61}"
EXACT, ONE, ANY = Breadth.EXACT, Breadth.ONE_LABEL, Breadth.ANY_DEPTH


@pytest.mark.parametrize(
    ("text", "scheme", "breadth", "host", "port"),
    [
        ("https://example.com", "https", EXACT, "example.com", None),
        ("http://example.com:8080", "http", EXACT, "example.com", "8080"),
        ("https://example.com:80", "https", EXACT, "example.com", "80"),
        ("http://example.com:443", "http", EXACT, "example.com", "443"),
        ("https://example.com:1", "https", EXACT, "example.com", "1"),
        ("https://example.com:65535", "https", EXACT, "example.com", "65535"),
        ("https://example.com:*", "https", EXACT, "example.com", "*"),
        ("https://*.example.com", "https", ANY, "example.com", None),
        ("https://*.example.com:8443", "https", ANY, "example.com", "8443"),
        ("https://*.example.com:*", "https", ANY, "example.com", "*"),
        ("https://+.example.com", "https", ONE, "example.com", None),
        ("https://+.example.com:*", "https", ONE, "example.com", "*"),
        ("https://*.com", "https", ANY, "com", None),
        ("https://*.localhost", "https", ANY, "localhost", None),
        ("http://localhost", "http", EXACT, "localhost", None),
        ("http://localhost:*", "http", EXACT, "localhost", "*"),
        ("https://intranet", "https", EXACT, "intranet", None),
        ("https://example.com.", "https", EXACT, "example.com.", None),
        ("https://*.example.com.", "https", ANY, "example.com.", None),
        ("https://under_score.example.com", "https", EXACT, "under_score.example.com", None),
        ("https://_dmarc.example.com", "https", EXACT, "_dmarc.example.com", None),
        ("https://a--b.example.com", "https", EXACT, "a--b.example.com", None),
        ("https://xn--bcher-kva.example", "https", EXACT, "xn--bcher-kva.example", None),
        ("https://1.example.com", "https", EXACT, "1.example.com", None),
        ("https://a.1.b", "https", EXACT, "a.1.b", None),
        ("https://0x.example", "https", EXACT, "0x.example", None),
        ("https://192.0.2.1", "https", EXACT, "192.0.2.1", None),
        ("https://0.0.0.0", "https", EXACT, "0.0.0.0", None),  # noqa: S104 - a name in a table
        ("https://255.255.255.255:8443", "https", EXACT, "255.255.255.255", "8443"),
        ("http://127.0.0.1:*", "http", EXACT, "127.0.0.1", "*"),
        ("https://[::1]", "https", EXACT, "[::1]", None),
        ("https://[::1]:*", "https", EXACT, "[::1]", "*"),
        ("https://[2001:db8::a]:8443", "https", EXACT, "[2001:db8::a]", "8443"),
        ("https://[::ffff:102:304]", "https", EXACT, "[::ffff:102:304]", None),
        ("capacitor://localhost", "capacitor", EXACT, "localhost", None),
        ("app://-", "app", EXACT, "-", None),
        ("app://", "app", EXACT, "", None),
        ("file://", "file", EXACT, "", None),
        ("content://", "content", EXACT, "", None),
        ("app://obsidian.md", "app", EXACT, "obsidian.md", None),
        ("app://*.x", "app", ANY, "x", None),
        ("tauri://localhost:1420", "tauri", EXACT, "localhost", "1420"),
        ("chrome-extension://abcdefghijklmnop", "chrome-extension", EXACT, "abcdefghijklmnop", None),
        ("moz-extension://0a-1b", "moz-extension", EXACT, "0a-1b", None),
        ("a+b.c-d://x", "a+b.c-d", EXACT, "x", None),
        ("a" * 64 + "://x", "a" * 64, EXACT, "x", None),
        (f"https://{LABEL}.com", "https", EXACT, f"{LABEL}.com", None),
        (f"https://*.{HOST_253[2:]}", "https", ANY, HOST_253[2:], None),
        ("https://xn--p1ai", "https", EXACT, "xn--p1ai", None),
        ("https://*.xn--caf-dma.example", "https", ANY, "xn--caf-dma.example", None),
        ("https://[::ffff:7f7f:7f7f]", "https", EXACT, "[::ffff:7f7f:7f7f]", None),
        (f"https://{HOST_253}", "https", EXACT, HOST_253, None),
        (f"https://{HOST_253}.", "https", EXACT, HOST_253 + ".", None),
    ],
)
def test_what_a_pattern_says(text: str, scheme: str, breadth: Breadth, host: str, port: str | None) -> None:
    pattern = parse_origin_pattern(text)
    assert pattern == OriginPattern(scheme, breadth, host, port)
    assert pattern is not None
    assert pattern.text == text
    assert pattern.is_exact == (breadth is EXACT and port != "*")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "*",
            "null",
            "example.com",
            "//example.com",
            "https:",
            "https:/",
            "https://",
            "https://:443",
        ),
        *("https:example.com", "https:/example.com", "://example.com", "https ://example.com"),
        *("https://example.com/", "https://example.com/*", "https://example.com?", "https://example.com#"),
        *("https://user@example.com", "https://u:p@example.com", "https://example.com@evil.com"),
        *(" https://example.com", "https://example.com ", "https://example.com\n", "\thttps://example.com"),
        *(
            "https://exa mple.com",
            "https://exa\x00mple.com",
            '"https://example.com"',
            "'https://example.com'",
        ),
        *("https://a.example,https://b.example", "https://a.example https://b.example"),
        *("HTTPS://example.com", "https://Example.com", "https://bücher.example", "https://EXAMPLE.com:*"),
        *("https://exam\u212aple.com", "https://\uff45xample.com", "https://example。com"),
        # ports
        *("https://example.com:", "https://example.com:443", "http://example.com:80", "ws://a.example:80"),
        *("wss://a.example:443", "ftp://a.example:21", "https://*.example.com:443", "https://example.com:0"),
        *("https://example.com:01", "https://example.com:65536", "https://example.com:99999"),
        *("https://example.com:100000", "https://example.com:-1", "https://example.com:+1"),
        *("https://example.com:8080a", "https://example.com:**", "https://example.com:80*", "https://a:1:2"),
        *("https://example.com:٣",),
        # wildcards
        *("https://*", "https://*.", "https://*:443", "https://*:*", "*://example.com", "*.example.com"),
        *(
            "https://**.example.com",
            "https://*.*.example.com",
            "https://*example.com",
            "https://a*.example.com",
        ),
        *("https://www.*.com", "https://example.*", "https://*.+.example.com", "https://++.example.com"),
        *("https://+", "https://+.", "https://*-x.example.com", "h*://example.com", "https://*..example.com"),
        *("https://*.[::1]", "https://*.127.0.0.1", "https://*.0.0.1", "https://*.1", "https://*.0x7f"),
        *("https://+.2.3.4", "https://*.1.", "https://*.example.com.1"),
        # hosts
        *("https://.example.com", "https://example..com", "https://example.com..", "https://.", "https://.."),
        *("https://-example.com", "https://example-.com", "https://a.-b.com", "https://exa%6dple.com"),
        *(
            "http://xn--f",
            "https://xn--.example",
            "https://xn--a.example",
            "https://*.xn--f",
            "https://a.xn--99999.b",
        ),
        *(f"https://*.{HOST_253}", f"https://+.{HOST_253[1:]}", "https://xn--example-.com"),
        *(f"https://{'a' * 64}.com", f"https://a{HOST_253}", f"https://*.a{HOST_253}"),
        *("https://1", "https://1.2", "https://1.2.3", "https://1.2.3.4.5", "https://256.1.1.1"),
        *("https://01.2.3.4", "https://0x7f.1", "https://0x7f.0.0.1", "https://example.1", "https://a.0x1"),
        *("https://127.0.0.1.", "https://1.2.3.4.:80", "https://017700000001", "https://999.999.999.999"),
        *("https://[::1", "https://::1]", "https://[::1]]", "https://[]", "https://[:]", "https://[::1]x"),
        *(
            "https://[0:0:0:0:0:0:0:1]",
            "https://[::01]",
            "https://[::A]",
            "https://[::1%eth0]",
            "https://[::1].",
        ),
        *("https://[::ffff:1.2.3.4]", "https://[1.2.3.4]", "https://[::1]:443", "https://[1::2::3]"),
        # schemes
        *(
            "file:///",
            "file://host",
            "file://*.host",
            "1a://x",
            "-a://x",
            "a_b://x",
            "a" * 65 + "://x",
        ),
        *(
            "https://",
            "app://*",
            "app:///",
            "app://:80",
            "app://:*",
            "data://",
            "blob://",
            "App://",
            "app://[x]",
            "app://a/b",
            "app://a@b",
            "app://A",
            "app://" + "a" * 254,
            "app://-:443:1",
        ),
    ],
)
def test_what_is_no_pattern(text: str) -> None:
    assert parse_origin_pattern(text) is None


@given(st.text(max_size=40))
@example("https://" + "a" * 100_000)
@example("https://" + "a." * 50_000)
@example("https://" + "1" * 100_000)
@example("https://[" + ":" * 100_000 + "]")
@example("a" * 100_000 + "://x")
@example("https://example.com:" + "1" * 100_000)
def test_no_text_raises_and_what_parses_is_written_as_it_was(text: str) -> None:
    pattern = parse_origin_pattern(text)
    assert pattern is None or pattern.text == text


TEXTS = st.from_regex(
    r"\A(https?|app|ws)://([*+]\.)?[a-c0-2_.\-]{1,8}(\[::1\])?(:(\*|[0-9]{1,5}))?\Z", alphabet=st.characters()
)


@given(TEXTS)
def test_what_a_pattern_gives_as_its_example_is_an_origin(text: str) -> None:
    pattern = parse_origin_pattern(text)
    if pattern is None or pattern.scheme == "app":  # whose hosts may be anything
        return
    assert split_serialized_origin(pattern.example()) is not None


@pytest.mark.parametrize(
    ("text", "loopback", "insecure", "strangers"),
    [
        ("https://example.com", False, False, False),
        ("http://example.com", False, True, False),
        ("http://*.example.com", False, True, False),
        ("ws://example.com", False, True, False),
        ("http://localhost:3000", True, False, False),
        ("http://*.localhost", True, False, False),
        ("http://app.localhost", True, False, False),
        ("http://127.0.0.1:*", True, False, False),
        ("http://127.9.9.9", True, False, False),
        ("http://[::1]:5000", True, False, False),
        ("http://localhost.example.com", False, True, False),
        ("http://notlocalhost", False, True, False),
        ("capacitor://localhost", True, False, False),
        ("app://x", False, False, False),
        ("https://*.com", False, False, True),
        ("https://*.co.uk", False, False, True),
        ("https://+.github.io", False, False, True),
        ("https://*.github.io:8443", False, False, True),
        ("https://*.example.github.io", False, False, False),
        ("https://github.io", False, False, False),
        ("https://*.com.", False, False, True),
    ],
)
def test_how_far_a_pattern_is_to_be_trusted(
    text: str,
    loopback: bool,  # noqa: FBT001 - a table
    insecure: bool,  # noqa: FBT001 - a table
    strangers: bool,  # noqa: FBT001 - a table
) -> None:
    pattern = parse_origin_pattern(text)
    assert pattern is not None
    assert (pattern.is_loopback, pattern.is_insecure, pattern.covers_strangers) == (
        loopback,
        insecure,
        strangers,
    )
