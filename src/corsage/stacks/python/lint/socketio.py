"""What goes wrong with python-socketio and Flask-SocketIO."""

from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.python.lint import mistakes
from corsage.stacks.python.lint.mistakes import Library
from corsage.stacks.python.lint.source import Options, Value, options_of, read

_SERVERS: Final = ("AsyncServer", "Server", "SocketIO", "SocketManager")
_OURS: Final = ("cors_allowed_origins", "cors_credentials")


def _options(text: str) -> list[Options]:
    """Find what servers are given, as far as it is about CORS."""
    found = options_of(text, _SERVERS, _OURS)
    return [
        {name: value for name, value in options.items() if name.startswith(("cors", "origin", "allow"))}
        for options in found
    ]


_LIBRARY: Final = Library(_options, ("cors_allowed_origins",), known=(*_OURS, "cors"))


def _allows_all(text: str) -> bool:
    return any("*" in options.get("cors_allowed_origins", Value()).texts for options in _options(text))


def _checks_nothing(text: str) -> bool:
    return any(options.get("cors_allowed_origins", Value()).is_empty for options in _options(text))


def _has_middleware_around_it(text: str) -> bool:
    """Tell whether it is mounted in an application that has such middleware. Around one it never meets it."""
    source = read(text)
    alone = [call for call in source.calls("ASGIApp") if len(call.args) + len(call.keywords) == 1]
    return bool(source.calls("CORSMiddleware")) and bool(alone) and bool(source.calls("mount", "Mount"))


PITFALLS: Final[tuple[Pitfall, ...]] = (
    Pitfall(
        "any-origin",
        "cors_allowed_origins='*' switches the check of WebSocket handshakes off, and writes every origin back with "
        "leave for cookies: every page may speak in the user's name.",
        'List the origins: cors_allowed_origins=["https://app.example.com"].',
        _allows_all,
    ),
    Pitfall(
        "empty-list",
        "An empty list does not mean nobody: it switches every check off, also for WebSockets.",
        "Leave cors_allowed_origins out for this host's own pages, or list the origins.",
        _checks_nothing,
    ),
    Pitfall(
        "headers-twice",
        "Engine.IO is mounted behind CORS middleware and sends the headers itself: where both do, browsers refuse two "
        "values.",
        "Put it around the application: socketio.ASGIApp(sio, application), and list its origins there.",
        _has_middleware_around_it,
    ),
    mistakes.slash(_LIBRARY),
    mistakes.no_scheme(_LIBRARY),
    mistakes.odd_origin(_LIBRARY),
    mistakes.several_in_a_text(_LIBRARY),
    mistakes.wildcard(
        _LIBRARY,
        "An origin with a star in it is compared as text, and equal to none.",
        "Give a function: cors_allowed_origins=is_allowed.",
    ),
    mistakes.unknown_option(
        _LIBRARY, "python-socketio does not know this option: its own origin alone is allowed."
    ),
    Pitfall(
        "old-client",
        "Clients of Socket.IO 2 (EIO=3) are refused by python-socketio 5 with 400, whatever their origin.",
        "Use a client of Socket.IO 3 or newer.",
    ),
)
