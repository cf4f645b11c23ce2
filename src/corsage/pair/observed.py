"""What was seen of a request that a page made of another origin: as much as a policy needs to know."""

from collections.abc import Iterable
from dataclasses import dataclass

from corsage.model import HeaderList, parse_url
from corsage.model.headers import NO_HEADERS


@dataclass(frozen=True, slots=True)
class Observed:
    """One request, in a recording, a log or a test.

    Attributes:
        origin: of the page, as in the ``Origin`` header: ``https://app.example``, ``null``.
        url: what it asked for, whole.
        method: as on the wire.
        headers: that the page set; values matter where they decide whether leave is needed.
        credentials: whether cookies or other credentials went along, or should have.
        reads: lower-case names of the response headers that the page reads, where that is known.
    """

    origin: str
    url: str
    method: str = "GET"
    headers: HeaderList = NO_HEADERS
    credentials: bool = False
    reads: tuple[str, ...] = ()


def by_server(observed: Iterable[Observed]) -> dict[str, list[Observed]]:
    """Return *observed* by the origin of the server: each has a policy of its own."""
    found: dict[str, list[Observed]] = {}
    for each in observed:
        url = parse_url(each.url)
        if url is not None and url.is_http:
            found.setdefault(url.origin.serialized, []).append(each)
    return found
