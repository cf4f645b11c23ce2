"""The usual mistakes in configurations of Traefik."""

import re
from collections.abc import Iterator
from typing import Final

from corsage.stacks.base import Pitfall

_COMMENT: Final = re.compile(r"(?:^|\s)#[^\n]*")
_REGEX: Final = re.compile(r"accessControlAllowOriginListRegex[\"']?\s*[:=]\s*\[?", re.IGNORECASE)
# One entry of a list, in blocks or in brackets.
_ENTRY: Final = re.compile(r"\s*(?:-\s+|,\s*)?(\"(?:[^\"\\\n]|\\.){0,2000}\"|'[^'\n]{0,2000}')")


def _bare(text: str) -> str:
    return _COMMENT.sub("", text)


def _unanchored(text: str) -> bool:
    bare = _bare(text)
    return any(
        not (each.startswith("^") and each.endswith("$"))
        for found in _REGEX.finditer(bare)
        for each in _entries(bare, found.end())
    )


def _entries(text: str, position: int) -> Iterator[str]:
    while (found := _ENTRY.match(text, position)) is not None:
        yield found[1][1:-1]
        position = found.end()


def _has(text: str, name: str) -> bool:
    return re.search(name, _bare(text), re.IGNORECASE) is not None


def _no_vary(text: str) -> bool:
    return (
        _has(text, "accessControlAllowOriginList")
        and not _has(text, "addVaryHeader")
        and "*" not in _bare(text)
    )


def _fixed(text: str) -> bool:
    return _has(
        text, r"customResponseHeaders[\s\S]{0,2000}?Access-Control-Allow-Origin[\"']?\s*[:=]\s*[\"']?[^\s\"']"
    )


PITFALLS: Final = (
    Pitfall(
        "fixed-header",
        "Access-Control-* in customResponseHeaders is put on answers, and preflights still go on to the "
        "application.",
        "Use accessControlAllowOriginList and its companions: then Traefik answers preflights.",
        _fixed,
    ),
    Pitfall(
        "authentication-first",
        "forwardAuth or basicAuth before the headers middleware answers preflights 401, and its errors have "
        "no CORS "
        "headers.",
        "Name the headers middleware first in the router's list.",
        None,
    ),
    Pitfall(
        "no-vary",
        "Without addVaryHeader caches give the answer for one origin to another.",
        "Set `addVaryHeader: true`.",
        _no_vary,
    ),
    Pitfall(
        "regex-without-anchors",
        "accessControlAllowOriginListRegex searches: without ^ and $ other origins match that hold the name "
        "anywhere.",
        r"Write `^https://app\.example\.com$`, the dots escaped.",
        _unanchored,
    ),
    Pitfall(
        "star-with-credentials",
        "With accessControlAllowCredentials browsers refuse the star.",
        "List the origins.",
        lambda text: bool(
            re.search(
                r"accessControlAllowOriginList[\"']?\s*[:=]\s*(?:\[|-|\s)*[\"']?\*",
                _bare(text),
                re.IGNORECASE,
            )
            and re.search(
                r"accessControlAllowCredentials[\"']?\s*[:=]\s*[\"']?true", _bare(text), re.IGNORECASE
            )
        ),
    ),
    Pitfall(
        "old-name",
        "accessControlAllowOrigin and sslRedirect are of Traefik 1 and early 2: the key is not read.",
        "Write accessControlAllowOriginList.",
        re.compile(r"accessControlAllowOrigin[\"']?\s*[:=]", re.IGNORECASE),
    ),
)
