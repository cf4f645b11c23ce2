"""WSGI applications that are generators: they run when the server takes their first piece."""

from collections.abc import Generator, Iterator
from itertools import chain, islice


class Begun:
    """A generator whose first piece is there already: what it raised on the way, it had not answered yet."""

    def __init__(self, body: Generator[bytes, None, None]) -> None:
        self._pieces = chain(list(islice(body, 1)), body)
        self.close = body.close  # servers call it

    def __iter__(self) -> Iterator[bytes]:
        """Give all pieces."""
        return self._pieces
