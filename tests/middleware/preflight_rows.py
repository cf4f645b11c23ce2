"""Preflights: which are granted, which are refused and why, and that they go before everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.middleware.rows import OPTIONS_VARY, PREFLIGHT_A, A, Row, preflight

from corsage.server import Reason

if TYPE_CHECKING:
    from tests.middleware.wire import Pairs

OPEN_VARY: Final = OPTIONS_VARY - {"origin"}
ANYTHING: Final = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "*",
    "access-control-allow-headers": "*",
}
PUT: Final = {"access-control-allow-origin": A, "access-control-allow-methods": "PUT"}
HOSTILE: Final = ",".join(f"x-{number}" for number in range(1_000))


def to_a(name: str, headers: Pairs, path: str = "/put", reason: tuple[Reason, ...] = ()) -> Row:
    """A preflight of the allowed origin: the answer is always the same, and the browser judges it."""
    return Row(
        f"preflight: {name}",
        "OPTIONS",
        path,
        headers,
        status=(204,),
        spoken=PREFLIGHT_A,
        vary=OPTIONS_VARY,
        reason=reason,
        answer=b"",
    )


PREFLIGHT_ROWS: Final = (
    to_a("method", preflight()),
    to_a("method and header", preflight(A, "PUT", "x-token")),
    to_a("safelisted method", preflight(A, "POST")),
    to_a("safelisted method and header", preflight(A, "GET", "x-token")),
    to_a("headers on two lines", preflight(A, "PUT", "x-token", "x-token")),
    to_a("empty list of headers", preflight(A, "PUT", "")),
    to_a("unknown path", preflight(), "/missing"),
    to_a("path with login", preflight(A, "PUT"), "/private"),
    to_a("path that raises", preflight(), "/error"),
    to_a("path that streams", preflight(A, "GET", "x-token"), "/stream"),
    to_a("path with OPTIONS of its own", preflight(), "/options"),
    to_a("method refused", preflight(A, "PATCH"), reason=(Reason.METHOD_NOT_ALLOWED,)),
    to_a("method in lower case", preflight(A, "put"), reason=(Reason.METHOD_NOT_ALLOWED,)),
    to_a("method malformed", preflight(A, "PU T"), reason=(Reason.METHOD_MALFORMED,)),
    to_a("header refused", preflight(A, "PUT", "x-evil"), reason=(Reason.HEADER_NOT_ALLOWED,)),
    to_a("second header refused", preflight(A, "PUT", "x-token,x-evil"), reason=(Reason.HEADER_NOT_ALLOWED,)),
    to_a("first line refused", preflight(A, "PUT", "x-evil", "x-token"), reason=(Reason.HEADER_NOT_ALLOWED,)),
    to_a(
        "second line refused", preflight(A, "PUT", "x-token", "x-evil"), reason=(Reason.HEADER_NOT_ALLOWED,)
    ),
    to_a(
        "a thousand headers",
        preflight(A, "PUT", HOSTILE),
        reason=(Reason.HEADER_NOT_ALLOWED, Reason.HEADERS_MALFORMED),
    ),
    Row(
        "preflight: method and header refused to a stranger",
        "OPTIONS",
        "/put",
        preflight("https://b.example", "PATCH", "x-evil"),
        status=(204,),
        vary=OPTIONS_VARY,
        reason=(Reason.ORIGIN_NOT_ALLOWED,),
    ),
    Row(
        "preflight: everyone",
        "OPTIONS",
        "/put",
        preflight(A, "PURGE", "x-anything"),
        policy="public",
        status=(204,),
        spoken=ANYTHING,
        vary=OPEN_VARY,
    ),
    Row(
        "preflight: everyone, but not Authorization",
        "OPTIONS",
        "/put",
        preflight(A, "GET", "authorization"),
        policy="public",
        status=(204,),
        spoken=ANYTHING,
        vary=OPEN_VARY,
        reason=(Reason.HEADER_NOT_ALLOWED,),
    ),
    Row(
        "preflight: max age 0",
        "OPTIONS",
        "/put",
        preflight("http://localhost:3000", "GET"),
        policy="wild",
        status=(204,),
        spoken={"access-control-allow-origin": "http://localhost:3000", "access-control-max-age": "0"},
        vary=OPTIONS_VARY,
    ),
    Row(
        "preflight: max age -1",
        "OPTIONS",
        "/put",
        preflight(),
        policy="never-cached",
        status=(204,),
        spoken=PUT | {"access-control-max-age": "0"},
        vary=OPTIONS_VARY,
    ),
    Row(
        "preflight: private network",
        "OPTIONS",
        "/put",
        (*preflight(), ("Access-Control-Request-Private-Network", "true")),
        policy="private-network",
        status=(204,),
        spoken=PUT | {"access-control-allow-private-network": "true"},
        vary=OPTIONS_VARY | {"access-control-request-private-network"},
    ),
    Row(
        "preflight: private network not asked for",
        "OPTIONS",
        "/put",
        preflight(),
        policy="private-network",
        status=(204,),
        spoken=PUT,
        vary=OPTIONS_VARY | {"access-control-request-private-network"},
    ),
    Row(
        "preflight: status 200",
        "OPTIONS",
        "/put",
        preflight(),
        policy="status",
        status=(200,),
        spoken=PUT,
        vary=OPTIONS_VARY,
        answer=b"",
        has=(("content-length", "0"),),
    ),
    Row(
        "preflight: handed on",
        "OPTIONS",
        "/options",
        preflight(),
        policy="continue",
        status=(200,),
        spoken=PUT,
        vary=OPTIONS_VARY,
        answer=b"mine",
        feature="own OPTIONS",
    ),
    Row(
        "preflight: handed on, stranger",
        "OPTIONS",
        "/options",
        preflight("https://b.example"),
        policy="continue",
        status=(200,),
        vary=OPTIONS_VARY,
        answer=b"mine",
        reason=(Reason.ORIGIN_NOT_ALLOWED,),
        feature="own OPTIONS",
    ),
)
