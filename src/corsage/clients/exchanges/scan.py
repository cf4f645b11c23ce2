"""Find the requests and responses in a text: raw HTTP, curl's, wget's and HTTPie's output, bare headers."""

import re
from dataclasses import dataclass, field
from typing import Final

from corsage.clients.exchanges.bodies import read_body
from corsage.clients.exchanges.failures import failure_in, in_words
from corsage.clients.exchanges.heads import Head, Request, Response
from corsage.clients.exchanges.lines import Kind, Line, read_line
from corsage.clients.exchanges.panels import Panel
from corsage.clients.written import MOST_HEADERS

MOST_LINES: Final = 50_000
MOST_HEADS: Final = 200

_INTERIM: Final = range(100, 200)
_SWITCHING: Final = 101
_OF_CURL: Final = re.compile(
    r"Trying |Connected to|Connection |connect to |Closing |TLS|SSL|ALPN|Server certificate|subject|issuer|start date"
    r"|expire date|CAfile|CApath|using HTTP|Using HTTP|Using Stream|\[HTTP|Host .* was resolved|IPv[46]:|old SSL"
    r"|Mark bundle|HTTP 1\.0|Issue another|Switch|Found bundle|Re-using|Can not multiplex|Please rewind|Could not"
    r"|Failed |Recv |Request completely|We are completely|upload completely|schannel|Added |Hostname |h2h3|Operation "
    r"|common name|Excess|Ignoring|no chunk|transfer closed|Empty reply|OpenSSL|LibreSSL|Clear auth|Maximum|start time"
)
_FAILS: Final = (
    "Failed to connect",
    "connect to",
    "SSL certificate problem",
    "Could not resolve",
    "Recv failure",
    "Empty reply",
    "OpenSSL",
    "LibreSSL",
    "Connection timed out",
    "Operation timed out",
    "SSL:",
    "schannel:",
)
_TLS: Final = ("SSL connection using", "TLS handshake", "TLSv1", "ALPN", "[HTTP/2]")
# With these a response's headers may begin where no status line was copied.
_BEGIN_RESPONSE: Final = frozenset(
    """cache-control cf-ray content-length content-type date etag location server set-cookie vary via www-authenticate
    x-amz-request-id x-cache x-powered-by""".split()  # noqa: SIM905 - a list of names
)
# Files in which hosts are told what headers to send look like headers, too.
_CONFIGURATION: Final = re.compile(r"/\S*\s*$|\s*headers:\s*$|\s*for\s*=|\s*\[\[headers")
_BEGIN_REQUEST: Final = ("origin", "access-control-request-method", "access-control-request-headers")


@dataclass(slots=True)
class Scan:
    """What was found.

    Attributes:
        heads: requests and responses, in order.
        starts: the number of the line where each of them begins.
        used: the numbers of the lines that are part of any.
    """

    heads: list[Head] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def scan(texts: list[str]) -> Scan:
    """Find the heads in the lines *texts*."""
    scanner = _Scanner(texts[:MOST_LINES])
    scanner.run()
    return scanner.found


