"""What pages do, and what every browser makes of it: the answers are judged by the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.middleware.rows import LARGEST_BODY

from corsage.model import Body, BodyKind, Cause

if TYPE_CHECKING:
    from tests.middleware.wire import Pairs


@dataclass(frozen=True)
class FetchRow:
    """A `fetch()`, and how it ends.

    Attributes:
        cause: of the refusal; ``None`` where the page may read the answer.
        reads: names of headers that the page sees, other than what the framework sets.
    """

    name: str
    path: str
    page: str = "https://a.example/"
    method: str = "GET"
    headers: Pairs = ()
    body: Body | None = None
    credentials: str = "same-origin"
    policy: str = "strict"
    status: int = 200
    text: bytes | None = None
    cause: Cause | None = None
    reads: frozenset[str] = frozenset()


STRANGER: Final = "https://b.example/"
TEXT: Final = Body(BodyKind.TEXT, b"echo me")
TOO_LARGE: Final = Body(BodyKind.TEXT, b"x" * (LARGEST_BODY + 1))
TOKEN: Final = (("X-Token", "1"),)
NO_LEAVE: Final = Cause.MISSING_ALLOW_ORIGIN
NO_LEAVE_FIRST: Final = Cause.PREFLIGHT_MISSING_ALLOW_ORIGIN

FETCH_ROWS: Final = (
    FetchRow("simple", "/hello", text=b"hello", reads=frozenset({"x-rate"})),
    FetchRow("simple, stranger", "/hello", STRANGER, cause=NO_LEAVE),
    FetchRow("header", "/hello", headers=TOKEN, text=b"hello"),
    FetchRow("header, stranger", "/hello", STRANGER, headers=TOKEN, cause=NO_LEAVE_FIRST),
    FetchRow("header refused", "/hello", headers=(("X-Evil", "1"),), cause=Cause.HEADER_DISALLOWED),
    FetchRow("PUT", "/put", method="PUT", text=b"put"),
    FetchRow("PUT, stranger", "/put", STRANGER, method="PUT", cause=NO_LEAVE_FIRST),
    FetchRow("method refused", "/put", method="PATCH", cause=Cause.METHOD_DISALLOWED),
    FetchRow("POST", "/echo", method="POST", body=TEXT, text=b"echo me"),
    FetchRow(
        "POST of JSON",
        "/echo",
        method="POST",
        headers=(("Content-Type", "application/json"),),
        body=TEXT,
        cause=Cause.HEADER_DISALLOWED,
    ),
    FetchRow("credentials", "/hello", credentials="include", text=b"hello"),
    FetchRow("credentials, stranger", "/hello", STRANGER, credentials="include", cause=NO_LEAVE),
    FetchRow("PUT with credentials", "/put", method="PUT", credentials="include", text=b"put"),
    FetchRow(
        "credentials, everyone",
        "/hello",
        STRANGER,
        credentials="include",
        policy="public",
        cause=Cause.WILDCARD_WITH_CREDENTIALS,
    ),
    FetchRow("everyone", "/hello", STRANGER, policy="public", text=b"hello"),
    FetchRow("everyone, method", "/put", STRANGER, method="PUT", policy="public", text=b"put"),
    FetchRow("401", "/private", status=401),
    FetchRow("404", "/missing", status=404),
    FetchRow("404, header", "/missing", headers=TOKEN, status=404),
    FetchRow("405", "/put", status=405),
    FetchRow("413", "/echo", method="POST", body=TOO_LARGE, status=413),
    FetchRow("413, stranger", "/echo", STRANGER, method="POST", body=TOO_LARGE, cause=NO_LEAVE),
    FetchRow("500", "/error", status=500),
    FetchRow("500 with credentials", "/error", credentials="include", status=500),
    FetchRow("500, everyone", "/error", STRANGER, policy="public", status=500),
    FetchRow("500, stranger", "/error", STRANGER, cause=NO_LEAVE),
    FetchRow("redirect", "/redirect", text=b"hello"),
    FetchRow("redirect, header", "/redirect", headers=TOKEN, text=b"hello"),
    FetchRow("streaming", "/stream", text=b"abc"),
    FetchRow("204", "/empty", status=204),
    FetchRow("own CORS headers", "/own", credentials="include", text=b"own"),
    FetchRow("own CORS headers, stranger", "/own", STRANGER, cause=NO_LEAVE),
    FetchRow(
        "tenant", "/hello", "https://tenant-1.example/", credentials="include", policy="lookup", text=b"hello"
    ),
    FetchRow("subdomain", "/hello", "https://x.deep.example/", policy="wild", text=b"hello"),
    FetchRow("one of the paths", "/own", STRANGER, policy="paths", text=b"own"),
    FetchRow("a path without a policy", "/stream", policy="only-paths", cause=NO_LEAVE),
)
