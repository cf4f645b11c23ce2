"""CORS265: The WebSocket server checks the Origin of the handshake itself, and refuses it."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_REFUSED: Final = frozenset({400, 403})

_SAID: Final = (
    "checkorigin",
    "check_origin",
    "accepted origin",
    "origin not allowed",
    "handshake",
    "bad origin",
    "allowedhosts",
    "originvalidator",
    "request origin",
    "websocket 403",
    "blocking cross origin",
)
_SOCKET: Final = (
    "websocket",
    "web socket",
    "socket.io",
    "ws://",
    "wss://",
    "signalr",
    "gorilla",
    "actioncable",
    "action cable",
    "channels",
    "stomp",
    "sockjs",
    "socketio",
    "engine.io",
)


class WebsocketOrigin(DiagnosisRule):
    """Websocket origin."""

    code = "CORS265"
    name = "websocket-origin"
    root_cause = RootCause.WEBSOCKET_ORIGIN_CHECK
    layer = "app"
    what = "The WebSocket server checks the Origin of the handshake itself, and refuses it."
    why = (
        "CORS does not apply to WebSockets: browsers send Origin, and it is for the server to check. Many"
        " do, against a list or the Host header, which a proxy may have changed."
    )
    fix = (
        "Add the page's exact origin to the WebSocket server's own list (gorilla CheckOrigin, Socket.IO "
        "cors.origin, Django channels AllowedHostsOriginValidator, Jupyter allow_origin), and let proxies"
        " pass Host and Origin on. Keep the check: without it any site can use the visitor's session."
    )
    verify = "The handshake with the page's Origin is answered 101; with a stranger's 403."
    question = (
        "What does the server's log say at the handshake: is it the origin or the host that it refuses?"
    )
    snippet = True
    sources = ("https://www.rfc-editor.org/rfc/rfc6455#section-10.2",)
    bad = report(
        method="GET",
        mode="websocket",
        url="wss://api.example.com/socket",
        actual=(403, {}),
        notes="server log: request origin not allowed by Upgrader.CheckOrigin",
        stack=["gorilla websocket"],
    )
    good = report(method="GET", mode="cors", url="https://api.example.com/items", actual=(403, {}))

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        socket = case.mode == "websocket" or case.url.startswith(("ws:", "wss:")) or case.said(*_SOCKET)
        if case.message(Symptom.SERVER_WEBSOCKET_ORIGIN):
            yield Weight(0.93, "the server says that it refuses the origin of the WebSocket")
        if case.message(Symptom.WEBSOCKET_FAILED):
            yield Weight(0.5, "a WebSocket's handshake failed")
        if case.mode == "websocket" and (case.status in _REFUSED or case.status is None):
            yield Weight(0.75, "the handshake of a WebSocket is refused")
        elif socket and case.status in _REFUSED:
            yield Weight(0.5, f"a WebSocket takes part, and the status is {case.status}")
        said = case.noted(*_SAID)
        if said and socket:
            yield Weight(0.7, f"the notes say: {said}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.said("changeorigin", "dev proxy", "vite proxy", "dev-server proxy"):
            yield Weight(-0.45, "a development proxy stands between")
        if case.message(Cause.WILDCARD_WITH_CREDENTIALS, Cause.MISSING_ALLOW_ORIGIN, Cause.HEADER_DISALLOWED):
            yield Weight(-0.7, "it is a request with CORS: the polling before the WebSocket")

    def layer_of(self, case: Case) -> str:
        """Return who changed what is checked."""
        behind = case.noted(
            "proxy drops host",
            "host header",
            "host:",
            "proxy_pass",
            "proxy rewrites",
            "rewrites host",
            "direct access works",
            "behind",
            "through nginx",
            "through the proxy",
            "without the proxy",
        )
        return "proxy" if behind and ("proxy" in case.kinds or case.said("proxy")) else "app"
