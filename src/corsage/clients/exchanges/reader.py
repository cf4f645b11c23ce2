"""Read whatever shows requests and responses."""

from typing import Final

from corsage.clients.exchanges.assemble import Exchange, assembled, paired
from corsage.clients.exchanges.documents import read_document
from corsage.clients.exchanges.scan import MOST_LINES, scan
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


def find_exchanges(lines: list[str]) -> tuple[list[Exchange], set[int]]:
    """Return the exchanges in *lines*, and the numbers of the lines that are part of them."""
    text = "\n".join(lines[:MOST_LINES]).lower()
    if not any(sign in text for sign in _SIGNS):
        return [], set()
    found = scan(lines)
    return paired(found.heads), found.used
