"""Keeps the request head that libcurl really sent."""


class SentHeaders:
    """The last request head of a transfer, collected from `INFOTYPE_HEADER_OUT` pieces.

    One transfer may send several: a ``CONNECT`` to a proxy first, or the same again on a fresh connection.
    """

    __slots__ = ("_bytes", "_ended")

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ended = True

    def feed(self, piece: bytes) -> bool:
        """Take in a piece; tell whether a new head began with it."""
        begins = self._ended
        if begins:
            self._bytes.clear()
        self._bytes += piece
        self._ended = self._bytes.endswith(b"\r\n\r\n")
        return begins

    @property
    def is_connect(self) -> bool:
        """Whether this head asks a proxy for a tunnel."""
        return self._bytes.startswith(b"CONNECT ")

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The header lines, in order."""
        lines = self._bytes.decode("latin-1").split("\r\n")[1:]
        split = (line.partition(":") for line in lines if line)
        return tuple((name, value.removeprefix(" ")) for name, _, value in split)
