"""CORS209: The page runs in an app or an extension, whose origin the server does not allow."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.layers import responsible
from corsage.rules.reading import is_app_scheme
from corsage.rules.report import report

_APP_HOSTS: Final = frozenset({"localhost", "tauri.localhost", "wails.localhost", "ionic.localhost"})
_DEFAULT_PORTS: Final = frozenset({80, 443, None})
_REFUSED: Final = frozenset({401, 403})

_WRAPPED: Final = (
    "capacitor",
    "ionic",
    "cordova",
    "tauri",
    "electron",
    "webview",
    "android app",
    "ios app",
    "expo",
    "react native",
    "apk",
    "wkwebview",
    "mobile app",
    "wails",
    "neutralino",
    "obsidian",
)
_HINTS: Final = (
    "android",
    "ios",
    "device",
    "in the app",
    "apk",
    "on mobile",
    "packaged",
    "production build",
)


class AppSchemeOrigin(DiagnosisRule):
    """App scheme origin."""

    code = "CORS209"
    name = "app-scheme-origin"
    root_cause = RootCause.APP_SCHEME_ORIGIN
    layer = "app"
    what = "The page runs in an app or an extension, whose origin the server does not allow."
    why = (
        "Apps have origins of their own: capacitor://localhost on iOS, https://localhost on Android since"
        " Capacitor 6, tauri://localhost or http://tauri.localhost, app://-, chrome-extension://ID. They "
        "differ by platform and by version, and from the site in the browser."
    )
    fix = (
        "Allow the app's exact origins on all platforms it runs on, beside those of the site: for "
        "Capacitor capacitor://localhost, https://localhost and http://localhost."
    )
    verify = (
        "Ask with each platform's Origin: the answer names it. The device's console (Safari's or Chrome's"
        " remote inspection) shows which origin it sends."
    )
    question = "Which origin does the app send: what does the device's console, or the server's log, say?"
    snippet = True
    sources = ("https://capacitorjs.com/docs/config",)
    bad = report(
        "Origin capacitor://localhost is not allowed by Access-Control-Allow-Origin.",
        origin="capacitor://localhost",
        stack=["capacitor ios"],
    )
    good = report(
        "Origin https://app.example.com is not allowed by Access-Control-Allow-Origin.",
        origin="https://app.example.com",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if is_app_scheme(case.origin) and "extension" not in case.origin:
            yield Weight(0.75, f"the origin is an app's: {case.origin}")
        elif "extension://" in case.origin:
            yield Weight(0.35, f"the origin is an extension's: {case.origin}")
        wrapped = case.said(*_WRAPPED)
        if (
            wrapped
            and case.page is not None
            and case.page.host in _APP_HOSTS
            and case.page.port in _DEFAULT_PORTS
        ):
            yield Weight(0.85, f"{case.origin} is the origin of an app ({wrapped})")
        elif wrapped:
            yield Weight(0.4, f"it runs in an app: {wrapped}")
        if wrapped and case.noted(*_HINTS):
            yield Weight(0.35, "it fails in the app, on one platform or when packaged")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if "service" in case.kinds and "refuses-strangers" in case.traits:
            yield Weight(-0.4, "the program has a list of origins of its own, and refuses the others")
        if case.status in _REFUSED or case.preflight_status in _REFUSED:
            yield Weight(-0.3, "the server refuses by status")

    def layer_of(self, case: Case) -> str:
        """Return who is configured."""
        return responsible(case)
