"""Exceptions of WSGI applications, answered so that the page can read them.

The server would answer, too, but without CORS headers: the page could not tell the failure from a refusal.
"""

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from types import MethodType
from typing import Any, Final

from corsage.middleware.wsgi_start import Held, State, begun, hold, relay

_WAITING: Final = 2
_FAILED: Final = b"Internal Server Error"
# Werkzeug's debugger stands outside and shows the traceback in the page: exceptions are for it.
_DEBUGGER: Final = "werkzeug.debug.preserve_context"


def guarded(app: Callable[..., Iterable[bytes]], environ: dict[str, Any], state: State) -> Iterable[bytes]:
    """Run *app* until there is something to send; where it raises before, answer 500 with the policy's headers."""
    held: Held = []
    try:
        body = app(environ, MethodType(hold, (held, state)))
        if type(body) is not list and not _is_file(body, environ):
            body = _Begun(body, held)
    except Exception:
        if begun(held) or _DEBUGGER in environ:
            raise
        return _answer_failure(environ, state)
    if len(held) == _WAITING:
        relay(state, held[0], held[1])
    return body


class _Begun:
    """A body whose first piece is there already: many applications work only when it is taken."""

    def __init__(self, body: Iterable[bytes], held: Held) -> None:
        self._close = getattr(body, "close", None)
        try:
            pieces = iter(body)
            first: list[bytes] = []
            for piece in pieces:
                first.append(piece)
                if piece or held:
                    break
        except BaseException:
            self.close()
            raise
        self._pieces = chain(first, pieces)

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        """Let the application clean up: servers call it."""
        if self._close is not None:
            self._close()


def _is_file(body: Iterable[bytes], environ: dict[str, Any]) -> bool:
    """Tell whether the server will send *body* by itself, as it does with its own wrapper of files."""
    wrapper = environ.get("wsgi.file_wrapper")
    return isinstance(wrapper, type) and isinstance(body, wrapper)


def _answer_failure(environ: dict[str, Any], state: State) -> Iterable[bytes]:
    """Answer 500. Who answers cannot raise as well, so the traceback goes where WSGI applications put it."""
    errors = environ.get("wsgi.errors")
    if errors is not None:
        traceback.print_exc(file=errors)
    start_response, extra, _ = state
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(_FAILED))), *extra]
    start_response("500 Internal Server Error", headers, sys.exc_info())
    return [] if environ.get("REQUEST_METHOD") == "HEAD" else [_FAILED]
