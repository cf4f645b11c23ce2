"""CORS in JavaScript, for platforms that hand one's code a request: the same rules, three calling conventions.

Each is a module ``cors.js`` with one function, ``withCors``, around what answers requests.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corsage.server import CompiledPolicy, Policy, compile_policy
from corsage.stacks.node.allowed import Allowed, allowed_by
from corsage.stacks.node.javascript import quoted

OWNED: Final = (
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers",
    "Access-Control-Expose-Headers",
    "Access-Control-Max-Age",
    "Access-Control-Allow-Private-Network",
)


@dataclass(frozen=True, slots=True)
class Rules:
    """A policy as JavaScript, without the part that speaks with the platform.

    Attributes:
        text: declarations of ``corsHeaders(origin, preflight, privateNetwork)``, a list of pairs, and ``VARY``.
        limits: what it does not do.
    """

    text: str
    limits: tuple[str, ...]


def rules(policy: Policy) -> Rules:
    """Write the rules of *policy*."""
    compiled = compile_policy(policy)
    allowed = allowed_by(policy)
    parts = [_origins(allowed), _answers(compiled)]
    return Rules("\n".join(part for part in parts if part), allowed.limits)


def _origins(allowed: Allowed) -> str:
    if allowed.everyone:
        return "const isAllowed = () => true;\n"
    checks = []
    lines = []
    if allowed.exact or not allowed.expressions:
        lines.append(f"const ORIGINS = new Set({_array(allowed.exact)});")
        checks.append("ORIGINS.has(origin)")
    if allowed.expressions:
        lines.append(f"const PATTERNS = {_array(allowed.expressions)};")
        # What has a comma, a space or a slash is no origin: no browser sends it.
        lines.append("const ORIGIN = /^[a-z][a-z0-9+.-]*:\\/\\/[^\\s,\\/?#]*$/;")
        checks.append("(ORIGIN.test(origin) && PATTERNS.some((pattern) => pattern.test(origin)))")
    lines.append(f"const isAllowed = (origin) => {' || '.join(checks)};")
    return "\n".join(lines) + "\n"


def _answers(compiled: CompiledPolicy) -> str:
    always = [pair for pair in compiled.always if compiled.any_origin or pair[0] not in compiled.named]
    lines = [f"const ALWAYS = {_pairs(always)};"]
    if not compiled.any_origin:
        lines.append(f"const TO_ALLOWED = {_pairs(compiled.allowed)};")
    lines += [
        f"const TO_PREFLIGHTS = {_pairs(compiled.preflight)};",
        "// Caches must keep the answer for one origin from another, and from requests without one.",
        f"const VARY = {_texts(compiled.vary)};",
        f"const VARY_OF_PREFLIGHTS = {_texts(compiled.preflight_vary)};",
        "",
        "// The headers that CORS adds to an answer. The origin is null where the request has none.",
        "function corsHeaders(origin, preflight, privateNetwork) {",
        *_body(compiled),
        "}",
        "",
    ]
    return "\n".join(lines)


def _body(compiled: CompiledPolicy) -> list[str]:
    lines = ["  const allowed = origin !== null && isAllowed(origin);"]
    shown = "'*'" if compiled.any_origin else "origin"
    named = "" if compiled.any_origin else ", ".join(f"[{quoted(name)}, origin]" for name in compiled.named)
    lines += [
        "  if (preflight) {",
        "    if (!allowed) return [];",
        f"    const headers = [['Access-Control-Allow-Origin', {shown}], ...TO_PREFLIGHTS];",
    ]
    if compiled.policy.private_network:
        lines.append(
            "    if (privateNetwork) headers.push(['Access-Control-Allow-Private-Network', 'true']);"
        )
    lines += ["    return headers;", "  }"]
    if compiled.any_origin:
        lines.append("  return ALWAYS;")
    else:
        lines.append(f"  return allowed ? [{named}, ...TO_ALLOWED, ...ALWAYS] : ALWAYS;")
    return lines


FETCH_GLUE: Final = """
function answer(response, headers, vary) {
  // A copy: the headers of what fetch() and Response.redirect() return cannot be changed.
  const copy = new Response(response.body, response);
  // Two policies in one answer are none: the code's own headers go.
  for (const name of OWNED) copy.headers.delete(name);
  for (const [name, value] of headers) copy.headers.set(name, value);
  const named = (copy.headers.get('Vary') ?? '').toLowerCase().split(',').map((name) => name.trim());
  for (const name of vary) if (!named.includes(name.toLowerCase())) copy.headers.append('Vary', name);
  return copy;
}

