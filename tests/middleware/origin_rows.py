"""Which origins are allowed, and how the others are refused."""

from __future__ import annotations

from typing import Final

from tests.middleware.rows import (
    OPTIONS_VARY,
    PREFLIGHT_A,
    TO_A,
    A,
    Row,
    granted,
    origin,
    preflight,
    refused,
)

from corsage.server import Reason

HUGE: Final = "https://" + "a" * 7_900 + ".example"
ANYONE: Final = {"access-control-allow-origin": "*", "access-control-expose-headers": "*"}
NO_VARY: Final[frozenset[str]] = frozenset()
NOT_ALLOWED: Final = Reason.ORIGIN_NOT_ALLOWED
MALFORMED: Final = Reason.ORIGIN_MALFORMED
CREDENTIALS: Final = ("access-control-allow-credentials", "true")

ORIGIN_ROWS: Final = (
    Row("no Origin", "GET", "/hello", answer=b"hello", has=(("x-rate", "7"),)),
    Row("allowed", "GET", "/hello", origin(A), spoken=TO_A, answer=b"hello", has=(("x-rate", "7"),)),
    Row(
        "custom scheme",
        "GET",
        "/hello",
        origin("capacitor://localhost"),
        spoken=TO_A | {"access-control-allow-origin": "capacitor://localhost"},
    ),
    *refused("denied", "https://b.example", NOT_ALLOWED),
    *refused("null", "null", Reason.ORIGIN_NULL),
    *refused("upper case", "HTTPS://A.EXAMPLE", MALFORMED),
    *refused("default port", "https://a.example:443", MALFORMED),
    *refused("slash at the end", "https://a.example/", MALFORMED),
    *refused("evil suffix", "https://a.example.evil.com", NOT_ALLOWED),
    *refused("evil prefix", "https://evila.example", NOT_ALLOWED),
    *refused("other scheme", "http://a.example", NOT_ALLOWED),
    *refused("other port", "https://a.example:8443", NOT_ALLOWED),
    *refused("two in one", "https://a.example https://b.example", MALFORMED),
    *refused("list in one", "https://b.example, https://a.example", MALFORMED),
    *refused("user and host", "https://a.example@evil.com", MALFORMED),
    *refused("path that ends well", "https://evil.com/.a.example", MALFORMED),
    *refused("nonsense", "nonsense", MALFORMED),
    *refused("bytes", "https://\xe4.example", MALFORMED),
    *refused("star", "*", MALFORMED),
    *refused("policy of nothing", A, NOT_ALLOWED, "nothing"),
    Row(
        "empty",
        "GET",
        "/hello",
        origin(""),
        reason=(MALFORMED, Reason.ORIGIN_REPEATED),
        answer=b"hello",
    ),
    # Servers may refuse both, and are right.
    Row(
        "doubled",
        "GET",
        "/hello",
        (("Origin", A), ("Origin", A)),
        status=(200, 400),
        reason=(Reason.ORIGIN_REPEATED, MALFORMED),
    ),
    Row(
        "doubled, one of them foreign",
        "GET",
        "/hello",
        (("Origin", "https://b.example"), ("Origin", A)),
        status=(200, 400),
        reason=(Reason.ORIGIN_REPEATED, MALFORMED),
    ),
    Row(
        "preflight: doubled",
        "OPTIONS",
        "/put",
        (("Origin", A), *preflight()),
        status=(204, 400),
        vary=OPTIONS_VARY,
        reason=(Reason.ORIGIN_REPEATED, MALFORMED),
    ),
    Row("huge", "GET", "/hello", origin(HUGE), status=(200, 400, 431), reason=(MALFORMED,)),
    # Patterns.
    granted("any depth: one", "https://x.deep.example", "wild"),
    granted("any depth: two", "https://y.x.deep.example", "wild"),
    granted("one label", "https://x.one.example", "wild"),
    granted("any port", "http://localhost:3000", "wild"),
    granted("any port: none", "http://localhost", "wild"),
    granted("regular expression", "https://pr-17.preview.example", "regex"),
    granted("null, dangerously", "null", "null"),
    *refused("any depth: itself", "https://deep.example", NOT_ALLOWED, "wild"),
    *refused("any depth: evil suffix", "https://x.deep.example.evil.com", NOT_ALLOWED, "wild"),
    *refused("any depth: evil prefix", "https://evildeep.example", NOT_ALLOWED, "wild"),
    *refused("any depth: path", "https://evil.com/.deep.example", MALFORMED, "wild"),
    *refused("one label: two", "https://y.x.one.example", NOT_ALLOWED, "wild"),
    *refused("any port: not a port", "http://localhost:99999", MALFORMED, "wild"),
    *refused("regular expression: suffix", "https://pr-17.preview.example.evil.com", NOT_ALLOWED, "regex"),
    # Lookups.
    Row(
        "lookup: tenant",
        "GET",
        "/hello",
        origin("https://tenant-1.example"),
        policy="lookup",
        spoken={"access-control-allow-origin": "https://tenant-1.example", **dict([CREDENTIALS])},
    ),
    *refused("lookup: stranger", "https://b.example", NOT_ALLOWED, "lookup"),
    *refused("lookup: raises", "https://b.example", NOT_ALLOWED, "broken-lookup"),
    Row(
        "async lookup: tenant",
        "GET",
        "/hello",
        origin("https://tenant-1.example"),
        policy="async-lookup",
        spoken={"access-control-allow-origin": "https://tenant-1.example", **dict([CREDENTIALS])},
        feature="async lookup",
    ),
    Row(
        "async lookup: stranger",
        "GET",
        "/hello",
        origin("https://b.example"),
        policy="async-lookup",
        reason=(NOT_ALLOWED,),
        feature="async lookup",
    ),
    # Everyone.
    Row("everyone: no Origin", "GET", "/hello", policy="public", spoken=ANYONE, vary=NO_VARY),
    Row("everyone: stranger", "GET", "/hello", origin(A), policy="public", spoken=ANYONE, vary=NO_VARY),
    Row("everyone: null", "GET", "/hello", origin("null"), policy="public", spoken=ANYONE, vary=NO_VARY),
    Row("everyone: nonsense", "GET", "/hello", origin("x y"), policy="public", spoken=ANYONE, vary=NO_VARY),
    Row(
        "everyone: own Vary",
        "GET",
        "/vary",
        origin(A),
        policy="public",
        spoken=ANYONE,
        vary=frozenset({"accept-encoding"}),
    ),
    Row("everyone: own CORS", "GET", "/own", origin(A), policy="public", spoken=ANYONE, vary=NO_VARY),
    Row(
        "everyone: error",
        "GET",
        "/error",
        origin(A),
        policy="public",
        status=(500,),
        spoken=ANYONE,
        vary=NO_VARY,
    ),
    # Preflights that are granted.
    Row(
        "preflight: tenant",
        "OPTIONS",
        "/put",
        preflight("https://tenant-1.example", "POST"),
        policy="lookup",
        status=(204,),
        spoken={"access-control-allow-origin": "https://tenant-1.example", **dict([CREDENTIALS])},
        vary=OPTIONS_VARY,
    ),
    Row(
        "preflight: custom scheme",
        "OPTIONS",
        "/put",
        preflight("capacitor://localhost"),
        status=(204,),
        spoken=PREFLIGHT_A | {"access-control-allow-origin": "capacitor://localhost"},
        vary=OPTIONS_VARY,
    ),
)
