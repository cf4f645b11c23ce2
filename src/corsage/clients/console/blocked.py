"""What Chromium or WebKit refused, from the cores of its message."""

from typing import Final

from corsage.clients.console import chromium, chromium_old, webkit
from corsage.clients.console.cores import Core, Mark, Part, Statement
from corsage.clients.console.page import Page
from corsage.clients.console.preflight import ON_PREFLIGHT
from corsage.clients.console.targets import api_and_url, origin_in
from corsage.clients.console.values import last_word, quoted_first, value_of
from corsage.model.cause import Cause
from corsage.model.evidence import Message, Speaker
from corsage.model.symptom import Symptom

CORES: Final = chromium.CORES + chromium_old.CORES + webkit.CORES

_SHORTEST_OPENING: Final = 3
_LONGEST_OPENING: Final = 90
_REACH: Final = 2500
_SECOND_SPACE: Final = "yettheresourceisinaddressspace"
_BLOCKED_RANK: Final = 3
# These never have blanks: what looks like one is a break.
_WITHOUT_BLANKS: Final = frozenset(
    {
        Cause.HEADER_DISALLOWED,
        Cause.METHOD_DISALLOWED,
        Cause.ALLOW_ORIGIN_MISMATCH,
        Cause.INVALID_ALLOW_ORIGIN,
        Symptom.ALLOW_ORIGIN_UNSPECIFIC,
    }
)
_STATUS_WORDS: Final = ("statuscode", "httpstatuscode", "responsehadhttpstatuscode")
_ON_PREFLIGHT: Final = frozenset(cause for cause in Cause if f"PREFLIGHT_{cause.name}" in Cause.__members__)


def read(page: Page, statement: Statement) -> Message | None:
    """Return the message, or ``None`` where the cores do not make one."""
    reason = _reason(statement)
    says = _says(page, statement, reason)
    if says is None:
        return None
    parameter = _named(page, statement, reason) if reason is not None else ""
    api, url, first_url = api_and_url(page, statement, reason)
    origin = origin_in(page, statement)
    if says is Symptom.ALLOW_ORIGIN_UNSPECIFIC:
        # Safari names the page's origin, not the header's value.
        origin, parameter = parameter, ""
    if says is Symptom.FETCH_FAILED:
        if not url:
            return None
        says = _without_reason(page, statement)
    return Message(
        "",
        _speaker(statement, reason),
        says,
        url=url,
        first_url=first_url,
        origin=origin,
        api=api or (reason.core.api if reason is not None else ""),
        parameter=parameter,
        status=_status(page, statement),
    )


def _without_reason(page: Page, statement: Statement) -> Cause | Symptom:
    """A whole sentence that only says what cannot be loaded is all that WebKit says of mode same-origin."""
    line = page.text[page.at(statement.start) :].split("\n", 1)[0]
    return Cause.DISALLOWED_BY_MODE if line.rstrip().endswith(".") else Symptom.FETCH_FAILED


def _named(page: Page, statement: Statement, reason: Mark) -> str:
    """Return the value, header, method or address space at fault."""
    targeting = statement.mark("targetingthe")
    if targeting is not None:
        return quoted_first(page.rest(targeting.end))
    if reason.core.words == "requesthadatargetipaddressspaceof":
        return _spaces(page, reason)
    if reason.core.lead == "cancelledloadto":
        return ""
    parameter = _parameter(page, statement, reason)
    return "".join(parameter.split()) if reason.core.says in _WITHOUT_BLANKS else parameter


def _reason(statement: Statement) -> Mark | None:
    reason = statement.find(Part.REASON)
    if reason is not None and (not reason.core.weak or statement.find(Part.HEAD)):
        # A tail may know better: a redirect "containing userinfo".
        return reason
    return None


def _says(page: Page, statement: Statement, reason: Mark | None) -> Cause | Symptom | None:
    heads = [mark for mark in statement.marks if mark.core.part is Part.HEAD]
    tails = [mark.core.says for mark in statement.marks if mark.core.part is Part.TAIL and mark.core.says]
    says = reason.core.says if reason is not None else None
    if says in (None, Symptom.REDIRECT_UNSPECIFIC, Symptom.CORS_UNSPECIFIC) and tails:
        says = next((tail for tail in tails if tail is not Symptom.CORS_UNSPECIFIC), says or tails[0])
    if says in (None, Symptom.CORS_UNSPECIFIC) and heads and not tails:
        says = _cut_off(page, statement) or _unspecific(heads) or says
    preflight = any(mark.core.says is Symptom.PREFLIGHT_UNSPECIFIC for mark in heads)
    return ON_PREFLIGHT.get(says, says) if preflight and isinstance(says, Cause) else says


