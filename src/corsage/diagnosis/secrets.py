"""What a report may not show: reports are pasted in public issues, and URLs and headers carry what opens doors."""

import re
from dataclasses import replace
from typing import Final

from corsage.diagnosis.blocks import Block, Chapter, Items, Report, Text

HIDDEN: Final = "…"
LEFT_OUT: Final = (
    f"Values that look secret are written as {HIDDEN} here. Put yours in before you run a command."
)

# A word of a name, or how it ends: access_token, apiKey, X-Amz-Signature. Of codes only OAuth's own, not status_code.
_WORDS: Final = frozenset(
    {
        *("apikey", "key", "secret", "sig", "signature", "assertion"),
        *("auth", "authorization", "credential", "credentials", "passwd", "password", "pwd"),
        *("cookie", "jwt", "session", "sessionid", "sid", "ticket", "token"),
    }
)
_ENDS: Final = ("token", "key", "secret", "password", "signature", "session", "sessionid", "jwt")
_SIGNED: Final = ("x-amz-", "x-goog-", "x-ms-signature")
_ESCAPED: Final = re.compile("%([0-9A-Fa-f]{2})")
_NOT_A_WORD: Final = re.compile(r"[^a-z0-9]+")
_PARAMETER: Final = re.compile(r"([?&;#])([^\s?&;#='\"<>]{1,100})=([^\s&;#'\"<>]+)")
_USER: Final = re.compile(r"(://)[^\s/?#@'\"<>]{1,500}@")
_JWT: Final = re.compile(r"\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?")
# What curl is told, as `quoted` writes it.
_OF_CURL: Final = re.compile(r"(-H ')([\w-]{1,100}): ((?:[^']|'\\'')*)'")
_SCHEME: Final = re.compile(r"(?:basic|bearer|digest|negotiate|token|apikey) ", re.IGNORECASE)
_TELLS_NOTHING: Final = ("", "x", "*", HIDDEN)


def looks_secret(name: str) -> bool:
    """Tell whether a query parameter or a header of this *name* may hold what opens a door."""
    lower = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name).lower()
    if lower.startswith(("access-control-", "sec-")):
        return False
    words = _NOT_A_WORD.split(lower)
    return (
        lower == "code"
        or lower.startswith(_SIGNED)
        or any(word in _WORDS or word.endswith(_ENDS) for word in words)
    )


def without_secrets(text: str) -> str:
    """Return *text* with the secrets of the URLs in it hidden: parameters that look secret, users, signed tokens."""
    if "=" in text:
        text = _PARAMETER.sub(_parameter, text)
    if "@" in text:
        text = _USER.sub(rf"\g<1>{HIDDEN}@", text)
    return _JWT.sub(HIDDEN, text) if "eyJ" in text else text


def header_without_secrets(name: str, value: str) -> str:
    """Return *value* of the header *name* with what is secret in it hidden; the scheme of a login stays."""
    if not looks_secret(name):
        return without_secrets(value)
    if value in _TELLS_NOTHING:
        return value
    scheme = _SCHEME.match(value)
    return f"{scheme[0] if scheme else ''}{HIDDEN}"


def hide_secrets(report: Report, *, hidden_before: bool = False) -> Report:
    """Return *report* without what looks secret; a chapter at its end says so where anything was hidden.

    Args:
        report: as it was laid out.
        hidden_before: whether secrets in it were hidden already.
    """
    chapters = tuple(
        replace(chapter, title=without_secrets(chapter.title), blocks=tuple(map(_block, chapter.blocks)))
        for chapter in report.chapters
    )
    hidden = replace(
        report,
        verdict=without_secrets(report.verdict),
        cause=without_secrets(report.cause),
        chapters=chapters,
    )
    if hidden == report and not hidden_before:
        return report
    return replace(hidden, chapters=(*chapters, Chapter("Left out", (Text(LEFT_OUT),))))


def _block(block: Block) -> Block:
    if isinstance(block, Text):
        return Text(without_secrets(block.text))
    if isinstance(block, Items):
        return Items(tuple(map(without_secrets, block.items)))
    if block.language == "sh":
        return replace(block, text=_OF_CURL.sub(_of_curl, without_secrets(block.text)))
    # A configuration is ours, and holds no words of strangers but names of headers and origins.
    return replace(block, text=without_secrets(block.text)) if block.language == "http" else block


def _parameter(found: re.Match[str]) -> str:
    mark, name, value = found.groups()
    return f"{mark}{name}={HIDDEN if looks_secret(name) else value}"


def _of_curl(found: re.Match[str]) -> str:
    start, name, value = found.groups()
    return f"{start}{name}: {header_without_secrets(name, value)}'"