class _Scanner:
    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.lines = [read_line(text) for text in texts]
        self.found = Scan()
        self.head: Head | None = None
        self.mark = ""
        self.secure: bool | None = None
        self.failing: Response | None = None
        self.at = 0

    def run(self) -> None:
        while self.at < len(self.lines) and len(self.found.heads) < MOST_HEADS:
            panel = Panel.at(self.lines, self.at)
            if panel is not None:
                self._close()
                self.at = panel.read(self.texts, self.lines, self.at, self.found.used)
                self.found.heads += panel.heads()
                self._number(self.at)
                continue
            taken = self._line(self.lines[self.at])
            if taken:
                self.found.used.add(self.at)
            self._number(self.at)
            self.at += 1
        self._settle()
        self._number(self.at)

    def _number(self, line: int) -> None:
        """Note that the heads since the last time began at *line*."""
        starts = self.found.starts
        del starts[len(self.found.heads) :]
        starts += [line] * (len(self.found.heads) - len(starts))

    def _line(self, line: Line) -> bool:
        """Read the line at hand; tells whether it is part of an exchange."""
        kind = line.kind
        if kind is Kind.STATUS:
            self._settle(came=True)
            self._open(Response(status=int(line.value), headed=True), line)
            return True
        if kind in (Kind.REQUEST, Kind.URL):
            return self._request(line)
        if kind in (Kind.HEADER, Kind.LABEL):
            return self._header(line)
        if kind is Kind.INFO:
            return self._info(line.value)
        if kind is Kind.CUT and isinstance(self.head, Response):
            self.head.cut = True
            return True
        if kind is Kind.NOISE:
            return self.head is not None or bool(self.found.heads) or _is_between(self.lines, self.at)
        if kind is Kind.BLANK:
            return self._blank(line)
        return self._other(line)

    def _open(self, head: Head, line: Line) -> None:
        self.head, self.mark = head, line.mark
        self.found.heads.append(head)

    def _close(self) -> None:
        self.head = None

    def _request(self, line: Line) -> bool:
        versioned = "HTTP/" in self.texts[self.at][-12:] or line.kind is Kind.URL
        if not versioned and self._next().kind is not Kind.HEADER:
            return self._other(line)
        self._settle()
        request = Request(
            method=line.name, target=line.value, shown=line.kind is Kind.REQUEST, secure=self.secure
        )
        self._open(request, line)
        if line.kind is Kind.URL:
            self._close()
        return True

    def _header(self, line: Line) -> bool:
        if self.head is not None and self.mark == " " and line.mark == "":
            self._close()  # wget's own words, after headers that it indents
        if self.head is None:
            head = self._begins(line)
            if head is None:
                return self._other(line) and False
            self._settle(came=isinstance(head, Response))
            self._open(head, line)
        assert self.head is not None  # noqa: S101 - opened above
        if len(self.head.headers) < MOST_HEADERS:
            self.head.headers.append((line.name, line.value))
        return True

    def _begins(self, line: Line) -> Head | None:
        name = line.name.lower()
        if self.at and _CONFIGURATION.match(self.texts[self.at - 1]):
            return None
        if name.startswith("access-control-") and name not in _BEGIN_REQUEST:
            return Response()
        near = self._next().kind is Kind.HEADER
        if name in _BEGIN_REQUEST and (near or name != "origin"):
            return Request(shown=False)
        if name in _BEGIN_RESPONSE and near and self._leads_to_cors():
            return Response()
        return None

    def _leads_to_cors(self) -> bool:
        """Whether the headers that begin here have one about CORS among them."""
        for line in self.lines[self.at : self.at + 60]:
            if line.kind is not Kind.HEADER:
                return False
            if line.name.lower().startswith("access-control-"):
                return True
        return False

    def _info(self, words: str) -> bool:
        if words.startswith("Trying "):
            self.secure = None
        elif any(sign in words for sign in _TLS) or "port 443" in words:
            self.secure = True
        elif words.startswith("Connected to") and self.secure is None:
            self.secure, self.failing = False, None
        kind = in_words(words) if words.startswith(_FAILS) else None
        if kind is not None:
            self.failing = self.failing or Response(failure=kind, words=words)
        return _OF_CURL.match(words) is not None

    def _blank(self, line: Line) -> bool:
        head, self.head = self.head, None
        if head is None or line.mark in (">", "*"):
            return head is not None
        body, lines = read_body(self.texts, self.lines, self.at + 1, head.header("content-length"))
        if isinstance(head, Response):
            head.body = body
        else:
            head.body = body or None
        self.found.used.update(lines)
        self.at = max([self.at, *lines])
        return True

    def _other(self, line: Line) -> bool:
        self._close()
        kind = failure_in(line.value) if line.kind is Kind.OTHER else None
        if kind is None:
            return False
        self.failing = Response(failure=kind, words=line.value)
        self._settle()
        return True

    def _settle(self, *, came: bool = False) -> None:
        """Keep a failure that was remarked, unless a response *came* after all."""
        self._close()
        if self.failing is not None and not came:
            self.found.heads.append(self.failing)
        self.failing = None
        last = self.found.heads[-1] if self.found.heads else None
        interim = isinstance(last, Response) and last.status in _INTERIM and last.status != _SWITCHING
        if interim:
            self.found.heads.pop()

    def _next(self) -> Line:
        following = self.at + 1
        return self.lines[following] if following < len(self.lines) else read_line("")


def _is_between(lines: list[Line], at: int) -> bool:
    """Whether curl's progress before its first remark."""
    return any(line.kind in (Kind.INFO, Kind.REQUEST, Kind.STATUS) for line in lines[at : at + 4])
