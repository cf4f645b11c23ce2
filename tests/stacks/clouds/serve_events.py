"""Serves a Lambda function as a gateway does: python serve_events.py FOLDER FORMAT PORT."""

from __future__ import annotations

import importlib
import logging
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

folder, form, port = sys.argv[1:]
sys.path.insert(0, folder)
logging.disable()
function = importlib.import_module("lambda_function").handler


def event_of(request: BaseHTTPRequestHandler) -> dict[str, Any]:
    if form == "1.0":
        headers = dict(request.headers.items())
        return {
            "resource": "/{proxy+}",
            "path": request.path,
            "httpMethod": request.command,
            "headers": headers,
        }
    http = {"method": request.command, "path": request.path}
    headers = {name.lower(): value for name, value in request.headers.items()}
    return {"version": "2.0", "rawPath": request.path, "headers": headers, "requestContext": {"http": http}}


class Gateway(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 65_536

    def _serve(self) -> None:
        result = function(event_of(self), None)
        body = result.get("body", "").encode()
        self.send_response(result["statusCode"])
        for name, value in (result.get("headers") or {}).items():
            self.send_header(name, value)
        for name, values in (result.get("multiValueHeaders") or {}).items():
            for value in values:
                self.send_header(name, value)
        if result["statusCode"] != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


ThreadingHTTPServer(("127.0.0.1", int(port)), Gateway).serve_forever()
