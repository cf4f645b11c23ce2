"""Quart, with quart-cors."""

from collections.abc import Iterator
from typing import ClassVar

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack
from corsage.stacks.origins import Origins, origins_of
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of, request_headers_of
from corsage.stacks.python.answers import ASGI_SERVERS, is_page_of_werkzeug, says, server_begins
from corsage.stacks.python.flask import hooks
from corsage.stacks.python.limits import Can, limits_of
from corsage.stacks.python.lint import quart as lint
from corsage.stacks.python.literals import listed, quoted, raw
from corsage.stacks.python.regexes import anchored


class Quart(Stack):
    """Quart."""

    name: ClassVar[str] = "quart"
    title: ClassVar[str] = "Quart"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = ("quart", "quart-cors", "quart_cors")
    executed: ClassVar[str] = "Quart 0.22, quart-cors 0.8"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = lint.PITFALLS
    order: ClassVar[str] = "The preflight's `before_request` must be registered before a login's."
    sources: ClassVar[tuple[str, ...]] = (
        "https://github.com/pgjones/quart-cors",
        "https://quart.palletsprojects.com/en/latest/reference/source/quart.app.html",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Werkzeug's pages from a server that Flask does not have."""
        server = server_begins(answer, *ASGI_SERVERS)
        if server.startswith("hypercorn"):
            yield says(0.5, f"Server: {server}")
        if is_page_of_werkzeug(answer):
            yield says(0.9 if server else 0.15, "an error page of Werkzeug")

    def render(self, policy: Policy) -> Rendered:
        """Write ``cors(app, …)`` and an answer to preflights."""
        origins = origins_of(policy)
        text = [
            *(["import re", ""] if origins.expressions else []),
            "from quart import Quart, request",
            "from quart_cors import cors",
            "",
            "app = Quart(__name__)",
            "",
            "",
            *_refusal(policy),
            *hooks(policy, origins, asynchronous=True),
            "app = cors(",
            "    app,",
            *_arguments(policy, origins),
            ")",
        ]
        limits = [
            *limits_of(policy, origins, Can.RESOURCE_POLICY | Can.GUARD | Can.STATUS),
            *anchored(origins).limits,
        ]
        return Rendered(
            self.name,
            (File("app.py", "python", "\n".join(text) + "\n"),),
            (
                "Put it before blueprints and logins: before_request runs in the order of registration.",
                "Delete every other cors(…) and @route_cors: they would answer in its place.",
                "WebSockets of pages that are not listed are refused: list this host's own, where its pages open any.",
            ),
            tuple(limits),
            self.executed,
        )


def _refusal(policy: Policy) -> list[str]:
    """Return what refuses Authorization, for which the star does not stand."""
    if not is_any(policy.request_headers) or "authorization" in policy.request_headers:
        return []
    return [
        "@app.before_request",
        "async def refuse_authorization():",
        '    asked = request.headers.get("Access-Control-Request-Headers", "").lower()',
        '    if request.method == "OPTIONS" and "authorization" in [name.strip() for name in asked.split(",")]:',
        '        return "", 403  # the library\'s star would allow it, too',
        "    return None",
        "",
        "",
    ]


def _arguments(policy: Policy, origins: Origins) -> list[str]:
    items = ['"*"'] if origins.everyone else [quoted(each) for each in origins.exact]
    if not origins.everyone:
        items += [f"re.compile({raw(each)})" for each in anchored(origins).kept]
    lines = listed("    allow_origin=", items, ",", quote=str)
    if policy.credentials:
        lines.append("    allow_credentials=True,")
    lines += listed("    allow_methods=", methods_of(policy), ",")
    names = ("*",) if is_any(policy.request_headers) else request_headers_of(policy)
    lines += listed("    allow_headers=", names, ",")
    lines += listed("    expose_headers=", exposed_headers_of(policy), ",")
    if policy.max_age is not None:
        lines.append(f"    max_age={max(policy.max_age, 0)},")
    return lines
