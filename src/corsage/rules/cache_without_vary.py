"""CORS431: cache without vary."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.evidence import Answer
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import near_origins
from corsage.rules.report import report

_STATIC: Final = frozenset(
    {"font", "image", "img", "css stylesheet", "stylesheet", "script", "video", "audio"}
)
_ERRORS: Final = 400

_SAID: Final = (
    "disable cache",
    "cache disabled",
    "hard refresh",
    "hard reload",
    "clear cache",
    "clearing cache",
    "clear the cache",
    "cleared cache",
    "clearing the browser cache",
    "cached",
    "cache-bust",
    "cache bust",
    "random",
    "sometimes",
    "intermittent",
    "only some users",
    "some users",
    "first site works",
    "first origin",
    "second origin",
    "second one fails",
    "other origin",
    "another site",
    "vary",
    "first with <img>",
    "shown with <img>",
    ("img tag", "first"),
    ("img tag", "then"),
    ("img tag", "fetch"),
    "with img first",
    "only after visiting",
    "after visiting",
    "differs by region",
    "by region",
    "first visit",
    "first load",
    "on reload",
    "after reload",
    "works the first time",
    "second time",
    "query string",
    "?v=",
    "304",
    "not modified",
    "purge",
    "invalidation",
    "incognito works",
)
_HINTS: Final = (
    "cache",
    "cdn",
    "varnish",
    "img",
    "image",
    "canvas",
    "font",
)
# Said of a cache too, without naming what happens.
_MORE: Final = (
    "f5 fails",
    "works in incognito",
    "opens first",
    "whoever opens first",
    "first after deploy",
    ("as <img>", "fetch"),
    ("<img>", "fetch"),
    ("thumbnail", "fetch"),
    ("same url", "fails"),
    "curl twice",
    ("second time", "not"),
    ("second", "age:"),
    "?x=1",
    ("add", "query", "works"),
    ("random", "query"),
    ("timestamp", "works"),
    "cache buster",
    "cachebuster",
    ("share", "bucket"),
    ("shared", "bucket"),
    "both sites",
    "other brand",
    "opened the file directly",
    "open the image directly",
    "after purging",
    "purged",
    "after an hour",
    ("until", "expires"),
    ("without origin", "later"),
    ("first", "later"),
    ("first hit", "fail"),
    ("first request", "then"),
    "works once",
    ("once", "then fails"),
    "only sometimes",
    "flaky",
    "every other",
    "after a refresh",
    "refresh fixes",
    "reload fixes",
    "ctrl+f5",
    "ctrl-f5",
    "shift+reload",
    "stale",
    "edge cache",
    "cdn cache",
    "cache hit",
    "x-cache",
    "cf-cache-status",
    "cached response",
    "from disk cache",
    "from memory cache",
    "memory cache",
    "disk cache",
    "browser cache",
    ("opened directly", "then"),
    "open it directly",
    "visited directly",
    "in a new tab first",
    "no-cors first",
    "loaded without crossorigin",
    ("same image", "twice"),
    "second load",
    ("first load", "second"),
    ("works after", "cache"),
    "other subdomain",
    "another subdomain",
    ("two sites", "same"),
    ("different origins", "same"),
)
_AGAINST: Final = (
    "max-age",
    "preflight cache",
    "session",
    "login",
    "cookie",
    "memory",
    "heroku",
    "config:clear",
    "config cache",
    "config:cache",
)


class CacheWithoutVary(DiagnosisRule):
    """Cache without vary."""

    code = "CORS431"
    name = "cache-without-vary"
    root_cause = RootCause.CACHE_WITHOUT_VARY
    layer = "cdn"
    what = (
        "A cache (of the browser, a CDN, a proxy) gives out an answer that was made for another origin, "
        "or for none."
    )
    why = (
        "A response whose CORS headers depend on the request's Origin must say Vary: Origin, also where "
        "it has none. Otherwise what was first stored, for an <img> or another site, is given to "
        "everyone."
    )
    fix = (
        "Send Vary: Origin on every response of such a resource, with and without CORS headers; put "
        "Origin into the cache's key (CloudFront: forward Origin), or send a constant "
        "Access-Control-Allow-Origin: * for what is public; then clear the cache."
    )
    verify = (
        "Ask twice, first without Origin and then with it: the second answer names the origin, and both "
        "have Vary: Origin."
    )
    question = (
        "Does the request pass with 'Disable cache' ticked, or with a new query string; and which Age and"
        " X-Cache headers has the response?"
    )
    snippet = True
    sources = (
        "https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches",
        "https://www.rfc-editor.org/rfc/rfc9111#name-calculating-cache-keys-with",
    )
    bad = report(
        "Access to image at 'https://cdn.example.com/a.png' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        mode="cors (img)",
        actual=(200, {"Age": "5830", "X-Cache": "Hit from cloudfront"}),
        notes="a hard refresh mends it",
        stack=["S3", "cloudfront"],
    )
    good = report(
        "Access to fetch at 'https://api.example.com/' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        actual=(200, {"Server": "nginx"}),
        notes="fails always",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if _caches(case) and case.element in _STATIC and not case.on_preflight:
            yield Weight(0.25, f"a cache stands in front of the {case.element}")
        if case.noted("firefox is fine", "firefox works", "only in chrome") and case.element in _STATIC:
            yield Weight(0.35, "Chrome alone keeps what it loaded without CORS for the same element")
        fresh = case.probed("fresh").headers.get("access-control-allow-origin")
        kept = _same_url(case)
        if (
            fresh is not None
            and kept is not None
            and fresh != kept.headers.get("access-control-allow-origin")
        ):
            yield Weight(0.85, f"past the caches the header is {fresh}")
        headers = case.actual.headers
        stored = (
            (headers.get("age") or "0").strip() not in ("0", "")
            or "hit" in (headers.get("x-cache") or "").lower()
            or "hit" in (headers.get("cf-cache-status") or "").lower()
        )
        varies = "origin" in (headers.get("vary") or "").lower() or (headers.get("vary") or "").strip() == "*"
        if stored and not varies:
            yield Weight(0.65, "the response comes out of a cache, and has no Vary: Origin")
        elif stored:
            yield Weight(0.2, "the response comes out of a cache")
        if _is_strange(case) and case.noted(
            "someone else", "other site", "another site", "stranger", "foreign"
        ):
            yield Weight(0.6, f"the header names a stranger: {case.allow_origin}")
        if (_caches(case) or case.said("cdn")) and _is_strange(case):
            yield Weight(
                0.75, f"the header names a stranger, {case.allow_origin}, and a cache stands in front"
            )
        elif case.message(Cause.ALLOW_ORIGIN_MISMATCH) and _is_strange(case) and case.element in _STATIC:
            yield Weight(0.6, f"a public file names a stranger: {case.allow_origin}")
        said = case.noted(*_SAID)
        if said:
            yield Weight(
                0.6 if {"cdn", "storage"} & case.kinds or _caches(case) or case.said(*_HINTS) else 0.4,
                f"the notes say: {said}",
            )

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        said = case.noted(*_SAID, *_MORE)
        if case.noted(*_AGAINST):
            yield Weight(-0.4, "the notes speak of another thing that is kept")
        if case.on_preflight and not said:
            yield Weight(-0.5, "it is the preflight, which no shared cache keeps")
        if case.status is not None and case.status >= _ERRORS and case.status not in (403, 404):
            yield Weight(-0.5, f"the status is {case.status}")

    def layer_of(self, case: Case) -> str:
        """Return whose cache, or whose missing Vary, it is."""
        if (
            case.noted("<img>", "img tag", "img first")
            and "app" not in case.kinds
            and not {"cdn", "storage"} & case.kinds - {"cdn"}
        ):
            return "page"
        return case.layer_among("cdn", "storage", "proxy", "app", otherwise="cdn")


def _same_url(case: Case) -> Answer | None:
    """Return the answer of the URL that was asked once more past the caches: of the first hop, if it was redirected."""
    hops = case.evidence.hops
    first = hops[0] if hops else case.evidence.actual
    redirected = any(each.first_url for each in case.evidence.messages)
    if first is None or first.status is None or (redirected and not hops):
        return None
    # A GET was asked: the answer to another method tells nothing.
    return first if case.method.upper() in ("", "GET", "HEAD") else None


def _is_strange(case: Case) -> bool:
    """Tell whether the header names one site, and that has nothing to do with the page."""
    value = (case.allow_origin or "").strip()
    scheme, mark, host = value.partition("://")
    return (
        bool(scheme and mark and host)
        and not any(char in host for char in "/, ")
        and case.page is not None
        and near_origins(case.page, value) is None
        and value != case.origin
    )


def _caches(case: Case) -> bool:
    """Tell whether something took part that keeps answers; a proxy like nginx does only where it is told to."""
    return "caches" in case.traits or case.said("proxy_cache", "fastcgi_cache", "mod_cache") is not None
