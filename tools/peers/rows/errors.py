"""Rows: can the page read that something went wrong?"""

from collections.abc import Callable
from typing import Final

from peers.browser import ask
from peers.rows.base import CORS_CHECK, EXCEPTIONS, Cell, Row
from peers.setup import ALLOWED
from peers.wire import Send


def _reads(status: int, path: str, method: str = "GET") -> Callable[[Send], Cell]:
    def check(send: Send) -> Cell:
        outcome = ask(send, ALLOWED, path, method)
        if outcome.response is None:
            return Cell("no", False)
        seen = outcome.response.status
        return Cell("yes" if seen == status else f"{seen}", seen == status)

    return check


def _exposed(send: Send) -> Cell:
    response = ask(send, ALLOWED).response
    found = response is not None and ("x-rate", "7") in response.headers
    return Cell("yes" if found else "no", found)


ERRORS: Final = (
    Row("The page reads the 500 of an unhandled exception", "yes", EXCEPTIONS, _reads(500, "/fails")),
    Row("The page reads a 404", "yes", EXCEPTIONS, _reads(404, "/nowhere")),
    Row("The page reads a 405", "yes", EXCEPTIONS, _reads(405, "/encoded", "POST")),
    Row("The page reads the exposed header of an answer", "yes", CORS_CHECK, _exposed),
)
