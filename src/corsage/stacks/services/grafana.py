"""Grafana: its HTTP API has no CORS; live connections have a list of origins."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class Grafana(RecognisedStack):
    """What can be set is for WebSockets alone."""

    name: ClassVar[str] = "grafana"
    title: ClassVar[str] = "Grafana"
    kind: ClassVar[Kind] = Kind.SERVICE
    words: ClassVar[tuple[str, ...]] = ("grafana", "grafana api", "grafana.ini")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.WEBSOCKET_CHECK, Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#live",
    )
    advice: ClassVar[str] = (
        "Grafana's HTTP API sends no CORS headers and takes no setting for them: put a proxy with the"
        " policy before it (nginx, Caddy), or embed dashboards in frames (allow_embedding). For live "
        "connections alone there is allowed_origins in the section live of grafana.ini."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "api-from-a-page",
            "A page of another origin asks the HTTP API: there are no CORS headers, whatever is configured.",
            "Ask it from a server, or through a proxy that adds them.",
        ),
        Pitfall(
            "origin-not-allowed",
            "403 origin not allowed: behind a proxy the Host is another than the page's (a check "
            "against forgery), or a live connection comes from elsewhere.",
            "Let the proxy send Host on, or name the page in csrf_trusted_origins and in "
            "allowed_origins of the section live.",
        ),
        Pitfall(
            "login-redirect",
            "Without a session Grafana redirects to /login, which fetch follows to a page.",
            "Send a token in Authorization; look at cookie_samesite.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="set-cookie", holds="grafana_session"),
        Tell(0.9, bodies=("<title>Grafana</title>",)),
        Tell(0.85, bodies=("origin not allowed", '"message"')),
    )
