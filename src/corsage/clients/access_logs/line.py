"""One line of an access log: Apache's common and combined formats, which nginx, Caddy, Traefik and others write, too.

Source: https://httpd.apache.org/docs/current/logs.html#accesslog
"""

import re
from dataclasses import dataclass
from typing import Final

from corsage.model import parse_url

LONGEST_LINE: Final = 16_384
_QUOTED: Final = re.compile(r'"((?:[^"\\]++|\\.)*+)"')
_REQUEST: Final = re.compile(r"([A-Za-z-]{1,32}) (\S+)(?: HTTP/[0-9.]{1,4})?")
_STATUS: Final = re.compile(r"\s([1-5][0-9]{2})(?:\s|$)")


@dataclass(frozen=True, slots=True)
class LogLine:
    """What a line says.

    Attributes:
        method: of the request.
        target: path and query, or a whole URL where a proxy wrote the log.
        status: of the response; 0 where none is found.
        origin: the ``Origin`` header, where the log has it; empty otherwise.
        referrer: the origin in ``Referer``; empty likewise.
    """

    method: str
    target: str
    status: int
    origin: str = ""
    referrer: str = ""


def parse_line(line: str) -> LogLine | None:
    """Read one line; ``None`` where it holds no request.

    ``Origin`` has no place in the usual formats. Where somebody added it, it is known by its form: a quoted field that
    is an origin and no more.
    """
    quoted = list(_QUOTED.finditer(line[:LONGEST_LINE]))
    request = _REQUEST.fullmatch(quoted[0][1]) if quoted else None
    if request is None:
        return None
    status = _STATUS.search(line[:LONGEST_LINE], quoted[0].end())
    fields = [each[1] for each in quoted[1:]]
    origins = [each for each in fields if _is_origin(each)]
    return LogLine(
        method=request[1],
        target=request[2],
        status=int(status[1]) if status else 0,
        origin=origins[0] if origins else "",
        referrer=next((found for each in fields if (found := _origin_of(each))), ""),
    )


def _is_origin(field: str) -> bool:
    if field == "null":
        return True
    scheme, mark, rest = field.partition("://")
    return bool(mark and rest) and not set(rest) & set("/?# ") and scheme.replace("-", "").isalnum()


def _origin_of(field: str) -> str:
    url = parse_url(field) if field.startswith(("http://", "https://")) else None
    return "" if url is None or not url.is_http else url.origin.serialized
