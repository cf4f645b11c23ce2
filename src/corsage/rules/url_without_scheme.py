"""CORS464: The URL has no scheme: localhost:3000 or //host was taken for something else."""

import re
from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_HOST_AND_PORT: Final = re.compile(r"[a-z0-9.-]{1,253}:[0-9]{1,5}(?:[/?#].*)?", re.DOTALL)

_SAID: Final = (
    "htttp",
    "htp://",
    "https:/api",
    "one slash",
    "missing slash",
    "relative to the page",
    "appended to",
    "appended to my",
    "goes to https://foo",
    "my own origin",
    "own domain instead",
    "prepended",
    "prefixed with",
    "without http",
    "missing http",
    "no scheme",
    "protocol-relative",
    "protocol relative",
    "missing scheme",
    "without protocol",
    "missing protocol",
    "without https",
    "http:// in front",
    "forgot http",
    "scheme is missing",
)


class UrlWithoutScheme(DiagnosisRule):
    """Url without scheme."""

    code = "CORS464"
    name = "url-without-scheme"
    root_cause = RootCause.URL_SCHEME_MISSING
    layer = "client-url"
    what = "The URL has no scheme: localhost:3000 or //host was taken for something else."
    why = (
        "localhost:3008/items is a URL with the scheme 'localhost'. //host takes the page's scheme, which"
        " in a file is file:. api.example.com/x is a path below the page."
    )
    fix = "Write the whole URL: http://localhost:3008/items, https://host/path."
    verify = "The network panel shows the whole URL with http or https."
    hides = frozenset({RootCause.NULL_ORIGIN_FILE})
    sources = ("https://url.spec.whatwg.org/#concept-basic-url-parser",)
    bad = report(
        "Access to XMLHttpRequest at 'localhost:3008/items' from origin 'http://localhost:3001' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: http, data, chrome, chrome-extension, https.",
        url="localhost:3008/items",
    )
    good = report(
        "Access to script at 'file:///C:/site/main.js' from origin 'null' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: http, https.",
        url="file:///C:/site/main.js",
        origin="null",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if any(
            url.startswith(("htttp", "htp:", "htps:", "http//", "https//"))
            or (url.startswith(("http:/", "https:/")) and url[6:7] != "/" and url[7:8] != "/")
            for url in case.urls
        ):
            yield Weight(0.85, "the scheme is misspelt")
        bare = next((url for url in case.urls if _looks_like_host_and_port(url)), None)
        lost = next(
            (url for url in case.urls if url.startswith("file://") and url[7:8] not in ("/", "")), None
        )
        if bare:
            yield Weight(0.92, f"the URL has no scheme: {bare[:80]}")
        elif lost:
            yield Weight(0.95, f"file:// and a host: the URL was written {lost[5:60]}")
        elif case.url.startswith("//") and "file" in case.origin:
            yield Weight(0.85, "the URL takes the page's scheme, which is file:")
        said = case.noted(*_SAID)
        if said and not case.said("whitelist", "cors_origin", "allowed_origins", "allowed origins"):
            yield Weight(0.65, f"the notes say: {said}")
        if (
            case.message(Cause.CORS_DISABLED_SCHEME)
            and not any(url.startswith("file:///") for url in case.urls)
            and not case.origin.startswith("null")
        ):
            yield Weight(0.45, "the browser does not know the scheme")


def _looks_like_host_and_port(url: str) -> bool:
    return _HOST_AND_PORT.fullmatch(url) is not None
