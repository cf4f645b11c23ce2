"""CORS231: The request carries credentials, and Access-Control-Allow-Origin is *."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.layers import responsible
from corsage.rules.report import report

_QUOTED_STARS: Final = ('"*"', "'*'", "= *", ": *", "=*")


class WildcardWithCredentials(DiagnosisRule):
    """Wildcard with credentials."""

    code = "CORS231"
    name = "wildcard-with-credentials"
    root_cause = RootCause.ACAO_WILDCARD_WITH_CREDENTIALS
    layer = "app"
    what = "The request carries credentials, and Access-Control-Allow-Origin is *."
    why = (
        "* means that everybody may read, so what it gives must not depend on who asks. With cookies or "
        "credentials: 'include' browsers refuse it."
    )
    fix = (
        "If the cookies are needed: answer with the page's exact origin from a list, "
        "Access-Control-Allow-Credentials: true and Vary: Origin. If not: leave credentials out of the "
        "request (credentials: 'same-origin', withCredentials = false). Never reflect every origin."
    )
    verify = "The answer names the page's origin, and a stranger's origin gets no header."
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",)
    bad = report(
        "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
        credentials="include",
        actual=(200, {"Access-Control-Allow-Origin": "*"}),
        stack=["express"],
    )
    good = report(credentials="same-origin", actual=(200, {"Access-Control-Allow-Origin": "*"}))

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if (
            case.with_credentials
            and not case.says
            and any(each in case.evidence.notes for each in _QUOTED_STARS)
        ):
            yield Weight(0.75, "credentials are sent, and the configuration that is quoted allows *")
        if case.message(Cause.WILDCARD_WITH_CREDENTIALS):
            yield Weight(0.9, "the browser says so: * with credentials")
        elif case.allow_origin == "*" and case.with_credentials:
            yield Weight(0.85, "the header is *, and the request's credentials mode is include")
        said = case.noted(
            ("allow_origins=['*']", "allow_credentials"),
            ("'*'", "credentials"),
            ("origin", "*", "credentials"),
            ("wildcard", "credentials"),
            ("anyorigin", "credentials"),
            ("origins '*'", "credentials"),
        )
        if said and not case.says and not case.allow_origin:
            yield Weight(0.35, f"the notes say: {said}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if "answers-preflights" in case.traits_in_front and case.noted("still", "overrid", "headers still"):
            yield Weight(-0.5, "the platform in front answers in the application's place")
        if case.noted("empty pattern", "patterns ['']", "[''] ", "glob", "unknown option", "typo"):
            yield Weight(-0.4, "the configuration has another fault")

    def layer_of(self, case: Case) -> str:
        """Return who sends the wildcard."""
        if case.said("cors-anywhere", "cors proxy", "corsproxy", "allorigins", "thingproxy"):
            return "proxy"
        if case.said("unblock", "cors extension"):
            return "client-extension"
        return responsible(case)
