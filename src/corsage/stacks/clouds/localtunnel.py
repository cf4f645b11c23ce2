"""localtunnel: a tunnel that shows browsers a page of its own first."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class Localtunnel(RecognisedStack):
    """The page has no CORS headers."""

    name: ClassVar[str] = "localtunnel"
    title: ClassVar[str] = "localtunnel"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = (
        "localtunnel",
        "loca.lt",
        "localtunnel.me",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.INTERSTITIAL, Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://github.com/localtunnel/localtunnel",
        "https://theboroer.github.io/localtunnel-www/",
    )
    advice: ClassVar[str] = (
        "The application does CORS. Send the header bypass-tunnel-reminder with each request, and "
        "allow it in the application's policy (request_headers)."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "reminder-page",
            "Browsers get a page that asks for a password (401), without CORS headers, in the place "
            "of the answer.",
            "Send bypass-tunnel-reminder: 1 and allow that header in the preflight's answer.",
        ),
        Pitfall(
            "tunnel-gone",
            "503 Tunnel Unavailable comes without CORS headers.",
            "Start the client again; the address may have changed.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="bypass-tunnel-reminder"),
        Tell(0.9, header="x-localtunnel-*"),
        Tell(0.9, bodies=("loca.lt/mytunnelpassword",)),
        Tell(0.8, bodies=("503 - Tunnel Unavailable",)),
    )
