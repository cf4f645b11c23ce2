"""CORS262: A browser extension asks a host for which it has no permission."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_REFUSED: Final = frozenset({401, 403})

_SAID: Final = (
    "host_permissions",
    "host permission",
    "permissions",
    "background script",
    "background page",
    "service worker of the extension",
    "hosts answering",
    "manifest v3",
    "mv3",
    "optional permission",
    "@connect",
)
_OURS: Final = (
    "browser extension",
    "chrome extension",
    "web extension",
    "webextension",
    "firefox addon",
    "firefox add-on",
    "manifest v3",
    "manifest.json",
    "mv3",
    "background script",
    "popup.js",
    "userscript",
    "tampermonkey",
)


class ExtensionPermission(DiagnosisRule):
    """Extension permission."""

    code = "CORS262"
    name = "extension-permission"
    root_cause = RootCause.EXTENSION_PERMISSION
    layer = "client-extension"
    what = "A browser extension asks a host for which it has no permission."
    why = (
        "Extension pages and service workers may read any host that host_permissions lists, without CORS;"
        " for all others they are pages like any other."
    )
    fix = (
        "Add the host to host_permissions in the manifest (Manifest V2: permissions), ask for it at run "
        "time where it is optional, and make the request in the background, not in the content script."
    )
    verify = "chrome://extensions shows access to the site, and the request passes."
    sources = ("https://developer.chrome.com/docs/extensions/develop/concepts/network-requests",)
    bad = report(
        method="GET",
        origin="chrome-extension://abc",
        url="https://github.com/x",
        notes="background script; hosts answering * work, this one does not",
        stack=["browser extension"],
    )
    good = report(
        method="GET",
        origin="chrome-extension://abc",
        url="http://localhost:11434/api/tags",
        actual=(403, {}),
        stack=["ollama"],
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.uses("extension") and case.noted(
            "manifest unchanged", "moved to", "new domain", "host_permissions", "matches"
        ):
            yield Weight(0.55, "the manifest may not name the host")
        ours = "extension://" in case.origin or case.said(*_OURS)
        said = case.noted(*_SAID)
        if ours and said:
            yield Weight(0.8, f"an extension asks, and the notes say: {said}")
        elif ours:
            yield Weight(0.4, "an extension asks")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if (
            case.noted("content script", "content_script", "injected", "main.js")
            or "refuses-strangers" in case.traits
            or case.status in _REFUSED
            or case.preflight_status in _REFUSED
        ):
            yield Weight(-0.55, "a content script, or a server that refuses origins")
        if case.noted("unblock", "ad blocker", "adblock", "cors extension", "firelogger") or case.uses(
            "cors extension"
        ):
            yield Weight(-0.8, "the extension is somebody else's")
