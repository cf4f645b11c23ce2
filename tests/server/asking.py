"""Ask a policy: the constants and the calls that the tests of decisions share."""

from __future__ import annotations

from typing import Any

from corsage.server import Decision, Policy, compile_policy, decide

PAGE = "https://example.com"
OTHER = "https://other.example"
ACRM, ACRH = "Access-Control-Request-Method", "Access-Control-Request-Headers"
ACAO, ACAC, ACEH = (
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "Access-Control-Expose-Headers",
)
ACAM, ACAH, ACMA = (
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers",
    "Access-Control-Max-Age",
)
VARY = ("Vary", "Origin")
PREFLIGHT_VARY = ("Vary", f"Origin, {ACRM}, {ACRH}")
OPEN_PREFLIGHT_VARY = ("Vary", f"{ACRM}, {ACRH}")
Headers = tuple[tuple[str, str], ...]


def decided(policy: dict[str, Any], method: str, *headers: tuple[str, str]) -> Decision:
    return decide(compile_policy(Policy.of(policy)), method, headers)


def preflight(
    policy: dict[str, Any], *headers: tuple[str, str], method: str = "PUT", origin: str = PAGE
) -> Decision:
    return decided(policy, "OPTIONS", ("Origin", origin), (ACRM, method), *headers)


LISTED: dict[str, Any] = {
    "origins": [PAGE],
    "methods": ["PUT", "patch"],
    "request_headers": ["X-A", "Authorization"],
    "exposed_headers": ["X-Rate"],
    "credentials": True,
    "max_age": 600,
}
EVERYONE: dict[str, Any] = {
    "origins": "*",
    "methods": "*",
    "request_headers": "*",
    "exposed_headers": "*",
    "public": True,
}
