"""CORS272: The test sends no real preflight: it proves nothing about a browser."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.model.rule import Severity
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_TOOL: Final = (
    "test client",
    "testclient",
    "unit test",
    "curl -x options",
    "curl -i",
    "curl -I",
    "postman",
    "curl",
    "pytest",
    "supertest",
    "insomnia",
    "httpie",
    "swagger",
    "in a test",
    "online tester",
    "security scanner",
    "client.options",
)
_LACKS: Final = (
    "missing",
    "gone",
    "not present",
    "no access-control",
    "no cors headers",
    "headers absent",
    "not returned",
    "does not return",
    "doesn't return",
    "no headers",
    "405",
    "bare options",
    "without origin",
    "no origin header",
    "not added",
    "empty",
)
_AGAINST: Final = (
    "works in postman",
    "works in curl",
    "curl works",
    "postman works",
    "works with curl",
    "works with postman",
    "curl upload works",
    "works in insomnia",
    "curl shows",
)


class TestProvesNothing(DiagnosisRule):
    """Test proves nothing."""

    code = "CORS272"
    name = "test-proves-nothing"
    severity = Severity.NOTE
    root_cause = RootCause.TEST_METHOD_INVALID
    layer = "client"
    what = "The test sends no real preflight: it proves nothing about a browser."
    why = (
        "curl, Postman and test clients send neither Origin nor Access-Control-Request-Method unless "
        "told. Servers answer CORS only to what asks for it."
    )
    fix = (
        "Send what a browser sends: OPTIONS with Origin, Access-Control-Request-Method and, where headers"
        " are set, Access-Control-Request-Headers; for other requests Origin. corsage check URL --origin "
        "ORIGIN does all of it."
    )
    verify = "The answer to the real preflight has the headers."
    bad = report(
        method="OPTIONS",
        actual=(200, {"Access-Control-Allow-Origin": "*"}),
        notes="test client; Access-Control-Allow-Methods is missing",
    )
    good = report(method="PUT", preflight=(405, {}), notes="in the browser")

    def is_cors_of(self, case: Case) -> bool:
        """Tell that it is not: nothing is refused."""
        del case
        return False

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        tool = case.said(
            "wget",
            "from the shell",
            "in the terminal",
            "rest client",
            "thunder client",
            "requests.options",
            "requests.get",
            "jest",
            "mockmvc",
            "webtestclient",
            "rspec",
            "phpunit",
            *_TOOL,
        )
        lacks = case.noted(
            "i see no",
            "absent",
            "header absent",
            "invalid preflight",
            "not there",
            "does not show",
            "don't see",
            "no access-control-allow-origin",
            *_LACKS,
        )
        if tool and lacks and not case.says:
            yield Weight(0.7, f"{tool}: {lacks}")
        bare = case.observed("it is no preflight")
        if bare:
            yield Weight(0.35, bare)
        if case.method.upper() == "OPTIONS":
            yield Weight(0.5, "OPTIONS itself is the request")
            if not case.headers.get("access-control-request-method") and not case.headers.get("origin"):
                yield Weight(0.35, "and it has no Access-Control-Request-Method")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.noted(
            "first request",
            "later ones",
            "cache",
            "age:",
            "purge",
            "second",
            "two lines",
            "twice",
            "duplicate",
        ):
            yield Weight(-0.6, "the answers differ, or repeat: that is no matter of the test")
        if case.noted(*_AGAINST):
            yield Weight(-0.6, "the browser fails, not the test")
        if case.noted("browser", "only in the browser") and case.method.upper() != "OPTIONS":
            yield Weight(-0.5, "a browser fails as well")
        if case.says:
            yield Weight(-0.7, "a browser printed a message")
