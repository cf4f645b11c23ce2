"""The usual mistakes in Caddyfiles."""

import re
from typing import Final

from corsage.stacks.base import Pitfall

_COMMENT: Final = re.compile(r"(?:^|\s)#[^\n]*")
_ALLOWED: Final = re.compile(r"[+>?]?Access-Control-Allow-Origin[ \t]+([^\s}]{1,500}[^\n]{0,200})")
_HIDDEN: Final = re.compile(r"-Access-Control-|header_down")
_REGEX: Final = re.compile(
    r"header_regexp(?:[ \t]+\w+)?[ \t]+Origin[ "
    r"\t]+(\"(?:[^\"\\\n]|\\.){1,2000}\"|`[^`\n]{1,2000}`|[^\s\"`]{1,2000})"
)


def _bare(text: str) -> str:
    return _COMMENT.sub("", text)


def _doubles(text: str) -> bool:
    bare = _bare(text)
    found = _ALLOWED.search(bare)
    return found is not None and "reverse_proxy" in bare and "defer" not in bare and not _HIDDEN.search(bare)


def _no_preflight(text: str) -> bool:
    bare = _bare(text)
    return _ALLOWED.search(bare) is not None and not re.search(r"method[ \t]+[^\n]{0,100}OPTIONS", bare)


def _reflects(text: str) -> bool:
    bare = _bare(text)
    reflected = any("header.Origin" in found[1] for found in _ALLOWED.finditer(bare))
    return reflected and not re.search(r"header(?:_regexp)?(?:[ \t]+\w+)?[ \t]+Origin[ \t]", bare)


def _no_vary(text: str) -> bool:
    bare = _bare(text)
    depends = any("{" in found[1] for found in _ALLOWED.finditer(bare)) or "header Origin" in bare
    return depends and _ALLOWED.search(bare) is not None and "Vary" not in bare


def _unanchored(text: str) -> bool:
    patterns = [found[1].strip('"`') for found in _REGEX.finditer(_bare(text))]
    return any(not (each.startswith("^") and each.endswith("$")) for each in patterns)


PITFALLS: Final = (
    Pitfall(
        "header-without-defer",
        "`header` sets before reverse_proxy adds what the application sends: there are two "
        "Access-Control-Allow-Origin, "
        "which browsers refuse.",
        "Write `defer` into the header block, or `header_down -Access-Control-Allow-Origin` into "
        "reverse_proxy.",
        _doubles,
    ),
    Pitfall(
        "preflight-goes-to-the-application",
        "`header` does not answer OPTIONS: preflights go on to the application, which answers 401, 404 or "
        "405.",
        "Answer them: `respond @preflight 204` with a matcher for OPTIONS and Access-Control-Request-Method.",
        _no_preflight,
    ),
    Pitfall(
        "preflight-after-authentication",
        "Outside of `route` Caddy puts basicauth and forward_auth before respond and handle: preflights are "
        "answered 401.",
        "Put everything of the site into `route { … }`, CORS first.",
        lambda text: bool(
            re.search(r"\b(?:basicauth|basic_auth|forward_auth)\b", _bare(text))
            and _ALLOWED.search(_bare(text))
            and not re.search(r"\broute\b", _bare(text))
        ),
    ),
    Pitfall(
        "reflects-every-origin",
        "`{header.Origin}` without a matcher allows every site; with credentials every site may read as the "
        "user.",
        "Match the allowed origins with `header_regexp Origin`, anchored at both ends.",
        _reflects,
    ),
    Pitfall(
        "regex-without-anchors",
        "`header_regexp` searches: without ^ and $ other origins match that hold the name anywhere.",
        r"Write `^https://app\.example\.com$`, the dots escaped.",
        _unanchored,
    ),
    Pitfall(
        "no-vary",
        "Allow-Origin depends on the request, and no `Vary: Origin` says so: a cache gives the answer for "
        "one origin to "
        "another.",
        "Write `+Vary Origin` into the header block.",
        _no_vary,
    ),
)
