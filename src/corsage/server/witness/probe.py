"""Look for origins of a shape that an expression really accepts: each is tried on it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from typing import Final

from corsage.model.sites import registrable_domain
from corsage.server.serialized_origin import split_serialized_origin
from corsage.server.witness.automaton import Automaton
from corsage.server.witness.domains import DomainOrigins
from corsage.server.witness.finding import Finding, Kind
from corsage.server.witness.search import search
from corsage.server.witness.shapes import Shape
from corsage.server.witness.trial import Trial

EVIL: Final = "evil"
_MOST_TRIES: Final = 30


class Probe:
    """Finds witnesses.

    Attributes:
        allows: tells whether the expression accepts an origin.
        effort: that the expression can take long; ``None`` where it cannot.
    """

    __slots__ = ("_endings", "_trial", "allows", "effort")

    def __init__(self, trial: Trial) -> None:
        """Look for what *trial* allows."""
        self._trial = trial
        self._endings: tuple[str, ...] = (".com", ".net")
        self.allows = trial.allows
        self.effort = trial.effort

    def look_like(self, domains: Iterable[str]) -> None:
        """Prefer witnesses with the suffixes of *domains*."""
        suffixes = {_suffix(domain) for domain in domains} - {""}
        self._endings = tuple(sorted({".com", ".net", *(f".{suffix}" for suffix in suffixes)}))

    def outsider(self, automaton: Automaton, shape: DomainOrigins) -> Finding | None:
        """Find an origin of somebody else: one that reads well, one that exists, any."""
        if next(search(automaton, shape), None) is None:
            return None
        evil = tuple(f"{EVIL}{ending}" for ending in self._endings)
        ways = ((EVIL, self._endings), ("", self._endings), ("", ()))
        for word, endings in ways if shape.glued else (("", evil), *ways):
            witness = self.find(automaton, replace(shape, word=word, endings=endings))
            if witness is not None:
                secure = f"https{witness.removeprefix('http')}"
                best = secure if witness.startswith("http://") and self._trial.allows(secure) else witness
                return Finding(Kind.STRANGER, best, is_sold=bool(endings))
        return None

    def allowed(self, origins: tuple[str, ...]) -> str | None:
        """Return the first of *origins* that the expression accepts."""
        return next((origin for origin in origins if self._trial.allows(origin)), None)

    def find(
        self, automaton: Automaton, shape: Shape, *, avoided: Callable[[str], bool] = lambda _: False
    ) -> str | None:
        """Find an origin of the *shape* that the expression accepts, and whose host is none of those *avoided*."""
        for backwards in (False, True):
            refused = False
            for text in islice(search(automaton, shape, backwards=backwards), _MOST_TRIES):
                if not self._trial.allows(text):
                    refused = True
                elif self._is_somebodys(text, shape) and not avoided(host_of(text)):
                    return text
            if not refused:
                break  # all that was widened has been accepted: there is nothing else
        return None

    @staticmethod
    def _is_somebodys(origin: str, shape: Shape) -> bool:
        """Tell a page from a public suffix, which is nobody's."""
        if not isinstance(shape, DomainOrigins) or shape.bare:
            return True
        return registrable_domain(host_of(origin)) is not None


def host_of(origin: str) -> str:
    """Return the host of a serialised *origin*; empty where it is none."""
    parts = split_serialized_origin(origin)
    return parts[1] if parts else ""


def _suffix(domain: str) -> str:
    return domain.partition(".")[2] if registrable_domain(domain) == domain else ""
