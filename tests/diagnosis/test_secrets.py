"""What reports do not show: they are pasted in public issues."""

from __future__ import annotations

import time

import pytest

from corsage.clients.pasted import read_pasted
from corsage.diagnosis import diagnose
from corsage.diagnosis.blocks import Chapter, Code, Items, Report, Text
from corsage.diagnosis.report import report_of
from corsage.diagnosis.secrets import (
    LEFT_OUT,
    header_without_secrets,
    hide_secrets,
    looks_secret,
    without_secrets,
)

API = "https://api.example.com/items"


@pytest.mark.parametrize(
    "name",
    [
        "token", "access_token", "accessToken", "key", "apikey", "api_key", "X-Api-Key", "sig", "Signature", "code",
        "session", "sessionid", "auth", "Authorization", "Cookie", "set-cookie", "password", "client_secret", "jwt",
        "X-Amz-Signature", "X-Amz-Date", "id%5Ftoken", "X-CSRF-Token",
    ],
)  # fmt: skip
def test_names_of_secrets(name: str) -> None:
    assert looks_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        "page",
        "q",
        "keyword",
        "status_code",
        "author",
        "monkeys",
        "access-control-allow-headers",
        "Origin",
        "",
    ],
)
def test_names_of_other_things(name: str) -> None:
    assert not looks_secret(name)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (f"{API}?token=abc&page=2", f"{API}?token=…&page=2"),
        (f"'{API}?page=2&X-Amz-Signature=abc'", f"'{API}?page=2&X-Amz-Signature=…'"),
        (f"{API}#access_token=abc", f"{API}#access_token=…"),
        ("https://me:pass@api.example.com/", "https://…@api.example.com/"),
        (f"{API}/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln/x", f"{API}/…/x"),
        (f"{API}?token=&page=2", f"{API}?token=&page=2"),
        ("me@example.com asked https://api.example.com", "me@example.com asked https://api.example.com"),
    ],
)
def test_urls(text: str, hidden: str) -> None:
    assert without_secrets(text) == hidden
    assert without_secrets(hidden) == hidden


@pytest.mark.parametrize(
    ("name", "value", "hidden"),
    [
        ("Authorization", "Bearer abc.def", "Bearer …"),
        ("Cookie", "a=b; c=d", "…"),
        ("X-Api-Key", "x", "x"),
        ("Location", f"{API}?code=abc", f"{API}?code=…"),
        ("Content-Type", "text/plain", "text/plain"),
    ],
)
def test_headers(name: str, value: str, hidden: str) -> None:
    assert header_without_secrets(name, value) == hidden


def test_every_block_of_a_report_and_that_it_says_so() -> None:
    url = f"{API}?token=abc"
    curl = f"curl -si -H 'Authorization: Bearer a'\\''b' -H 'Origin: https://app.example' '{url}'"
    blocks = (Text(url), Items((url,)), Code(curl, "sh"), Code(f"response of {url}: Vary: Origin", "http"))
    hidden = hide_secrets(Report(url, True, url, "", (Chapter(url, blocks),)))
    assert "abc" not in repr(hidden)
    assert "Bearer a" not in repr(hidden)
    assert "'Authorization: Bearer …' -H 'Origin: https://app.example'" in str(hidden)
    assert hidden.chapters[-1].blocks == (Text(LEFT_OUT),)
    plain = Report("", True, "", "", (Chapter("", (Text(API),)),))
    assert hide_secrets(plain) is plain


def test_a_report_shows_no_token_of_a_url() -> None:
    says = (
        f"Access to fetch at '{API}?token=hush-hush&page=2' from origin 'https://app.example.com' has been blocked by "
        "CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."
    )
    diagnosis = diagnose(read_pasted(says).evidence)
    for verbose in (False, True):
        report = str(report_of(diagnosis, verbose=verbose))
        assert "hush" not in report
        assert "?token=…&page=2" in report
        assert LEFT_OUT in report
    assert "hush-hush" in diagnosis.evidence.messages[0].url


@pytest.mark.parametrize(
    "piece", ["?", "?a", "://", "://a", "eyJ", "eyJaaaaaaaa.", "-H '", "-H 'a: '\\''", "?token="]
)
def test_long_words_of_strangers_take_no_time(piece: str) -> None:
    begin = time.process_time()
    hide_secrets(Report("", True, "", "", (Chapter("", (Code(piece * 10_000, "sh"),)),)))
    assert time.process_time() - begin < 2
