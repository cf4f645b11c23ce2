"""A message reads the same however a terminal, a chat or an e-mail wrapped and quoted it."""

# ruff: noqa: RUF001 - quotes of many languages are what is pasted

import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from corsage.clients.console.wrapping import unwrapped

Reads = Callable[[str], list[dict[str, Any]]]
FETCH = (
    "Access to fetch at 'https://api.example/items?page=2' from origin 'https://app.example' has been blocked by CORS "
    "policy: Response to preflight request doesn't pass access control check: The 'Access-Control-Allow-Origin' header "
    "has a value 'https://other.example' that is not equal to the supplied origin."
)
OLD = (
    "XMLHttpRequest cannot load https://api.example/items?page=2. No 'Access-Control-Allow-Origin' header is present "
    "on the requested resource. Origin 'https://app.example' is therefore not allowed access. The response had HTTP "
    "status code 502."
)
FIREFOX = (
    "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at "
    "https://api.example/items?page=2. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 502."
)
SAFARI = "Request header field X-Token is not allowed by Access-Control-Allow-Headers."
MESSAGES = pytest.mark.parametrize(
    "message", [FETCH, OLD, FIREFOX, SAFARI], ids=["chrome", "old", "firefox", "safari"]
)


@MESSAGES
def test_broken_at_any_width_within_words(message: str, reads: Reads) -> None:
    for width in range(20, len(message)):
        lines = [message[start : start + width] for start in range(0, len(message), width)]
        assert reads("\n".join(lines)) == reads(message), width


@MESSAGES
def test_wrapped_at_any_width_between_words(message: str, reads: Reads) -> None:
    longest = max(map(len, message.split()))
    for width in range(longest + 1, len(message)):
        assert reads("\n".join(textwrap.wrap(message, width, break_on_hyphens=False))) == reads(message), (
            width
        )


@MESSAGES
@pytest.mark.parametrize("margin", ["> ", ">> ", "| ", "│ ", "    "])
def test_quoted_in_a_mail(message: str, margin: str, reads: Reads) -> None:
    lines = textwrap.wrap(message, 72, break_on_hyphens=False, break_long_words=False)
    assert reads("\n".join(margin + line for line in lines)) == reads(message)


@MESSAGES
@pytest.mark.parametrize("quotes", ["‘’", "“”", '""', "«»", "‹›", "„“", "``", "「」"], ids=ascii)
def test_with_other_quotes(message: str, quotes: str, reads: Reads) -> None:
    opened = False
    text = ""
    for index, char in enumerate(message):
        apostrophe = message[index - 1 : index].isalpha() and message[index + 1 : index + 2].isalpha()
        if char in "'‘’" and not apostrophe:
            text += quotes[opened]
            opened = not opened
        else:
            text += char
    assert reads(text) == reads(message)


@MESSAGES
def test_in_other_case(message: str, reads: Reads) -> None:
    def without_case(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{name: str(value).lower() for name, value in each.items()} for each in found]

    assert without_case(reads(message.lower())) == without_case(reads(message))
    assert without_case(reads(message.upper())) == without_case(reads(message))


@MESSAGES
def test_with_entities_and_escapes(message: str, reads: Reads) -> None:
    assert reads(message.replace("'", "&#39;").replace("’", "&rsquo;")) == reads(message)
    assert reads(message.replace("'", "\\u0027").replace("’", "\\u2019")) == reads(message)
    assert reads("\x1b[31m" + message.replace("not", "\x1b[1mnot\x1b[0m")) == reads(message)


@MESSAGES
@pytest.mark.parametrize(
    "before",
    [
        "index.js:12 ",
        "(index):1 ",
        "[Error] ",
        "12:01:33.120 ",
        "3 ",
        "⛔ ",
        "ERROR in console: ",
        "zone.js:2863 ",
    ],
)
def test_what_devtools_put_before_it(message: str, before: str, reads: Reads) -> None:
    assert reads(before + message + "\n    at fetch (index.js:12:9)") == reads(message)


def test_lines_of_a_log_are_left_alone() -> None:
    log = "GET /first 200 and so on\nGET /second 200 and so\nGET /third 200 and so o\n"
    assert unwrapped(log)[0].replace("\x0b", "") == log
