"""Fastly: Varnish as a network of caches."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class Fastly(RecognisedStack):
    """It keeps answers apart by Vary, where the server sends it."""

    name: ClassVar[str] = "fastly"
    title: ClassVar[str] = "Fastly"
    kind: ClassVar[Kind] = Kind.CDN
    words: ClassVar[tuple[str, ...]] = (
        "fastly",
        "fastly cdn",
        "fastly vcl",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.CACHES, Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://www.fastly.com/documentation/reference/http/http-headers/Vary/",
        "https://www.fastly.com/documentation/solutions/examples/cors/",
    )
    advice: ClassVar[str] = (
        "Configure CORS at the origin server, with Vary: Origin on every answer, also on those "
        "without Origin; then purge."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "vary-missing-without-origin",
            "The server sends Vary: Origin only to requests with Origin: an answer made without is "
            "given to pages.",
            "Send Vary: Origin always.",
        ),
        Pitfall(
            "error-503",
            "Errors of Fastly's own (503 with Guru Meditation, first byte timeout) have no CORS headers.",
            "Look at the server behind it.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, header="x-fastly-request-id"),
        Tell(0.85, header="fastly-*"),
        Tell(0.7, header="x-served-by", holds="cache-"),
        Tell(0.9, bodies=("Fastly error:",)),
    )
