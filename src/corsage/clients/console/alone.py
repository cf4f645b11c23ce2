"""Messages that say all in one sentence: what they name is cut out by the words before and after it."""

from typing import Final

from corsage.clients.console.cores import WORD_BEFORE, Mark, Statement
from corsage.clients.console.page import QUOTES, Page, one_line
from corsage.clients.console.values import last_word, quoted_first, status_in, url_of, value_of
from corsage.model.cause import Cause
from corsage.model.evidence import Message
from corsage.model.symptom import Symptom

_REACH: Final = 2500
_LINE: Final = 600
_SCHEME: Final = "://"
_NAMES: Final = ("https", "http", "wss", "ws", "file")
_LOADING: Final = ("failed to load resource:", "(failed)")
_AFTER_STATUS: Final = 24
_TELL_STATUS: Final = frozenset(
    {Symptom.SERVER_STATUS, Symptom.WEBSOCKET_FAILED, Symptom.FETCH_FAILED, Cause.ABORTED}
)


def read(page: Page, statement: Statement) -> Message | None:
    """Return the message of a core that stands alone."""
    mark = statement.marks[0]
    core = mark.core
    if core.says is None:
        return None
    url, says, api = _url(page, statement, mark), core.says, core.api
    if says is Symptom.WEBSOCKET_FAILED and url.startswith("http"):
        says, api = Symptom.FETCH_FAILED, "EventSource"  # Firefox has the same words for both
    return Message(
        "",
        core.speaker,
        says,
        url=url,
        origin=_origin(page, statement, mark),
        api=api,
        parameter=core.value or _parameter(page, statement, mark),
        status=core.status if core.status is not None else _status(page, statement, mark),
        failure=core.failure,
        stack=core.stack,
    )


def _parameter(page: Page, statement: Statement, mark: Mark) -> str:
    core = mark.core
    if core.lead and core.until:
        found = _between(page, statement, mark, (core.lead, core.until))
        return value_of(found) if found is not None else ""
    if core.lead:
        found = _between(page, statement, mark, (core.lead, ""))
        return value_of(found) if found is not None else word_before(page, mark)
    if core.until is None:
        return ""
    rest = page.rest(mark.end)
    if core.until == "_":
        return "ERR_" + quoted_first(rest.lstrip("_"))
    if core.until == "\n":
        return one_line(rest.lstrip(" :;").split("\n", 1)[0])
    if not core.until:
        return quoted_first(rest)
    found = _between(page, statement, mark, ("", core.until))
    return value_of(found) if found is not None else quoted_first(rest)


def _url(page: Page, statement: Statement, mark: Mark) -> str:
    slot = mark.core.url
    if slot is None:
        return near(page, mark)
    return _named(page, statement, mark, slot)


def _origin(page: Page, statement: Statement, mark: Mark) -> str:
    slot = mark.core.origin
    if slot is None:
        return ""
    if slot == WORD_BEFORE:
        return word_before(page, mark)
    named = _named(page, statement, mark, slot)
    scheme, found, rest = named.partition(_SCHEME)
    return f"{scheme}{found}{rest.split('/', 1)[0]}" if found and rest else named


def _named(page: Page, statement: Statement, mark: Mark, slot: tuple[str, str]) -> str:
    if slot == ("", ""):
        return url_of(quoted_first(page.rest(mark.end)))
    found = _between(page, statement, mark, slot)
    if found is None:
        return "" if slot[0] else url_of(quoted_first(page.rest(mark.end)))
    line = one_line(found)
    scheme = line.find(_SCHEME)
    if scheme >= 0:
        return _address(line, scheme)
    value = url_of(line)
    return value if len(value.split()) == 1 else ""


def _between(page: Page, statement: Statement, mark: Mark, slot: tuple[str, str]) -> str | None:
    """Return what stands between the core and the words before it, or those after it, or between both."""
    lead, until = slot
    stop = min(statement.ceiling + _REACH // 10, mark.end + _REACH)
    if not lead:
        _, end = _first(page, until, mark.end, stop)
        return page.between(mark.end, end) if end >= 0 else None
    length, start = _first(page, lead, mark.end, stop) if until else (0, -1)
    if start < 0:
        length, start = (
            len(lead),
            page.bare.rfind(lead, max(statement.floor, mark.start - _REACH), mark.start),
        )
    if start < 0:
        return None
    end = _first(page, until, start + length, start + _REACH)[1] if until else mark.start
    return page.between(start + length, end) if end >= 0 else page.rest(start + length).split("\n", 1)[0]


def _first(page: Page, words: str, start: int, stop: int) -> tuple[int, int]:
    """Find the first of the *words*, which bars divide; return its length and place."""
    found = [(page.bare.find(word, start, stop), len(word)) for word in words.split("|")]
    place, length = min(((place, length) for place, length in found if place >= 0), default=(-1, 0))
    return length, place


def word_before(page: Page, mark: Mark) -> str:
    """Return the word before the core, without quotes."""
    start = page.at(mark.start)
    return last_word(page.text[max(0, start - _REACH) : start])


def _status(page: Page, statement: Statement, mark: Mark) -> int | None:
    if mark.core.says not in _TELL_STATUS:
        return None
    begin = page.after(mark.end)
    stop = min(begin + _AFTER_STATUS, page.at(statement.ceiling))
    return status_in(page.text[begin:stop].split("\n\n", 1)[0])


def near(page: Page, mark: Mark) -> str:
    """Return the address in the same line: the last before the core, or the first after it."""
    start, end = page.at(mark.start), page.after(mark.end)
    before, after = page.text[max(0, start - _LINE) : start], page.text[end : end + _LINE]
    line = before.rpartition("\n")[2]
    loading = max(line.lower().rfind(words) for words in _LOADING)
    if loading >= 0 and _SCHEME not in line:
        words = line[:loading].split()
        file, _, number = words[-1].rpartition(":") if words else ("", "", "")
        return file if "/" in file and number.isdigit() else ""  # ":8080/api:1 Failed to load resource"
    found = _last_or_first(line, after.partition("\n")[0])
    return _last_or_first(before, after) if not found and page.is_wrapped else found


def _last_or_first(before: str, after: str) -> str:
    scheme = before.rfind(_SCHEME)
    if scheme >= 0:
        return _address(before, scheme)
    scheme = after.find(_SCHEME)
    return _address(after, scheme) if scheme >= 0 else ""


def _address(text: str, scheme: int) -> str:
    begin = scheme
    while begin and (text[begin - 1].isalnum() or text[begin - 1] in "+-."):
        begin -= 1
    # Consoles write "XHRPOSThttps://…".
    begin = next((scheme - len(name) for name in _NAMES if text[begin:scheme].lower().endswith(name)), begin)
    end = scheme
    while end < len(text) and not text[end].isspace() and text[end] not in QUOTES:
        end += 1
    address = url_of(text[begin:end].rstrip(",;)]}"))
    head, _, line = address.rpartition(":")
    # DevTools puts the line after the address of a file.
    return head if line.isdigit() and "/" in head[head.find(_SCHEME) + len(_SCHEME) :] else address
