"""hapi without its own ``cors``: two extensions, for policies that it cannot express.

Its wildcards take any character, so that ``https://*.example.com`` has more in it than subdomains; expressions and
single labels it does not know, nor every header.
"""

from corsage.server import Policy
from corsage.stacks.node import header_lines
from corsage.stacks.node.allowed import Allowed, is_allowed_function
from corsage.stacks.node.javascript import quoted


def hapi_code(policy: Policy, allowed: Allowed) -> str:
    """Return the program."""
    return "".join(
        [
            "const Hapi = require('@hapi/hapi');\n\n",
            "const server = Hapi.server({ port: process.env.PORT ?? 3000 });\n\n",
            "" if allowed.everyone else f"{is_allowed_function(allowed)}\n",
            _PREFLIGHT.format(status=policy.preflight_status),
            "server.ext('onPreResponse', (request, h) => {\n",
            "  const { response } = request;\n",
            "  const headers = response.isBoom ? response.output.headers : response.headers;\n",
            *_all(header_lines.always(policy), "  "),
            *_granted(policy, allowed),
            "  return h.continue;\n",
            "});\n",
            _TAIL,
        ]
    )


def _granted(policy: Policy, allowed: Allowed) -> list[str]:
    indent, value = ("  ", "'*'") if allowed.everyone else ("    ", "origin")
    names = ["Access-Control-Allow-Origin", *(["Timing-Allow-Origin"] if policy.timing else [])]
    lines = [
        *(f"{indent}headers[{quoted(name.lower())}] = {value};\n" for name in names),
        *_all(header_lines.for_allowed(policy), indent),
        f"{indent}if (isPreflight(request)) {{\n",
        *_all(header_lines.for_preflights(policy), f"{indent}  "),
        f"{indent}}}\n",
    ]
    return lines if allowed.everyone else [_VARY, *lines, "  }\n"]


def _all(pairs: header_lines.Pairs, indent: str) -> list[str]:
    return [f"{indent}headers[{quoted(name.lower())}] = {quoted(value)};\n" for name, value in pairs]


_PREFLIGHT = """\
const isPreflight = (request) =>
  request.method === 'options' && request.headers['access-control-request-method'] !== undefined;

// Preflights carry no login: they are answered before anything asks for one.
server.ext('onRequest', (request, h) =>
  isPreflight(request) ? h.response().code({status}).takeover() : h.continue,
);
"""
_VARY = """\
  const { origin = '' } = request.headers;
  // Caches keep one answer for each origin, and one for none.
  headers.vary = headers.vary ? `${headers.vary},Origin` : 'Origin';
  if (isAllowed(origin)) {
"""
_TAIL = """
// Login, other plugins and routes follow here.

server.start();
"""
