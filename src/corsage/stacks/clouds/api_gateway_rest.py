"""API Gateway's REST APIs: OPTIONS and the gateway's own errors in the API, everything else in the function."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.clouds.api_gateway import (
    AUTHORIZER_ON_OPTIONS,
    EXECUTED,
    FUNCTION_FILES_STEP,
    PROXY_RETURNS_HEADERS,
    TELLS,
    TIMEOUT,
)
from corsage.stacks.clouds.function_events import function_files
from corsage.stacks.json_text import json_text
from corsage.stacks.origins import origins_of
from corsage.stacks.told import Tell, ToldStack


class ApiGatewayRest(ToldStack):
    """Preflights go to the function as well: only code can tell one origin from another."""

    name: ClassVar[str] = "api-gateway-rest"
    title: ClassVar[str] = "Amazon API Gateway (REST API)"
    kind: ClassVar[Kind] = Kind.GATEWAY
    words: ClassVar[tuple[str, ...]] = (
        "api gateway rest",
        "api gateway rest api",
        "aws api gateway",
        "amazon api gateway",
        "api gateway",
        "execute-api",
        "lambda proxy",
        "aws lambda",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.ERRORS_LOSE_HEADERS, Trait.HEADERS_FROM_CODE, Trait.NEEDS_RELOAD}
    )
    executed: ClassVar[str] = EXECUTED
    order: ClassVar[str] = (
        "Authorizers, API keys and throttling come before the function: OPTIONS must have none."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/"
        "api-gateway-swagger-extensions-gateway-responses.html",
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        PROXY_RETURNS_HEADERS,
        AUTHORIZER_ON_OPTIONS,
        TIMEOUT,
        Pitfall(
            "gateway-responses",
            "Errors that the gateway makes itself (401, 403, 413, 429, 5xx) have no CORS headers.",
            "Set them on the gateway responses DEFAULT_4XX and DEFAULT_5XX.",
        ),
        Pitfall(
            "quotes",
            "A static value in responseParameters must stand in single quotes; without them the import fails.",
            "Write \"'https://app.example'\".",
            re.compile(r"response\.header\.Access-Control-[A-Za-z-]{1,40}\"?\s*:\s*\"?(?:\*|https?:)"),
        ),
        Pitfall(
            "origin-reflected",
            "A gateway response that hands back method.request.header.Origin lets every site read the errors.",
            "Write the one origin, or the star.",
            re.compile(r"Access-Control-Allow-Origin\"?\s*:\s*\"?method\.request\.header\.", re.IGNORECASE),
        ),
        Pitfall(
            "not-deployed",
            "Changes count after the stage is deployed.",
            "aws apigateway create-deployment --rest-api-id ID --stage-name STAGE",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = TELLS

    def render(self, policy: Policy) -> Rendered:
        """Write the API's part as OpenAPI, and the function's in two languages."""
        functions, lost = function_files(policy)
        limits = [*lost]
        shown = _shown(policy)
        if shown is None and policy.origins:
            limits.append(
                "Gateway responses hold one value for everybody: with several origins the errors that the gateway "
                "makes itself go without CORS headers, so that pages cannot read them."
            )
        files = (
            File("openapi.json", "json", json_text(_openapi(policy, shown))),
            *functions,
        )
        return Rendered(self.name, files, _STEPS, tuple(limits), self.executed)


def _shown(policy: Policy) -> str | None:
    """Return the one value that is right for everybody."""
    origins = origins_of(policy)
    return "*" if origins.everyone else origins.single


def _openapi(policy: Policy, shown: str | None) -> dict[str, object]:
    made: dict[str, object] = {
        "openapi": "3.0.1",
        "info": {"title": "API", "version": "1"},
        "paths": {
            "/{proxy+}": {
                # Of its own, so that an authorizer of the other methods does not guard it.
                "options": {"security": [], "x-amazon-apigateway-integration": _TO_FUNCTION},
                "x-amazon-apigateway-any-method": {"x-amazon-apigateway-integration": _TO_FUNCTION},
            }
        },
    }
    if shown is not None:
        parameters = {"gatewayresponse.header.Access-Control-Allow-Origin": f"'{shown}'"}
        if policy.credentials:
            parameters["gatewayresponse.header.Access-Control-Allow-Credentials"] = "'true'"
        both = {kind: {"responseParameters": dict(parameters)} for kind in ("DEFAULT_4XX", "DEFAULT_5XX")}
        made["x-amazon-apigateway-gateway-responses"] = both
    return made


_TO_FUNCTION: Final = {
    "type": "aws_proxy",
    "httpMethod": "POST",
    "uri": "arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION_ARN/invocations",
}
_STEPS: Final = (
    FUNCTION_FILES_STEP,
    "Merge openapi.json into the API's definition: OPTIONS without authorizer and API key, and the gateway responses.",
    "aws apigateway put-rest-api --rest-api-id ID --mode merge --body fileb://openapi.json",
    "Remove the OPTIONS methods with mock integrations that Enable CORS made, then deploy the stage: aws apigateway "
    "create-deployment --rest-api-id ID --stage-name STAGE",
)
