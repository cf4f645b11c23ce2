"""CORS around functions that take events of API Gateway or of a function URL: Lambda, in JavaScript and in Python."""

from typing import Final

from corsage.server import Policy, compile_policy
from corsage.stacks.base import File
from corsage.stacks.clouds.function_javascript import OWNED, Rules, lambda_module
from corsage.stacks.leftovers import leftovers
from corsage.stacks.origins import origins_of, pattern_expression
from corsage.stacks.parts import LOOKUP_LOST

_ENTRY_JAVASCRIPT: Final = """\
import { handler as app } from './app.mjs';
import { withCors } from './cors.mjs';

export const handler = withCors(app);
"""
_ENTRY_PYTHON: Final = """\
from app import handler as app
from cors import with_cors

handler = with_cors(app)
"""
_JAVASCRIPT: Final = """
// Events of REST APIs spell header names as the client did, those of HTTP APIs and function URLs in lower case.
function header(event, wanted) {
  for (const [name, value] of Object.entries(event.headers ?? {})) {
    if (name.toLowerCase() === wanted) return value;
  }
  return null;
}

function answer(result, headers, vary) {
  const ready = result !== null && typeof result === 'object' && 'statusCode' in result
    ? result
    : { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(result) };
  const owned = OWNED.map((name) => name.toLowerCase());
  const kept = {};
  const several = {};
  const named = [];
  const keep = (source, target) => {
    for (const [name, value] of Object.entries(source ?? {})) {
      if (name.toLowerCase() === 'vary') named.push(...[value].flat().join(',').split(','));
      // Two policies in one answer are none: the code's own headers go.
      else if (!owned.includes(name.toLowerCase())) target[name] = value;
    }
  };
  keep(ready.headers, kept);
  keep(ready.multiValueHeaders, several);
  const merged = named.map((name) => name.trim()).filter(Boolean);
  const lower = merged.map((name) => name.toLowerCase());
  merged.push(...vary.filter((name) => !lower.includes(name.toLowerCase())));
  if (merged.length > 0) kept.Vary = merged.join(', ');
  for (const [name, value] of headers) kept[name] = value;
  const made = { ...ready, headers: kept };
  if (ready.multiValueHeaders !== undefined) made.multiValueHeaders = several;
  return made;
}

export function withCors(handle) {
  return async (event, context) => {
    const origin = header(event, 'origin');
    const method = event.httpMethod ?? event.requestContext?.http?.method;
    const preflight = method === 'OPTIONS' && origin !== null
      && header(event, 'access-control-request-method') !== null;
    const headers = corsHeaders(
      origin, preflight, header(event, 'access-control-request-private-network') === 'true');
    const vary = preflight ? VARY_OF_PREFLIGHTS : VARY;
%(before)s    try {
      return answer(await handle(event, context), headers, vary);
    } catch (error) {
      // The gateway's own error page would go without CORS headers.
      console.error(error);
      return answer({ statusCode: 500, body: 'Internal Server Error' }, headers, vary);
    }
  };
}
"""
_JAVASCRIPT_PREFLIGHT: Final = """\
    // Before authentication and routing: a preflight never carries credentials.
    if (preflight) return answer({ statusCode: %d, body: '' }, headers, vary);
"""
_PYTHON: Final = '''\
"""CORS around a function that takes events of API Gateway or of a function URL."""

import json
import logging
import re
from functools import wraps

%(rules)s

def cors_headers(origin, preflight, private_network):
    """Return the headers that CORS adds to an answer. The origin is None where the request has none."""
    allowed = origin is not None and is_allowed(origin)
    if preflight:
        if not allowed:
            return {}
        shown = "*" if EVERYONE else origin
        headers = {"Access-Control-Allow-Origin": shown, **TO_PREFLIGHTS}
        if PRIVATE_NETWORK and private_network:
            headers["Access-Control-Allow-Private-Network"] = "true"
        return headers
    if allowed and not EVERYONE:
        return {**dict.fromkeys(NAMED, origin), **TO_ALLOWED, **ALWAYS}
    return dict(ALWAYS)


def is_allowed(origin):
    """Tell whether pages of the origin may read the answers."""
    if EVERYONE or origin in ORIGINS:
        return True
    # What has a comma, a space or a slash is no origin: no browser sends it.
    return bool(ORIGIN.fullmatch(origin)) and any(pattern.fullmatch(origin) for pattern in PATTERNS)


def header(event, wanted):
    """Return a header: REST APIs spell names as the client did, others in lower case."""
    for name, value in (event.get("headers") or {}).items():
        if name.lower() == wanted:
            return value
    return None


def answer(result, headers, vary):
    """Put the headers on what the function returned, in the place of its own."""
    if not (isinstance(result, dict) and "statusCode" in result):
        result = {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": json.dumps(result)}
    named = []
    made = dict(result)
    for field in ("headers", "multiValueHeaders"):
        kept = {}
        for name, value in (result.get(field) or {}).items():
            if name.lower() == "vary":
                named += (",".join(value) if isinstance(value, list) else value).split(",")
            # Two policies in one answer are none: the code's own headers go.
            elif name.lower() not in OWNED:
                kept[name] = value
        if field in result or field == "headers":
            made[field] = kept
    merged = [name.strip() for name in named if name.strip()]
    lower = [name.lower() for name in merged]
    merged += [name for name in vary if name.lower() not in lower]
    if merged:
        made["headers"]["Vary"] = ", ".join(merged)
    made["headers"].update(headers)
    return made


def with_cors(handle):
    """Put CORS around a handler."""

    @wraps(handle)
    def wrapped(event, context):
        origin = header(event, "origin")
        method = event.get("httpMethod") or event.get("requestContext", {}).get("http", {}).get("method")
        asked = header(event, "access-control-request-method")
        preflight = method == "OPTIONS" and origin is not None and asked is not None
        private_network = header(event, "access-control-request-private-network") == "true"
        headers = cors_headers(origin, preflight, private_network)
        vary = VARY_OF_PREFLIGHTS if preflight else VARY
%(before)s        try:
            return answer(handle(event, context), headers, vary)
        except Exception:
            # The gateway's own error page would go without CORS headers.
            logging.exception("the function failed")
            return answer({"statusCode": 500, "body": "Internal Server Error"}, headers, vary)

    return wrapped
'''
_PYTHON_PREFLIGHT: Final = """\
        if preflight:
            # Before authentication and routing: a preflight never carries credentials.
            return answer({"statusCode": %d, "body": ""}, headers, vary)
"""


