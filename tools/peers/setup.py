"""What somebody wants, before it is written in any peer's own words."""

from dataclasses import dataclass, replace
from typing import Final

ALLOWED: Final = "https://app.example"
SECOND: Final = "https://second.example"
DENIED: Final = "https://other.example"


@dataclass(frozen=True, slots=True)
class Setup:
    """A configuration as its writer thinks of it; adapters hand it to their peer unchanged.

    Attributes:
        origins: the list of origins, or a text where the writer forgot the brackets.
        regexes: regular expressions over origins.
        methods: as written.
        request_headers: as written.
        exposed: response headers that pages may read.
        credentials: whether cookies are allowed.
        max_age: seconds for which preflights hold; ``None`` leaves it out.
    """

    origins: tuple[str, ...] | str = ()
    regexes: tuple[str, ...] = ()
    methods: tuple[str, ...] = ("GET", "PUT")
    request_headers: tuple[str, ...] = ("X-Token",)
    exposed: tuple[str, ...] = ("X-Rate",)
    credentials: bool = True
    max_age: int | None = 600


class NotOfferedError(Exception):
    """The peer has no option for what the setup wants."""


class RefusedError(Exception):
    """The peer says before the first request that the setup is wrong."""


STRICT: Final = Setup(origins=(ALLOWED, SECOND))
PUBLIC: Final = Setup(origins=("*",), credentials=False)


def strict(**changes: object) -> Setup:
    """Return `STRICT` with *changes*."""
    return replace(STRICT, **changes)  # type: ignore[arg-type]  # the rows' own literals
