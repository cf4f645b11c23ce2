"""Is it an origin at all? What a browser may write into ``Origin``, and nothing else, may be matched by patterns.

A peer that matches by suffix alone takes ``https://evil.com/.example.com`` for a subdomain of ``example.com``. No
browser sends that, but scanners, caches and confused proxies do.
"""

import re
from typing import Final

# Scheme 64, separator 3, host 253 and a dot, colon and port 6.
LONGEST_ORIGIN: Final = 64 + 3 + 254 + 6

_SHAPE: Final = re.compile(
    r"([a-z][a-z0-9+.\-]{0,63})://"
    r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9_\-](?:[a-z0-9_\-]|\.(?!\.)){0,253})"
    r"(?::([1-9][0-9]{0,4}))?",
    re.ASCII,
)
_DEFAULTS: Final = frozenset({("http", "80"), ("https", "443"), ("ws", "80"), ("wss", "443"), ("ftp", "21")})
_HIGHEST_PORT: Final = 65_535


def split_serialized_origin(origin: str) -> tuple[str, str, str] | None:
    """Split ``scheme://host[:port]`` into scheme, host and port (empty for the default).

    Returns:
        ``None`` for what is not the serialisation of a tuple origin: ``null``, upper case, a path, a default port.
    """
    if len(origin) > LONGEST_ORIGIN:
        return None
    match = _SHAPE.fullmatch(origin)
    if match is None:
        return None
    scheme, host, port = match[1], match[2], match[3]
    if port is None:
        return scheme, host, ""
    if int(port) > _HIGHEST_PORT or (scheme, port) in _DEFAULTS:
        return None
    return scheme, host, port
