"""A policy as plain PHP: what stands first in every request."""

from collections.abc import Iterator
from typing import Final

from corsage.server import Policy
from corsage.stacks.origins import Origins
from corsage.stacks.parts import exposed_headers_of
from corsage.stacks.php.source import header_value, pcre_of, php_list, php_text
from corsage.stacks.shared_syntax import carried_over

KNOWN: Final = ("private_network", "timing", "resource_policy", "preflight_status", "preflight_continue")


def cors_code(policy: Policy) -> tuple[str, tuple[str, ...]]:
    """Write the statements, and what they cannot say."""
    carried = carried_over(policy)
    origins = carried.origins
    lines = [
        "// In a function of its own, so that no variable gets into the way of others.",
        "(static function (): void {",
        *_indented(_who(origins)),
        *_indented(_answer(policy, origins)),
        *_indented(_preflight(policy, origins)),
        "})();",
    ]
    return "".join(f"{line}\n" if line else "\n" for line in lines), carried.limits


def _indented(lines: Iterator[str]) -> list[str]:
    return [f"    {line}" if line else "" for line in lines]


def _who(origins: Origins) -> Iterator[str]:
    if origins.everyone:
        return
    yield "// Other origins get another answer: caches must know."
    yield "header('Vary: Origin', false);"
    yield "$origin = $_SERVER['HTTP_ORIGIN'] ?? '';"
    yield f"$allowed = in_array($origin, {php_list(origins.exact)}, true);"
    for expression in pcre_of(origins):
        yield f"$allowed = $allowed || preg_match({php_text(expression)}, $origin) === 1;"
    yield ""


def _answer(policy: Policy, origins: Origins) -> Iterator[str]:
    if policy.resource_policy is not None:
        yield f"header({php_text(f'Cross-Origin-Resource-Policy: {policy.resource_policy}')});"
    if origins.everyone:
        yield from _headers(policy, everyone=True)
    else:
        yield "if ($allowed) {"
        yield from (f"    {line}" for line in _headers(policy, everyone=False))
        yield "}"
    yield ""


def _headers(policy: Policy, *, everyone: bool) -> Iterator[str]:
    names = ["Access-Control-Allow-Origin", *(["Timing-Allow-Origin"] if policy.timing else [])]
    for name in names:
        yield f"header('{name}: *');" if everyone else f"header('{name}: ' . $origin);"
    if policy.credentials:
        yield "header('Access-Control-Allow-Credentials: true');"
    exposed = exposed_headers_of(policy)
    if exposed:
        yield f"header({php_text(f'Access-Control-Expose-Headers: {header_value(exposed)}')});"


def _preflight(policy: Policy, origins: Origins) -> Iterator[str]:
    yield "$preflight = ($_SERVER['REQUEST_METHOD'] ?? '') === 'OPTIONS'"
    yield "    && isset($_SERVER['HTTP_ORIGIN'], $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD']);"
    yield "if ($preflight) {"
    granted = [f"header({php_text(each)});" for each in _grants(policy)]
    if policy.private_network:
        granted += [
            "if (($_SERVER['HTTP_ACCESS_CONTROL_REQUEST_PRIVATE_NETWORK'] ?? '') === 'true') {",
            "    header('Access-Control-Allow-Private-Network: true');",
            "}",
        ]
    if origins.everyone:
        yield from (f"    {line}" for line in granted)
    elif granted:
        yield "    if ($allowed) {"
        yield from (f"        {line}" for line in granted)
        yield "    }"
    if not policy.preflight_continue:
        yield "    // Before authentication and routes: browsers send a preflight without cookies and tokens."
        yield f"    http_response_code({policy.preflight_status});"
        yield "    exit;"
    yield "}"


def _grants(policy: Policy) -> Iterator[str]:
    if policy.methods:
        yield f"Access-Control-Allow-Methods: {header_value(policy.methods)}"
    if policy.request_headers:
        yield f"Access-Control-Allow-Headers: {header_value(policy.request_headers)}"
    if policy.max_age is not None:
        yield f"Access-Control-Max-Age: {max(policy.max_age, 0)}"