def javascript_events(policy: Policy) -> Rules:
    """Write ``cors.mjs``: ``withCors(handler)``."""
    before = "" if policy.preflight_continue else _JAVASCRIPT_PREFLIGHT % policy.preflight_status
    made = lambda_module(policy, _JAVASCRIPT.replace("%(before)s", before))
    return Rules(made.text, (*made.limits, *_websockets(policy)))


def python_events(policy: Policy) -> Rules:
    """Write ``cors.py``: ``with_cors(handler)``. Expressions are Python's own."""
    before = "" if policy.preflight_continue else _PYTHON_PREFLIGHT % policy.preflight_status
    text = _PYTHON.replace("%(rules)s", _python_rules(policy)).replace("%(before)s", before)
    lost = (LOOKUP_LOST,) if policy.origin_lookup is not None else ()
    return Rules(text, (*lost, *_websockets(policy)))


def function_files(policy: Policy) -> tuple[tuple[File, ...], tuple[str, ...]]:
    """Write a function in both languages; return the files, and what they do not do."""
    javascript, python = javascript_events(policy), python_events(policy)
    files = (
        File("index.mjs", "javascript", _ENTRY_JAVASCRIPT),
        File("cors.mjs", "javascript", javascript.text),
        File("lambda_function.py", "python", _ENTRY_PYTHON),
        File("cors.py", "python", python.text),
    )
    return files, tuple(dict.fromkeys([*javascript.limits, *python.limits]))


def _websockets(policy: Policy) -> tuple[str, ...]:
    return leftovers(
        policy, "private_network", "timing", "resource_policy", "preflight_status", "preflight_continue"
    )


def _python_rules(policy: Policy) -> str:
    origins = origins_of(policy)
    compiled = compile_policy(policy)
    patterns = [*map(pattern_expression, origins.patterns), *origins.regexes]
    always = {
        name: value for name, value in compiled.always if origins.everyone or name not in compiled.named
    }
    lines = [
        f"EVERYONE = {origins.everyone}",
        f"ORIGINS = frozenset({_list(origins.exact)})",
        f"PATTERNS = [re.compile(text) for text in {_list(patterns)}]",
        r'ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^\s,/?#]*")',
        f"NAMED = {_list(compiled.named)}",
        f"TO_ALLOWED = {_dict(dict(compiled.allowed))}",
        f"ALWAYS = {_dict(always)}",
        f"TO_PREFLIGHTS = {_dict(dict(compiled.preflight))}",
        f"PRIVATE_NETWORK = {policy.private_network}",
        "# Caches must keep the answer for one origin from another, and from requests without one.",
        f"VARY = {_list(compiled.vary)}",
        f"VARY_OF_PREFLIGHTS = {_list(compiled.preflight_vary)}",
        f"OWNED = frozenset({_list([name.lower() for name in OWNED])})",
    ]
    return "\n".join(lines) + "\n"


def _list(texts: tuple[str, ...] | list[str]) -> str:
    inner = "".join(f"    {text!a},\n" for text in texts)
    return f"[\n{inner}]" if texts else "[]"


def _dict(pairs: dict[str, str]) -> str:
    inner = "".join(f"    {name!a}: {value!a},\n" for name, value in pairs.items())
    return f"{{\n{inner}}}" if pairs else "{}"
