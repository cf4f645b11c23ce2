"""Ports on loopback, under both of its addresses: ``localhost`` may mean either."""

import errno
import socket
from typing import Final

_TRIES: Final = 50


def listeners(wanted: int) -> list[socket.socket]:
    """Return sockets that listen on port *wanted* of 127.0.0.1 and ::1, or on a free one where that is taken."""
    return _sockets(wanted, listen=True)


def nobody() -> list[socket.socket]:
    """Return sockets bound to a port, and not listening: it refuses connections, and no other program can take it."""
    return _sockets(0, listen=False)


def port_of(sockets: list[socket.socket]) -> int:
    """Return the port that the sockets share."""
    port: int = sockets[0].getsockname()[1]
    return port


def _sockets(wanted: int, *, listen: bool) -> list[socket.socket]:
    for port in (wanted, *([0] * _TRIES)):
        try:
            return _pair(port, listen=listen)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    raise OSError(errno.EADDRINUSE, "no port is free on both addresses of localhost")


def _pair(port: int, *, listen: bool) -> list[socket.socket]:
    first = _bound(socket.AF_INET, "127.0.0.1", port, listen=listen)
    if not _has_ipv6():
        return [first]
    try:
        return [first, _bound(socket.AF_INET6, "::1", port_of([first]), listen=listen)]
    except OSError:
        first.close()
        raise


def _bound(family: socket.AddressFamily, host: str, port: int, *, listen: bool) -> socket.socket:
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        if listen:
            # A port that was in use a moment ago, by the last demonstration, is free.
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        if listen:
            found.listen()
    except OSError:
        found.close()
        raise
    return found


def _has_ipv6() -> bool:
    try:
        _bound(socket.AF_INET6, "::1", 0, listen=False).close()
    except OSError:
        return False
    return True
