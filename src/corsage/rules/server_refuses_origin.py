"""CORS211: The server itself refuses the origin, with 403 or 400, before any header is a question."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import is_app_scheme
from corsage.rules.report import report

_FORBIDDEN: Final = 403
_ERRORS: Final = 400
_REFUSALS: Final = frozenset({400, 401, 403})

_SAID: Final = (
    ("origin", "does not match"),
    "cors-reject",
    ("origin", "rejected"),
    ("origin", "refused"),
    ("origin", "403"),
    ("403", "extension"),
    ("403", "browser"),
    ("403", "only in the browser"),
    ("403 forbidden", "origin"),
    "forbidden origin",
    "disallowed origin",
    "origin is not",
    "origin check",
    "checks the origin",
    ("curl works", "403"),
    ("postman works", "403"),
    ("postman", "403"),
    ("curl", "403"),
    ("not allowed", "origin"),
    ("origins", "env"),
    "http.cors.allow-origin",
    "allowed_hosts",
    "trusted_origins",
    "csrf_trusted_origins",
    ("allow_origin", "jupyter"),
    "cors.allow_origins",
    "ollama",
    ("without origin", "works"),
    ("with origin", "403"),
    ("origin header", "403"),
    ("origin header", "removed"),
    ("403", "origin"),
    "invalid cors request",
    "origin not allowed",
    "ollama_origins",
    ("forbidden", "origin"),
    "invalid origin",
    "untrusted origin",
)


class ServerRefusesOrigin(DiagnosisRule):
    """Server refuses origin."""

    code = "CORS211"
    name = "server-refuses-origin"
    root_cause = RootCause.SERVER_ORIGIN_ALLOWLIST_403
    layer = "app"
    what = "The server itself refuses the origin, with 403 or 400, before any header is a question."
    why = (
        "Ollama, Elasticsearch, Tomcat, Spring, gin and others hold a list of origins and refuse requests"
        " of any other. The browser sees an answer without headers and calls it CORS; without Origin, in "
        "curl, the same request works."
    )
    fix = (
        "Add the page's origin to the program's own list (Ollama: OLLAMA_ORIGINS; Elasticsearch: "
        "http.cors.allow-origin; Spring: allowedOrigins; gin: AllowOrigins), and restart it."
    )
    verify = "Ask with the page's Origin header: the status is what it is without one."
    question = "Is the status 403 with the Origin header, and 200 without it?"
    hides = frozenset({RootCause.ERROR_RESPONSE_NO_CORS})
    snippet = True
    bad = report(
        method="POST",
        headers={"Content-Type": "application/json"},
        origin="app://obsidian.md",
        url="http://127.0.0.1:11434/api/chat",
        preflight=(403, {}),
        notes="curl without Origin works",
        stack=["ollama"],
    )
    good = report(
        method="POST",
        origin="https://app.example.com",
        url="https://api.example.com/",
        preflight=(401, {}),
        stack=["express"],
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        without = case.probed("without-origin").status
        status = case.status if case.status is not None else case.preflight_status
        if without is not None and status in _REFUSALS and without < _ERRORS:
            yield Weight(0.8, f"without Origin the answer is {without}, with it {status}")
        refused = _FORBIDDEN in (case.preflight_status, case.status)
        strict = "refuses-strangers" in case.traits
        if refused and strict:
            yield Weight(0.75, "the status is 403, and this server refuses origins that it does not know")
        elif refused and is_app_scheme(case.origin):
            yield Weight(0.6, "the status is 403, and the origin is an app's or an extension's")
        elif refused:
            yield Weight(0.15, "the status is 403")
        if strict and is_app_scheme(case.origin):
            yield Weight(
                0.8, f"this server has a list of origins of its own, and {case.origin} is rarely on it"
            )
        elif strict and case.says:
            yield Weight(0.3, "this server has a list of origins of its own")
        if case.message(Symptom.SERVER_REFUSED_ORIGIN):
            yield Weight(0.8, "the server says that it refuses the origin")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.6, f"the notes say: {said}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.noted("set but", "not applied", "systemctl", "no effect", "container shows", "still"):
            yield Weight(-0.35, "the list was extended already")
        if case.said("changeorigin", "dev proxy", "vite proxy", "vite dev proxy", "http-proxy-middleware"):
            yield Weight(-0.45, "a development proxy stands between")
        if case.headers.get("authorization") and case.on_preflight and not case.noted("origin"):
            yield Weight(-0.35, "the request carries a token, and its preflight is refused")
        if case.mode == "websocket" or case.uses("websocket", "socket.io", "signalr"):
            yield Weight(-0.6, "it is a WebSocket")

    def layer_of(self, case: Case) -> str:
        """Return who refuses."""
        if case.said("reverse proxy", "through apache", "through nginx", "apache proxy"):
            return "proxy"
        return "app"
