"""The usual mistakes in configurations of Varnish."""

import re
from typing import Final

from corsage.stacks.base import Pitfall

_COMMENT: Final = re.compile(r"(?:#|//)[^\n]*")
_SET: Final = re.compile(
    r"set[ \t]+(?P<where>resp|beresp|req|bereq)\.http\.Access-Control-Allow-Origin[ \t]*=[ "
    r"\t]*(?P<value>[^;\n]{1,500})",
    re.IGNORECASE,
)
_TESTED: Final = re.compile(r"req\.http\.Origin\s*(?:~|==)", re.IGNORECASE)


def _all(text: str) -> list[re.Match[str]]:
    return list(_SET.finditer(_COMMENT.sub("", text)))


def _into_the_cache(text: str) -> bool:
    return any(each["where"].lower() == "beresp" for each in _all(text))


def _reflects(text: str) -> bool:
    return any("http.origin" in each["value"].lower() for each in _all(text)) and not _TESTED.search(text)


def _no_vary(text: str) -> bool:
    depends = any("http.origin" in each["value"].lower() for each in _all(text)) or (
        bool(_all(text)) and _TESTED.search(text) is not None
    )
    return depends and "vary" not in text.lower()


def _no_preflight(text: str) -> bool:
    return bool(_all(text)) and not ("OPTIONS" in text and "synth" in text)


def _drops_the_origin(text: str) -> bool:
    return bool(
        re.search(r"(?:unset|remove)[ \t]+(?:be)?req\.http\.Origin", _COMMENT.sub("", text), re.IGNORECASE)
    )


PITFALLS: Final = (
    Pitfall(
        "cached-for-one-origin",
        "What is set on beresp is kept in the cache: the answer for the first origin is given to all others.",
        "Set the headers on resp, in vcl_deliver and vcl_synth.",
        _into_the_cache,
    ),
    Pitfall(
        "origin-not-in-the-hash",
        "An application that answers by origin and says no `Vary: Origin` is cached for whoever asks first.",
        "Have it say `Vary: Origin`, or replace its CORS headers in vcl_deliver.",
        None,
    ),
    Pitfall(
        "origin-removed",
        "Without Origin the application sends no CORS headers, and nothing else does.",
        "Keep Origin, or set the headers in vcl_deliver.",
        _drops_the_origin,
    ),
    Pitfall(
        "preflight-goes-to-the-application",
        "Varnish passes OPTIONS on: applications without CORS answer 401, 404 or 405.",
        "Answer preflights in vcl_recv with `return (synth(204));`.",
        _no_preflight,
    ),
    Pitfall(
        "reflects-every-origin",
        "Whatever Origin says is sent back: every site may read, with credentials as the user.",
        "Compare req.http.Origin with an expression that is anchored at both ends.",
        _reflects,
    ),
    Pitfall(
        "no-vary",
        "Allow-Origin depends on the request, and no Vary says so: browsers and other caches give the "
        "answer for one "
        "origin to another.",
        "Add Origin to resp.http.Vary.",
        _no_vary,
    ),
)
