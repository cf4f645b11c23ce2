"""CORS463: The URL is wrong: host, port, path or region. What answers, or does not, is not the API."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.sites import is_loopback_host
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import is_loopback
from corsage.rules.report import report

_NOT_FOUND: Final = 404
_NO_ANSWER: Final = frozenset({Symptom.DID_NOT_SUCCEED, Symptom.NETWORK, Symptom.FETCH_FAILED})

_SAID: Final = (
    "bundle",
    "still calls",
    "still points",
    "vite_api_url",
    "react_app_api",
    "next_public",
    "environment.prod",
    "parking",
    "parked",
    "dashboard",
    "instead of the rest endpoint",
    "docs say",
    "wrong endpoint",
    "wrong subdomain",
    "/v1/v1",
    "/api/api",
    "exmaple",
    "old endpoint",
    "deprecated endpoint",
    "renamed endpoint",
    "moved endpoint",
    "page address",
    "returns html",
    "answer is html",
    "html instead",
    "html back",
    "unexpected token '<'",
    "unexpected token <",
    "index.html instead",
    "frontend itself",
    "swagger url",
    "missing port in",
    "another machine",
    "not on localhost",
    "containers can",
    "container name",
    "compose file unchanged",
    "docker network",
    "service name",
    "wrong url",
    "wrong path",
    "wrong host",
    "wrong region",
    "base url",
    "baseurl",
    "typo in the url",
    "endpoint does not exist",
    "no such endpoint",
    "moved",
    "api url",
    "url points",
    "hardcoded localhost",
    "region",
    "wrong domain",
    "missing /api",
    "without /api",
    "double slash",
    "extra slash",
    "undefined/",
    "/undefined",
    "old url",
    "vendor endpoint",
    "us-central1",
)


class WrongUrl(DiagnosisRule):
    """Wrong url."""

    code = "CORS463"
    name = "wrong-url"
    root_cause = RootCause.WRONG_URL
    layer = "client-url"
    what = "The URL is wrong: host, port, path or region. What answers, or does not, is not the API."
    why = (
        "localhost in a page means the visitor's own machine, and a container's name means nothing to a "
        "browser. A wrong path is answered by something that knows nothing of CORS."
    )
    fix = (
        "Ask for the address that the browser can reach: the public name of the API, with the right path "
        "and region; build it into the page for each environment."
    )
    verify = "The URL opened in a tab shows the API's answer."
    question = "What does the URL show when it is opened in a tab of the same browser?"
    bad = report(
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://localhost:98/api/token. (Reason: CORS request did not succeed). Status code: (null).",
        url="https://localhost:98/api/token",
        notes="docker; the page is opened from another machine in the LAN",
    )
    good = report(
        "GET http://localhost:8000/ping net::ERR_CONNECTION_REFUSED",
        url="http://localhost:8000/ping",
        origin="http://localhost:3000",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        elsewhere = case.page is not None and is_loopback(case.target) and not is_loopback_page(case)
        if elsewhere and case.says & _NO_ANSWER:
            yield Weight(0.7, f"the page is on {case.origin}, and asks the visitor's own machine")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.6, f"the notes say: {said}")
        if case.said("docker", "kubernetes", "compose") and case.says & _NO_ANSWER:
            yield Weight(0.45, "containers take part, whose addresses a browser does not know")
        if (
            case.target is not None
            and "." not in case.target.host
            and case.target.host not in ("localhost", "")
            and not case.target.host.startswith("[")
        ):
            yield Weight(0.3, f"{case.target.host} is a name of an inner network")
        if case.status == _NOT_FOUND:
            yield Weight(0.45, "the status is 404")
        if case.target is not None and (
            "undefined" in case.url
            or "//" in case.target.path
            or "http://" in case.target.path
            or "https://" in case.target.path
        ):
            yield Weight(0.5, "the URL has a piece that nobody meant")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.message(
            Cause.WILDCARD_WITH_CREDENTIALS,
            Cause.MULTIPLE_ALLOW_ORIGIN,
            Cause.HEADER_DISALLOWED,
            Cause.PREFLIGHT_DISALLOWED_REDIRECT,
        ):
            yield Weight(-0.7, "the browser names another reason")
        if case.noted("self-signed", "certificate", "private ca"):
            yield Weight(-0.5, "the certificate is in question")


def is_loopback_page(case: Case) -> bool:
    """Tell whether the page itself is on this machine."""
    return case.page is not None and is_loopback_host(case.page.host)
