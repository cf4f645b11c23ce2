"""Sanic, with a few lines of one's own: Sanic Extensions loses Vary, and does not know paths that there are not."""

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack
from corsage.stacks.origins import origins_of
from corsage.stacks.python.answers import body_is, says
from corsage.stacks.python.handwritten import WRITTEN, decision, imports_of
from corsage.stacks.python.limits import limits_of
from corsage.stacks.python.lint import sanic as lint
from corsage.stacks.python.literals import quoted

_TEXT: Final = re.compile("\N{WARNING SIGN}\N{VARIATION SELECTOR-16}? [0-9]{3} \N{EM DASH} ")
_JSON: Final = re.compile(r'\{"description":"[^"]{1,80}","status":[0-9]{3},"message":"')


class Sanic(Stack):
    """Sanic."""

    name: ClassVar[str] = "sanic"
    title: ClassVar[str] = "Sanic"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = ("sanic", "sanic-ext", "sanic_ext", "sanic-cors", "sanic extensions")
    executed: ClassVar[str] = "Sanic 25.12"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = lint.PITFALLS
    order: ClassVar[str] = "Request middleware of a high priority runs first: above that of a login."
    sources: ClassVar[tuple[str, ...]] = (
        "https://sanic.dev/en/guide/basics/middleware.html",
        "https://sanic.dev/en/plugins/sanic-ext/http/cors.html",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Its error pages: text with a warning sign, or JSON."""
        if body_is(answer, _TEXT):
            yield says(0.95, "an error page of Sanic")
        if body_is(answer, _JSON):
            yield says(0.8, "a body of JSON with description, status and message")

    def render(self, policy: Policy) -> Rendered:
        """Write two pieces of middleware."""
        origins = origins_of(policy)
        text = [
            *imports_of(origins, "from sanic import Sanic", "from sanic.response import empty", ""),
            'app = Sanic("app")',
            "app.config.CORS = False  # of Sanic Extensions: it would add headers of its own",
            "",
            *decision(policy, origins),
            "",
            "",
            "def is_preflight(request):",
            '    asked = "origin" in request.headers and "access-control-request-method" in request.headers',
            '    return request.method == "OPTIONS" and asked',
            "",
            "",
            "@app.on_request(priority=100)  # before logins, which would refuse preflights",
            "async def answer_preflights(request):",
            f"    return empty({policy.preflight_status}) if is_preflight(request) else None",
            "",
            "",
            "@app.on_response",
            "async def add_cors_headers(request, response):",
            '    origin = request.headers.get("origin", "")',
            "    response.headers.update(cors_headers(origin, preflight=is_preflight(request)))",
        ]
        if not origins.everyone:
            text.append(
                '    response.headers.add("vary", "Origin")  # caches must not mix up two pages\' answers'
            )
        if policy.resource_policy is not None:
            text.append(
                f'    response.headers["cross-origin-resource-policy"] = {quoted(policy.resource_policy)}'
            )
        return Rendered(
            self.name,
            (File("server.py", "python", "\n".join(text) + "\n"),),
            ("Delete the CORS_ settings, and CORS(app) of sanic-cors.",),
            tuple(limits_of(policy, origins, WRITTEN)),
            self.executed,
        )
