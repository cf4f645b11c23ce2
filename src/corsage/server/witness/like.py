"""Shapes that are written as expressions: the user's own machine, any host with a certain port."""

from collections.abc import Hashable
from functools import cached_property
from typing import Final, NamedTuple

from corsage.server.witness.automaton import START, Automaton, automaton_of
from corsage.server.witness.shapes import AnyOrigin
from corsage.server.witness.tree import read

_OCTET: Final = r"(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_HEX: Final = "(0|[1-9a-f][0-9a-f]{0,3})"


class _State(NamedTuple):
    origin: Hashable
    positions: frozenset[int]


class Like:
    """Origins that an expression of our own accepts, and that are web origins."""

    letters: Final = frozenset("abcdefghijklmnopqrstuvwxyz")

    def __init__(self, pattern: str) -> None:
        """Look for what *pattern* accepts."""
        self._pattern = pattern
        self._steps: dict[tuple[Hashable, str], _State | None] = {}

    @property
    def start(self) -> Hashable:
        """The state before the first character."""
        return _State(_WEB.start, frozenset({START}))

    def step(self, state: Hashable, char: str) -> Hashable | None:
        """Read *char*."""
        key = state, char
        if key not in self._steps:
            self._steps[key] = self._step(state, char)
        return self._steps[key]

    def is_done(self, state: Hashable) -> bool:
        """Tell whether such an origin may end in *state*."""
        return (
            isinstance(state, _State)
            and not self._automaton.last.isdisjoint(state.positions)
            and _WEB.is_done(state.origin)
        )

    def _step(self, state: Hashable, char: str) -> _State | None:
        if not isinstance(state, _State):
            return None
        origin = _WEB.step(state.origin, char)
        made = self._automaton
        after = {after for at in state.positions for after in made.follow[at] if char in made.chars[after]}
        return None if origin is None or not after else _State(origin, frozenset(after))

    @cached_property
    def _automaton(self) -> Automaton:
        return automaton_of(read(self._pattern).root)


_WEB: Final = AnyOrigin("https", "http")

# https://w3c.github.io/webappsec-secure-contexts/#localhost, and what systems take for it: no address at all, and
# addresses of version 4 written as version 6.
MACHINE: Final = Like(
    rf"https?://(([a-z0-9_-]+\.)*localhost\.?|127(\.{_OCTET}){{3}}|0\.0\.0\.0"
    rf"|\[::(1|ffff:(7f[0-9a-f]{{2}}:{_HEX}|0:0))?\])(:[0-9]+)?"
)
# Ports that nobody means, two of each length: who accepts both accepts all.
ODD_PORTS: Final = (("4711", "6093"), ("23457", "61309"))
WITH_ODD_PORT: Final = tuple((Like(rf"https?://[^:]+:{port}"), port, other) for port, other in ODD_PORTS)
