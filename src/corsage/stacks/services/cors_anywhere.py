"""CORS Anywhere and other open proxies that add the star."""

import re
from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class CorsAnywhere(RecognisedStack):
    """Whoever runs one sees all that passes through it."""

    name: ClassVar[str] = "cors-anywhere"
    title: ClassVar[str] = "CORS Anywhere"
    kind: ClassVar[Kind] = Kind.PROXY
    words: ClassVar[tuple[str, ...]] = (
        "cors-anywhere",
        "cors anywhere",
        "cors-anywhere.herokuapp.com",
        "allorigins",
        "corsproxy.io",
        "thingproxy",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.REFUSES_STRANGERS, Trait.OVERWRITES_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://github.com/Rob--W/cors-anywhere",
        "https://github.com/Rob--W/cors-anywhere/issues/301",
    )
    advice: ClassVar[str] = (
        "An open proxy sees every request and answer, and sends no cookies: run one endpoint of your "
        "own for the addresses that you need, or let the API allow your origin. Of your own CORS "
        "Anywhere, list the pages in CORSANYWHERE_WHITELIST."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "demo-server",
            "The demo server answers 403 until its visitor has asked for access at /corsdemo: it is "
            "no server for production.",
            "Run your own, or ask the API from your server.",
            re.compile(r"cors-anywhere\.herokuapp\.com"),
        ),
        Pitfall(
            "required-header",
            "Without Origin or X-Requested-With the answer is 400 Missing required request header.",
            "Ask from a page's fetch; a link or an image has neither.",
        ),
        Pitfall(
            "rate-limit",
            "429: too many requests of one origin in an hour.",
            "Run your own.",
        ),
        Pitfall(
            "open-proxy",
            "An empty originWhitelist allows every page: anybody may use the server.",
            "List your pages.",
            re.compile(r"originWhitelist\s*:\s*\[\s*\]"),
        ),
        Pitfall(
            "credentials",
            "The proxy strips cookies and answers with the star: credentials: 'include' cannot work.",
            "Leave credentials out.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, bodies=("Missing required request header. Must specify one of: origin,x-requested-with",)),
        Tell(0.95, bodies=("See /corsdemo for more info",)),
        Tell(0.9, header="x-cors-redirect-1"),
        Tell(0.8, header="x-request-url"),
    )
