"""Node.js's own HTTP server, without a framework.

Facts of Node.js 20: seen by running it.
"""

from typing import ClassVar

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Stack, Trait
from corsage.stacks.node.allowed import allowed_by, is_allowed_function
from corsage.stacks.node.common_pitfalls import ORIGINS
from corsage.stacks.node.header_code import Words, statements
from corsage.stacks.node.limits import limits_of
from corsage.stacks.node.plain_pitfalls import HEADER_PITFALLS

_WORDS = Words(
    set_header="response.setHeader",
    vary="response.appendHeader('Vary', 'Origin');",
    origin="request.headers.origin ?? ''",
)


class PlainNode(Stack):
    """Node.js."""

    name: ClassVar[str] = "node"
    title: ClassVar[str] = "Node.js"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = (
        "nodejs",
        "node.js",
        "node js",
        "node http",
        "node:http",
        "createserver",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.HEADERS_FROM_CODE, Trait.RUNS_IN_ORDER})
    executed: ClassVar[str] = "Node.js 20"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (*ORIGINS, *HEADER_PITFALLS)
    order: ClassVar[str] = (
        "The headers are set first, before routing and login, which then cannot forget them."
    )
    sources: ClassVar[tuple[str, ...]] = ("https://nodejs.org/api/http.html#responsesetheadername-value",)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as a function that goes before the application's own."""
        allowed = allowed_by(policy)
        end = _HANDED_ON if policy.preflight_continue else _END.format(status=policy.preflight_status)
        parts = [
            "const { createServer } = require('node:http');\n\n",
            "" if allowed.everyone else f"{is_allowed_function(allowed)}\n",
            _BEGIN,
            *statements(policy, allowed, _WORDS),
            end,
            _TAIL,
        ]
        can = ("preflight_status", "preflight_continue", "timing", "private_network")
        return Rendered(
            stack=self.name,
            files=(File("server.js", "javascript", "".join(parts)),),
            steps=_STEPS,
            limits=(*allowed.limits, *limits_of(policy, "Node.js", can)),
            executed=self.executed,
        )


_BEGIN = """\
// Tells whether it has answered the request itself.
function cors(request, response) {
  const isPreflight =
    request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
"""
_END = """\
  if (isPreflight) response.writeHead({status}).end();
  return isPreflight;
}}
"""
_HANDED_ON = """\
  return false;
}
"""
_TAIL = """
const server = createServer((request, response) => {
  // First of all: errors, redirects and refusals of a login then have the headers, too.
  if (cors(request, response)) return;

  // Login, body parsers and routes follow here.
});

server.listen(process.env.PORT ?? 3000);
"""
_STEPS = (
    "Call cors() at the beginning of the request's listener.",
    "Remove what else sets Access-Control-* or Vary: response.writeHead() overwrites what setHeader() has set.",
    "Restart Node.js: a running process keeps the old program.",
)
