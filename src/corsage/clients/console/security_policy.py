"""Content Security Policy, whatever was refused, by whom and in what language: directives are never translated."""

# ruff: noqa: RUF001 - quotes and brackets of many languages are what this file is about

from typing import Final

from corsage.clients.console.alone import near
from corsage.clients.console.cores import Core, Part, Statement
from corsage.clients.console.page import QUOTES, Page, one_line
from corsage.clients.console.values import url_of
from corsage.model.evidence import Message, Speaker
from corsage.model.symptom import Symptom

# "Content Security Policy" with a verb before or after it: the name alone is a header.
CORES: Final = (
    Core("contentsecuritypolicy", Part.ALONE, Symptom.CONTENT_SECURITY_POLICY),
    Core("blockedbycsp", Part.ALONE, Symptom.CONTENT_SECURITY_POLICY),
    Core("blockedcsp", Part.ALONE, Symptom.CONTENT_SECURITY_POLICY, Speaker.CHROMIUM),
)

_BEFORE: Final = 1500
_AFTER: Final = 1500
_DIRECTIVES: Final = (
    "connect-src",
    "script-src-elem",
    "script-src-attr",
    "script-src",
    "style-src-elem",
    "style-src",
    "img-src",
    "font-src",
    "frame-src",
    "child-src",
    "worker-src",
    "media-src",
    "object-src",
    "manifest-src",
    "prefetch-src",
    "frame-ancestors",
    "form-action",
    "base-uri",
    "default-src",
    "trusted-types",
    "upgrade-insecure-requests",
)
_VERBS: Final = ("refused", "violates", "blocked the", "does not appear", "has been blocked", "hindered")
_NAMED: Final = (("refusedtoconnectto", "because"), ("connectingto", "violates"), ("refusedto", "because"))


def read(page: Page, statement: Statement) -> Message | None:
    """Return the message, or ``None`` where the policy is only mentioned."""
    mark = statement.marks[0]
    if mark.core.words != "contentsecuritypolicy":
        return Message("", mark.core.speaker, Symptom.CONTENT_SECURITY_POLICY, url=near(page, mark))
    before, after = _before(page, statement), _after(page, statement)
    refused = _verb(before) or _verb(after)
    # A translated message has the directive in brackets or quotes: (connect-src), „connect-src“.
    directive = _directive(after) or _directive(before)
    if not refused and not (directive and _is_bracketed(after, directive)):
        return None
    says = (
        Symptom.FRAME_REFUSED if directive.startswith("frame-ancestors") else Symptom.CONTENT_SECURITY_POLICY
    )
    speaker = (
        Speaker.FIREFOX
        if _is_firefox(after)
        else Speaker.WEBKIT
        if "does not appear" in before
        else Speaker.CHROMIUM
    )
    return Message(
        "", speaker, says, url=_url(before) or _url(after) or near(page, mark), parameter=directive
    )


def _before(page: Page, statement: Statement) -> str:
    """Return the sentence that leads to the name."""
    start = page.at(statement.start)
    text = page.text[max(page.after(statement.floor), start - _BEFORE) : start]
    lower = text.lower()
    begin = max(
        lower.rfind(word)
        for word in ("refused to", "loading the", "connecting to", "framing ", "\n\n", "executing")
    )
    return (
        one_line(text[max(begin, 0) :], gap=" ")
        if begin >= 0
        else one_line(text.rpartition("\n")[2], gap=" ")
    )


def _after(page: Page, statement: Statement) -> str:
    start = page.after(statement.end)
    stop = min(start + _AFTER, page.at(statement.ceiling))
    return one_line(page.text[start:stop].split("\n\n", 1)[0], gap=" ")


def _verb(text: str) -> bool:
    lower = text.lower()
    return any(verb in lower for verb in _VERBS)


def _is_firefox(after: str) -> bool:
    return after.lstrip(QUOTES).startswith((":", " :", "\xa0:", "：")) or "page’s settings" in after


def _directive(text: str) -> str:
    """Return the directive, whole where it is quoted: ``connect-src 'self'``."""
    lower = text.lower()
    found = [(place, name) for name in _DIRECTIVES if (place := lower.find(name)) >= 0]
    if not found:
        return ""
    _, name = min(found, key=lambda each: (each[0], -len(each[1])))
    for quote in '"“„':
        place = lower.find(quote + name)
        ends = [end for mark in '"”“' if place >= 0 and (end := text.find(mark, place + 1)) >= 0]
        if ends:
            return text[place + 1 : min(ends)].strip()
    return name


def _is_bracketed(after: str, directive: str) -> bool:
    place = after.lower().find(directive[:8].lower())
    return place > 0 and after[place - 1] in "(" + QUOTES


def _url(text: str) -> str:
    scheme = text.find("://")
    if scheme < 0:
        return ""
    begin = scheme
    while begin and (text[begin - 1].isalnum() or text[begin - 1] in "+-."):
        begin -= 1
    end = scheme
    while end < len(text) and not text[end].isspace() and text[end] not in QUOTES:
        end += 1
    return url_of(text[begin:end].rstrip(",;)"))
