"""Socket.IO 3 and 4: ``cors`` for its polling over HTTP, ``allowRequest`` for its WebSockets.

Facts of socket.io 4.8: read in its source and seen by running it.
"""

from collections.abc import Iterator
from typing import ClassVar

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.node.allowed import allowed_by, is_allowed_function
from corsage.stacks.node.cors_options import cors_options
from corsage.stacks.node.javascript import block
from corsage.stacks.node.limits import limits_of
from corsage.stacks.node.pages import socketio_signs
from corsage.stacks.node.socketio_pitfalls import SOCKETIO_PITFALLS

_CAN = ("preflight_status", "preflight_continue", "guard_websockets")
_NO_RESOURCE_POLICY = "Socket.IO does not send Cross-Origin-Resource-Policy."


class SocketIo(Stack):
    """Socket.IO."""

    name: ClassVar[str] = "socket.io"
    title: ClassVar[str] = "Socket.IO"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = ("socketio", "socket-io", "socket io", "socket.io-client", "engine.io")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.WEBSOCKET_CHECK})
    executed: ClassVar[str] = "Socket.IO 4.8"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = SOCKETIO_PITFALLS
    order: ClassVar[str] = (
        "It answers its own path before the application does: app.use(cors()) of Express does not reach it."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://socket.io/docs/v4/handling-cors/",
        "https://socket.io/docs/v4/server-options/#allowrequest",
        "https://socket.io/docs/v4/migrating-from-2-x-to-3-0/#cors-handling",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Find what in *answer* points to Socket.IO."""
        yield from socketio_signs(answer)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as the options of ``new Server``."""
        allowed = allowed_by(policy)
        guarded = policy.guard_websockets and not allowed.everyone
        cors = f"cors: {block(cors_options(policy, allowed), '  ')},\n"
        options = f"const io = new Server(httpServer, {{\n  {cors}{_ALLOW_REQUEST if guarded else ''}}});\n"
        checks = f"{is_allowed_function(allowed)}{_MAY_CONNECT}\n" if guarded else ""
        limits = (*allowed.limits, *limits_of(policy, "Socket.IO", _CAN))
        return Rendered(
            stack=self.name,
            files=(File("server.js", "javascript", f"{_HEAD}{checks}{options}{_TAIL}"),),
            steps=_STEPS,
            limits=limits if policy.resource_policy is None else (*limits, _NO_RESOURCE_POLICY),
            executed=self.executed,
        )


_HEAD = """\
const { createServer } = require('node:http');
const { Server } = require('socket.io');

// Or createServer(app), where Express answers the rest: it needs CORS of its own.
const httpServer = createServer();

"""
_MAY_CONNECT = """\
// Programs send no Origin; pages of this very host may always.
const mayConnect = ({ origin, host }) =>
  origin === undefined || isAllowed(origin) || origin.replace(/^https?:\\/\\//, '') === host;
"""
_ALLOW_REQUEST = """\
  // Browsers ask nobody before they open a WebSocket: pages of strangers are refused here.
  allowRequest: (request, callback) => callback(null, mayConnect(request.headers)),
"""
_TAIL = """
// Login, body parsers and routes follow here.

httpServer.listen(process.env.PORT ?? 3000);
"""
_STEPS = (
    "Put cors among the options of new Server(...): version 2 had origins there, which versions 3 and 4 do not read.",
    "Version 2 itself cannot be made strict: it always allows credentials, and takes null for no origin. Upgrade.",
    "For cookies set withCredentials: true in the client as well.",
    "Remove Access-Control-* headers for /socket.io/ from the proxy in front.",
    "Restart Node.js: a running process keeps the old options.",
)
