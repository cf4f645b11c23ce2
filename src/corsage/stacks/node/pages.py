"""Error pages and headers of frameworks of Node.js, as running servers answered them."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from corsage.model.evidence import Answer
from corsage.stacks.base import Sign

_MOST_READ: Final = 4096
_CANNOT: Final = re.compile(r"Cannot (?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /")
_EXPRESS_FILES: Final = ("node_modules/express/", "node_modules/router/lib/layer.js")


def _granted(answer: Answer) -> str:
    return answer.headers.get("access-control-allow-methods") or ""


def powered_by(answer: Answer, product: str) -> bool:
    """Tell whether ``X-Powered-By`` names *product* (lower-case)."""
    return product in (answer.headers.get("x-powered-by") or "").lower()


def json_of(answer: Answer) -> Mapping[str, object]:
    """Return the object that the body is; an empty one where it is none, or was cut."""
    text = answer.body[:_MOST_READ].strip()
    if not (text.startswith("{") and text.endswith("}")):
        return {}
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def express_signs(answer: Answer) -> Iterator[Sign]:
    """Find Express: its header, and the pages of its last handler."""
    if powered_by(answer, "express"):
        yield Sign(0.9, "X-Powered-By: Express")
    body = answer.body[:_MOST_READ]
    if "<pre>" in body and _CANNOT.search(body) and "<title>Error</title>" in body:
        yield Sign(0.7, "an error page that says Cannot GET")
    elif "<title>Error</title>" in body and any(each in body for each in _EXPRESS_FILES):
        yield Sign(0.9, "an error page with Express in its stack trace")
    elif "<title>Error</title>" in body and "<pre>" in body:
        yield Sign(0.5, "an error page with the title Error, as Express writes it")
    if _granted(answer) == "GET,HEAD,PUT,PATCH,POST,DELETE":
        yield Sign(0.5, "the methods that npm's cors grants by itself, in its order")


def fastify_signs(answer: Answer) -> Iterator[Sign]:
    """Find Fastify: how its errors are written, and what @fastify/cors says of OPTIONS."""
    says = json_of(answer)
    message = says.get("message")
    if set(says) <= {"statusCode", "code", "error", "message"} and isinstance(message, str):
        if str(says.get("code", "")).startswith("FST_"):
            yield Sign(0.95, "an error with a code of Fastify's")
        elif _FASTIFY_ROUTE.match(message):
            yield Sign(0.9, "an error that says Route ... not found")
    if answer.status == _BAD_REQUEST and answer.body.strip() == "Invalid Preflight Request":
        yield Sign(0.95, "what @fastify/cors answers to OPTIONS without Access-Control-Request-Method")


_BAD_REQUEST: Final = 400
_FASTIFY_ROUTE: Final = re.compile(r"Route [A-Z]+:/\S{0,200} not found")


def nest_signs(answer: Answer) -> Iterator[Sign]:
    """Find NestJS: how its errors are written."""
    says = json_of(answer)
    if not says or not set(says) <= {"statusCode", "error", "message"} or "statusCode" not in says:
        return
    message = says.get("message")
    if isinstance(message, str) and _CANNOT.match(message):
        yield Sign(0.9, "a JSON error that says Cannot GET")
    elif says == {"statusCode": 500, "message": "Internal server error"}:
        yield Sign(0.7, "a JSON error that says Internal server error, with statusCode first")
    elif message == "Forbidden resource":
        yield Sign(0.9, "what a guard of NestJS refuses with: Forbidden resource")
    elif says == {"statusCode": 401, "message": "Unauthorized"}:
        yield Sign(0.6, "a JSON error of message and statusCode, Unauthorized")


def koa_signs(answer: Answer) -> Iterator[Sign]:
    """Find Koa: ``X-Powered-By`` where somebody sets it; its errors are plain texts like others'."""
    if powered_by(answer, "koa"):
        yield Sign(0.9, "X-Powered-By: koa")
    if _granted(answer) == "GET,HEAD,PUT,POST,DELETE,PATCH":
        yield Sign(0.5, "the methods that @koa/cors grants by itself, in its order")


