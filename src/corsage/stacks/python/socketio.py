"""python-socketio, which checks the origins of polling and of WebSockets by itself."""

from collections.abc import Iterator
from typing import ClassVar

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.origins import Origins, origins_of
from corsage.stacks.parts import is_any
from corsage.stacks.python.answers import body_has, says
from corsage.stacks.python.limits import Can, limits_of
from corsage.stacks.python.lint import socketio as lint
from corsage.stacks.python.literals import listed, raw

_ALL = (
    "cors_allowed_origins='*' switches the check of WebSocket handshakes off, for every page there is: it is not "
    "written. List the origins."
)
_ALWAYS = (
    "Request headers cannot be chosen: Engine.IO allows all that an allowed page asks for.",
    "It sends no Vary: leave its answers out of every cache. Access-Control-Allow-Credentials goes to strangers, too, "
    "whom it answers 400.",
)


class SocketIO(Stack):
    """python-socketio."""

    name: ClassVar[str] = "python-socketio"
    title: ClassVar[str] = "python-socketio"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = (
        "python-socketio",
        "python socketio",
        "flask-socketio",
        "flask_socketio",
        "fastapi-socketio",
        "python-engineio",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.WEBSOCKET_CHECK, Trait.REFUSES_STRANGERS, Trait.ANSWERS_PREFLIGHTS}
    )
    executed: ClassVar[str] = "python-socketio 5.18"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = lint.PITFALLS
    order: ClassVar[str] = (
        "It answers /socket.io/ itself: CORS middleware around it would send the headers twice."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://python-socketio.readthedocs.io/en/latest/api_server.html",
        "https://flask-socketio.readthedocs.io/en/latest/api.html",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """What Engine.IO answers to those that it refuses."""
        if body_has(answer, " is not an accepted origin."):
            yield says(0.95, "a body that says: not an accepted origin")
        if body_has(answer, "unsupported version of the socket.io or engine.io protocols"):
            yield says(0.95, "a body that names Engine.IO's protocol")
        if answer.body.startswith('0{"sid":') and '"pingInterval"' in answer.body:
            yield says(0.4, "a handshake of Engine.IO")

    def render(self, policy: Policy) -> Rendered:
        """Write the arguments of the server."""
        origins = origins_of(policy)
        if origins.everyone:
            return Rendered(self.name, (), (), (_ALL,), self.executed)
        text = [
            *(["import re", ""] if origins.expressions else []),
            "import socketio",
            "",
            *_callable(origins),
            "sio = socketio.AsyncServer(",
            '    async_mode="asgi",',
            *_arguments(policy, origins),
            ")",
            "app = socketio.ASGIApp(sio)  # or around your application: socketio.ASGIApp(sio, application)",
        ]
        return Rendered(
            self.name,
            (File("server.py", "python", "\n".join(text) + "\n"),),
            tuple(_steps(origins)),
            tuple(_limits(policy, origins)),
            self.executed,
        )


def _steps(origins: Origins) -> Iterator[str]:
    yield "socketio.Server and flask_socketio.SocketIO take the same two arguments."
    if origins.exact or origins.expressions:
        yield "Where pages of this host connect, too, add its own origin: the list takes the place of the default."
    yield "Do not put CORS middleware around it: the headers would come twice."


def _limits(policy: Policy, origins: Origins) -> Iterator[str]:
    yield from limits_of(policy, origins, Can.GUARD | Can.ANY_METHOD)
    if policy.methods:
        yield "Engine.IO uses GET and POST, and allows no other methods."
    if policy.exposed_headers and not is_any(policy.exposed_headers):
        yield "It exposes no headers."
    if policy.max_age is not None:
        yield "It sends no Access-Control-Max-Age: browsers ask again after 5 seconds."
    yield from _ALWAYS


def _callable(origins: Origins) -> list[str]:
    if not origins.expressions:
        return []
    exact = listed("ORIGINS = ", origins.exact, brackets="{}") if origins.exact else ["ORIGINS = set()"]
    patterns = listed("PATTERNS = ", origins.expressions, quote=lambda each: f"re.compile({raw(each)})")
    return [
        *exact,
        *patterns,
        "",
        "",
        "def is_allowed(origin):",
        "    if origin is None:",
        "        return False",
        "    return origin in ORIGINS or any(pattern.fullmatch(origin) for pattern in PATTERNS)",
        "",
        "",
    ]


def _arguments(policy: Policy, origins: Origins) -> list[str]:
    if origins.expressions:
        lines = ["    cors_allowed_origins=is_allowed,"]
    elif origins.exact:
        lines = listed("    cors_allowed_origins=", origins.exact, ",")
    else:
        lines = [
            "    cors_allowed_origins=None,  # this host's pages; an empty list would switch the check off"
        ]
    return [*lines, f"    cors_credentials={policy.credentials},"]
