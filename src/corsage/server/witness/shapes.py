"""What is looked for: origins of a certain kind, read character by character.

A shape has a state before the first character, a step for each character, and says whether a text may end in a state.
"""

from collections.abc import Hashable, Iterable
from typing import Final, NamedTuple, Protocol

from corsage.server.witness.ports import DEFAULT_PORTS, Port

_SCHEME_CHARS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789+.-")
_HOST_CHARS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
_IPV6_CHARS: Final = frozenset("0123456789abcdef:.")


class Shape(Protocol):
    """A kind of origin."""

    @property
    def letters(self) -> frozenset[str]:
        """The letters that it tells apart; all others are alike to it."""

    @property
    def start(self) -> Hashable:
        """The state before the first character."""

    def step(self, state: Hashable, char: str) -> Hashable | None:
        """Return the state after *char*; ``None`` where no such origin goes on so."""

    def is_done(self, state: Hashable) -> bool:
        """Tell whether such an origin may end in *state*."""


class _Place(NamedTuple):
    """Where one is in an origin: scheme, :, :/, host, name, dot, [, [] or ]; and its scheme."""

    where: str
    scheme: str


class AnyOrigin:
    """Every serialised origin there is: what `split_serialized_origin` splits, lengths aside."""

    __slots__ = ("_schemes", "letters")

    def __init__(self, *schemes: str) -> None:
        """Look for origins of *schemes*, or of all."""
        self._schemes = schemes
        # Those of schemes with a default port, and of addresses.
        self.letters = frozenset("".join(schemes or DEFAULT_PORTS)) | frozenset("abcdef")

    @property
    def start(self) -> Hashable:
        """The state before the first character."""
        return _Place("scheme", "")

    def step(self, state: Hashable, char: str) -> Hashable | None:
        """Read *char*."""
        if isinstance(state, Port):
            return state.step(char)
        if not isinstance(state, _Place):
            return None
        where, scheme = state
        match where:
            case "scheme":
                return self._scheme(scheme, char)
            case ":":
                return _Place(":/", scheme) if char == "/" else None
            case ":/":
                return _Place("host", scheme) if char == "/" else None
        return _host(where, scheme, char)

    def is_done(self, state: Hashable) -> bool:
        """Tell whether an origin may end in *state*."""
        if isinstance(state, Port):
            return state.is_done
        return isinstance(state, _Place) and state.where in {"name", "dot", "]"}

    def _scheme(self, scheme: str, char: str) -> Hashable | None:
        if char == ":":
            known = scheme and (not self._schemes or scheme in self._schemes)
            return _Place(":", scheme) if known else None
        if char not in _SCHEME_CHARS or (not scheme and not char.isalpha()):
            return None
        longer = scheme + char
        if self._schemes:
            return _Place("scheme", longer) if _begins(longer, self._schemes) else None
        # Only those with a default port need be told apart.
        return _Place("scheme", longer if _begins(longer, DEFAULT_PORTS) else "?")


def _begins(text: str, words: Iterable[str]) -> bool:
    return any(word.startswith(text) for word in words)


def _host(where: str, scheme: str, char: str) -> Hashable | None:
    """Read one character of a host; *where* is host, name, dot, [, [] or ]."""
    if char == ":" and where in {"name", "dot", "]"}:
        return Port(DEFAULT_PORTS.get(scheme, ""))
    if where == "host" and char == "[":
        return _Place("[", scheme)
    if where in {"[", "[]"}:
        if char == "]" and where == "[]":
            return _Place("]", scheme)
        return _Place("[]", scheme) if char in _IPV6_CHARS else None
    if char in _HOST_CHARS and where in {"host", "name", "dot"}:
        return _Place("name", scheme)
    return _Place("dot", scheme) if char == "." and where == "name" else None
