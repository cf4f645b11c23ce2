"""CORS264: client interceptor."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_OF_MOCKS: Final = 222

_SAID: Final = (
    "requestmock",
    "request mock",
    "mocked",
    "mock adapter",
    "msw",
    "cy.intercept",
    "cypress",
    "testcafe",
    "playwright",
    "puppeteer",
    "selenium",
    "page.route",
    "interceptor",
    "capacitorhttp",
    "cordova-plugin-advanced-http",
    "native http",
    "http bridge",
    "nock",
    "pretender",
    "mirage",
    "jsdom",
    "karma",
    "in the test",
    "end-to-end test",
    "e2e",
    "storybook",
    "axios-mock",
    "fetch-mock",
    "whistle",
    "charles",
)


class ClientInterceptor(DiagnosisRule):
    """Client interceptor."""

    code = "CORS264"
    name = "client-interceptor"
    root_cause = RootCause.CLIENT_INTERCEPTOR
    layer = "client"
    what = (
        "Something in the client answers in the server's place: a mock, a native HTTP bridge, a test's "
        "interceptor."
    )
    why = (
        "Mocks and bridges make their own preflights and answers. The server never sees the request, so "
        "its headers do not matter."
    )
    fix = (
        "Let the interceptor answer with the CORS headers (and OPTIONS, too), or switch it off for this "
        "host: CapacitorHttp, RequestMock, cy.intercept, msw, page.route."
    )
    verify = "The server's log shows the request; or the mock's answer has the headers."
    question = "Does the server's log show the request at all?"
    bad = report(
        method="POST", actual=(222, {}), notes="in end-to-end test with RequestMock", stack=["testcafe"]
    )
    good = report(method="POST", actual=(500, {}), stack=["express"])

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if any(
            "_capacitor_http_interceptor_" in text for text in (case.evidence.notes, *case.urls)
        ) or case.noted("never leave the phone", "never leave the device"):
            yield Weight(0.9, "a bridge in the app answers")
        said = case.said(*_SAID)
        if said:
            yield Weight(0.65, f"the notes say: {said}")
        if case.status == _OF_MOCKS:
            yield Weight(0.6, "222 is a mock's status")
        if case.noted(
            "server never sees",
            "never reaches the server",
            "no request in the server log",
            "not in the server",
        ):
            yield Weight(0.3, "the server does not see the request")
