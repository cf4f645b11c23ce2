"""A policy as a few lines of Python, for frameworks whose own library cannot do what it says."""

from collections.abc import Sequence
from typing import Final

from corsage.server import Policy
from corsage.stacks.origins import Origins
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of, request_headers_of
from corsage.stacks.python.limits import Can
from corsage.stacks.python.literals import listed, quoted, raw, table

# What these lines do beyond origins, methods and headers.
WRITTEN: Final = Can.TIMING | Can.RESOURCE_POLICY | Can.PRIVATE_NETWORK | Can.ANY_METHOD | Can.STATUS


def imports_of(origins: Origins, *lines: str) -> list[str]:
    """Return the import of what `decision` needs, and *lines* after it."""
    return [*(["import re", ""] if origins.expressions else []), *lines]


def decision(policy: Policy, origins: Origins) -> list[str]:
    """Return ``cors_headers(origin, preflight=…)`` and what it needs.

    Browsers compare methods and headers themselves, with the lists in the answer to the preflight.
    """
    lines = []
    if not origins.everyone:
        lines += listed("ORIGINS = ", origins.exact, brackets="{}") if origins.exact else ["ORIGINS = set()"]
        if origins.expressions:
            lines += _compiled(origins.expressions)
    return [*lines, *table("PREFLIGHT = ", preflight_headers(policy)), "", "", *_function(policy, origins)]


def preflight_headers(policy: Policy) -> dict[str, str]:
    """Return what the answer to an allowed preflight has beside the origin."""
    headers = {}
    methods = ("*",) if is_any(policy.methods) else methods_of(policy)
    headers["Access-Control-Allow-Methods"] = ", ".join(methods)
    names = list(request_headers_of(policy))
    if is_any(policy.request_headers):
        # The star does not stand for Authorization, which may be listed beside it.
        names += [name for name in policy.request_headers if name != "*"]
    if names:
        headers["Access-Control-Allow-Headers"] = ", ".join(names)
    if policy.max_age is not None:
        headers["Access-Control-Max-Age"] = str(max(policy.max_age, 0))
    if policy.private_network:
        headers["Access-Control-Allow-Private-Network"] = "true"
    return headers


def _compiled(expressions: Sequence[str]) -> list[str]:
    return listed("PATTERNS = ", expressions, quote=lambda each: f"re.compile({raw(each)})")


def _function(policy: Policy, origins: Origins) -> list[str]:
    headers = {"Access-Control-Allow-Origin": "*"} if origins.everyone else {}
    if policy.credentials:
        headers["Access-Control-Allow-Credentials"] = "true"
    exposed = exposed_headers_of(policy)
    if exposed:
        headers["Access-Control-Expose-Headers"] = ", ".join(exposed)
    if policy.timing and origins.everyone:
        headers["Timing-Allow-Origin"] = "*"
    if origins.everyone:
        return [
            "def cors_headers(origin, *, preflight):",
            *table("    headers = ", headers),
            "    return headers | PREFLIGHT if preflight else headers",
        ]
    allowed = "origin in ORIGINS"
    if origins.expressions:
        allowed += " or any(pattern.fullmatch(origin) for pattern in PATTERNS)"
    timing = ['        "Timing-Allow-Origin": origin,'] if policy.timing else []
    return [
        "def is_allowed(origin):",
        f"    return {allowed}",
        "",
        "",
        "def cors_headers(origin, *, preflight):",
        "    if not is_allowed(origin):",
        "        return {}  # strangers are told nothing",
        "    headers = {",
        '        "Access-Control-Allow-Origin": origin,',
        *(f"        {quoted(name)}: {quoted(value)}," for name, value in headers.items()),
        *timing,
        "    }",
        "    return headers | PREFLIGHT if preflight else headers",
    ]
