"""hapi, with its own ``cors``; with a few lines of code where that cannot say what the policy says.

Facts of @hapi/hapi 21.4: read in its source and seen by running it.
"""

from collections.abc import Iterator
from typing import ClassVar

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.node.allowed import Allowed, allowed_by
from corsage.stacks.node.hapi_code import hapi_code
from corsage.stacks.node.hapi_pitfalls import HAPI_PITFALLS
from corsage.stacks.node.javascript import Value, array, block, quoted, quoted_all
from corsage.stacks.node.limits import limits_of
from corsage.stacks.node.pages import hapi_signs
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of, request_headers_of

# For how long browsers keep an answer that does not say, in seconds. hapi cannot be silent.
_BROWSERS_MAX_AGE = 5
_STATUSES = (200, 204)
_UNREGISTERED = (
    "hapi answers preflights of paths and methods that it has no route for with 404: pages cannot read such "
    "errors."
)


class Hapi(Stack):
    """hapi."""

    name: ClassVar[str] = "hapi"
    title: ClassVar[str] = "hapi"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = ("hapijs", "hapi.js", "@hapi/hapi", "hapi js")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS})
    executed: ClassVar[str] = "hapi 21.4"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = HAPI_PITFALLS
    order: ClassVar[str] = (
        "cors is an option of routes: set for the whole server, it holds for each that has none."
    )
    sources: ClassVar[tuple[str, ...]] = ("https://hapi.dev/api/#-routeoptionscors",)

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Find what in *answer* points to hapi."""
        yield from hapi_signs(answer)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as ``routes.cors``, or as two extensions where it has patterns or expressions."""
        allowed = allowed_by(policy)
        by_code = bool(allowed.expressions) or is_any(policy.request_headers)
        text = hapi_code(policy, allowed) if by_code else _by_option(policy, allowed)
        can = ("preflight_status", "timing") if by_code else ()
        limits = limits_of(policy, "hapi", can)
        if not by_code:
            supported = policy.preflight_status in _STATUSES
            limits = (*limits_of(policy, "hapi", ("preflight_status",) if supported else ()), _UNREGISTERED)
        return Rendered(
            stack=self.name,
            files=(File("server.js", "javascript", text),),
            steps=_STEPS,
            limits=(*allowed.limits, *limits),
            executed=self.executed,
        )


def _by_option(policy: Policy, allowed: Allowed) -> str:
    nobody = not allowed.everyone and not allowed.exact
    cors = "false" if nobody else block(_options(policy, allowed), "    ")
    server = _SERVER.format(cors=cors)
    guard = "" if nobody or is_any(policy.methods) else _guard(policy)
    return f"{server}{guard}{_resource_policy(policy)}{_TAIL}"


def _options(policy: Policy, allowed: Allowed) -> list[tuple[str, Value]]:
    status = policy.preflight_status if policy.preflight_status in _STATUSES else 204
    max_age = _BROWSERS_MAX_AGE if policy.max_age is None else max(policy.max_age, 0)
    return [
        ("origin", "'ignore'" if allowed.everyone else list(allowed.exact)),
        # Without these, hapi has names of its own.
        ("headers", quoted_all(request_headers_of(policy))),
        ("exposedHeaders", quoted_all(exposed_headers_of(policy))),
        *([("credentials", "true")] if policy.credentials else []),
        ("maxAge", str(max_age)),
        ("preflightStatusCode", str(status)),
    ]


def _guard(policy: Policy) -> str:
    return f"""\

// hapi grants whatever method a route has: preflights for others than these get no such leave.
const allowedMethods = new Set({array(quoted_all(methods_of(policy)))});
server.ext('onRequest', (request, h) => {{
  const method = request.headers['access-control-request-method'];
  const isRefused = request.method === 'options' && method !== undefined && !allowedMethods.has(method);
  return isRefused ? h.response().code(204).takeover() : h.continue;
}});
"""


def _resource_policy(policy: Policy) -> str:
    if policy.resource_policy is None:
        return ""
    return f"""\

server.ext('onPreResponse', (request, h) => {{
  const {{ response }} = request;
  const headers = response.isBoom ? response.output.headers : response.headers;
  headers['cross-origin-resource-policy'] = {quoted(policy.resource_policy)};
  return h.continue;
}});
"""


_SERVER = """\
const Hapi = require('@hapi/hapi');

const server = Hapi.server({{
  port: process.env.PORT ?? 3000,
  routes: {{
    cors: {cors},
  }},
}});
"""
_TAIL = """
// Login, other plugins and routes follow here.

server.start();
"""
_STEPS = (
    "Put it where the server is made, before plugins for login are registered.",
    "Remove cors from single routes, and what else sets Access-Control-* headers: a proxy in front, too.",
    "Restart Node.js: a running process keeps the old options.",
)
