"""Firefox's refusals, in whatever language."""

# ruff: noqa: RUF001 - quotes and brackets of many languages are what this file is about

from typing import Final

from corsage.clients.console import firefox_words as words
from corsage.clients.console.cores import Core, Part, Statement
from corsage.clients.console.page import QUOTES, Page, one_line
from corsage.clients.console.values import status_in, url_of
from corsage.model import parse_url
from corsage.model.cause import Cause
from corsage.model.evidence import Message, Speaker
from corsage.model.symptom import Symptom

CORES: Final = tuple(
    Core(beginning, Part.HEAD, Symptom.CORS_UNSPECIFIC, Speaker.FIREFOX, rank=rank)
    for beginning, rank in words.BEGINNINGS
)

_LONGEST: Final = 6000
_LONGEST_REASON: Final = 600
_WHOLE: Final = 2
_ORIGIN: Final = "accesscontrolalloworigin"
_CREDENTIALS: Final = "accesscontrolallowcredentials"
_METHODS: Final = "accesscontrolallowmethods"
_HEADERS: Final = "accesscontrolallowheaders"
_NAMES: Final = frozenset({_ORIGIN, _CREDENTIALS, _METHODS, _HEADERS})
_NOT_LATIN: Final = "\u0250"
_MASKS: Final = "…•"
_SCHEME: Final = "://"


def read(page: Page, statement: Statement) -> Message | None:
    """Return the message."""
    start, end = page.at(statement.start), page.at(statement.ceiling)
    text = one_line(page.text[start : min(end, start + _LONGEST)], gap=" ")
    whole = statement.marks[0].core.rank <= _WHOLE
    if whole:
        url, rest = _url(text)
    else:
        before = page_line(page, start)
        url, rest = _url(before)[0] if _SCHEME in before else "", before + text
    reason, tail = _reason(rest)
    says, parameter = _says(reason)
    return Message("", Speaker.FIREFOX, says, url=url, parameter=parameter, status=_status(tail))


def _status(tail: str) -> int | None:
    """Return the status, though a line be broken within it."""
    found = status_in(tail)
    return found if found is not None or "null" in tail else status_in("".join(tail.split()))


def page_line(page: Page, start: int) -> str:
    """Return what stands before *start* in its line: the token that a cut off message is about."""
    return page.text[max(page.text.rfind("\n", 0, start) + 1, start - _LONGEST_REASON) : start]


def _url(text: str) -> tuple[str, str]:
    """Return the address and what follows it."""
    lower = text.lower()
    cut = _reason_start(lower)
    before = text[:cut]
    scheme = before.find(_SCHEME)
    if scheme >= 0:
        begin = scheme
        while begin and (before[begin - 1].isalnum() or before[begin - 1] in "+-."):
            begin -= 1
        end = begin
        while end < len(before) and _is_url_char(before[end]):
            end += 1
        return url_of(before[begin:end].rstrip("。，（")), text[end:]
    _, at, named = before.rpartition(" at ")
    name = named.strip().split(" This can be fixed")[0] if at else ""
    return url_of(name), text[cut:]


def _is_url_char(char: str) -> bool:
    """Tell what Firefox prints of an address from quotes, and from particles that follow without a blank."""
    return char in _MASKS or ("!" <= char <= "~" and char not in "'\"`")


def _reason_start(lower: str) -> int:
    found = [place for word in words.REASON if (place := lower.find(word)) >= 0]
    return min(found) if found else len(lower)


def _reason(text: str) -> tuple[str, str]:
    """Return the reason, up to its bracket or full stop, and what follows it."""
    lower = text.lower()
    start = _reason_start(lower)
    if start == len(lower):
        start = 0
    opened = lower.startswith("(", start) or (start and lower[start - 1] in "(（")
    depth = 1 if opened else 0
    begin = start + 1 if lower.startswith("(", start) else start
    stop = min(len(text), start + _LONGEST_REASON)
    for index in range(begin, stop):
        char = text[index]
        depth += (char in "(（") - (char in ")）")
        ends = depth <= 0 and (
            char in ")）" or (char in ".。" and not opened and _ends_sentence(text, index))
        )
        if ends:
            return text[begin:index], text[index : index + 80]
    return text[begin:stop], ""


def _ends_sentence(text: str, index: int) -> bool:
    following = text[index + 1 : index + 2]
    return not following or following.isspace() or following.isupper()


