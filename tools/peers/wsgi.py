"""Call a WSGI application as a server does."""

import io
from typing import Any

from corsage.model import HeaderList, WireRequest, WireResponse
from peers.wire import Send


def wsgi_send(app: Any) -> Send:  # noqa: ANN401 - applications of many frameworks
    """Return how to ask *app*."""

    def send(request: WireRequest) -> WireResponse:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> object:
            if exc_info:
                started.clear()
            started.append((status, headers))
            return started.append

        try:
            chunks = app(_environ(request), start_response)
            body = b"".join(chunks)
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
        except Exception:  # noqa: BLE001 - servers catch whatever an application lets through
            return WireResponse(500, HeaderList([("Content-Type", "text/plain")]), b"Internal Server Error")
        status, headers = started[-1]
        return WireResponse(int(status.split(" ", 1)[0]), HeaderList(headers), body)

    return send


def _environ(request: WireRequest) -> dict[str, Any]:
    body = request.body or b""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": request.url.path,
        "QUERY_STRING": "",
        "SERVER_NAME": "api.example",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "api.example",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers:
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        # Lines of one name are joined, as servers do (RFC 3875, 4.1.18).
        environ[key] = f"{environ[key]}, {value}" if key.startswith("HTTP_") and key in environ else value
    return environ
