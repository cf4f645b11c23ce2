"""The ``curl`` line that repeats an exchange, safe to paste."""

import re
import shlex
from typing import Final

from corsage.clients.live import LiveOptions
from corsage.model import WireRequest

# Longer bodies make a line that no shell takes, and no reader either.
LONGEST_BODY: Final = 4_096

_GLOBBING: Final = re.compile(r"[\[\]{}]")
_PLAIN: Final = re.compile(r"[ -~]*")
_CURLS_OWN: Final = ("Accept", "*/*")
_ESCAPES: Final = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def curl_line(request: WireRequest, options: LiveOptions) -> str:
    """Return a command that sends *request* as it was sent. Values go through the shell unharmed."""
    url = request.url.without_credentials_and_fragment
    words = ["curl", "-i", *_method(request), *_network(options)]
    if _GLOBBING.search(url):
        words.append("--globoff")
    words.append(quoted(url))
    for name, value in request.headers:
        if (name, value) == _CURLS_OWN:
            continue
        # curl removes a header that is given with an empty value, and sends one that ends with a semicolon.
        words += ["-H", quoted(f"{name}: {value}" if value else f"{name};")]
    if request.body is not None:
        words += _body(request)
    return " ".join(words)


def _method(request: WireRequest) -> list[str]:
    if request.method == "HEAD":
        return ["--head"]
    if request.method == "GET" and request.body is None:
        return []
    return ["-X", quoted(request.method)]


def _body(request: WireRequest) -> list[str]:
    body = request.body or b""
    # curl would add its own type for a body that has none.
    words = [] if "content-type" in request.headers else ["-H", "Content-Type:"]
    if len(body) > LONGEST_BODY or b"\0" in body:
        return [*words, "--data-binary", "@BODY"]
    # Unlike --data, --data-raw takes an @ at the beginning as it is.
    return [*words, "--data-raw", quoted(body.decode("latin-1"))]


def _network(options: LiveOptions) -> list[str]:
    words = ["--insecure"] if options.insecure else []
    words += ["--cacert", quoted(options.ca_file)] if options.ca_file else []
    words += ["--proxy", quoted(options.proxy)] if options.proxy else []
    for entry in options.resolve:
        words += ["--resolve", quoted(entry)]
    return words


def quoted(text: str) -> str:
    r"""Quote *text*, each character a byte, for a shell; what is not printable ASCII as ``$'\x1b'``."""
    if _PLAIN.fullmatch(text):
        return shlex.quote(text)
    escapes = (_ESCAPES.get(char) or (char if " " <= char <= "~" else _byte(char)) for char in text)
    return f"$'{''.join(escapes)}'"


def _byte(char: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in char.encode("latin-1" if ord(char) <= 0xFF else "utf-8"))  # noqa: PLR2004 - the largest byte
