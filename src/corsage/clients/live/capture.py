"""Collects one exchange from libcurl's callbacks."""

from typing import Final

import pycurl

from corsage.clients.live.header_reader import HeaderReader
from corsage.clients.live.options import LiveOptions
from corsage.clients.live.sent_headers import SentHeaders
from corsage.grammar import Failure, parse_mime_type
from corsage.model import HeaderList

# A callback that reports fewer bytes than it got ends the transfer (CURLE_WRITE_ERROR).
_STOP: Final = -1
_OK: Final = 200


class Capture:
    """One request head, one response head and a bounded part of the body.

    An exception in a callback would be printed by pycurl: nothing in here raises.

    Attributes:
        head: the response head.
        sent: the request head.
        stopped: whether we ended the transfer ourselves, with the head complete.
    """

    __slots__ = ("_body", "_head_only", "_room", "head", "sent", "stopped")

    def __init__(self, options: LiveOptions, *, head_only: bool) -> None:
        self.head = HeaderReader(options.max_header_bytes)
        self.sent = SentHeaders()
        self.stopped = False
        self._body = bytearray()
        self._room = options.max_body_bytes
        self._head_only = head_only

    @property
    def body(self) -> bytes:
        """The kept part of the decoded body."""
        return bytes(self._body)

    def on_debug(self, kind: int, data: bytes) -> None:
        """Watch what is sent (https://curl.se/libcurl/c/CURLOPT_DEBUGFUNCTION.html)."""
        if kind == pycurl.INFOTYPE_HEADER_OUT and self.sent.feed(data):
            self.head.restart(of_proxy=self.sent.is_connect)

    def on_header(self, line: bytes) -> int | None:
        """Take in a header line (https://curl.se/libcurl/c/CURLOPT_HEADERFUNCTION.html)."""
        was_complete = self.head.complete
        if not self.head.feed(line):
            return _STOP
        if self.head.complete and not was_complete and (self._head_only or self._is_endless()):
            self.stopped = True
            return _STOP
        return None

    def on_body(self, data: bytes) -> int | None:
        """Take in a piece of the body (https://curl.se/libcurl/c/CURLOPT_WRITEFUNCTION.html)."""
        kept = data[: self._room]
        self._body += kept
        self._room -= len(kept)
        if len(kept) < len(data):
            self.stopped = True
            return _STOP
        return None

    def _is_endless(self) -> bool:
        """Tell whether this is an event stream: its body ends when the timeout does."""
        if self.head.status != _OK:
            return False
        content_type = HeaderList(self.head.pairs).get("content-type")
        mime_type = None if content_type is None else parse_mime_type(content_type)
        if mime_type is None or isinstance(mime_type, Failure):
            return False
        return mime_type.essence == "text/event-stream"
