"""CORS413: A function behind a proxy integration must return the CORS headers itself, and does not."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_SAID: Final = (
    ("headers", "commented"),
    ("template", "headers"),
    "statuscode:200",
    "callback(null",
    "no headers in the return",
    "defaultcorspreflightoptions",
    "lambdarestapi",
    ("get", "still complains"),
    ("get", "blocked"),
    "options perfect",
    "options ok",
    "options fine",
    "raw handler",
    ("return", "body"),
    "proxy integration",
    "lambda proxy",
    "enabled cors",
    "cors enabled",
    "enable cors",
    "cors: true",
    ("only", "options"),
    ("function", "headers"),
    ("return", "headers"),
    "function throws",
    "statuscode",
    "malformed lambda",
    "internal server error",
    ("get", "no header"),
)


class FunctionMustSendHeaders(DiagnosisRule):
    """Function must send headers."""

    code = "CORS413"
    name = "function-must-send-headers"
    root_cause = RootCause.LAMBDA_PROXY_HEADERS
    layer = "app"
    what = "A function behind a proxy integration must return the CORS headers itself, and does not."
    why = (
        "'Enable CORS' in the console configures OPTIONS and the gateway's own answers. With a proxy "
        "integration the response is the function's, header for header, also when it throws."
    )
    fix = (
        "Return Access-Control-Allow-Origin (and -Allow-Credentials) in every response of the function, "
        "errors among them; catch exceptions and answer with the headers. For what fails before the "
        "function, set the gateway's DEFAULT_4XX and DEFAULT_5XX responses; deploy the stage."
    )
    verify = (
        "Invoke the function: its result has the headers. The response over the gateway has them, too, on"
        " an error as well."
    )
    question = "Does the function's own return value hold Access-Control-Allow-Origin, on errors, too?"
    snippet = True
    sources = ("https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",)
    bad = report(
        method="POST",
        preflight=(200, {"Access-Control-Allow-Origin": "*"}),
        actual=(200, {}),
        notes="CORS enabled in the console",
        stack=["aws lambda", "api gateway"],
    )
    good = report(method="POST", preflight=(401, {}), stack=["aws lambda", "api gateway"])

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        function = "headers-from-code" in case.traits or case.said(
            "lambda",
            "cloud function",
            "serverless",
            "amplify",
            "cdk",
            "chalice",
            "netlify functions",
            "azure functions",
            "proxy integration",
            "sam ",
        )
        if not function:
            return
        if (
            case.preflight.headers.get("access-control-allow-origin")
            and not case.actual.headers.get("access-control-allow-origin")
            and not case.on_preflight
        ):
            yield Weight(0.75, "the preflight has the headers, the function's response has not")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.5, f"the notes say: {said}")
        if case.status in (502, 500) and case.noted("throws", "exception", "error in", "crash"):
            yield Weight(0.6, "the function fails before it returns its headers")
        if case.message(Cause.MISSING_ALLOW_ORIGIN) and not case.on_preflight:
            yield Weight(0.35, "the browser misses the header on the function's response")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        function = "headers-from-code" in case.traits or case.said(
            "lambda", "cloud function", "serverless", "proxy integration", "sam "
        )
        if not function:
            return
        if case.preflight_status in (401, 403, 404, 405) or case.noted(
            "no change", "not deployed", "redeploy"
        ):
            yield Weight(-0.5, "something else answers first")
        if case.status in (401, 403, 413, 429, 504):
            yield Weight(-0.5, f"{case.status} is the gateway's own")
        if case.noted("cloudfront", "first site works", "reflect_origin") or "cdn" in case.kinds:
            yield Weight(-0.4, "a cache stands in front")
