"""A server, asked: what it answers to somebody who passes one of its comparisons.

Importers of servers' configurations give a function that plays the configuration. No expression is ever run: whoever
asks is known by the comparison that he passes alone, and by none where he is a stranger.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from corsage.server.importers.origin_tests import OriginTest

# Stands for the asker's origin, and for the headers that he asks for, in what is answered.
ORIGIN: Final = "\0origin"
REQUESTED: Final = "\0requested"

_ERRORS: Final = "Errors such as 404, 500 and 502 had no CORS headers: pages saw a CORS error in their place."


def without_signs(text: str) -> str:
    """Return *text* without what our own signs begin with, so that nobody can write one."""
    return text.replace("\0", "")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request.

    Attributes:
        test: the comparison that its origin passes; ``None`` for a stranger's.
        preflight: whether it is one.
        plain: whether it has no Origin at all.
    """

    test: OriginTest | None = None
    preflight: bool = False
    plain: bool = False

    @property
    def method(self) -> str:
        """Its method."""
        return "OPTIONS" if self.preflight else "GET"


@dataclass(frozen=True, slots=True)
class Told:
    """An answer.

    Attributes:
        headers: lower-case names; values hold `ORIGIN` and `REQUESTED` where the request's stand.
        status: of an answer that the server makes itself; ``None`` where it hands the request on.
        on_errors: lower-case names of the headers that are on answers such as 404 and 500, too.
    """

    headers: Sequence[tuple[str, str]] = ()
    status: int | None = None
    on_errors: frozenset[str] = frozenset()

    def values(self, name: str) -> list[str]:
        """Return the values of the header *name*, lower-case."""
        return [value for each, value in self.headers if each == name]

    @property
    def granted(self) -> list[str]:
        """Who may read the answer, as it says; nobody, where the server itself answers with an error."""
        if self.status is not None and self.status >= 400:  # noqa: PLR2004 - errors begin there
            return []
        return self.values("access-control-allow-origin")

    def value(self, name: str) -> str:
        """Return the last value of the header *name*; empty where there is none."""
        return (self.values(name) or [""])[-1]


@dataclass(frozen=True, slots=True)
class Server:
    """A configuration that can be asked.

    Attributes:
        peer: the importer's name.
        answer: plays it.
        tests: the comparisons that are in it.
        option: what allows origins there: ``add_header``.
        places: where each comparison stands.
        errors: which errors lack headers that are not for errors, too, in a sentence.
    """

    peer: str
    answer: Callable[[Asked], Told]
    tests: Sequence[OriginTest]
    option: str
    places: Mapping[OriginTest, str] = field(default_factory=dict)
    errors: str = _ERRORS
