"""FastAPI, with Starlette's `CORSMiddleware`."""

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.python.answers import ASGI_SERVERS, body_is, is_refusal_of_starlette, says, server_begins
from corsage.stacks.python.lint import starlette as lint
from corsage.stacks.python.starlette_code import around

_DETAIL: Final = re.compile(
    r'\{"detail":(?:"(?:Not Found|Method Not Allowed|Not authenticated|Invalid authentication credentials)"\}|'
    r'\[\{"type":"|\[\{"loc":\["(?:body|query|path|header|cookie)")'
)


class FastAPI(Stack):
    """FastAPI."""

    name: ClassVar[str] = "fastapi"
    title: ClassVar[str] = "FastAPI"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = ("fastapi", "fast api", "fastapi.middleware.cors")
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.LAST_ADDED_OUTERMOST, Trait.ERRORS_LOSE_HEADERS, Trait.ANSWERS_PREFLIGHTS}
    )
    executed: ClassVar[str] = "FastAPI 0.165, Starlette 1.10"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = lint.PITFALLS
    order: ClassVar[str] = (
        "Of `add_middleware` calls the last is outermost: CORS must be added after every other middleware. "
        "Around the application it is before them all, and before the 500 of an unhandled exception."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://fastapi.tiangolo.com/tutorial/cors/",
        "https://www.starlette.io/middleware/#corsmiddleware",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """JSON with ``detail`` alone, and what Starlette below it answers."""
        server = server_begins(answer, *ASGI_SERVERS)
        if server:
            yield says(0.45 if server == "uvicorn" else 0.3, f"Server: {server}")
        if is_refusal_of_starlette(answer):
            yield says(0.8, "a body as its CORSMiddleware refuses preflights")
        if body_is(answer, _DETAIL):
            yield says(0.9 if server else 0.75, "a body of JSON with detail alone")

    def render(self, policy: Policy) -> Rendered:
        """Write `CORSMiddleware` around the application."""
        lines, limits = around(policy, "api")
        text = [
            "from fastapi import FastAPI",
            "from fastapi.middleware.cors import CORSMiddleware",
            "",
            "api = FastAPI()  # your application, with its routers and other middleware",
            *(["", ""] if lines[0].startswith("class ") else [""]),
            *lines,
        ]
        return Rendered(
            self.name,
            (File("main.py", "python", "\n".join(text) + "\n"),),
            (
                "Delete every api.add_middleware(CORSMiddleware, …): two of them fight over the headers.",
                "Let the server run `app`, not `api`: uvicorn main:app.",
                "Behind a proxy that ends TLS start uvicorn with --proxy-headers, and --forwarded-allow-ips with the "
                "proxy's address: else redirects that add a slash lead to http://, which browsers refuse.",
            ),
            tuple(limits),
            self.executed,
        )
