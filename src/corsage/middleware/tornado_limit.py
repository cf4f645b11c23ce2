"""The answer to bodies that are larger than Tornado's server takes, ``max_body_size``.

The server itself answers 400 without any header, below the application, before the body is read: no page could read it.
Here an application with a policy answers 413 just before, if the length is announced, as browsers do.
"""

from contextlib import suppress
from typing import Any, Final

from tornado.httputil import (
    HTTPHeaders,
    HTTPMessageDelegate,
    HTTPServerRequest,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.iostream import StreamClosedError
from tornado.web import Application, ErrorHandler, stream_request_body

_TOO_LARGE: Final = 413
_MOST_DIGITS: Final = 20


def within_limit(
    application: Application, request: HTTPServerRequest, delegate: HTTPMessageDelegate
) -> HTTPMessageDelegate:
    """Return what handles *request*: *delegate*, or what refuses a body that *delegate* would not be given."""
    # Handlers that read the body themselves may change the limit first.
    if getattr(delegate, "stream_request_body", True) or not _is_too_large(request):
        return delegate
    return _Refusal(
        request, application.get_handler_delegate(request, _TooLarge, {"status_code": _TOO_LARGE})
    )


def _is_too_large(request: HTTPServerRequest) -> bool:
    limit = getattr(request.connection, "_max_body_size", None)  # there is no public way to ask
    length = request.headers.get("Content-Length", "")
    # What is not a number, or no reasonable one, is left to the server.
    return (
        limit is not None and length.isdecimal() and len(length) <= _MOST_DIGITS and int(length) > int(limit)
    )


@stream_request_body
class _TooLarge(ErrorHandler):
    """Answers as other errors are answered, `write_error` and log included, without waiting for the body."""

    def set_default_headers(self) -> None:
        self.set_header("Connection", "close")


class _Refusal(HTTPMessageDelegate):
    """Has the answer written, and ends the connection in the place of reading the body."""

    def __init__(self, request: HTTPServerRequest, delegate: HTTPMessageDelegate) -> None:
        self._connection: Any = request.connection
        self._delegate = delegate

    async def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> None:
        answered = self._delegate.headers_received(start_line, headers)
        if answered is not None:
            await answered
        if self._connection.stream is None or self._connection.stream.closed():
            return
        stream = self._connection.detach()  # or the server would write its own answer behind this one
        with suppress(StreamClosedError):
            await stream.write(b"")  # when all before it is written
        stream.close()

    def finish(self) -> None:
        """Do nothing: it is only called when a body was read."""

    def on_connection_close(self) -> None:
        self._delegate.on_connection_close()


__all__ = ["within_limit"]
