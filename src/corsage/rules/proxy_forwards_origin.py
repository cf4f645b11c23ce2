"""CORS466: A development proxy passes the page's Origin on, and the API refuses it."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_REFUSED: Final = frozenset({400, 401, 403})

_SAID: Final = (
    "changeorigin",
    ("dev server", "proxy"),
    ("through", "dev server"),
    "dev proxy",
    "vite proxy",
    "vite dev proxy",
    "proxy.conf",
    "http-proxy-middleware",
    "webpack dev server proxy",
    "devserver proxy",
    "setupproxy",
    "dev server proxy",
    "development proxy",
    "proxytable",
    "rewrites",
    "proxy config",
    "package.json proxy",
    "ng serve --proxy",
    "server.proxy",
)


class ProxyForwardsOrigin(DiagnosisRule):
    """Proxy forwards origin."""

    code = "CORS466"
    name = "proxy-forwards-origin"
    root_cause = RootCause.PROXY_FORWARDS_ORIGIN
    layer = "proxy"
    what = "A development proxy passes the page's Origin on, and the API refuses it."
    why = (
        "changeOrigin rewrites Host, not Origin. The API behind it sees http://localhost:5173, checks it "
        "(CORS, CSRF or its own list) and says no, though the page itself asked its own origin."
    )
    fix = (
        "Let the proxy drop or rewrite Origin: Vite configure: proxy => proxy.on('proxyReq', r => "
        "r.removeHeader('origin')), http-proxy-middleware headers: {origin: 'https://api.example'}, nginx"
        " proxy_set_header Origin ''; or allow the development origin on the API."
    )
    verify = "The API's log shows no Origin of localhost, and the request passes through the proxy."
    question = "Does the request pass when the proxy takes the Origin header away?"
    bad = report(
        url="http://localhost:5173/api/login",
        actual=(403, {}),
        method="POST",
        notes="vite dev proxy with changeOrigin: true; upstream answers 403 Invalid CORS request",
        stack=["vite", "spring boot"],
    )
    good = report(url="https://api.example.com/login", actual=(403, {}), method="POST", notes="no proxy")

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        said = case.said(*_SAID)
        if said or "forwards-origin" in case.traits:
            yield Weight(0.55, f"a development proxy stands between: {said or 'by its signs'}")
            if case.status in _REFUSED or case.noted(
                "403", "invalid cors request", "origin header", "origin", "forbidden", "upstream"
            ):
                yield Weight(0.5, "what is behind it refuses the origin")
        if case.noted(
            ("proxy", "origin header"),
            ("proxy", "forwards", "origin"),
            ("proxy", "passes", "origin"),
            ("proxy", "removing", "origin"),
            ("proxy", "origin", "unchanged"),
        ):
            yield Weight(0.6, "the proxy passes Origin on")
