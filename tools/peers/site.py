"""The application behind every peer, as data: each adapter makes routes of it in its framework's own way."""

from dataclasses import dataclass
from typing import Final

ALL_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Page:
    """One resource.

    Attributes:
        path: where.
        methods: that it answers, HEAD and OPTIONS apart.
        headers: of its answer.
        body: of its answer.
        fails: whether its handler raises an exception.
    """

    path: str
    methods: tuple[str, ...] = ("GET",)
    headers: tuple[tuple[str, str], ...] = ()
    body: str = "hello"
    fails: bool = False


class AppError(Exception):
    """What the failing page raises."""


PAGES: Final = (
    Page("/hello", ALL_METHODS, (("X-Rate", "7"),)),
    Page("/encoded", headers=(("Vary", "Accept-Encoding"),)),
    Page("/varied", headers=(("Vary", "Origin"),)),
    Page("/own", headers=(("Access-Control-Allow-Origin", "*"),)),
    Page("/fails", fails=True),
    Page("/options", ("OPTIONS",), body="the application's own"),
)
OWN_OPTIONS: Final = b"the application's own"
