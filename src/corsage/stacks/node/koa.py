"""Koa, with @koa/cors.

Facts of koa 3.3 and @koa/cors 5.0: read in their sources and seen by running them.
"""

from collections.abc import Iterator
from typing import ClassVar

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.node.allowed import Allowed, allowed_by, is_allowed_function
from corsage.stacks.node.javascript import Value, block, quoted, quoted_all
from corsage.stacks.node.koa_pitfalls import KOA_PITFALLS
from corsage.stacks.node.limits import limits_of
from corsage.stacks.node.pages import koa_signs
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of, request_headers_of


class Koa(Stack):
    """Koa."""

    name: ClassVar[str] = "koa"
    title: ClassVar[str] = "Koa"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = (
        "koajs",
        "koa.js",
        "koa js",
        "@koa/cors",
        "koa-cors",
        "koa2-cors",
        "kcors",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.RUNS_IN_ORDER, Trait.ANSWERS_PREFLIGHTS})
    executed: ClassVar[str] = "Koa 3.3 with @koa/cors 5.0"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = KOA_PITFALLS
    order: ClassVar[str] = "Middleware runs in the order of app.use(): cors() comes before login and routers."
    sources: ClassVar[tuple[str, ...]] = (
        "https://github.com/koajs/cors",
        "https://koajs.com/#error-handling",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Find what in *answer* points to Koa."""
        yield from koa_signs(answer)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as the options of ``@koa/cors``."""
        allowed = allowed_by(policy)
        text = "".join(
            [
                _HEAD,
                "" if allowed.everyone else f"{is_allowed_function(allowed)}\n",
                _resource_policy(policy),
                "" if allowed.everyone else _VARY,
                f"{_FIRST}app.use(cors({block(_options(policy, allowed))}));\n",
                _TAIL,
            ]
        )
        return Rendered(
            stack=self.name,
            files=(File("app.js", "javascript", text),),
            steps=_STEPS,
            limits=(*allowed.limits, *limits_of(policy, "@koa/cors", ("private_network",))),
            executed=self.executed,
        )


def _options(policy: Policy, allowed: Allowed) -> list[tuple[str, Value]]:
    origin = "'*'" if allowed.everyone else "(ctx) => (isAllowed(ctx.get('Origin')) ? ctx.get('Origin') : '')"
    options: list[tuple[str, Value]] = [
        ("origin", origin),
        ("allowMethods", quoted_all(["*"] if is_any(policy.methods) else methods_of(policy))),
    ]
    if policy.request_headers:
        options.append(("allowHeaders", quoted_all(request_headers_of(policy))))
    else:
        options.append(("", NO_HEADERS.format(library="@koa/cors")))
        options.append(("allowHeaders", ["'Origin'"]))
    if policy.exposed_headers:
        options.append(("exposeHeaders", quoted_all(exposed_headers_of(policy))))
    if policy.credentials:
        options.append(("credentials", "true"))
    if policy.max_age is not None:
        # The number 0 would be left out.
        options.append(("maxAge", quoted(str(max(policy.max_age, 0)))))
    if policy.private_network:
        options.append(("privateNetworkAccess", "true"))
    return options


# What it grants, browsers set themselves.
NO_HEADERS = "Without a name, {library} grants every header that is asked for. Pages cannot set Origin."


def _resource_policy(policy: Policy) -> str:
    if policy.resource_policy is None:
        return ""
    value = quoted(policy.resource_policy)
    return f"""\
app.use(async (ctx, next) => {{
  ctx.set('Cross-Origin-Resource-Policy', {value});
  try {{
    await next();
  }} catch (error) {{
    error.headers = {{ 'Cross-Origin-Resource-Policy': {value}, ...error.headers }};
    throw error;
  }}
}});

"""


_HEAD = """\
const Koa = require('koa');
const cors = require('@koa/cors');

const app = new Koa();

"""
_VARY = """\
// Koa drops the headers of an error's answer: caches need to know that these depend on the origin, too.
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    error.headers = { Vary: 'Origin', ...error.headers };
    throw error;
  }
});

"""
_FIRST = "// First of all: what stands before it answers preflights and errors without CORS.\n"
_TAIL = """
// Login, body parsers and routes follow here.

app.listen(process.env.PORT ?? 3000);
"""
_STEPS = (
    "npm install @koa/cors",
    "Put app.use(cors(...)) before every other app.use().",
    "Remove what else sets Access-Control-* headers: ctx.set(...), routes for OPTIONS, a proxy in front.",
    "Restart Node.js: a running process keeps the old options.",
)
