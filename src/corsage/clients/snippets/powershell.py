"""PowerShell's ``Invoke-WebRequest`` and ``Invoke-RestMethod``, copied from a browser or written by hand."""

import re
from collections.abc import Iterator
from typing import Final

from corsage.clients.snippets.asked import Asked
from corsage.clients.snippets.found import Found
from corsage.clients.snippets.powershell_words import Hash, Word, words
from corsage.clients.written import is_address

_COMMAND: Final = re.compile(
    r"(?<![\w-])(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm)(?=[ \t`])", re.IGNORECASE
)
_ASSIGNED: Final = re.compile(r"\$(\w{1,40})[ \t]*=[ \t]*(?=@\{|[\"'])")
_SESSION_COOKIE: Final = re.compile(r"\.Cookies\.Add\(", re.IGNORECASE)
_SESSION: Final = re.compile(
    r"\$\w{1,40}[ \t]*=[ \t]*New-Object[ \t]+Microsoft\.PowerShell\.Commands\.WebRequestSession"
)
_MOST: Final = 20
_REACH: Final = 50_000
_NAMES: Final = """
    allowinsecureredirect allowunencryptedauthentication disablekeepalive nobodyrequired noproxy passthru
    preserveauthorizationonredirect preservehttpmethodonredirect resume skipcertificatecheck skipheadervalidation
    skiphttperrorcheck usebasicparsing usedefaultcredentials
"""
_FLAGS: Final = frozenset(_NAMES.split())


def find_powershell(text: str) -> Iterator[Found]:
    """Find the commands in *text* that name an address."""
    first = _COMMAND.search(text)
    if first is None:
        return
    variables = _variables(text)
    session = _SESSION.search(text)
    cookies = _SESSION_COOKIE.search(text) is not None
    start, count = first.start(), 0
    for command in _COMMAND.finditer(text):
        if count >= _MOST:
            return
        count += 1
        found, end = words(text, command.end())
        asked = _asked(found, variables)
        if asked is None:
            continue
        if cookies and "$session" in [word.lower() for word in found if isinstance(word, str)]:
            asked.credentials = "include"
        start = command.start()
        if session is not None and start - _REACH < session.start() < start:
            start, session = session.start(), None
        yield Found("PowerShell", start, end, asked)


def _variables(text: str) -> dict[str, Word]:
    found: dict[str, Word] = {}
    for number, assigned in enumerate(_ASSIGNED.finditer(text)):
        if number >= _MOST:
            break
        values, _ = words(text, assigned.end(), most=1)
        if values:
            found["$" + assigned.group(1).lower()] = values[0]
    return found


def _asked(found: list[Word], variables: dict[str, Word]) -> Asked | None:
    asked = Asked(method="GET")
    rest = iter(found)
    for word in rest:
        if not isinstance(word, str):
            continue
        name = word[1:].rstrip(":").lower() if word.startswith("-") else ""
        if not name:
            asked.url = asked.url or _text(word, variables)
        elif name not in _FLAGS:
            _option(asked, name, next(rest, ""), variables)
        elif name == "skipcertificatecheck":
            asked.remarks.append("PowerShell was told not to verify the certificate (-SkipCertificateCheck)")
    return asked if is_address(asked.url) else None


def _option(asked: Asked, name: str, value: Word, variables: dict[str, Word]) -> None:
    """Read an option, whose name may be cut short: ``-Head``."""
    if name == "uri":
        asked.url = _text(value, variables)
    elif name in ("method", "custommethod"):
        asked.method = _text(value, variables).upper()
    elif name == "contenttype":
        asked.headers.append(("Content-Type", _text(value, variables)))
    elif name == "body":
        value = variables.get(value.lower(), value) if isinstance(value, str) else value
        asked.body = _text(value, variables) if isinstance(value, str) else None
    elif "headers".startswith(name) and len(name) > 1:
        value = variables.get(value.lower(), value) if isinstance(value, str) else value
        for key, each in value.pairs if isinstance(value, Hash) else []:
            if key.lower() not in ("method", "path", "scheme", "authority"):
                asked.headers.append((key, each))


def _text(word: Word, variables: dict[str, Word]) -> str:
    if not isinstance(word, str):
        return ""
    known = variables.get(word.lower()) if word.startswith("$") else None
    return known if isinstance(known, str) else word
