"""The usual mistakes in configurations of lighttpd."""

import re
from typing import Final

from corsage.stacks.base import Pitfall

_COMMENT: Final = re.compile(r"(?:^|\s)#[^\n]*")
_SETENV: Final = re.compile(
    r"setenv\.(?:add|set)-response-header[^)]{0,2000}Access-Control-Allow-Origin", re.IGNORECASE
)
_ADDED: Final = re.compile(
    r"setenv\.add-response-header[^)]{0,2000}Access-Control-Allow-Origin", re.IGNORECASE
)
_SEARCHED: Final = re.compile(r"\$REQUEST_HEADER\[\"Origin\"\]\s*=~\s*\"([^\"\n]{1,500})\"", re.IGNORECASE)


def _bare(text: str) -> str:
    return _COMMENT.sub("", text)


def _no_preflight(text: str) -> bool:
    return _SETENV.search(_bare(text)) is not None and "OPTIONS" not in _bare(text)


def _doubles(text: str) -> bool:
    return _ADDED.search(_bare(text)) is not None and "proxy.server" in text


def _no_vary(text: str) -> bool:
    bare = _bare(text)
    return _SETENV.search(bare) is not None and '["Origin"]' in bare and '"Vary"' not in bare


def _unanchored(text: str) -> bool:
    patterns = [found[1] for found in _SEARCHED.finditer(_bare(text))]
    return any(not (each.startswith("^") and each.endswith("$")) for each in patterns)


PITFALLS: Final = (
    Pitfall(
        "preflight-goes-to-the-application",
        "mod_setenv does not answer OPTIONS: preflights go on to the application, which answers 401, 404 or "
        "405.",
        "Answer them with a script of mod_magnet (attract-raw-url-to) that returns 204.",
        _no_preflight,
    ),
    Pitfall(
        "add-header-doubles",
        "add-response-header leaves what the application has sent: there are two "
        "Access-Control-Allow-Origin, which "
        "browsers refuse.",
        "Use setenv.set-response-header.",
        _doubles,
    ),
    Pitfall(
        "conditions-do-not-add-up",
        "Of two conditions that hold, the last one's setenv.set-response-header counts, and the other's is "
        "lost.",
        "Write all headers into every condition.",
        None,
    ),
    Pitfall(
        "regex-without-anchors",
        'A condition on $REQUEST_HEADER["Origin"] searches: without ^ and $ other origins match that hold '
        "the name "
        "anywhere.",
        r"Write `^https://app\.example\.com$`, the dots escaped.",
        _unanchored,
    ),
    Pitfall(
        "no-vary",
        "Allow-Origin depends on the request, and no `Vary: Origin` says so: a cache gives the answer for "
        "one origin to "
        "another.",
        'Set "Vary" => "Origin", outside of the condition as well.',
        _no_vary,
    ),
)
