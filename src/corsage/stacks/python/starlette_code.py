"""Starlette's `CORSMiddleware` around an application, for Starlette and FastAPI alike."""

from corsage.server import Policy
from corsage.stacks.origins import Origins, origins_of
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of, request_headers_of
from corsage.stacks.python.limits import Can, limits_of
from corsage.stacks.python.literals import listed, quoted, raw
from corsage.stacks.python.regexes import Expressions, alternatives

# A browser's own, where no Access-Control-Max-Age is sent; the library always sends one.
_SECONDS_OF_BROWSERS = 5


def around(policy: Policy, inner: str) -> tuple[list[str], list[str]]:
    """Return the lines that put CORS around the application *inner* as ``app``, and the limits."""
    origins = origins_of(policy)
    expressions = alternatives(origins)
    strict = _strict(policy)
    name = "StrictCORSMiddleware" if strict else "CORSMiddleware"
    lines = [
        *strict,
        "# Around the application, in the place of add_middleware: so the 500 of an unhandled exception has the",
        "# headers, too, and preflights are answered before every other middleware.",
        f"app = {name}(",
        f"    {inner},",
        *_arguments(policy, origins, expressions),
        ")",
    ]
    limits = [*limits_of(policy, origins, Can.PRIVATE_NETWORK), *expressions.limits]
    if policy.max_age is None:
        limits.append(
            "Without max_age the library says 600: 5 is written, which is what browsers do by themselves."
        )
    return lines, limits


def _arguments(policy: Policy, origins: Origins, expressions: Expressions) -> list[str]:
    exact = ("*",) if origins.everyone else origins.exact
    age = _SECONDS_OF_BROWSERS if policy.max_age is None else max(policy.max_age, 0)
    names = [name for name in request_headers_of(policy) if name != "*"]
    lines = listed("    allow_origins=", exact, ",")
    if expressions.kept:
        lines.append(f"    allow_origin_regex={raw(expressions.kept[0])},")
    if policy.credentials:
        lines.append("    allow_credentials=True,")
    lines += listed("    allow_methods=", methods_of(policy), ",")
    lines += listed("    allow_headers=", ("*",) if is_any(policy.request_headers) else names, ",")
    if policy.exposed_headers:
        lines += listed("    expose_headers=", exposed_headers_of(policy), ",")
    if policy.private_network:
        lines.append("    allow_private_network=True,")
    return [*lines, f"    max_age={age},"]


def exact_request_headers(policy: Policy) -> str | None:
    """Return Access-Control-Allow-Headers where the library would send more; ``None`` where it does not.

    It always adds Content-Type, and its star stands for Authorization, too. Browsers remember what an answer lists.
    """
    names = [name for name in policy.request_headers if name != "*"]
    if is_any(policy.request_headers):
        return None if "authorization" in names else ", ".join(["*", *names])
    return None if "content-type" in names else ", ".join(names)


def _strict(policy: Policy) -> list[str]:
    value = exact_request_headers(policy)
    if value is None:
        return []
    if is_any(policy.request_headers):
        why = "The library's star would allow Authorization, too."
    else:
        why = "The library would allow Content-Type, too."
    return [
        "class StrictCORSMiddleware(CORSMiddleware):",
        "    def preflight_response(self, request_headers):",
        "        response = super().preflight_response(request_headers)",
        f"        # {why}",
        f'        response.headers["Access-Control-Allow-Headers"] = {quoted(value)}'
        if value
        else '        del response.headers["Access-Control-Allow-Headers"]',
        "        return response",
        "",
        "",
    ]
