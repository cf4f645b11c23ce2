"""Answers of every kind: what the application says itself is kept, and always readable for whom it is meant."""

from __future__ import annotations

from typing import Final

from tests.middleware.rows import LARGEST_BODY, OPTIONS_VARY, TO_A, A, Row, origin, preflight

from corsage.server import Reason

STRANGER: Final = "https://b.example"
FOREIGN: Final = (Reason.ORIGIN_NOT_ALLOWED,)
UNTOUCHED: Final[frozenset[str]] = frozenset()
TIMED: Final = {
    "access-control-allow-origin": A,
    "timing-allow-origin": A,
    "cross-origin-resource-policy": "same-site",
}
# Where nothing but the server itself answers exceptions, what nobody may read is left to it.
OF_STRANGERS: Final = "Vary on 500 for strangers"
OWN: Final = {"access-control-allow-origin": "*", "access-control-allow-credentials": "true"}


def both(
    name: str, method: str, path: str, *status: int, answer: bytes | None = None, **more: bytes
) -> tuple[Row, Row]:
    """A row for whom it is meant, and one for a stranger, whom the application answers alike."""
    body = more.get("body", b"")
    return (
        Row(name, method, path, origin(A), body, status=status, spoken=TO_A, answer=answer),
        Row(
            f"{name}: stranger",
            method,
            path,
            origin(STRANGER),
            body,
            status=status,
            reason=FOREIGN,
            answer=answer,
        ),
    )


ANSWER_ROWS: Final = (
    *both("404", "GET", "/missing", 404),
    *both("405", "GET", "/put", 405),
    *both("413", "POST", "/echo", 413, body=b"x" * (LARGEST_BODY + 1)),
    *both("as large as may be", "POST", "/echo", 200, body=b"x" * LARGEST_BODY),
    Row("500", "GET", "/error", origin(A), status=(500,), spoken=TO_A),
    Row(
        "500: stranger",
        "GET",
        "/error",
        origin(STRANGER),
        status=(500,),
        reason=FOREIGN,
        feature=OF_STRANGERS,
    ),
    *both("401", "GET", "/private", 401),
    *both("redirect", "GET", "/redirect", 302),
    *both("streaming", "GET", "/stream", 200, answer=b"abc"),
    *both("HEAD", "HEAD", "/hello", 200, 405, answer=b""),
    *both("204", "GET", "/empty", 204, answer=b""),
    *both("PUT", "PUT", "/put", 200, answer=b"put"),
    *both("POST", "POST", "/echo", 200, answer=b"echo me", body=b"echo me"),
    Row("500: no Origin", "GET", "/error", status=(500,), feature=OF_STRANGERS),
    Row("404: no Origin", "GET", "/missing", status=(404,)),
    Row(
        "with cookie",
        "GET",
        "/private",
        origin(A, ("Cookie", "sid=1")),
        spoken=TO_A,
        answer=b"private",
    ),
    # What the application says itself.
    Row("own Vary", "GET", "/vary", origin(A), spoken=TO_A, vary=frozenset({"accept-encoding", "origin"})),
    Row("own Vary: no Origin", "GET", "/vary", vary=frozenset({"accept-encoding", "origin"})),
    Row("own CORS headers", "GET", "/own", origin(A), spoken=TO_A, answer=b"own"),
    Row("own CORS headers: stranger", "GET", "/own", origin(STRANGER), reason=FOREIGN, answer=b"own"),
    Row("own CORS headers: no Origin", "GET", "/own", answer=b"own"),
    # OPTIONS that are no preflights.
    Row(
        "OPTIONS with Origin alone",
        "OPTIONS",
        "/options",
        origin(A),
        spoken=TO_A,
        answer=b"mine",
        feature="own OPTIONS",
    ),
    Row(
        "OPTIONS of a stranger",
        "OPTIONS",
        "/options",
        origin(STRANGER),
        reason=FOREIGN,
        answer=b"mine",
        feature="own OPTIONS",
    ),
    Row(
        "OPTIONS with a request method alone",
        "OPTIONS",
        "/options",
        (("Access-Control-Request-Method", "PUT"),),
        answer=b"mine",
        feature="own OPTIONS",
    ),
    Row("OPTIONS alone", "OPTIONS", "/options", answer=b"mine", feature="own OPTIONS"),
    # A request method makes no preflight of anything but OPTIONS.
    Row("GET with a request method", "GET", "/hello", preflight(), spoken=TO_A, answer=b"hello"),
    # Timing and resource policy.
    Row("timing", "GET", "/hello", origin(A), policy="timing", spoken=TIMED),
    Row(
        "timing: stranger",
        "GET",
        "/hello",
        origin(STRANGER),
        policy="timing",
        spoken={"cross-origin-resource-policy": "same-site"},
        reason=FOREIGN,
    ),
    Row(
        "timing: no Origin",
        "GET",
        "/hello",
        policy="timing",
        spoken={"cross-origin-resource-policy": "same-site"},
    ),
    Row(
        "timing: everyone",
        "GET",
        "/hello",
        policy="public-timing",
        spoken={"access-control-allow-origin": "*", "timing-allow-origin": "*"},
        vary=UNTOUCHED,
    ),
    # Several policies, by path.
    Row("paths: default", "GET", "/hello", origin(A), policy="paths", spoken=TO_A),
    Row(
        "paths: everyone",
        "GET",
        "/vary",
        origin(STRANGER),
        policy="paths",
        spoken={"access-control-allow-origin": "*", "access-control-expose-headers": "*"},
        vary=frozenset({"accept-encoding"}),
    ),
    Row(
        "paths: another",
        "GET",
        "/own",
        origin(STRANGER),
        policy="paths",
        spoken={"access-control-allow-origin": STRANGER},
    ),
    Row("paths: another, stranger", "GET", "/own", origin(A), policy="paths", reason=FOREIGN),
    Row(
        "paths: preflight to a policy of nothing",
        "OPTIONS",
        "/put",
        preflight(),
        policy="paths",
        status=(204,),
        vary=OPTIONS_VARY,
        reason=FOREIGN,
    ),
    Row("paths: one of few", "GET", "/hello", origin(A), policy="only-paths", spoken=TO_A),
    Row("paths: none", "GET", "/stream", origin(A), policy="only-paths", vary=UNTOUCHED, answer=b"abc"),
    Row(
        "paths: none, own CORS headers",
        "GET",
        "/own",
        origin(A),
        policy="only-paths",
        spoken=OWN,
        vary=UNTOUCHED,
    ),
    Row(
        "paths: none, OPTIONS",
        "OPTIONS",
        "/options",
        preflight(),
        policy="only-paths",
        vary=UNTOUCHED,
        answer=b"mine",
        feature="own OPTIONS",
    ),
)
