"""What REST APIs, HTTP APIs and function URLs have in common."""

from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.told import Tell

FUNCTION_FILES_STEP: Final = (
    "The two forms do the same: take cors.mjs and index.mjs for Node, cors.py and lambda_function.py for Python. What "
    "the function did before moves to app.mjs or app.py."
)
EXECUTED: Final = "the function alone: Node 20 and Python, with events of the documented form"

PROXY_RETURNS_HEADERS: Final = Pitfall(
    "proxy-integration-returns-headers",
    "With a proxy integration the gateway adds no header to what the function returns: an OPTIONS method made by "
    "Enable CORS covers the preflight alone.",
    "Return Access-Control-Allow-Origin from the function, in every answer, errors as well.",
)
AUTHORIZER_ON_OPTIONS: Final = Pitfall(
    "authorizer-on-options",
    "An authorizer or an API key guards OPTIONS, too: preflights carry neither, and are answered 401 or 403.",
    "Take authorization off the OPTIONS method; in SAM, AddDefaultAuthorizerToCorsPreflight: false.",
)
TIMEOUT: Final = Pitfall(
    "timeout",
    "A function that takes longer than the gateway waits (29 seconds, unless raised) is answered 504 without CORS "
    "headers, and so is one that fails, 502.",
    "Look at the function's log; mend the error. Where the gateway has responses of its own, give them the headers.",
)

TELLS: Final = (
    Tell(0.9, header="x-amz-apigw-id"),
    Tell(0.75, bodies=('{"message":"Missing Authentication Token"}',)),
    Tell(0.7, header="x-amzn-errortype"),
)
