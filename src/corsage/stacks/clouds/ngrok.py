"""ngrok: a tunnel that shows browsers a page of its own first, on free accounts."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class Ngrok(RecognisedStack):
    """The page has no CORS headers."""

    name: ClassVar[str] = "ngrok"
    title: ClassVar[str] = "ngrok"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = (
        "ngrok",
        "ngrok-free.app",
        "ngrok.io",
        "ngrok-free.dev",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.INTERSTITIAL, Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://ngrok.com/docs/pricing-limits/free-plan-limits/",
        "https://ngrok.com/docs/errors/",
    )
    advice: ClassVar[str] = (
        "The application does CORS. On free accounts send the header ngrok-skip-browser-warning with "
        "each request, and allow it in the application's policy (request_headers)."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "warning-page",
            "Free accounts show browsers a warning page (ERR_NGROK_6024), without CORS headers, in "
            "the place of the answer.",
            "Send ngrok-skip-browser-warning: 1 and allow that header in the preflight's answer, or "
            "use a paid account.",
        ),
        Pitfall(
            "offline",
            "The tunnel is closed or has another address now: ERR_NGROK_3200, 404, without CORS headers.",
            "Start the agent; use the address that it prints.",
        ),
        Pitfall(
            "upstream-down",
            "Nothing listens where the agent points: ERR_NGROK_8012, 502, without CORS headers.",
            "Start the application, on the port that the agent was told.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.97, header="ngrok-error-code"),
        Tell(0.95, header="ngrok-agent-ips"),
        Tell(0.95, bodies=("ERR_NGROK_",)),
        Tell(0.9, bodies=("cdn.ngrok.com",)),
    )
