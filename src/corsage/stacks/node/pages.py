"""Error pages and headers of frameworks of Node.js, as running servers answered them."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from corsage.model.evidence import Answer
from corsage.stacks.base import Sign

_MOST_READ: Final = 4096
_CANNOT: Final = re.compile(r"Cannot (?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /")


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
    elif "<title>Error</title>" in body and "<pre>" in body and "node_modules/express/" in body:
        yield Sign(0.9, "an error page with Express in its stack trace")


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


def koa_signs(answer: Answer) -> Iterator[Sign]:
    """Find Koa: ``X-Powered-By`` where somebody sets it; its errors are plain texts like others'."""
    if powered_by(answer, "koa"):
        yield Sign(0.9, "X-Powered-By: koa")


def hono_signs(answer: Answer) -> Iterator[Sign]:
    """Find Hono: the text of its 404."""
    if powered_by(answer, "hono"):
        yield Sign(0.9, "X-Powered-By: Hono")
    if answer.status == _NOT_FOUND and answer.body.strip() == "404 Not Found":
        yield Sign(0.4, "a 404 that says 404 Not Found as plain text")


_NOT_FOUND: Final = 404
