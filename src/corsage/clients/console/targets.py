"""What a message of Chromium or WebKit is about: what asked, for which address, from which origin."""

# ruff: noqa: RUF001 - quotes and brackets of many languages are what this file is about

from typing import Final

from corsage.clients.console.chromium import KINDS
from corsage.clients.console.cores import Mark, Part, Statement
from corsage.clients.console.page import QUOTES, Page, one_line
from corsage.clients.console.values import quoted_first, url_before_sentence, url_of

_REACH: Final = 6000
_LOADERS: Final = 1
_TAIL_APIS: Final = {
    "controlledbythewithcredentialsattribute": "XMLHttpRequest",
    "ifanopaqueresponseservesyourneeds": "fetch",
    "setrequestsmodetonocors": "fetch",
}
_SAME_ORIGIN: Final = "notsameastherequestorigin"
_MARKS_OF_URL: Final = "/:.*<{…"


def api_and_url(page: Page, statement: Statement, reason: Mark | None) -> tuple[str, str, str]:
    """Return what asked, the address, and the address before redirects; empty where not named."""
    for read in (_redirection_to, _cancelled, _access_to, _redirect_from, _from_origin, _cannot_load):
        found = read(page, statement, reason)
        if found is not None:
            return found
    words = [mark.core.words for mark in statement.marks]
    api = next((_TAIL_APIS[word] for word in words if word in _TAIL_APIS), "")
    return api, _after_reason(page, reason), ""


def origin_in(page: Page, statement: Statement) -> str:
    """Return the page's origin, where the message names it."""
    bare = page.bare
    denied = statement.mark("isthereforenotallowedaccess")
    if denied is not None:
        start = bare.rfind("origin", max(statement.floor, denied.start - _REACH), denied.start)
        if start >= 0:
            raw = page.between(start + len("origin"), denied.start)
            return "".join(quoted_first(raw).split()) if raw.strip()[:1] in QUOTES else url_of(raw)
    blocked = _blocked(statement)
    same = bare.find(_SAME_ORIGIN, statement.start, statement.ceiling)
    if same >= 0:
        return url_of(quoted_first(page.rest(same + len(_SAME_ORIGIN))))
    floor = max(statement.floor, (blocked.start if blocked else statement.end) - _REACH)
    start = bare.rfind("fromorigin", floor, blocked.start if blocked else statement.ceiling)
    if start < 0 or _says_from_origin(statement):
        return ""
    start += len("fromorigin")
    if blocked is not None and blocked.start >= start:
        return url_of(page.between(start, blocked.start))
    raw = page.rest(start)
    if raw.lstrip()[:1] in QUOTES:
        return "".join(quoted_first(raw).split())
    return url_of(raw.split("\n\n", 1)[0].split(" has ", 1)[0])


def _says_from_origin(statement: Statement) -> bool:
    """Tell whether "Font from origin" names where the font is."""
    return any(mark.core.words.startswith("blockedfromloading") for mark in statement.marks)


def _blocked(statement: Statement) -> Mark | None:
    return next((mark for mark in statement.marks if "blocked" in mark.core.words), None)


def _access_to(page: Page, statement: Statement, _: Mark | None) -> tuple[str, str, str] | None:
    """Access to fetch at 'URL' (redirected from 'URL') from origin 'O' has been blocked."""
    blocked = _blocked(statement)
    named = next((mark for mark in statement.marks if mark.core.words.startswith("accessto")), None)
    if named is None and (blocked is None or _says_from_origin(statement)):
        return None
    bare = page.bare
    end = blocked.start if blocked is not None else statement.ceiling
    api, start = (named.core.api, named.end) if named is not None else _kind(page, statement, end)
    if start < 0:
        return None
    origin = bare.rfind("fromorigin", start, end)
    stop = origin if origin >= 0 else end
    redirected = bare.find("redirectedfrom", start, stop)
    first = (
        url_of(page.between(redirected + len("redirectedfrom"), stop).rstrip().rstrip(")"))
        if redirected >= 0
        else ""
    )
    url = url_of(page.between(start, redirected if redirected >= 0 else stop))
    return api, url.rstrip(), first


