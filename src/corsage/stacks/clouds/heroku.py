"""Heroku: a router before one's own application."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class Heroku(RecognisedStack):
    """CORS is the application's; errors of the router have none."""

    name: ClassVar[str] = "heroku"
    title: ClassVar[str] = "Heroku"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = (
        "heroku",
        "herokuapp.com",
        "herokuapp",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://devcenter.heroku.com/articles/error-codes",
        "https://devcenter.heroku.com/articles/http-routing",
    )
    advice: ClassVar[str] = (
        "The application does CORS: take the configuration for its framework. Errors H10 to H99 are "
        "the router's: mend those first."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "application-error",
            "The router answers 503 Application error where the application crashed, sleeps or took "
            "more than 30 seconds, without CORS headers.",
            "Read heroku logs --tail; the code (H10, H12, H14) says which.",
        ),
        Pitfall(
            "port",
            "The application does not listen on $PORT: every request is answered 503.",
            "Listen on the port in the variable PORT.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, header="via", holds="vegur"),
        Tell(0.9, header="via", holds="heroku-router"),
        Tell(0.8, header="server", holds="heroku"),
        Tell(0.85, bodies=("herokucdn.com/error-pages",)),
        Tell(0.8, header="report-to", holds="heroku"),
    )
