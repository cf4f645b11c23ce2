"""CORS406: gateway answers preflight."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_SAID: Final = (
    "never called",
    ("handler", "never"),
    "not reached",
    ("never reach", "options"),
    "headers still",
    ("still", "'*'"),
    "overrid",
    "overwrit",
    "takes precedence",
    ("different headers", "than"),
    ("ignores", "my headers"),
    "own options handler",
    ("preflight", "never reaches"),
    ("options", "does not reach"),
    ("gateway", "answers options"),
    ("platform", "answers"),
    "replaced by",
)


class GatewayAnswersPreflight(DiagnosisRule):
    """Gateway answers preflight."""

    code = "CORS406"
    name = "gateway-answers-preflight"
    root_cause = RootCause.GATEWAY_OVERRIDES_PREFLIGHT
    layer = "gateway"
    what = (
        "A gateway or a platform answers the preflight itself, with its own lists: the application's are "
        "never asked."
    )
    why = (
        "Azure App Service, API Gateway's HTTP APIs, function URLs, Kong, Traefik and others answer "
        "OPTIONS as soon as CORS is set there, and overwrite what the application sends."
    )
    fix = (
        "Configure CORS in one place alone: either empty the platform's settings so that the application "
        "answers, or enter origins, methods, headers and credentials there and take them out of the "
        "application."
    )
    verify = "Change the list in the place that you kept: the answer to OPTIONS changes with it."
    question = "Does the application's log show the OPTIONS request at all?"
    sources = (
        "https://learn.microsoft.com/azure/app-service/app-service-web-tutorial-rest-api",
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
    )
    bad = report(
        "Access to XMLHttpRequest at 'https://x.azurewebsites.net/negotiate' from origin 'https://app.example.com' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
        credentials="include",
        notes="the app allows this origin with credentials, but the headers are still '*'",
        stack=["azure app service", "asp.net core"],
    )
    good = report(
        "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
        credentials="include",
        stack=["express"],
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        front = "answers-preflights" in case.traits_in_front
        if front and case.on_preflight and case.preflight.headers.get("access-control-allow-origin"):
            yield Weight(
                0.45, "something in front answers preflights by itself, and this one has its headers"
            )
        elif front and case.on_preflight:
            yield Weight(0.2, "something in front answers preflights by itself")
        said = case.noted(*_SAID)
        if said:
            yield Weight(
                0.65 if front or {"gateway", "platform"} & case.kinds else 0.4, f"the notes say: {said}"
            )
        if (
            front
            and case.message(Cause.WILDCARD_WITH_CREDENTIALS)
            and case.noted(
                "allowcredentials",
                "credentials: true",
                "credentials true",
                "withorigins",
                "allow_credentials",
            )
        ):
            yield Weight(0.5, "the application allows more than the answer says")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.preflight_status in (401, 404, 405, 429):
            yield Weight(-0.4, f"the preflight is answered {case.preflight_status}")

    def layer_of(self, case: Case) -> str:
        """Return what answers in the application's place."""
        return case.layer_among("platform", "gateway", "proxy", "cdn", otherwise="gateway")
