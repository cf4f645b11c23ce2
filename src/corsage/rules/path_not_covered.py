"""CORS210: The policy covers some paths, and this is none of them."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.layers import responsible
from corsage.rules.report import report

_ERRORS: Final = 500

_SAID: Final = (
    "api routes are working",
    "routes are working",
    ("api works", "not"),
    "rest of the api works",
    "only this endpoint",
    "one route",
    "some routes",
    "some endpoints",
    "some urls",
    "nested route",
    "sub path",
    "subpath",
    ("not for the", "route"),
    "except for",
    "everything except",
    "all except",
    "other than",
    "only under /api",
    ("prefix", "not"),
    "route group",
    "outside of the group",
    "uploads folder",
    ("media files", "no"),
    "/media",
    "/uploads",
    "/storage",
    "admin works",
    "websocket path",
    "error page",
    "broadcasting/auth",
    ("oauth/token", "blocked"),
    ("works on", "not on"),
    ("calls work", "blocked"),
    ("works for", "but not for"),
    "other endpoints work",
    "other routes work",
    "other paths work",
    ("only", "endpoint", "fails"),
    ("paths", "[]"),
    ("paths", "only"),
    ("paths", "missing"),
    "paths does not",
    "not covered",
    "only this route",
    ("only", "route", "fails"),
    ("api/* ", "login"),
    "sanctum/csrf-cookie",
    "urls_regex",
    "resources=",
    ("sub-app", "no"),
    "mounted app",
    ("static files", "no"),
    ("except", "/"),
    "only one endpoint",
    ("outside", "api/"),
)


class PathNotCovered(DiagnosisRule):
    """Path not covered."""

    code = "CORS210"
    name = "path-not-covered"
    root_cause = RootCause.PATH_NOT_COVERED
    layer = "app"
    what = "The policy covers some paths, and this is none of them."
    why = (
        "Many stacks tie CORS to a path or a group of routes. Logins, uploads, sub-applications and "
        "static files are the usual ones left out."
    )
    fix = (
        "Extend the paths of the policy to this one: add it to the list, or mount the middleware where it"
        " sees all requests."
    )
    verify = "Ask a path that works and this one, with the same Origin header: both answers name the origin."
    question = "Do other paths of the same server work from the same page?"
    snippet = True
    bad = report(
        method="POST", credentials="include", notes="api/* calls work; /login is blocked", stack=["laravel"]
    )
    good = report(notes="every request is blocked", stack=["laravel"])

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.65, f"the notes say: {said}")
            if case.said("laravel", "sanctum", "flask", "corsheaders", "spring", "nginx"):
                yield Weight(0.2, "this stack ties CORS to paths")
        if case.noted("'paths'", "paths ", "paths=") and case.said(
            "laravel", "lumen", "api platform", "symfony", "nelmio"
        ):
            yield Weight(0.35, "the list of paths is spoken of")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.status is not None and case.status >= _ERRORS:
            yield Weight(-0.3, f"the status is {case.status}")

    def layer_of(self, case: Case) -> str:
        """Return who is configured."""
        return responsible(case)
