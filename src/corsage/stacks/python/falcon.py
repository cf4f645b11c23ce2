"""Falcon, with a component of one's own: its `CORSMiddleware` allows every header and method, and sends no Vary."""

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.origins import origins_of
from corsage.stacks.python.answers import body_is, says
from corsage.stacks.python.handwritten import WRITTEN, decision, imports_of
from corsage.stacks.python.limits import limits_of
from corsage.stacks.python.lint import falcon as lint
from corsage.stacks.python.literals import quoted

_ERROR: Final = re.compile(r'\{"title": "[1-5][0-9]{2} [A-Z]')


class Falcon(Stack):
    """Falcon."""

    name: ClassVar[str] = "falcon"
    title: ClassVar[str] = "Falcon"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = (
        "falcon",
        "falcon framework",
        "falcon.app",
        "falcon-cors",
        "python falcon",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.FIRST_LISTED_OUTERMOST})
    executed: ClassVar[str] = "Falcon 4.4"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = lint.PITFALLS
    order: ClassVar[str] = "The first of `middleware` sees requests first: before logins."
    sources: ClassVar[tuple[str, ...]] = (
        "https://falcon.readthedocs.io/en/stable/api/middleware.html",
        "https://falcon.readthedocs.io/en/stable/api/cors.html",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """JSON with a ``title`` that begins with the status."""
        if body_is(answer, _ERROR):
            yield says(0.9, "a body of JSON with a title that begins with the status")

    def render(self, policy: Policy) -> Rendered:
        """Write a component."""
        origins = origins_of(policy)
        after = []
        if not origins.everyone:
            after.append(
                '        resp.append_header("Vary", "Origin")  # caches must not mix up two pages\' answers'
            )
        if policy.resource_policy is not None:
            after.append(
                f'        resp.set_header("Cross-Origin-Resource-Policy", {quoted(policy.resource_policy)})'
            )
        text = [
            *imports_of(origins, "import falcon", ""),
            *decision(policy, origins),
            "",
            "",
            "def is_preflight(req):",
            '    asked = req.get_header("Origin") and req.get_header("Access-Control-Request-Method")',
            '    return req.method == "OPTIONS" and asked is not None',
            "",
            "",
            "class Cors:",
            "    def process_request(self, req, resp):",
            "        if is_preflight(req):",
            f"            resp.status = {policy.preflight_status}",
            "            resp.complete = True  # neither logins nor routes",
            "",
            "    def process_response(self, req, resp, resource, req_succeeded):",
            '        origin = req.get_header("Origin", default="")',
            "        resp.set_headers(cors_headers(origin, preflight=is_preflight(req)))",
            *after,
            "",
            "    async def process_request_async(self, req, resp):  # for falcon.asgi.App",
            "        self.process_request(req, resp)",
            "",
            "    async def process_response_async(self, req, resp, resource, req_succeeded):",
            "        self.process_response(req, resp, resource, req_succeeded)",
            "",
            "",
            "app = falcon.App(middleware=[Cors()])  # first: before logins",
        ]
        return Rendered(
            self.name,
            (File("app.py", "python", "\n".join(text) + "\n"),),
            (
                "Leave cors_enable and falcon.CORSMiddleware out: they allow every header, and what routes have.",
            ),
            tuple(limits_of(policy, origins, WRITTEN)),
            self.executed,
        )
