"""aiohttp, with a few lines of one's own: aiohttp-cors is added route by route, and knows neither Vary nor a 404."""

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.origins import origins_of
from corsage.stacks.python.answers import body_has, body_is, says
from corsage.stacks.python.handwritten import WRITTEN, decision, imports_of
from corsage.stacks.python.limits import limits_of
from corsage.stacks.python.lint import aiohttp as lint
from corsage.stacks.python.literals import quoted

_ERROR: Final = re.compile(
    r"(?:404: Not Found|405: Method Not Allowed|401: Unauthorized|403: Forbidden)\s*\Z"
)


class Aiohttp(Stack):
    """aiohttp's server."""

    name: ClassVar[str] = "aiohttp"
    title: ClassVar[str] = "aiohttp"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = ("aiohttp", "aiohttp-cors", "aiohttp_cors", "aiohttp.web")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.FIRST_LISTED_OUTERMOST})
    executed: ClassVar[str] = "aiohttp 3.14"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = lint.PITFALLS
    order: ClassVar[str] = (
        "The first of `middlewares` is outermost: preflights are answered there, before logins."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.aiohttp.org/en/stable/web_advanced.html#middlewares",
        "https://docs.aiohttp.org/en/stable/web_advanced.html#signals",
        "https://github.com/aio-libs/aiohttp-cors",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Its ``Server``, its plain texts, and the words of aiohttp-cors."""
        server = answer.headers.get("server") or ""
        if "aiohttp/" in server.lower():
            yield says(0.98, f"Server: {server}")
        if body_has(answer, "cors preflight request failed: "):
            yield says(0.95, "a body as aiohttp-cors refuses preflights")
        if body_has(answer, "server got itself in trouble"):
            yield says(0.9, "a body that says: Server got itself in trouble")
        if body_is(answer, _ERROR):
            yield says(0.5, f"a body that is {answer.body}, and no more")

    def render(self, policy: Policy) -> Rendered:
        """Write a middleware that answers preflights, and a signal that adds the headers."""
        origins = origins_of(policy)
        text = [
            *imports_of(origins, "from aiohttp import web", ""),
            *decision(policy, origins),
            "",
            "",
            "def is_preflight(request):",
            '    asked = "Origin" in request.headers and "Access-Control-Request-Method" in request.headers',
            '    return request.method == "OPTIONS" and asked',
            "",
            "",
            "@web.middleware",
            "async def answer_preflights(request, handler):",
            "    if is_preflight(request):",
            f"        return web.Response(status={policy.preflight_status})",
            "    return await handler(request)",
            "",
            "",
            "async def add_cors_headers(request, response):",
            '    origin = request.headers.get("Origin", "")',
            "    response.headers.update(cors_headers(origin, preflight=is_preflight(request)))",
        ]
        if not origins.everyone:
            text.append(
                '    response.headers.add("Vary", "Origin")  # caches must not mix up two pages\' answers'
            )
        if policy.resource_policy is not None:
            text.append(
                f'    response.headers["Cross-Origin-Resource-Policy"] = {quoted(policy.resource_policy)}'
            )
        text += [
            "",
            "",
            "app = web.Application(middlewares=[answer_preflights])  # first: before logins",
            "# The signal, and not the middleware: so streams and errors have the headers, too.",
            "app.on_response_prepare.append(add_cors_headers)",
        ]
        return Rendered(
            self.name,
            (File("server.py", "python", "\n".join(text) + "\n"),),
            (
                "Delete aiohttp_cors.setup(…) and every cors.add(…): they fail where the headers are there already.",
                "Put the middleware before your own, and add the signal to your own application.",
            ),
            tuple(limits_of(policy, origins, WRITTEN)),
            self.executed,
        )
