"""Mistakes in configurations of rack-cors."""

import re
from collections.abc import Iterator
from typing import Final

from corsage.stacks.base import Pitfall

_LONGEST_LINE: Final = 2_000
_REGEX: Final = re.compile(r"/(?!/)((?:\\.|[^/\\\n]){2,500})/")
_TEXT: Final = re.compile(r"'[^'\n]{0,300}'|\"[^\"\n]{0,300}\"")


def _origin_lines(text: str) -> Iterator[str]:
    """Yield what follows ``origins`` in its line, and lines that go on with it."""
    goes_on = False
    for line in text.splitlines():
        bare = line.strip()[:_LONGEST_LINE]
        if bare.startswith("#"):
            continue
        if goes_on or bare.startswith(("origins ", "origins(")):
            yield bare
            goes_on = bare.endswith(",")


def _has_open_regex(text: str) -> bool:
    for line in _origin_lines(text):
        for found in _REGEX.finditer(_TEXT.sub("", line)):
            if not (found[1].startswith(r"\A") and found[1].endswith(r"\z")):
                return True
    return False


def _has_slash(text: str) -> bool:
    return any(re.search(r"://[^'\"/\s]{1,255}/['\"]", line) for line in _origin_lines(text))


def _has_star_with_credentials(text: str) -> bool:
    star = any(re.search(r"['\"]\*['\"]", line) for line in _origin_lines(text))
    return star and re.search(r"credentials(?::|\s{0,5}=>)\s{0,5}true", text) is not None


def _has_no_methods(text: str) -> bool:
    return "resource" in text and "origins" in text and "methods" not in text


PITFALLS: Final = (
    Pitfall(
        "used-last",
        "middleware.use puts Rack::Cors behind everything that Rails has: Warden and others answer before it.",
        "Write config.middleware.insert_before 0, Rack::Cors.",
        re.compile(r"middleware\.use[ (]\s{0,5}['\"]?Rack::Cors"),
    ),
    Pitfall(
        "open-expression",
        "An expression without \\A and \\z allows every origin that has such a part, and ^ and $ are those of lines.",
        "Begin it with \\A and end it with \\z.",
        _has_open_regex,
    ),
    Pitfall(
        "trailing-slash",
        "An allowed origin ends with a slash. Browsers send none, and the text is compared as it is.",
        "Write scheme, host and port alone: 'https://app.example'.",
        _has_slash,
    ),
    Pitfall(
        "star-with-credentials",
        "With origins '*' and credentials: true the library ends the program, and older versions let every site in.",
        "List the origins that need cookies.",
        _has_star_with_credentials,
    ),
    Pitfall(
        "websocket-open",
        "Action Cable's check of the origin is switched off: any site can open a WebSocket as the user who visits it.",
        "List the origins: config.action_cable.allowed_request_origins = ['https://app.example'].",
        re.compile(r"action_cable\.disable_request_forgery_protection\s{0,5}=\s{0,5}true"),
    ),
    Pitfall(
        "methods-left-out",
        "Without methods the library allows GET alone: preflights for all others are answered without CORS headers.",
        "List the methods: methods: %i[get head post put patch delete].",
        _has_no_methods,
    ),
)
