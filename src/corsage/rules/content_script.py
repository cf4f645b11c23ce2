"""CORS263: A content script asks: it follows the CORS rules of the page in which it runs."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_FAMOUS: Final = (
    "google.",
    "youtube.",
    "github.com",
    "linkedin.",
    "twitter.",
    "x.com",
    "facebook.",
    "amazon.",
    "reddit.",
    "wikipedia.",
    "instagram.",
    "gmail.",
)

_SAID: Final = (
    "content script",
    "content-script",
    "content_script",
    "contentscript",
    "injected script",
    "injects",
    "extension's main.js",
    "script of the extension",
)


class ContentScript(DiagnosisRule):
    """Content script."""

    code = "CORS263"
    name = "content-script"
    root_cause = RootCause.EXTENSION_CONTENT_SCRIPT
    layer = "client-extension"
    what = "A content script asks: it follows the CORS rules of the page in which it runs."
    why = (
        "Since Chrome 85 the permissions of an extension do not count for its content scripts. Their "
        "requests carry the page's origin, which no API can expect."
    )
    fix = (
        "Send a message to the extension's background (chrome.runtime.sendMessage), and make the request "
        "there with host_permissions."
    )
    verify = "The request comes from the background's service worker, and passes."
    sources = ("https://www.chromium.org/Home/chromium-security/extension-content-script-fetches/",)
    bad = report(
        "Access to fetch at 'http://127.0.0.1:3030/info' from origin 'https://www.google.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        origin="https://www.google.com",
        url="http://127.0.0.1:3030/info",
        notes="content script",
        stack=["chrome extension"],
    )
    good = report(
        origin="chrome-extension://abc",
        url="https://api.example.com/",
        notes="background script lacks the permission",
        stack=["chrome extension"],
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.noted(
            "content.js",
            "content.ts",
            "contents/",
            "gm_xmlhttprequest",
            "instead of gm_",
            "background can",
            "background.ts can",
            "background works",
        ):
            yield Weight(0.85, "a script in the page asks, not the background")
        if case.uses("extension", "chrome extension") and case.said(
            "chrome 73", "chrome 83", "chrome 85", "other domains"
        ):
            yield Weight(0.55, "since Chrome 85 content scripts follow the page's rules")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.85, f"the notes say: {said}")
        ours = case.uses("chrome extension", "browser extension", "web extension", "extension")
        foreign = (
            case.page is not None
            and "extension://" not in case.origin
            and any(each in case.page.host for each in _FAMOUS)
        )
        if ours and foreign:
            yield Weight(0.7, f"an extension asks in the name of {case.origin}")
        if ours and case.noted("works in firefox", "extension's"):
            yield Weight(0.3, "the extension's own code asks")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.uses("cors extension") or case.noted("unblock"):
            yield Weight(-0.7, "the extension is somebody else's")
