"""The requests: what browsers send, in fresh objects each time, as a server's parser makes them."""

import io
from dataclasses import dataclass
from typing import Any, Final

from peers.setup import Setup

_FIRST: Final = "https://one.example"
_SECOND: Final = "https://two.example"
ALLOWED_ORIGIN: Final = "https://app.example"
DENIED_ORIGIN: Final = "https://other.example"
LISTED: Final = Setup(origins=(_FIRST, _SECOND, ALLOWED_ORIGIN), credentials=False)
ANYONE: Final = Setup(origins=("*",), credentials=False)
WITH_CREDENTIALS: Final = Setup(origins=(_FIRST, _SECOND, ALLOWED_ORIGIN))


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of request.

    Attributes:
        name: as in the table.
        setup: what the middleware is configured with.
        origin: what the request has in ``Origin``; ``None`` leaves it out.
        names: ``Access-Control-Request-Headers`` of a preflight; ``None`` for any other request.
        allowed: whether the answer must name the origin; ``None`` where there is nothing to look at.
    """

    name: str
    setup: Setup
    origin: str | None
    names: str | None = None
    allowed: bool | None = None

    @property
    def method(self) -> str:
        """Of the request."""
        return "GET" if self.names is None else "OPTIONS"


ALLOWED: Final = Case("allowed", LISTED, ALLOWED_ORIGIN, allowed=True)
PREFLIGHT: Final = Case("preflight, allowed", LISTED, ALLOWED_ORIGIN, "x-token", allowed=True)
CASES: Final = (
    Case("no Origin", LISTED, None),
    ALLOWED,
    Case("denied", LISTED, DENIED_ORIGIN, allowed=False),
    Case("*", ANYONE, ALLOWED_ORIGIN, allowed=True),
    Case("credentials", WITH_CREDENTIALS, ALLOWED_ORIGIN, allowed=True),
    PREFLIGHT,
    Case("preflight, denied", LISTED, DENIED_ORIGIN, "x-token", allowed=False),
)

_AGENT: Final = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)


def headers(case: Case) -> list[tuple[str, str]]:
    """Return the headers of *case* as a browser sends them: 11 to 12, Origin in their midst."""
    found = [("host", "api.example"), ("connection", "keep-alive"), ("user-agent", _AGENT), ("accept", "*/*")]
    if case.names is not None:
        found += [("access-control-request-method", "PUT"), ("access-control-request-headers", case.names)]
    else:
        found += [("sec-ch-ua-platform", '"Linux"'), ("sec-ch-ua-mobile", "?0")]
    if case.origin is not None:
        found.append(("origin", case.origin))
    found += [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "cors"),
        ("referer", f"{case.origin or ALLOWED_ORIGIN}/"),
        ("accept-encoding", "gzip, deflate, br, zstd"),
        ("accept-language", "en-GB,en;q=0.9"),
    ]
    return found


def scope(case: Case) -> dict[str, Any]:
    """Return a new ASGI scope: no object of it was hashed or compared before."""
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": case.method,
        "scheme": "https",
        "path": "/hello",
        "raw_path": b"/hello",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers(case)],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 443),
        "state": {},
    }


def environ(case: Case) -> dict[str, Any]:
    """Return a new WSGI environ."""
    found: dict[str, Any] = {
        "REQUEST_METHOD": case.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": "/hello",
        "QUERY_STRING": "",
        "SERVER_NAME": "api.example",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in headers(case):
        # New texts each time, as a server makes them.
        found["HTTP_" + name.upper().replace("-", "_")] = value.encode("latin-1").decode("latin-1")
    return found
