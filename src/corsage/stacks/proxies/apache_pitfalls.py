"""The usual mistakes in configurations of Apache httpd."""

import re
from typing import Final

from corsage.stacks.base import Pitfall

_COMMENT: Final = re.compile(r"^[ \t]*#[^\n]*", re.MULTILINE)
_SET: Final = re.compile(
    r"^[ \t]*Header[ \t]+(?P<table>always[ \t]+|onsuccess[ \t]+)?(?P<action>set|add|append|merge)[ \t]+"
    r"[\"']?(?P<name>Access-Control-[A-Za-z-]{1,40})[\"']?[ \t]+(?P<value>[^\n]{1,1000})",
    re.IGNORECASE | re.MULTILINE,
)
_ORIGIN: Final = "access-control-allow-origin"
_SEARCHED: Final = re.compile(
    r"^[ \t]*SetEnvIf(?:NoCase)?[ \t]+Origin[ \t]+(\"(?:[^\"\\\n]|\\.){1,2000}\"|[^\s\"]{1,2000})",
    re.MULTILINE,
)


def _all(text: str) -> list[re.Match[str]]:
    return list(_SET.finditer(_COMMENT.sub("", text)))


def _origins(text: str) -> list[re.Match[str]]:
    return [each for each in _all(text) if each["name"].lower() == _ORIGIN]


def _lacks_always(text: str) -> bool:
    return any((each["table"] or "").strip().lower() != "always" for each in _origins(text))


def _no_preflight(text: str) -> bool:
    return bool(_origins(text)) and "OPTIONS" not in _COMMENT.sub("", text)


def _adds(text: str) -> bool:
    return any(each["action"].lower() != "set" for each in _origins(text))


def _two_tables(text: str) -> bool:
    tables = {(each["table"] or "onsuccess").strip().lower() for each in _origins(text)}
    return len(tables) > 1


def _reflects(text: str) -> bool:
    return any(
        re.match(r"[\"']?(?:expr=)?%\{(?:HTTP_ORIGIN|req:Origin|Origin)\}", each["value"], re.IGNORECASE)
        and "env=" not in each["value"]
        for each in _origins(text)
    ) or bool(
        re.search(
            r"SetEnvIf(?:NoCase)?[ \t]+Origin[ \t]+[\"']?\^?\(?\.[*+]\)?\$?[\"']?\s", _COMMENT.sub("", text)
        )
    )


def _no_vary(text: str) -> bool:
    return any("%{" in each["value"] for each in _origins(text)) and not re.search(
        r"Header[^\n]{1,40}\sVary", text, re.IGNORECASE
    )


def _unanchored(text: str) -> bool:
    for found in _SEARCHED.finditer(_COMMENT.sub("", text)):
        pattern = found[1].strip('"')
        if not (pattern.startswith("^") and pattern.endswith("$")):
            return True
    return False


PITFALLS: Final = (
    Pitfall(
        "header-without-always",
        "`Header set` is not put on errors that Apache makes itself: 401, 403, 413, 502. Pages see a CORS "
        "error in place "
        "of them.",
        "Write `Header always set`, and `Header onsuccess unset` for what the application sends.",
        _lacks_always,
    ),
    Pitfall(
        "two-tables",
        "`Header set` and `Header always set` write into two lists, and both are sent: browsers refuse two "
        "Access-Control-Allow-Origin.",
        "Use `always` alone, and unset the header in both lists before.",
        _two_tables,
    ),
    Pitfall(
        "header-add",
        "`Header add` and `append` leave what the application has sent: there are two values, which "
        "browsers refuse.",
        "Use `Header always set`.",
        _adds,
    ),
    Pitfall(
        "preflight-goes-to-the-application",
        "`Header` does not answer OPTIONS: preflights go on to the application or the files, which answer "
        "401 or 405.",
        "Answer them with `RewriteRule ^ - [R=204,L]` under conditions for OPTIONS and "
        "Access-Control-Request-Method.",
        _no_preflight,
    ),
    Pitfall(
        "reflects-every-origin",
        "Whatever Origin says is sent back: every site may read, with credentials as the user.",
        "Name the allowed origins in `SetEnvIf Origin`, anchored at both ends.",
        _reflects,
    ),
    Pitfall(
        "regex-without-anchors",
        "`SetEnvIf` searches: without ^ and $ other origins match that hold the name anywhere.",
        r"Write `^https://app\.example\.com$`, the dots escaped.",
        _unanchored,
    ),
    Pitfall(
        "no-vary",
        "Allow-Origin depends on the request, and no `Vary: Origin` says so: a cache gives the answer for "
        "one origin to "
        "another.",
        "Write `Header always merge Vary Origin`.",
        _no_vary,
    ),
)
