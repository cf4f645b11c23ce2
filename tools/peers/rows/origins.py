"""Rows: values of Origin that are not on a list of two."""

from collections.abc import Callable
from typing import Final

from peers.browser import bare
from peers.rows.base import CORS_CHECK, ORIGIN_HEADER, SERIALIZED, Cell, Row, no_unless
from peers.setup import ALLOWED, SECOND
from peers.wire import Send

_SERVER_ERROR: Final = 500


def _taken(*origins: str) -> Callable[[Send], Cell]:
    def check(send: Send) -> Cell:
        answer = bare(send, headers=tuple(("Origin", origin) for origin in origins))
        if answer.status >= _SERVER_ERROR:
            return Cell(str(answer.status), False)
        granted = answer.headers.get("access-control-allow-origin")
        # One that is granted to somebody else is of no use to the sender.
        return no_unless(granted in (*origins, "*", "null"), "reflected" if granted in origins else "yes")

    return check


ORIGINS: Final = (
    Row(
        "`HTTPS://APP.EXAMPLE` is taken for `https://app.example`", "no", CORS_CHECK, _taken(ALLOWED.upper())
    ),
    Row("`https://app.example/evil?x` is taken for it", "no", SERIALIZED, _taken(ALLOWED + "/evil?x")),
    Row("`https://app.example:443` is taken for it", "no", SERIALIZED, _taken(ALLOWED + ":443")),
    Row("`https://app.example.evil.example` is allowed", "no", CORS_CHECK, _taken(ALLOWED + ".evil.example")),
    Row("`https://evilapp.example` is allowed", "no", CORS_CHECK, _taken("https://evilapp.example")),
    Row("`null` is allowed", "no", ORIGIN_HEADER, _taken("null")),
    Row("An empty Origin is allowed", "no", ORIGIN_HEADER, _taken("")),
    Row(
        "Two Origin lines are allowed, the second a listed one",
        "no",
        ORIGIN_HEADER,
        _taken("https://evil.example", SECOND),
    ),
    Row("7 kB of Origin are allowed", "no", SERIALIZED, _taken(ALLOWED + "." + "a" * 7_000)),
)