def hono_signs(answer: Answer) -> Iterator[Sign]:
    """Find Hono: the text of its 404."""
    if powered_by(answer, "hono"):
        yield Sign(0.9, "X-Powered-By: Hono")
    if answer.status == _NOT_FOUND and answer.body.strip() == "404 Not Found":
        yield Sign(0.4, "a 404 that says 404 Not Found as plain text")
    if _granted(answer) == "GET,HEAD,PUT,POST,DELETE,PATCH,QUERY":
        yield Sign(0.8, "the methods that Hono grants by itself")


_NOT_FOUND: Final = 404
_PERMANENT_REDIRECT: Final = 308


def hapi_signs(answer: Answer) -> Iterator[Sign]:
    """Find hapi: what it answers to preflights, and how its errors are written."""
    says = json_of(answer)
    message = str(says.get("message", ""))
    if message in _HAPI_SAYS or message.startswith("CORS error: "):
        yield Sign(0.95, f"hapi's message {message}")
    elif set(says) == {"statusCode", "error", "message"} and (str(says["error"]), message) in _HAPI_ERRORS:
        yield Sign(0.5, "a JSON error as hapi writes it")
    if (answer.headers.get("access-control-allow-headers") or "").startswith(_HAPI_HEADERS):
        yield Sign(0.8, "the request headers that hapi grants by itself")


_HAPI_HEADERS: Final = "Accept,Authorization,Content-Type,If-None-Match"
_HAPI_SAYS: Final = frozenset({"CORS is disabled for this route"})
_HAPI_ERRORS: Final = frozenset(
    {
        ("Not Found", "Not Found"),
        ("Internal Server Error", "An internal server error occurred"),
        ("Unauthorized", "Missing authentication"),
    }
)


def next_signs(answer: Answer) -> Iterator[Sign]:
    """Find Next.js: its headers, and what Vary names."""
    if powered_by(answer, "next.js"):
        yield Sign(0.95, "X-Powered-By: Next.js")
    if any(name.startswith("x-nextjs-") for name in answer.headers.names()):
        yield Sign(0.95, "x-nextjs-cache and its like")
    elif "next-router-state-tree" in (answer.headers.get("vary") or "").lower():
        yield Sign(0.95, "Vary: next-router-state-tree")
    elif "/_next/static/" in answer.body[:_MOST_READ]:
        yield Sign(0.9, "a page with /_next/static/")
    if answer.status == _PERMANENT_REDIRECT and (answer.headers.get("refresh") or "").startswith("0;url="):
        yield Sign(0.8, "a redirect (308) with Refresh: 0;url=")


def socketio_signs(answer: Answer) -> Iterator[Sign]:
    """Find Socket.IO: its errors, and how a session begins."""
    says = json_of(answer)
    if set(says) == {"code", "message"} and str(says["message"]) in _ENGINE_SAYS:
        yield Sign(0.95, f"Engine.IO's message {says['message']}")
    if _SESSION.match(answer.body):
        # python-engineio, which speaks the same, names the time-out first.
        text = answer.body[:_MOST_READ]
        own = 0 <= text.find('"pingInterval"') < text.find('"pingTimeout"')
        yield Sign(0.9 if own else 0.4, 'a session of Engine.IO: 0{"sid":')


_ENGINE_SAYS: Final = frozenset(
    {
        "Transport unknown",
        "Session ID unknown",
        "Bad handshake method",
        "Bad request",
        "Forbidden",
        "Unsupported protocol version",
    }
)
# Version 2 puts the length before.
_SESSION: Final = re.compile(r'(?:[0-9]{1,6}:)?0\{"sid":"')


def apollo_signs(answer: Answer) -> Iterator[Sign]:
    """Find Apollo Server: its refusals."""
    errors = json_of(answer).get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    message = str(first.get("message", "")) if isinstance(first, Mapping) else ""
    says = message or answer.body[:_MOST_READ]
    if says.startswith("This operation has been blocked as a potential Cross-Site Request Forgery (CSRF)"):
        yield Sign(0.95, "Apollo Server's refusal of a request that needs no preflight")
    elif says.startswith("POST body missing, invalid Content-Type, or JSON object has no keys"):
        yield Sign(0.95, "Apollo Server's refusal of a body that is no JSON")
    elif "GraphQL operations must contain a non-empty `query`" in says:
        yield Sign(0.9, "Apollo Server's refusal of an empty query")
