"""The short way to a URL leads where the long one does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.clients.har.urls import parse_plain_url
from corsage.model import parse_url

BASES = st.sampled_from(
    ["https://A.example/", "http://a.example:80", "https://b.example/x/", "http://[::1]:5/y?"]
)
RESTS = st.text("abz09!$%&()*+,./:;=?@[]_{|}~^`\\-'\"<># é\t..2eA", max_size=12)


@given(BASES, RESTS)
def test_any_url(base: str, rest: str) -> None:
    assert parse_plain_url(base + rest) == parse_url(base + rest)


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/b/c?d=e",
        "https://a.example/../b",
        "https://a.example/.well-known/x",
        "https://a.example/%2e%2e/b",
        "https://a.example//b",
        "https://a.example?x",
        "https://user:word@a.example/b",
        "https://a.example/b?x='y'",
        "https:/a.example/b",
        "HTTPS://a.example/b",
        "https://bücher.example/b",
        "https://999.999.999.999/b",
        "",
    ],
)
def test_odd_urls(text: str) -> None:
    assert parse_plain_url(text) == parse_url(text)
