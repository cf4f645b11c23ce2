"""Tornado, with a base class of one's own: it has no CORS."""

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.origins import origins_of
from corsage.stacks.python.answers import body_is, says, server_begins
from corsage.stacks.python.handwritten import WRITTEN, decision, imports_of
from corsage.stacks.python.limits import limits_of
from corsage.stacks.python.lint import tornado as lint
from corsage.stacks.python.literals import quoted

_BASE = (
    "def is_preflight(request):",
    '    asked = "Origin" in request.headers and "Access-Control-Request-Method" in request.headers',
    '    return request.method == "OPTIONS" and asked',
    "",
    "",
    "class CorsHandler(RequestHandler):",
    "    def set_default_headers(self):  # Tornado calls it for errors, too",
    '        origin = self.request.headers.get("Origin", "")',
    "        headers = cors_headers(origin, preflight=is_preflight(self.request))",
    "        for name, value in headers.items():",
    "            self.set_header(name, value)",
)

_HANDLERS = (
    "class NotFound(CorsHandler):",
    "    def prepare(self):",
    "        raise HTTPError(404)",
    "",
    "",
    "class Site(Application):",
    "    # Before handlers, their prepare() and logins: they need no options().",
    "    def find_handler(self, request, **kwargs):",
    "        if is_preflight(request):",
    "            return self.get_handler_delegate(request, Preflight)",
    "        return super().find_handler(request, **kwargs)",
    "",
    "",
    "app = Site(",
    '    [],  # your rules: (r"/items", Items), with class Items(CorsHandler)',
    "    default_handler_class=NotFound,",
    ")",
)

_PAGE: Final = re.compile(r"<html><title>[1-5][0-9]{2}: [^<]{1,60}</title><body>[1-5][0-9]{2}: ")


class Tornado(Stack):
    """Tornado."""

    name: ClassVar[str] = "tornado"
    title: ClassVar[str] = "Tornado"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = ("tornado", "tornadoserver", "tornado.web")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.HEADERS_FROM_CODE, Trait.WEBSOCKET_CHECK})
    executed: ClassVar[str] = "Tornado 6.6"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = lint.PITFALLS
    order: ClassVar[str] = (
        "Preflights are answered before a handler is chosen: its prepare() would ask for a login."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://www.tornadoweb.org/en/stable/web.html#tornado.web.RequestHandler.set_default_headers",
        "https://www.tornadoweb.org/en/stable/web.html#tornado.web.Application.get_handler_delegate",
        "https://www.tornadoweb.org/en/stable/websocket.html#tornado.websocket.WebSocketHandler.check_origin",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Its ``Server``, and its error page."""
        server = server_begins(answer, "tornadoserver")
        if server:
            # Jupyter, too, which has signs of its own.
            yield says(0.85, f"Server: {server}")
        if body_is(answer, _PAGE):
            yield says(0.9, "an error page of Tornado")

    def render(self, policy: Policy) -> Rendered:
        """Write a base class for handlers, and an application that answers preflights."""
        origins = origins_of(policy)
        more = []
        if not origins.everyone:
            more.append(
                '        self.add_header("Vary", "Origin")  # caches must not mix up two pages\' answers'
            )
        if policy.resource_policy is not None:
            more.append(
                f'        self.set_header("Cross-Origin-Resource-Policy", {quoted(policy.resource_policy)})'
            )
        text = [
            *imports_of(origins, "from tornado.web import Application, HTTPError, RequestHandler", ""),
            *decision(policy, origins),
            "",
            "",
            *_BASE,
            *more,
            "",
            "",
            "class Preflight(CorsHandler):",
            "    def options(self):",
            f"        self.set_status({policy.preflight_status})",
            "",
            "",
            *_HANDLERS,
        ]
        steps = [
            "Let every handler be one: class Items(CorsHandler), class Files(CorsHandler, StaticFileHandler).",
            "Handlers must not set Access-Control headers: theirs would take the place of these.",
            "In handlers write add_header for Vary, not set_header, which would replace Vary: Origin.",
        ]
        if not origins.everyone:
            steps.append(
                "For WebSockets of these pages: def check_origin(self, origin): return is_allowed(origin) or "
                "super().check_origin(origin)"
            )
        return Rendered(
            self.name,
            (File("app.py", "python", "\n".join(text) + "\n"),),
            tuple(steps),
            tuple(limits_of(policy, origins, WRITTEN)),
            self.executed,
        )
