"""Ports forwarded by Codespaces and dev tunnels: private until they are made public."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class DevTunnels(RecognisedStack):
    """A private port answers with a login, to preflights as well."""

    name: ClassVar[str] = "dev-tunnels"
    title: ClassVar[str] = "GitHub Codespaces and dev tunnels"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = (
        "codespaces",
        "github codespaces",
        "dev tunnels",
        "devtunnels",
        "devtunnels.ms",
        "app.github.dev",
        "vs code port forwarding",
        "gitpod",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.INTERSTITIAL, Trait.FORWARDS_ORIGIN})
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.github.com/en/codespaces/developing-in-a-codespace/forwarding-ports-in-your-codespace",
        "https://learn.microsoft.com/en-us/azure/developer/dev-tunnels/security",
    )
    advice: ClassVar[str] = (
        "The application does CORS. Make the port public (gh codespace ports visibility 3000:public, "
        "devtunnel port create -p 3000 with anonymous access), or reach everything through one origin"
        " with a development proxy."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "private-port",
            "A private port answers every request without its cookie, preflights among them, with a "
            "redirect to a login (302) or 401, without CORS headers.",
            "Make the port public, or proxy the API through the page's own port.",
        ),
        Pitfall(
            "warning-page",
            "The first visit shows a warning page in the place of the answer.",
            "Open the address in a tab once, or send X-Tunnel-Skip-AntiPhishing-Page: true, which the"
            " server's CORS must allow.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, header="x-ms-devtunnel*"),
        Tell(0.9, header="x-tunnel-*"),
        Tell(0.9, header="location", holds="github.dev/pf-signin"),
        Tell(0.8, header="location", holds="tunnels.api.visualstudio.com"),
        Tell(0.8, header="location", holds="/auth/postback/tunnel"),
    )
