"""Starlette, with its own `CORSMiddleware`."""

from collections.abc import Iterator
from typing import ClassVar

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.python.answers import ASGI_SERVERS, is_refusal_of_starlette, says, server_begins
from corsage.stacks.python.lint import starlette as lint
from corsage.stacks.python.starlette_code import around


class Starlette(Stack):
    """Starlette."""

    name: ClassVar[str] = "starlette"
    title: ClassVar[str] = "Starlette"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = ("starlette", "starlette corsmiddleware", "starlette.middleware.cors")
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.LAST_ADDED_OUTERMOST, Trait.ERRORS_LOSE_HEADERS, Trait.ANSWERS_PREFLIGHTS}
    )
    executed: ClassVar[str] = "Starlette 1.10"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = lint.PITFALLS
    order: ClassVar[str] = (
        "Of `add_middleware` calls the last is outermost; of the list `middleware=[…]` the first. "
        "Around the application it is before them all, and before the 500 of an unhandled exception."
    )
    sources: ClassVar[tuple[str, ...]] = ("https://www.starlette.io/middleware/#corsmiddleware",)

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Plain texts of its errors, and of preflights that it refused."""
        server = server_begins(answer, *ASGI_SERVERS)
        if server:
            yield says(0.3, f"Server: {server}")
        if is_refusal_of_starlette(answer):
            yield says(0.8, "a body as its CORSMiddleware refuses preflights")
        if server and answer.body in ("Not Found", "Method Not Allowed"):
            yield says(0.6, f"a body that is {answer.body}, and no more")

    def render(self, policy: Policy) -> Rendered:
        """Write `CORSMiddleware` around the application."""
        lines, limits = around(policy, "site")
        text = [
            "from starlette.applications import Starlette",
            "from starlette.middleware.cors import CORSMiddleware",
            "",
            "site = Starlette()  # your application, with its routes and other middleware",
            *(["", ""] if lines[0].startswith("class ") else [""]),
            *lines,
        ]
        return Rendered(
            self.name,
            (File("main.py", "python", "\n".join(text) + "\n"),),
            (
                "Delete every other CORSMiddleware: two of them fight over the headers.",
                "Let the server run `app`, not `site`: uvicorn main:app.",
            ),
            tuple(limits),
            self.executed,
        )