export function withCors(handle) {
  return async (request, ...rest) => {
    const origin = request.headers.get('Origin');
    const preflight = request.method === 'OPTIONS' && origin !== null
      && request.headers.has('Access-Control-Request-Method');
    const headers = corsHeaders(
      origin, preflight, request.headers.get('Access-Control-Request-Private-Network') === 'true');
%(before)s    let response;
    try {
      response = await handle(request, ...rest);
    } catch (error) {
      // The platform's own error page would go without CORS headers.
      console.error(error);
      response = new Response('Internal Server Error', { status: 500 });
    }
    if (response.status === 101) return response;
    return answer(response, headers, preflight ? VARY_OF_PREFLIGHTS : VARY);
  };
}
"""
_FETCH_PREFLIGHT: Final = """\
    // Before authentication and routing: a preflight never carries credentials.
    if (preflight) return answer(new Response(null, { status: %d }), headers, VARY_OF_PREFLIGHTS);
"""
_FETCH_WEBSOCKETS: Final = """\
    if ((request.headers.get('Upgrade') ?? '').toLowerCase() === 'websocket' && origin !== null
        && !isAllowed(origin) && origin !== new URL(request.url).origin) {
      return new Response('Forbidden', { status: 403 });
    }
"""
NODE_GLUE: Final = """
export function withCors(handle) {
  return async (request, response) => {
    const origin = request.headers.origin ?? null;
    const preflight = request.method === 'OPTIONS' && origin !== null
      && request.headers['access-control-request-method'] !== undefined;
    const headers = corsHeaders(
      origin, preflight, request.headers['access-control-request-private-network'] === 'true');
    const vary = preflight ? VARY_OF_PREFLIGHTS : VARY;
    // When the answer begins, so that the code's own headers give way and errors are covered, too.
    const writeHead = response.writeHead;
    response.writeHead = function (status, ...rest) {
      const given = rest.find((each) => each !== null && typeof each === 'object') ?? {};
      for (const [name, value] of Array.isArray(given) ? pairsOf(given) : Object.entries(given)) {
        response.setHeader(name, value);
      }
      for (const name of OWNED) response.removeHeader(name);
      for (const [name, value] of headers) response.setHeader(name, value);
      const named = [response.getHeader('Vary') ?? []].flat().join(',').split(',').map((name) => name.trim());
      const lower = named.map((name) => name.toLowerCase());
      const merged = [...named, ...vary.filter((name) => !lower.includes(name.toLowerCase()))].filter(Boolean);
      if (merged.length > 0) response.setHeader('Vary', merged.join(', '));
      return writeHead.call(response, status, ...rest.filter((each) => typeof each === 'string'));
    };
%(before)s    try {
      await handle(request, response);
    } catch (error) {
      // The platform's own error page would go without CORS headers.
      console.error(error);
      if (response.headersSent) return response.destroy();
      response.statusCode = 500;
      response.end('Internal Server Error');
    }
  };
}

function pairsOf(flat) {
  return flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1]]] : []));
}
"""
_NODE_PREFLIGHT: Final = """\
    // Before authentication and routing: a preflight never carries credentials.
    if (preflight) {
      response.statusCode = %d;
      response.end();
      return;
    }
"""


def fetch_module(policy: Policy) -> Rules:
    """Write ``cors.js`` for code that takes a `Request` and returns a `Response`."""
    before = "" if policy.preflight_continue else _FETCH_PREFLIGHT % policy.preflight_status
    if policy.guard_websockets:
        before += _FETCH_WEBSOCKETS
    return _module(policy, FETCH_GLUE.replace("%(before)s", before))


def node_module(policy: Policy) -> Rules:
    """Write ``cors.js`` for code that takes Node's request and response."""
    before = "" if policy.preflight_continue else _NODE_PREFLIGHT % policy.preflight_status
    return _module(policy, NODE_GLUE.replace("%(before)s", before))


def lambda_module(policy: Policy, glue: str) -> Rules:
    """Write ``cors.mjs`` with *glue* for functions that take events."""
    return _module(policy, glue)


def _module(policy: Policy, glue: str) -> Rules:
    made = rules(policy)
    return Rules(f"{made.text}const OWNED = {_texts(OWNED)};\n{glue}", made.limits)


def _array(literals: Sequence[str]) -> str:
    if not literals:
        return "[]"
    inner = "".join(f"  {each},\n" for each in literals)
    return f"[\n{inner}]"


def _texts(texts: Sequence[str]) -> str:
    return _array([quoted(text) for text in texts]) if len(json.dumps(texts)) > 80 else _one_line(texts)  # noqa: PLR2004


def _one_line(texts: Sequence[str]) -> str:
    return f"[{', '.join(quoted(text) for text in texts)}]"


def _pairs(pairs: Sequence[tuple[str, str]]) -> str:
    return _array([f"[{quoted(name)}, {quoted(value)}]" for name, value in pairs])
