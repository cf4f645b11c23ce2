"""CORS261: An ad blocker, a privacy shield or another extension changes or stops the request."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_SAID: Final = (
    "modheader",
    "add-on",
    "addon",
    "requestly",
    "greasemonkey",
    "lastpass",
    "grammarly",
    "avast",
    "avg ",
    "mcafee",
    "norton",
    "zscaler",
    "netskope",
    "web shield",
    "web guard",
    "firewall software",
    "company laptop",
    "vpn extension",
    "umatrix",
    "nextdns",
    "adguard",
    "opera",
    "samsung internet",
    "firefox focus",
    "strict mode",
    "enhanced tracking",
    "disconnect.me",
    "removing the extension",
    "without the extension",
    "disabled the extension",
    "all extensions off",
    "guest window",
    "guest profile",
    "safe mode",
    "another computer works",
    "fresh profile",
    "clean profile",
    "ad blocker",
    "adblock",
    "ublock",
    "privacy badger",
    "ghostery",
    "only in brave",
    "brave",
    "shields",
    "tracking protection",
    "etp",
    "blocker",
    "antivirus",
    "kaspersky",
    "noscript",
    "duckduckgo",
    "pi-hole",
    "corporate proxy",
    "disabling extensions",
    "without extensions",
    "extension disabled",
    "incognito works",
    "works in incognito",
)
_HINTS: Final = (
    "nobody else",
    "only me",
    "cannot reproduce",
    "can't reproduce",
    "one user only",
    "nothing wrong found",
    "server sends",
    "only one user",
    "one customer",
    "only for me",
    "unable to reproduce",
)


class ExtensionInterferes(DiagnosisRule):
    """Extension interferes."""

    code = "CORS261"
    name = "extension-interferes"
    root_cause = RootCause.CLIENT_EXTENSION_INTERFERENCE
    layer = "client-extension"
    what = "An ad blocker, a privacy shield or another extension changes or stops the request."
    why = (
        "Extensions see requests before the server does. They stop trackers, rewrite headers, and "
        "redirect to stand-ins; CORS is only what the console makes of it."
    )
    fix = (
        "Try in a clean profile without extensions (and with Brave's shields or Firefox's strict "
        "protection off for the site). If that mends it, find the extension; rename paths and hosts that "
        "blockers take for trackers."
    )
    verify = "The request passes in a fresh profile."
    question = "Does it fail in a fresh browser profile without extensions, too?"
    bad = report(
        "Failed to load resource: net::ERR_BLOCKED_BY_CLIENT", url="https://stats.example.com/collect"
    )
    good = report(
        "Failed to load resource: net::ERR_CONNECTION_REFUSED", url="https://stats.example.com/collect"
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.message(Symptom.EXTENSION_BLOCKED):
            yield Weight(0.93, "the browser says that the client blocked it")
        said = case.said(*_SAID)
        if said:
            yield Weight(0.65, f"the notes say: {said}")
        if case.noted(*_HINTS):
            yield Weight(0.55, "others do not see it")
        if (
            case.allow_origin == "*"
            and case.message(Cause.MISSING_ALLOW_ORIGIN)
            and not case.with_credentials
        ):
            yield Weight(0.45, "the server sends the header that the browser misses")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if "extension://" in case.origin or case.noted(
            "content script", "background script", "my extension", "extension's"
        ):
            yield Weight(-0.7, "the extension is the asker")
        if case.noted("unblock", "cors extension"):
            yield Weight(-0.3, "an extension that adds headers is another matter")
        if case.noted("session", "cookie", "sign-in", "login", "change"):
            yield Weight(-0.4, "the notes speak of something else, too")
