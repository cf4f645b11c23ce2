"""CORS465: A tunnel or port forwarder answers with its own warning or login page."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_SENT_AWAY: Final = frozenset({301, 302, 303, 307, 401, 403})
_TUNNELS: Final = (
    "ngrok",
    "loca.lt",
    "github.dev",
    "gitpod.io",
    "devtunnels.ms",
    "trycloudflare.com",
    "preview.app.github.dev",
    "tunnel",
    "serveo.net",
    "csb.app",
    "cloudworkstations",
    "webcontainer.io",
)

_TUNNEL: Final = (
    "ngrok",
    "codespace",
    "localtunnel",
    "dev tunnel",
    "devtunnel",
    "gitpod",
    "port forward",
    "loca.lt",
    "cloudflared",
    "tunnel",
    "stackblitz",
    "webcontainer",
    "idx",
    "cloud9",
    "cloud shell",
    "replit",
)
_HINTS: Final = (
    "never does",
    "never reaches",
    "never loads",
    "login page",
    "private port",
    "visit site",
    "warning page",
    "html",
)


class TunnelPage(DiagnosisRule):
    """Tunnel page."""

    code = "CORS465"
    name = "tunnel-page"
    root_cause = RootCause.TUNNEL_INTERSTITIAL
    layer = "platform"
    what = "A tunnel or port forwarder answers with its own warning or login page."
    why = (
        "ngrok's free plan shows browsers a page before it passes anything on; Codespaces, Gitpod and dev"
        " tunnels want a login for private ports. Neither has CORS headers."
    )
    fix = (
        "ngrok: send the header ngrok-skip-browser-warning with any value (and allow it in the CORS "
        "policy), or use a plan without the page. Codespaces and dev tunnels: make the port public, or "
        "serve page and API through one port."
    )
    verify = "curl -si -H 'User-Agent: Mozilla/5.0' URL shows the API's answer, not a page of HTML."
    question = "What does the response's body say: is it the API's answer, or a page of the tunnel?"
    hides = frozenset({RootCause.ACAO_MISSING, RootCause.ACAO_ONLY_ON_PREFLIGHT, RootCause.REDIRECT_TO_LOGIN})
    sources = (
        "https://ngrok.com/docs/pricing-limits/free-plan-limits",
        "https://docs.github.com/codespaces/developing-in-a-codespace/forwarding-ports-in-your-codespace",
    )
    bad = report(
        "Access to fetch at 'https://x.ngrok-free.app/surveys' from origin 'http://localhost:3000' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        method="GET",
        url="https://x.ngrok-free.app/surveys",
        preflight=(200, {"Access-Control-Allow-Origin": "http://localhost:3000"}),
        stack=["fastapi", "ngrok"],
    )
    good = report(method="GET", url="https://api.example.com/surveys", actual=(502, {}))

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if "interstitial" in case.traits and (
            case.status in _SENT_AWAY or case.preflight_status in _SENT_AWAY
        ):
            yield Weight(0.5, "the tunnel sends whoever is not logged in away")
        host = case.target.host if case.target is not None else case.url.lower()
        tunnel = next((each for each in _TUNNELS if each in host), None) or case.said(*_TUNNEL)
        if tunnel or "interstitial" in case.traits:
            yield Weight(0.6, f"a tunnel stands in front: {tunnel or 'by its signs'}")
            if "html" in (case.actual.headers.get("content-type") or "") or case.noted(*_HINTS):
                yield Weight(0.5, "something else than the API answers")
        if case.header("ngrok-error-code") or "err_ngrok" in case.body:
            yield Weight(0.85, "ngrok says so")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.preflight_status in (401, 403) and not case.noted("html", "page"):
            yield Weight(-0.3, "the preflight is refused")

    def layer_of(self, case: Case) -> str:
        """Return where the page is avoided: ngrok takes a header of the client's, a private port is made public."""
        return "client" if "ngrok" in case.url or case.said("ngrok", "localtunnel") else self.layer
