"""The usual mistakes in configurations of nginx."""

import re
from typing import Final

from corsage.stacks.base import Pitfall

_COMMENT: Final = re.compile(r"#[^\n]*")
_ADDED: Final = re.compile(r"add_header\s+['\"]?Access-Control-[^;]{0,1000};", re.IGNORECASE)
_ALLOWED: Final = re.compile(
    r"add_header\s+['\"]?Access-Control-Allow-Origin['\"]?\s+([^;]{0,1000});", re.IGNORECASE
)
_ANSWERED: Final = re.compile(r"OPTIONS|\$cors_preflight")
_VARY: Final = re.compile(r"add_header\s+['\"]?Vary", re.IGNORECASE)
_UNANCHORED: Final = re.compile(
    r"\$http_origin\s+~\*?\s*['\"]?\(?(?!\^)[^;{}\n]{1,500}[^$'\"\s)]['\"]?\s*\)\s*\{"
)
# `if ($request_method = 'OPTIONS') {` up to its end: blocks inside of an `if` are none of nginx's.
_FOR_OPTIONS: Final = re.compile(
    r"if\s*\(\s*\$request_method\s*(?:=|~\*?)\s*['\"]?[(^]{0,2}OPTIONS[)$]{0,2}['\"]?\s*\)\s*\{[^{}]{0,4000}\}"
)
_LEVEL: Final = re.compile(r"[{}]|add_header\s+([^\s;]{1,100})", re.IGNORECASE)


def _bare(text: str) -> str:
    return _COMMENT.sub("", text)


def _lacks_always(text: str) -> bool:
    return any(not re.search(r"\salways\s*;$", found[0]) for found in _ADDED.finditer(_bare(text)))


def _no_preflight(text: str) -> bool:
    return _ADDED.search(_bare(text)) is not None and _ANSWERED.search(_bare(text)) is None


def _reflects(text: str) -> bool:
    bare = _bare(text)
    return bool(
        any(found[1].split()[0].strip("'\"") == "$http_origin" for found in _ALLOWED.finditer(bare))
        and not re.search(r"if\s*\(\s*\$http_origin", bare)
    )


def _no_vary(text: str) -> bool:
    bare = _bare(text)
    return any("$" in found[1] for found in _ALLOWED.finditer(bare)) and _VARY.search(bare) is None


def _only_for_options(text: str) -> bool:
    bare = _bare(text)
    inside = "".join(found[0] for found in _FOR_OPTIONS.finditer(bare))
    return _ALLOWED.search(inside) is not None and _ALLOWED.search(_FOR_OPTIONS.sub("", bare)) is None


def _inherits(text: str) -> bool:
    """Find a block that has headers of its own inside one that has those of CORS, and lacks them."""
    around: list[list[str]] = [[]]
    for found in _LEVEL.finditer(_bare(text)):
        if found[0] == "{":
            around.append([])
        elif found[0] == "}":
            own = around.pop() if len(around) > 1 else []
            outer = any(_is_cors(name) for level in around for name in level)
            if own and outer and not any(_is_cors(name) for name in own):
                return True
        else:
            around[-1].append(found[1])
    return False


def _is_cors(name: str) -> bool:
    return name.strip("'\"").lower().startswith("access-control-allow-origin")


def _not_hidden(text: str) -> bool:
    bare = _bare(text)
    added = _ADDED.search(bare) is not None and "proxy_pass" in bare
    return added and not re.search(
        r"(?:proxy_hide_header|more_clear_headers)\s+['\"]?Access-Control", bare, re.IGNORECASE
    )


def _two_origins(text: str) -> bool:
    return any("," in found[1] or found[1].count("://") > 1 for found in _ALLOWED.finditer(_bare(text)))


PITFALLS: Final = (
    Pitfall(
        "add-header-without-always",
        "add_header without `always` is not put on answers such as 401, 404, 413, 500 and 502: pages see a "
        "CORS error in "
        "place of the error itself.",
        "Write `always` at the end of every add_header of Access-Control-* and Vary.",
        _lacks_always,
    ),
    Pitfall(
        "preflight-goes-to-the-application",
        "add_header does not answer OPTIONS: preflights go on to the application, which answers 401, 404 or "
        "405.",
        "Answer preflights in nginx: `if ($cors_preflight) { return 204; }` in the server block.",
        _no_preflight,
    ),
    Pitfall(
        "add-header-not-inherited",
        "A location or an `if` with an add_header of its own inherits none from the blocks around it: the "
        "CORS headers "
        "are gone there.",
        "Repeat all of them in every block that has an add_header; `include` a file that has them.",
        _inherits,
    ),
    Pitfall(
        "allow-origin-only-for-options",
        "Access-Control-Allow-Origin stands inside of `if ($request_method = OPTIONS)` alone: the preflight passes, "
        "and the response that the page wants goes without.",
        "Write the add_header of Access-Control-Allow-Origin outside of the `if`, too.",
        _only_for_options,
    ),
    Pitfall(
        "two-allow-origins",
        "Where the application behind proxy_pass sends CORS headers, too, there are two Access-Control-Allow-Origin, "
        "which browsers refuse.",
        "Write `proxy_hide_header Access-Control-Allow-Origin;` and the same for the others, or leave CORS "
        "to one of both.",
        _not_hidden,
    ),
    Pitfall(
        "reflects-every-origin",
        "`add_header Access-Control-Allow-Origin $http_origin` allows every site; with credentials every "
        "site may read "
        "as the user.",
        "Let a map of $http_origin name the origins that are allowed.",
        _reflects,
    ),
    Pitfall(
        "several-origins-in-one-header",
        "Access-Control-Allow-Origin takes one origin: browsers refuse a list.",
        "Let a map of $http_origin choose the one that asked.",
        _two_origins,
    ),
    Pitfall(
        "no-vary",
        "Allow-Origin depends on the request, and no `Vary: Origin` says so: a cache gives the answer for "
        "one origin to "
        "another.",
        "Write `add_header Vary Origin always;`.",
        _no_vary,
    ),
    Pitfall(
        "regex-without-anchors",
        "`if ($http_origin ~* example.com)` searches: https://example.com.evil.com and "
        "https://evilexample.com match.",
        r"Anchor it at both ends and escape the dots: `~^https://app\.example\.com$`.",
        _UNANCHORED,
    ),
)
