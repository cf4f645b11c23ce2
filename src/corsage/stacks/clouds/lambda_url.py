"""AWS Lambda's function URLs: the URL's own CORS, or the function's; never both."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.clouds.api_gateway import EXECUTED, FUNCTION_FILES_STEP
from corsage.stacks.clouds.api_gateway_http import cors_configuration
from corsage.stacks.clouds.function_events import function_files
from corsage.stacks.json_text import json_text
from corsage.stacks.leftovers import leftovers, nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.told import Tell, ToldStack

_LONGEST_METHOD: Final = 6
_MOST: Final = 100
_MOST_METHODS: Final = 6


class LambdaUrl(ToldStack):
    """With its own CORS, a function that sends the headers as well doubles them."""

    name: ClassVar[str] = "lambda-url"
    title: ClassVar[str] = "AWS Lambda function URL"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = ("lambda function url", "lambda url", "lambda-url")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.ADDS_HEADERS})
    executed: ClassVar[str] = ""
    order: ClassVar[str] = "The URL's CORS answers preflights before the function; use it or code, not both."
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html",
        "https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "doubled",
            "The URL's CORS and the function both send Access-Control-Allow-Origin: browsers refuse two values.",
            "Take the headers out of the function, or remove the URL's CORS.",
        ),
        Pitfall(
            "options-is-no-method",
            "OPTIONS among AllowMethods is refused: the longest name is six letters.",
            "Leave it out: the URL answers preflights by itself.",
            re.compile(r"(?i)\"?AllowMethods\"?\s*[:=]\s*\[?[^\]]{0,200}OPTIONS"),
        ),
        Pitfall(
            "one-item",
            "Several headers in one text, with commas, are one odd name.",
            "One item a header.",
            re.compile(r"(?i)\"?(?:AllowHeaders|ExposeHeaders|AllowOrigins)\"?\s*:\s*\[\s*\"[^\"\]]{0,200},"),
        ),
        Pitfall(
            "iam-authentication",
            "With AuthType AWS_IAM a request without a signature is answered 403.",
            "Sign the requests, or set AuthType to NONE and authenticate in the function.",
            re.compile(r"(?i)\"?AuthType\"?\s*[:=]\s*\"?AWS_IAM"),
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.6, header="x-amzn-trace-id", holds="root="),
        Tell(0.7, bodies=('{"Message":"Forbidden"}',)),
        Tell(0.5, header="x-amzn-requestid"),
    )
    unless: ClassVar[tuple[Tell, ...]] = (
        Tell(1.0, header="x-amz-apigw-id"),
        Tell(1.0, header="apigw-requestid"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write the URL's CORS where it can say everything, else the function's."""
        listed = listed_origins(policy, Entries())
        if listed.limits or not _fits(policy, listed.entries):
            return self._in_code(policy)
        limits = leftovers(policy)
        if not listed.entries:
            step = (
                "Remove what is there: aws lambda update-function-url-config --function-name NAME --cors '{}'"
            )
            return nothing_to_render(self.name, limits, step)
        file = File("cors.json", "json", json_text(cors_configuration(policy, list(listed.entries))))
        return Rendered(self.name, (file,), _STEPS, limits)

    def _in_code(self, policy: Policy) -> Rendered:
        files, limits = function_files(policy)
        return Rendered(self.name, files, _CODE_STEPS, limits, EXECUTED)


def _fits(policy: Policy, origins: tuple[str, ...]) -> bool:
    """Tell whether the limits of the API are kept."""
    methods = [each for each in policy.methods if each not in ("GET", "HEAD", "POST")]
    lists = (origins, tuple(policy.request_headers), tuple(policy.exposed_headers))
    return (
        all(len(each) <= _LONGEST_METHOD for each in methods)
        and len(methods) + 3 <= _MOST_METHODS
        and all(len(each) <= _MOST for each in lists)
    )


_STEPS: Final = (
    "aws lambda update-function-url-config --function-name NAME --cors file://cors.json replaces what the URL has.",
    "Remove CORS headers from the function: they would be there twice.",
)
_CODE_STEPS: Final = (
    "A function URL's own CORS cannot say this policy: the function does it. " + FUNCTION_FILES_STEP,
    "Remove the URL's own CORS: aws lambda update-function-url-config --function-name NAME --cors '{}'",
)