def _says(reason: str) -> tuple[Cause | Symptom, str]:
    """Tell a reason by the headers that it names, then by its quoted values, then by its words."""
    lower = reason.lower()
    bare = "".join(char for char in lower if char.isalnum())
    quoted = _quoted(reason)
    other = next((value for value in quoted if _bare(value) not in _NAMES), None)
    if _CREDENTIALS in bare:
        wildcard = "*" in quoted
        return (Cause.WILDCARD_WITH_CREDENTIALS if wildcard else Cause.INVALID_ALLOW_CREDENTIALS), ""
    if _ORIGIN in bare:
        return _origin(lower, other)
    if _METHODS in bare:
        return (Cause.INVALID_ALLOW_METHODS, other) if other is not None else (Cause.METHOD_DISALLOWED, "")
    if _HEADERS in bare:
        return _headers(lower, bare, other)
    return _without_header(lower, bare, quoted)


def _origin(lower: str, other: str | None) -> tuple[Cause | Symptom, str]:
    if other == "*" or ("*" in lower and other is None):
        return Cause.WILDCARD_WITH_CREDENTIALS, ""
    if other == "(null)":
        return Symptom.ALLOW_ORIGIN_UNSPECIFIC, ""
    if other is not None:
        return _mismatch(other), other
    if _any(words.MULTIPLE, lower) and "missing" not in lower:
        return Cause.MULTIPLE_ALLOW_ORIGIN, ""
    if "does not match" in lower or "doesnotmatch" in lower:
        return Cause.ALLOW_ORIGIN_MISMATCH, ""
    return Cause.MISSING_ALLOW_ORIGIN, ""


def _mismatch(value: str) -> Cause:
    """Name the mistake, as the engine does: Firefox shows the value alone."""
    if "," in value or " " in value:
        return Cause.MULTIPLE_ALLOW_ORIGIN
    redacted = any(mask in value for mask in ("***", "://<", "…", "{", "xxx"))
    if value != "null" and not redacted and parse_url(value) is None:
        return Cause.INVALID_ALLOW_ORIGIN
    return Cause.ALLOW_ORIGIN_MISMATCH


def _headers(lower: str, bare: str, other: str | None) -> tuple[Cause | Symptom, str]:
    if (
        "authorization" in bare
        and ("*" in lower or other in ("*", "Authorization"))
        and "preflight" not in bare
    ):
        return Symptom.WILDCARD_AUTHORIZATION, ""
    if _any(words.INVALID, lower) and not _any(words.PREFLIGHT, lower):
        return Cause.INVALID_ALLOW_HEADERS, other or ""
    return Cause.HEADER_DISALLOWED, other or ""


def _without_header(lower: str, bare: str, quoted: list[str]) -> tuple[Cause | Symptom, str]:
    if "cors" not in bare:
        return Symptom.CORS_UNSPECIFIC, ""
    if _any(words.PREFLIGHT, lower):
        return Cause.PREFLIGHT_INVALID_STATUS, ""
    if _any(words.REDIRECT, lower):
        return Cause.PREFLIGHT_DISALLOWED_REDIRECT, ""
    if _any(words.DISABLED, lower):
        return Symptom.CORS_DISABLED, ""
    if "http" in bare and _SCHEME not in lower:
        return Cause.CORS_DISABLED_SCHEME, ""
    if "Origin" in quoted or "enabling cors" in lower:
        return Symptom.CORS_UNSPECIFIC, ""
    return Symptom.DID_NOT_SUCCEED, ""


def _any(known: tuple[str, ...], lower: str) -> bool:
    return any(word in lower for word in known)


def _bare(value: str) -> str:
    return "".join(char for char in value.lower() if char.isalnum())


def _quoted(reason: str) -> list[str]:
    """Return the values in quotes, in order. An apostrophe within a word is none."""
    values: list[str] = []
    begin = -1
    for index, char in enumerate(reason):
        if char not in QUOTES:
            continue
        inside = _inside_word(reason, index)
        if begin < 0 and not inside:
            begin = index + 1
        elif begin >= 0 and not inside:
            values.append(reason[begin:index].strip("\xa0\u202f "))
            begin = -1
    return values


def _inside_word(text: str, index: int) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return text[index] in "'’" and bool(index) and before.isalnum() and after.isalnum() and after < _NOT_LATIN