def _kind(page: Page, statement: Statement, end: int) -> tuple[str, int]:
    """Find "Access to … at" or, where the beginning is lost, "at", before *end*."""
    bare = page.bare
    floor = max(statement.floor, end - _REACH)
    start = bare.rfind("accessto", floor, end)
    if start < 0:
        origin = bare.rfind("fromorigin", floor, end)
        scheme = bare.rfind("http", floor, origin) if origin >= 0 else -1
        return "", scheme if scheme >= 0 and page.text[
            page.at(scheme) - 1 : page.at(scheme)
        ] in "'\"‘“`" else -1
    start += len("accessto")
    kind = next((kind for kind in KINDS if bare.startswith(kind + "at", start)), "")
    if kind:
        return KINDS[kind], start + len(kind) + len("at")
    at = bare.find("at", start, end)
    return (page.between(start, at).strip(), at + len("at")) if at >= 0 else ("", -1)


def _redirection_to(page: Page, statement: Statement, _: Mark | None) -> tuple[str, str, str] | None:
    """Cross-origin redirection to URL denied."""
    head = statement.mark("crossoriginredirectionto")
    if head is None:
        return None
    end = page.bare.find("deniedby", head.end, head.end + _REACH)
    return ("", url_of(page.between(head.end, end)), "") if end >= 0 else None


def _cancelled(page: Page, statement: Statement, reason: Mark | None) -> tuple[str, str, str] | None:
    """Cancelled load to URL because it violates."""
    if reason is None or reason.core.lead != "cancelledloadto":
        return None
    start = page.bare.rfind(reason.core.lead, max(statement.floor, reason.start - _REACH), reason.start)
    return ("", url_of(page.between(start + len(reason.core.lead), reason.start)), "") if start >= 0 else None


def _redirect_from(page: Page, statement: Statement, _: Mark | None) -> tuple[str, str, str] | None:
    """Redirect from 'A' to 'B' has been blocked."""
    head, blocked = statement.mark("redirectfrom"), _blocked(statement)
    if head is None or blocked is None:
        return None
    first = statement.marks[0].core
    api = first.api if first.rank == _LOADERS else ""
    raw = page.between(head.end, blocked.start)
    for quote in ("' to '", "\u2019 to \u2018", '" to "'):
        before, found, after = one_line(raw, gap=" ").partition(quote)
        if found:
            return api, url_of("".join(after.split())), url_of("".join(before.split()))
    to = page.bare.find("tohttp", head.end, blocked.start)
    if to < 0:
        return api, "", url_of(raw)
    return api, url_of(page.between(to + 2, blocked.start)), url_of(page.between(head.end, to))


def _from_origin(page: Page, statement: Statement, _: Mark | None) -> tuple[str, str, str] | None:
    """Font from origin 'O' has been blocked from loading."""
    blocked = _blocked(statement)
    if blocked is None or not _says_from_origin(statement):
        return None
    bare = page.bare
    floor = max(statement.floor, blocked.start - _REACH)
    for words in ("fromorigin", "atorigin"):
        start = bare.rfind(words, floor, blocked.start)
        if start >= 0:
            kind = next((name for kind, name in KINDS.items() if bare.endswith(kind, floor, start)), "")
            end = bare.rfind("hasbeen", start, blocked.start)
            end = end if end >= 0 else blocked.start
            return kind, url_of(page.between(start + len(words), end)), ""
    return None


def _cannot_load(page: Page, statement: Statement, _: Mark | None) -> tuple[str, str, str] | None:
    """XMLHttpRequest cannot load URL. Failed to load URL:."""
    head = next(
        (mark for mark in statement.marks if mark.core.part is Part.HEAD and mark.core.rank == _LOADERS), None
    )
    if head is None:
        return None
    start = head.end - len("http") if head.core.words.endswith("http") else head.end
    following = next((mark for mark in statement.marks if mark.start > head.start), None)
    end = following.start if following is not None else min(statement.ceiling, start + _REACH)
    if following is not None and following.core.lead:
        lead = page.bare.rfind(following.core.lead, start, end)
        end = lead if lead >= 0 else end
    raw = page.between(start, end)
    url = url_before_sentence(raw if following is not None else raw.split("\n", 1)[0])
    if len(url.split()) != 1 or not any(char in url for char in _MARKS_OF_URL):
        url = ""
    return head.core.api, url, ""


def _after_reason(page: Page, reason: Mark | None) -> str:
    """Return the address at the end of WebKit's reasons that name one there."""
    if reason is None or not reason.core.words.endswith(("whileloading", "networkport")):
        return ""
    return url_of(page.rest(reason.end).lstrip(" 0123456789:").split("\n", 1)[0])
