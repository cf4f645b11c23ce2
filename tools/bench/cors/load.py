"""A light client: ``python load.py PORT SECONDS CONNECTIONS < REQUEST`` prints how many answers came.

Each connection sends the request, waits for the whole answer and sends it again. Answers to one request are of one
length, which spares parsing them: a client that costs more than the server would measure itself.
"""

import select
import socket
import sys
import time
from typing import Final

_TIMEOUT: Final = 10


def answer_length(port: int, request: bytes) -> int:
    """Send *request* once; return the length of its answer.

    Raises:
        ConnectionError: the server closes the connection instead.
    """
    with socket.create_connection(("127.0.0.1", port), timeout=_TIMEOUT) as connection:
        connection.sendall(request)
        got = b""
        while b"\r\n\r\n" not in got:
            got += _more(connection)
        head, _, rest = got.partition(b"\r\n\r\n")
        wanted = _content_length(head)
        while len(rest) < wanted:
            rest += _more(connection)
        return len(head) + 4 + wanted


def _more(connection: socket.socket) -> bytes:
    chunk = connection.recv(65_536)
    if not chunk:
        raise ConnectionError("the server closed the connection")
    return chunk


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def answers(port: int, request: bytes, seconds: float, connections: int) -> int:
    """Ask for *seconds* over so many *connections*; return how many answers came."""
    length = answer_length(port, request)
    poll = select.epoll()
    sockets: dict[int, socket.socket] = {}
    missing: dict[int, int] = {}
    for _ in range(connections):
        each = socket.create_connection(("127.0.0.1", port), timeout=_TIMEOUT)
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sockets[each.fileno()] = each
        missing[each.fileno()] = length
        poll.register(each, select.EPOLLIN)
        each.sendall(request)
    count = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for descriptor, _ in poll.poll(1):
            each = sockets[descriptor]
            missing[descriptor] -= len(_more(each))
            if missing[descriptor] <= 0:
                count += 1
                missing[descriptor] = length
                each.sendall(request)
    for each in sockets.values():
        each.close()
    poll.close()
    return count


if __name__ == "__main__":
    print(answers(int(sys.argv[1]), sys.stdin.buffer.read(), float(sys.argv[2]), int(sys.argv[3])))
