"""What one line of an exchange is: a status line, a request line, a header, a section's title, or none of these."""

import re
from enum import Enum
from typing import Final, NamedTuple

from corsage.clients.written import LONGEST_VALUE

_METHODS: Final = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE|QUERY|PROPFIND|REPORT|MKCOL"


class Kind(Enum):
    """What a line is."""

    STATUS = "status"
    REQUEST = "request"
    HEADER = "header"
    LABEL = "label"  # of the developer tools: Request URL, Status Code
    SECTION = "section"  # likewise: Response Headers
    URL = "url"  # wget tells where it goes
    INFO = "info"  # curl's remarks
    NOISE = "noise"  # progress
    CUT = "cut"  # the writer left something out
    BLANK = "blank"
    OTHER = "other"


class Line(NamedTuple):
    """One line.

    Attributes:
        kind: what it is.
        mark: ``>``, ``<``, ``*`` before it, or blanks, or nothing.
        name: of a header or label, the method, or a section's title.
        value: what follows the name; the whole of other lines.
    """

    kind: Kind
    mark: str
    name: str
    value: str


_MARK: Final = re.compile(r"[ \t]*(?:\||[>*<]|={1,2}>)?(?=[ \t]|$)[ \t]?")
_STATUS: Final = re.compile(r"HTTP/[\d.]{1,3} +(\d{3})(?: .{0,200})?$|:status: +(\d{3})$", re.ASCII)
_REQUEST: Final = re.compile(
    rf"(?P<method>{_METHODS}) (?P<target>\S{{1,8000}})(?P<version> HTTP/[\d.]{{1,3}})?$", re.ASCII
)
_HEADER: Final = re.compile(r"(:?[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}):(?:[ \t]+(.*)|$)", re.DOTALL)
_LABELS: Final = {
    "address": "",
    "host": "host",
    "filename": "filename",
    "method": "method",
    "referrer policy": "",
    "remote address": "",
    "request method": "method",
    "request url": "url",
    "scheme": "scheme",
    "source": "",
    "status": "status",
    "status code": "status",
    "transferred": "",
    "url": "url",
    "version": "",
}
_LABEL: Final = re.compile(
    r"(" + "|".join(sorted(_LABELS, key=len, reverse=True)) + r")[ \t]*:?[ \t]*(.*)", re.IGNORECASE
)
# What looks like the beginning of prose when nothing follows it.
_WEAK_LABELS: Final = frozenset(
    {"address", "host", "filename", "method", "scheme", "source", "status", "url", "version"}
)
_LAST_WORDS: Final = ("curl: (", "wget: ", "http: error: ", "https: error: ", "ERROR: ")
_FENCE: Final = re.compile(r"[ \t>]*(?:```+|~~~+)[ \t]*\w{0,20}[ \t]*$")
_SECTION: Final = re.compile(
    r"(general|(?:response|request) headers|request|response|summary|query string parameters|form data|request payload)"
    r"(?:[ \t]*\(\d[^)]{0,20}\))?(?:[ \t]*(?:view source|view parsed|raw|view decoded|view url-encoded))*:?$",
    re.IGNORECASE,
)
_WGET: Final = re.compile(r"--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--  (https?://\S+)")
_NOISE: Final = re.compile(
    r"[{}] \[\d+ bytes data\]|[ \d]{3} +[\d.]+[kMG]? +\d|  % Total|[ ]+Dload  Upload|provisional headers are shown"
    r"|view source$|---(?:request|response) (?:begin|end)---|HTTP request sent, awaiting response|learn more$",
    re.IGNORECASE,
)
_CUT: Final = re.compile(
    r"[\[(<]?(?:\.{3}|…|snip(?:ped)?|truncated|omitted|more headers)[\])>]?$", re.IGNORECASE
)


def read_line(text: str) -> Line:
    """Tell what the line *text* is."""
    text = text[:LONGEST_VALUE]
    if not text.strip() or _FENCE.match(text):
        return Line(Kind.BLANK, "", "", "")
    if _NOISE.match(text):
        return Line(Kind.NOISE, "", "", text.strip())
    marked = _MARK.match(text)
    mark = marked.group() if marked else ""
    content = text[len(mark) :].strip(" \t\r\n`")
    plain = mark.strip()
    if plain == "*":
        return Line(Kind.INFO, "*", "", content)
    if not content:
        return Line(Kind.BLANK, plain, "", "")
    return _content(content, plain or (" " if mark else ""))


def _content(content: str, mark: str) -> Line:
    wget = _WGET.match(content)
    if wget is not None:
        return Line(Kind.URL, mark, "GET", wget.group(1))
    status = _STATUS.match(content)
    if status is not None:
        return Line(Kind.STATUS, mark, "", status.group(1) or status.group(2))
    request = _REQUEST.match(content)
    if request is not None and _is_target(request.group("target"), versioned=bool(request.group("version"))):
        return Line(Kind.REQUEST, mark, request.group("method"), request.group("target"))
    if _CUT.match(content):
        return Line(Kind.CUT, mark, "", content)
    section = _SECTION.match(content.strip("*#_ "))
    if section is not None:
        return Line(Kind.SECTION, mark, section.group(1).lower(), "")
    return _named(content, mark)


def _named(content: str, mark: str) -> Line:
    if content.startswith(_LAST_WORDS):
        return Line(Kind.OTHER, mark, "", content)
    label = _LABEL.match(content)
    if label is not None and (":" in content or not label.group(2)):
        name = label.group(1).lower()
        colon = content[len(name) :].lstrip()[:1] in (":", "")
        if colon and not (name == "host" and ":" in content):
            return Line(Kind.LABEL, mark, name, label.group(2).strip())
    header = _HEADER.match(content)
    if header is not None:
        return Line(Kind.HEADER, mark, header.group(1), (header.group(2) or "").strip())
    return Line(Kind.OTHER, mark, "", content)


def _is_target(target: str, *, versioned: bool) -> bool:
    return target.startswith(("/", "http://", "https://")) or (versioned and (target == "*" or ":" in target))


def role_of(label: str) -> str:
    """Return what a label of the developer tools names: ``url``, ``method``, ``status``; empty where we need it not."""
    return _LABELS.get(label, "")


def is_weak(label: str) -> bool:
    """Tell whether a label is also a usual word."""
    return label in _WEAK_LABELS
