"""Railway: a router before one's own application."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class Railway(RecognisedStack):
    """CORS is the application's."""

    name: ClassVar[str] = "railway"
    title: ClassVar[str] = "Railway"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = (
        "railway.app",
        "railway.com",
        "up.railway.app",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.railway.com/reference/errors/application-failed-to-respond",
    )
    advice: ClassVar[str] = (
        "The application does CORS: take the configuration for its framework. 502 Application failed "
        "to respond is the router's: the application does not listen on the port that it is given."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "failed-to-respond",
            "502 Application failed to respond comes without CORS headers: the application crashed, "
            "or listens elsewhere than on 0.0.0.0 and $PORT.",
            "Listen on 0.0.0.0 and the port in PORT; read the deployment's log.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="x-railway-request-id"),
        Tell(0.95, header="x-railway-edge"),
        Tell(0.95, header="server", holds="railway"),
        Tell(0.9, header="x-railway-fallback"),
        Tell(
            0.9,
            bodies=(
                "Application failed to respond",
                "request_id",
            ),
        ),
    )
