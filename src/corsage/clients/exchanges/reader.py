"""Read whatever shows requests and responses."""

from collections.abc import Sequence
from typing import Final

from corsage.clients.exchanges.assemble import Exchange, assembled, paired
from corsage.clients.exchanges.documents import read_document
from corsage.clients.exchanges.heads import Head, Request, Response
from corsage.clients.exchanges.scan import MOST_LINES, Scan, scan
from corsage.clients.written import text_of
from corsage.model.evidence import Evidence

LONGEST_TEXT: Final = 2 * 1024 * 1024
_SIGNS: Final = (
    "http/",
    "access-control-",
    "curl: (",
    "request url",
    "response headers",
    "request headers",
    "error: ",
    "wget",
    "--  http",
    ":status",
    "failed: ",
    "* ",
    "scheme",
    "host: ",
    "origin: ",
)


def read_exchange(text: str) -> Evidence | None:
    """Read requests and responses as text: curl's output, raw HTTP, developer tools, Postman, wget, HTTPie.

    Nothing is sent. Never raises.

    Returns:
        The preflight, the actual request with its redirects, and what else was tried; ``None`` where *text* shows none.
    """
    text = text_of(text, LONGEST_TEXT)
    document = read_document(text)
    if document is not None:
        return assembled(document)
    exchanges, _ = find_exchanges(text.splitlines())
    return assembled(exchanges)


def find_exchanges(
    lines: list[str], asked: Sequence[tuple[int, Request]] = ()
) -> tuple[list[Exchange], set[int]]:
    """Find the exchanges in *lines*.

    Args:
        lines: of a text.
        asked: requests that command lines in the text make, each with its line: they belong to answers below them.

    Returns:
        The exchanges, and the numbers of the lines that are part of them.
    """
    text = "\n".join(lines[:MOST_LINES]).lower()
    if not any(sign in text for sign in _SIGNS):
        return [], set()
    found = scan(lines)
    return paired(_with_asked(found, asked)), found.used


def _with_asked(found: Scan, asked: Sequence[tuple[int, Request]]) -> list[Head]:
    """Put requests of command lines before the responses that follow without a request of their own."""
    heads: list[Head] = []
    waiting = list(asked)
    for start, head in zip(found.starts, found.heads, strict=False):
        above = [request for line, request in waiting if line <= start]
        del waiting[: len(above)]
        alone = isinstance(head, Response) and not (heads and isinstance(heads[-1], Request))
        if above and alone:
            heads.append(above[-1])
        heads.append(head)
    return heads
