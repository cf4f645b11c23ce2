"""Reads the response head from the lines that libcurl hands over.

libcurl passes on every head of a transfer: interim responses, a proxy's answer to ``CONNECT``, even the
trailer fields after a chunked body (https://curl.se/libcurl/c/CURLOPT_HEADERFUNCTION.html).
"""

import re
from typing import Final

_STATUS_LINE: Final = re.compile(rb"(HTTP/[0-9.]+)[ \t]+([0-9]{3})(?:[ \t]+(.*))?")
_OWS: Final = " \t"
_INTERIM: Final = range(100, 200)
_SWITCHING_PROTOCOLS: Final = 101


class HeaderReader:
    """The response head, line by line.

    Attributes:
        version: as on the status line; empty until there is one.
        status: ``None`` until there is one.
        reason: may be empty.
        pairs: header lines in order; names without the whitespace that some servers put before the
            colon, values without outer whitespace.
        complete: whether the whole head of a final response has been read.
        too_large: whether more bytes came than allowed.
    """

    __slots__ = (
        "_budget",
        "_limit",
        "_of_proxy",
        "complete",
        "pairs",
        "reason",
        "status",
        "too_large",
        "version",
    )

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.restart()

    def restart(self, *, of_proxy: bool = False) -> None:
        """Expect the response to a request that just went out; *of_proxy* ones are read over."""
        self._of_proxy = of_proxy
        self._budget = self._limit
        self.complete = False
        self.too_large = False
        self._clear()

    def feed(self, line: bytes) -> bool:
        """Take in one line; tell whether reading may go on."""
        if self.complete:
            return True  # a trailer field
        self._budget -= len(line)
        if self._budget < 0:
            self.too_large = True
            return False
        line = line.rstrip(b"\r\n")
        if not line:
            self._end_of_head()
        elif self.status is None:
            self._status_line(line)
        else:
            self._header_line(line.decode("latin-1"))
        return True

    def _clear(self) -> None:
        self.version = ""
        self.status: int | None = None
        self.reason = ""
        self.pairs: list[tuple[str, str]] = []

    def _end_of_head(self) -> None:
        # 101 is interim in name only: no other response follows it.
        interim = self.status in _INTERIM and self.status != _SWITCHING_PROTOCOLS
        if self._of_proxy or interim:
            self._clear()
        else:
            self.complete = self.status is not None

    def _status_line(self, line: bytes) -> None:
        match = _STATUS_LINE.fullmatch(line)
        if match is not None:
            self.version = match[1].decode("latin-1")
            self.status = int(match[2])
            self.reason = (match[3] or b"").decode("latin-1").strip(_OWS)

    def _header_line(self, line: str) -> None:
        # https://www.rfc-editor.org/rfc/rfc9112#section-5.2: a folded line continues the one before it.
        if line[0] in _OWS:
            if self.pairs:
                name, value = self.pairs[-1]
                self.pairs[-1] = (name, f"{value} {line.strip(_OWS)}".strip(_OWS))
            return
        name, colon, value = line.partition(":")
        if colon:
            self.pairs.append((name.rstrip(_OWS), value.strip(_OWS)))
