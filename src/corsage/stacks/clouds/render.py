"""Render: a router before one's own application."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class RenderCom(RecognisedStack):
    """CORS is the application's, or, for static sites, a fixed header."""

    name: ClassVar[str] = "render"
    title: ClassVar[str] = "Render"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = (
        "render.com",
        "onrender.com",
        "onrender",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://render.com/docs/static-site-headers",
        "https://render.com/docs/free",
    )
    advice: ClassVar[str] = (
        "The application does CORS: take the configuration for its framework. A static site's "
        "headers, in the dashboard or render.yaml, are the same for every origin."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "asleep",
            "A free service sleeps: the first request waits up to a minute, or is answered 502 "
            "without CORS headers.",
            "Try again; keep it awake, or use a paid instance.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="x-render-origin-server"),
        Tell(0.95, header="rndr-id"),
        Tell(0.95, header="x-render-routing"),
    )