def _unspecific(heads: list[Mark]) -> Cause | Symptom | None:
    said = [mark.core.says for mark in heads if mark.core.says]
    words = [mark.core.words for mark in heads]
    if "redirectfrom" in words and said == [Symptom.CORS_UNSPECIFIC]:
        return Symptom.REDIRECT_UNSPECIFIC
    if not said and any(word.startswith("accessto") for word in words):
        return Symptom.CORS_UNSPECIFIC
    if not said and any(word.endswith("cannotload") for word in words):
        return Symptom.FETCH_FAILED
    return said[-1] if said else None


def _cut_off(page: Page, statement: Statement) -> Cause | Symptom | None:
    """Say what the beginning of a reason says, where only one reason begins so."""
    last = statement.marks[-1]
    if last.core.rank < _BLOCKED_RANK:
        return None
    rest = page.bare[last.end : min(statement.ceiling, last.end + _LONGEST_OPENING)]
    if len(rest) < _SHORTEST_OPENING:
        return None
    meant = {core.says for core in CORES if core.says and _opening(core).startswith(rest)}
    return meant.pop() if len(meant) == 1 else None


def _opening(core: Core) -> str:
    if core.opening or core.part is not Part.REASON:
        return core.opening
    return core.lead or core.words


def _speaker(statement: Statement, reason: Mark | None) -> Speaker:
    named = [mark.core.speaker for mark in statement.marks if mark.core.speaker is not Speaker.UNKNOWN]
    if named:
        return named[0]
    # Chromium and WebKit share some words. Chromium of old had all in one line, WebKit has two.
    return Speaker.CHROMIUM if reason is not None and statement.find(Part.HEAD) else Speaker.WEBKIT


def _parameter(page: Page, statement: Statement, reason: Mark) -> str:
    core = reason.core
    if core.lead:
        return _before(page, statement, reason)
    if core.until is None:
        return _word_before(page, reason)
    if core.until == "":
        return quoted_first(page.rest(reason.end)).strip("`.")
    if core.until == "\n":
        return page.rest(reason.end).lstrip(" :").split("\n", 1)[0].strip()
    end = page.bare.find(core.until, reason.end, min(statement.ceiling, reason.end + _REACH))
    if end < 0:
        return quoted_first(page.rest(reason.end))
    return value_of(page.between(reason.end, end)).rstrip(".")


def _before(page: Page, statement: Statement, reason: Mark) -> str:
    start = page.bare.rfind(reason.core.lead, max(statement.floor, reason.start - _REACH), reason.start)
    if start < 0:
        return last_word(page.text[max(0, page.at(reason.start) - _REACH) : page.at(reason.start)])
    return value_of(page.between(start + len(reason.core.lead), reason.start))


def _spaces(page: Page, reason: Mark) -> str:
    """Return both address spaces, as the engine writes them: ``local,loopback``."""
    found = page.bare.find(_SECOND_SPACE, reason.end, reason.end + _REACH)
    first = quoted_first(page.rest(reason.end))
    return f"{first},{quoted_first(page.rest(found + len(_SECOND_SPACE)))}" if found >= 0 else first


def _word_before(page: Page, reason: Mark) -> str:
    """Return the header or method of a message that lost its beginning."""
    if reason.core.says not in (Cause.HEADER_DISALLOWED, Cause.METHOD_DISALLOWED):
        return ""
    return last_word(page.text[max(0, page.at(reason.start) - _REACH) : page.at(reason.start)])


def _status(page: Page, statement: Statement) -> int | None:
    """Return the status that follows the reason, or stands in it."""
    bare = page.bare
    for mark in statement.marks:
        for words in ("", *_STATUS_WORDS):
            start = mark.end + len(words)
            digits = bare[start : start + 3]
            allowed = words or mark.core.words.endswith(("statuscode", "httpstatus"))
            if allowed and bare.startswith(words, mark.end) and _is_status(digits):
                return int(digits)
        if mark.core.words.endswith("httpstatus") and _is_status(bare[mark.end + 4 : mark.end + 7]):
            return int(bare[mark.end + 4 : mark.end + 7])
    return None


def _is_status(digits: str) -> bool:
    return len(digits) == len("200") and digits.isascii() and digits.isdigit() and digits[0] in "12345"
