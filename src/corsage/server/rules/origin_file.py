"""CORS124: pages of local files."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import example, place
from corsage.server.rules.spelling_rule import ORIGIN_HEADER, SpellingRule
from corsage.server.sorted_origins import sorted_origins
from corsage.server.spelling import Fault


class OriginFile(SpellingRule):
    """Files have no origin to be known by."""

    code = "CORS124"
    name = "origin-file"
    fault = Fault.FILE
    what = "An entry of `origins` for files: `file://`, `content://`, or the address of one file."
    why = (
        "A page opened from a file has an opaque origin: browsers send `Origin: null`, and no address of a file ever "
        "matches. Some apps send `file://` or `content://` instead: older web views, Electron, Cordova. Then every "
        "file that a user opens sends the same, whoever wrote it: who allows one allows all."
    )
    fix = (
        "Serve the page from a development server, such as `python -m http.server`, and list that; let an app load "
        "its pages from an origin of its own, such as `https://localhost` or `app://localhost`. If all files are "
        "really meant, write `file://` and say so with `dangerously_allow_file_origins`; in production a warning "
        "remains."
    )
    sources = ("https://url.spec.whatwg.org/#concept-url-origin", ORIGIN_HEADER)
    bad = example(origins=["file:///home/me/page.html"])
    good = example(origins=["http://localhost:8000"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find addresses of files, and the origins that files have in some apps."""
        yield from super().check(draft)
        allowed = draft.dangerously_allow_file_origins
        if allowed and not draft.is_production:
            return
        for index, pattern in sorted_origins(draft.origins).hostless:
            if pattern.is_of_files:
                yield self.problem(
                    place(draft, "origins", index),
                    pattern.text,
                    "every file that a user opens may read the answers, whoever wrote it"
                    if allowed
                    else "some apps send it for every file; only dangerously_allow_file_origins allows it",
                    severity=Severity.WARNING if allowed else Severity.ERROR,
                )
