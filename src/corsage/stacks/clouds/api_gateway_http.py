"""API Gateway's HTTP APIs: the gateway's own CORS, or the function's, where the gateway's cannot say it."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.clouds.api_gateway import AUTHORIZER_ON_OPTIONS, EXECUTED, FUNCTION_FILES_STEP, TIMEOUT
from corsage.stacks.clouds.function_events import function_files
from corsage.stacks.json_text import json_text
from corsage.stacks.leftovers import leftovers, nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.parts import is_any, methods_of
from corsage.stacks.text_search import holds
from corsage.stacks.told import Tell, ToldStack


class ApiGatewayHttp(ToldStack):
    """Where it is configured, the gateway drops the CORS headers of the function."""

    name: ClassVar[str] = "api-gateway-http"
    title: ClassVar[str] = "Amazon API Gateway (HTTP API)"
    kind: ClassVar[Kind] = Kind.GATEWAY
    words: ClassVar[tuple[str, ...]] = (
        "api gateway http",
        "api gateway http api",
        "api gateway v2",
        "apigatewayv2",
        "aws http api",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.ANSWERS_PREFLIGHTS, Trait.OVERWRITES_HEADERS, Trait.DROPS_ALL_WHEN_REFUSED}
    )
    order: ClassVar[str] = (
        "The gateway answers OPTIONS itself, unless a route takes it first: $default or ANY with an authorizer needs "
        "an OPTIONS route without one."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
        "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        AUTHORIZER_ON_OPTIONS,
        TIMEOUT,
        Pitfall(
            "function-headers-ignored",
            "With CORS configured, the gateway ignores the CORS headers of the integration.",
            "Configure it in one place: the gateway.",
        ),
        Pitfall(
            "default-route-with-authorizer",
            "The $default route with an authorizer catches OPTIONS, and answers 401.",
            "Add a route OPTIONS /{proxy+} without an authorizer.",
        ),
        Pitfall(
            "star-with-credentials",
            "AllowCredentials with the star for an origin: browsers refuse it.",
            "List the origins.",
            holds(r"\"?allowCredentials\"?\s*[:=]\s*true", r"\"?allowOrigins\"?\s*[:=]\s*\[?\s*[\"']?\*"),
        ),
        Pitfall(
            "trailing-slash",
            "An origin with a slash at its end never equals the one that a browser sends.",
            "Write scheme, host and port, and nothing behind them.",
            re.compile(r"[\"']https?://[^\"'/*]+/[\"']"),
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, header="apigw-requestid"),
        Tell(0.5, bodies=('{"message":"Not Found"}',)),
        Tell(0.5, bodies=('{"message":"Unauthorized"}',)),
    )
    unless: ClassVar[tuple[Tell, ...]] = (Tell(1.0, header="x-amz-apigw-id"),)

    def render(self, policy: Policy) -> Rendered:
        """Write a ``CorsConfiguration``, or a function where it cannot list the origins."""
        listed = listed_origins(policy, Entries(web_only=True))
        if listed.limits:
            files, lost = function_files(policy)
            return Rendered(self.name, files, _CODE_STEPS, lost, EXECUTED)
        limits = leftovers(policy)
        if not listed.entries:
            step = "Remove what is there: aws apigatewayv2 delete-cors-configuration --api-id ID"
            return nothing_to_render(self.name, limits, step)
        file = File("cors.json", "json", json_text(cors_configuration(policy, list(listed.entries))))
        return Rendered(self.name, (file,), _STEPS, limits)


def cors_configuration(policy: Policy, origins: list[str]) -> dict[str, object]:
    """Write what HTTP APIs and function URLs call ``Cors``."""
    made: dict[str, object] = {"AllowOrigins": origins}
    made["AllowMethods"] = ["*"] if is_any(policy.methods) else list(methods_of(policy))
    if policy.request_headers:
        made["AllowHeaders"] = list(policy.request_headers)
    if policy.exposed_headers:
        made["ExposeHeaders"] = list(policy.exposed_headers)
    if policy.max_age is not None:
        made["MaxAge"] = max(policy.max_age, 0)
    if policy.credentials:
        made["AllowCredentials"] = True
    return made


_STEPS: Final = (
    "aws apigatewayv2 update-api --api-id ID --cors-configuration file://cors.json replaces what the API has.",
    "In OpenAPI the same stands at the root, as x-amazon-apigateway-cors, each key with a small letter first.",
    "With an authorizer on $default or ANY, add a route OPTIONS /{proxy+} without one, with any integration.",
    "Remove CORS headers from the function: the gateway ignores them.",
)
_CODE_STEPS: Final = (
    "The API's own CORS cannot list these origins: the function does it. " + FUNCTION_FILES_STEP,
    "Remove the API's own CORS, which would take the function's headers away: aws apigatewayv2 "
    "delete-cors-configuration --api-id ID",
    "Route OPTIONS to the function without an authorizer: aws apigatewayv2 create-route --api-id ID --route-key "
    "'OPTIONS /{proxy+}' --target integrations/INTEGRATION",
)
