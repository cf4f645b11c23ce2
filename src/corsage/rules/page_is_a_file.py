"""CORS245: The page was opened from the disk: its origin is null, and everything else is foreign to it."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import is_file
from corsage.rules.report import report

_SAID: Final = (
    "opened by path",
    "opening the html",
    "opening report",
    "opened directly",
    "double-clicked",
    "doubleclick",
    "open the file",
    "open index.html",
    "directly in chrome",
    "live server ok",
    "with live server",
    "via live server",
    "offline use",
    "unzip",
    "usb stick",
    "usb key",
    "from my desktop",
    "from the desktop",
    "on the desktop",
    "local folder",
    "downloaded html",
    "saved page",
    "c:/",
    "index.html in the browser",
    "no server",
    "no web server",
    "without server",
    "fine once uploaded",
    "works when hosted",
    "works on a server",
    "file://",
    "file:",
    "double-click",
    "double click",
    "opened locally",
    "from disk",
    "local html",
    "static html file",
    "live server works",
    "index.html directly",
    "without a server",
    "from the file system",
)


class PageIsAFile(DiagnosisRule):
    """Page is a file."""

    code = "CORS245"
    name = "page-is-a-file"
    root_cause = RootCause.NULL_ORIGIN_FILE
    layer = "page"
    what = "The page was opened from the disk: its origin is null, and everything else is foreign to it."
    why = (
        "A file:// page has no origin of its own; browsers send Origin: null, and refuse modules, fetches"
        " and fonts of other files. Servers must not allow null: it stands for every sandboxed frame and "
        "every file."
    )
    fix = (
        "Serve the folder over http: python3 -m http.server, and open http://localhost:8000/; then allow "
        "that origin on the API if it is another one."
    )
    verify = "The address bar shows http://localhost, and the console has no origin 'null'."
    sources = ("https://html.spec.whatwg.org/#concept-origin-opaque",)
    bad = report(
        "Access to script at 'file:///C:/site/js/main.js' from origin 'null' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: chrome, chrome-extension, data, http, https.",
        origin="null",
        url="file:///C:/site/js/main.js",
    )
    good = report(
        "Access to font at 'https://example.com/a.woff2' from origin 'null' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        origin="null",
        notes="inside a sandboxed iframe",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if is_file(case.url) and not case.url.lower().startswith("file://"):
            yield Weight(0.6, "the URL is a path on a disk")
        if case.url.lower().startswith("file:///"):
            yield Weight(0.85, "the URL is a file's")
        if is_file(case.evidence.page) or is_file(case.origin) or "file:" in case.evidence.origin:
            yield Weight(0.75, "the page is a file")
        if case.message(Cause.LOCAL_RESOURCE):
            yield Weight(0.8, "the browser refuses to load a local file")
        if case.message(Cause.CORS_DISABLED_SCHEME) and case.origin.startswith("null"):
            yield Weight(0.5, "the origin is null, and the scheme is not http")
        said = case.said(*_SAID)
        if said:
            yield Weight(0.65, f"the notes say: {said}")
        elif case.origin.startswith("null") and not case.said("iframe", "sandbox", "frame"):
            yield Weight(0.35, "the origin is null")
            if case.target is not None and case.target.is_http:
                yield Weight(0.35, "and nobody speaks of a frame: most such pages were opened from the disk")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.said("sandbox", "iframe", "srcdoc", "data: url", "blob:"):
            yield Weight(-0.5, "a frame takes part")
        if any(each.first_url for each in case.evidence.messages) or case.message(
            Symptom.REDIRECT_UNSPECIFIC
        ):
            yield Weight(-0.6, "it was redirected: that makes the origin null, too")
        if case.url.lower().startswith("file://") and not case.url.lower().startswith("file:///"):
            yield Weight(-0.85, "the URL lost its scheme: file:// and a host")
        if case.said("capacitor", "cordova", "ionic", "electron", "webview"):
            yield Weight(-0.3, "it runs in an app")
