"""What answers look like: the words of which signs are made."""

import re
from typing import Final

from corsage.model.evidence import Answer
from corsage.stacks.base import Sign

ASGI_SERVERS: Final = ("uvicorn", "hypercorn", "granian", "daphne")

_SEEN: Final = 4_000
_REFUSAL: Final = re.compile(
    r"Disallowed CORS (?:origin|method|headers|private-network)(?:, [a-z-]{1,20}){0,3}\Z"
)
_WERKZEUG: Final = re.compile(
    r"(?:<!doctype html>\s*<html lang=en>\s*|<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3\.2 Final//EN\">\s*)"
    r"<title>[1-5][0-9]{2} [A-Za-z ]{2,40}</title>\s*<h1>"
)


def says(sure: float, why: str) -> Sign:
    """Make a sign."""
    return Sign(sure, why)


def header(answer: Answer, name: str) -> str:
    """Return a header's value in lower case; empty where there is none."""
    return (answer.headers.get(name) or "").lower()


def server_begins(answer: Answer, *names: str) -> str:
    """Return the ``Server`` as it came where it begins with one of *names* (lower-case); else nothing."""
    value = answer.headers.get("server") or ""
    return value if value.lower().startswith(names) else ""


def body_has(answer: Answer, *parts: str) -> bool:
    """Tell whether the body's beginning holds one of *parts* (lower-case)."""
    body = answer.body[:_SEEN].lower()
    return any(part in body for part in parts)


def body_is(answer: Answer, pattern: re.Pattern[str]) -> bool:
    """Tell whether the body's beginning matches *pattern* from its first character that is no space."""
    return pattern.match(answer.body[:_SEEN].lstrip()) is not None


def is_refusal_of_starlette(answer: Answer) -> bool:
    """Tell whether Starlette's middleware refused a preflight; Litestar writes Origin with a capital.

    Of methods and headers the two say the same, but only Starlette lists what is allowed, all the same.
    """
    return body_is(answer, _REFUSAL) and not is_bare_refusal(answer)


def is_bare_refusal(answer: Answer) -> bool:
    """Tell whether a preflight was refused in such words, and without any list of what is allowed."""
    bare = answer.whole and "access-control-allow-methods" not in answer.headers
    return bare and body_is(answer, _REFUSAL)


def is_page_of_werkzeug(answer: Answer) -> bool:
    """Tell whether the body is an error page of Werkzeug's, of today or of old."""
    return body_is(answer, _WERKZEUG)
