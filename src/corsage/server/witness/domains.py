"""Shapes of web origins whose host is a domain name: under some domains, outside of others."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from corsage.server.witness.ports import DEFAULT_PORTS, Port

_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_DIGITS: Final = frozenset("0123456789")


class _Host(NamedTuple):
    """What has been read of a host.

    Attributes:
        default: the port that the scheme leaves out.
        tail: the end of it that may yet become one of the words, a dot before the first label.
        label: empty before a label, ``-`` where it is not to end, ``name`` where it may.
        named: whether the last label begins with a letter, as top-level domains do.
        dotted: whether there is more than one label.
        seen: whether it held the word that it must hold.
        passed: whether it held, as whole labels, a domain that it must go beyond.
    """

    default: str
    tail: str
    label: str
    named: bool
    dotted: bool
    seen: bool
    passed: bool


@dataclass(frozen=True)
class DomainOrigins:
    """Web origins with a domain name for a host.

    Attributes:
        schemes: which.
        outside: domains that the host must not be, nor be under.
        under: domains under one of which it must be, where there are any.
        glued: texts with one of which it must end, whatever is before them.
        unglued: texts with none of which it may end.
        at_end: texts that may stand in it at its end only.
        beyond: domains of which one must stand in it as whole labels, and more after it.
        endings: suffixes of which it must have one, with their dot.
        word: what must stand somewhere in it.
        bare: whether names of one label, and addresses, will do.
    """

    schemes: tuple[str, ...] = ("https", "http")
    outside: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    glued: tuple[str, ...] = ()
    unglued: tuple[str, ...] = ()
    at_end: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    word: str = ""
    bare: bool = False

    @property
    def start(self) -> Hashable:
        """The state before the first character."""
        return ""

    def step(self, state: Hashable, char: str) -> Hashable | None:
        """Read *char*."""
        key = state, char
        known = self._steps
        if key not in known:
            known[key] = self._step(state, char)
        return known[key]

    def is_done(self, state: Hashable) -> bool:
        """Tell whether such an origin may end in *state*."""
        if isinstance(state, Port):
            return state.is_done
        return isinstance(state, _Host) and self._is_wanted(state)

    def _step(self, state: Hashable, char: str) -> Hashable | None:
        if isinstance(state, Port):
            return state.step(char)
        if isinstance(state, _Host):
            return self._host(state, char)
        begun = f"{state}{char}"
        for scheme in self.schemes:
            if begun == f"{scheme}://":
                default = DEFAULT_PORTS[scheme]
                return _Host(default, ".", "", False, False, not self.word, not self.beyond)
        return begun if any(f"{scheme}://".startswith(begun) for scheme in self.schemes) else None

    def _host(self, host: _Host, char: str) -> Hashable | None:
        if char == ":":
            return Port(host.default) if self._is_wanted(host) else None
        if self.at_end and host.tail.endswith(self.at_end):
            return None
        if char == ".":
            passed = host.passed or host.tail.endswith(self._beyond)
            return self._longer(host, char, "", passed=passed) if host.label == "name" else None
        if char in _LETTERS or char in _DIGITS:
            return self._longer(host, char, "name", passed=host.passed)
        return self._longer(host, char, "-", passed=host.passed) if char == "-" and host.label else None

    def _longer(self, host: _Host, char: str, label: str, *, passed: bool) -> _Host:
        tail = host.tail + char
        while tail not in self._prefixes:
            tail = tail[1:]
        named = host.named if host.label else char in _LETTERS
        seen = host.seen or tail.endswith(self.word)
        return _Host(host.default, tail, label, named, host.dotted or char == ".", seen, passed)

    def _is_wanted(self, host: _Host) -> bool:
        tail = host.tail
        return (
            host.label == "name"
            and (self.bare or (host.named and host.dotted))
            and host.seen
            and host.passed
            and not tail.endswith(self._outside)
            and (not self.under or tail.endswith(self._under))
            and not tail.endswith(self.unglued)
            and (not self.glued or tail.endswith(self.glued))
            and (not self.endings or tail.endswith(self.endings))
        )

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters of the schemes and of all that it looks for."""
        return frozenset("".join((*self.schemes, *self._prefixes)))

    @cached_property
    def _steps(self) -> dict[tuple[Hashable, str], Hashable | None]:
        return {}

    @cached_property
    def _outside(self) -> tuple[str, ...]:
        return tuple(f".{domain}" for domain in self.outside)

    @cached_property
    def _under(self) -> tuple[str, ...]:
        return tuple(f".{domain}" for domain in self.under)

    @cached_property
    def _beyond(self) -> tuple[str, ...]:
        return tuple(f".{domain}" for domain in self.beyond)

    @cached_property
    def _prefixes(self) -> frozenset[str]:
        texts = (*self.glued, *self.unglued, *self.at_end, *self.endings, self.word)
        words = (*self._outside, *self._under, *self._beyond, *texts)
        return frozenset(word[:length] for word in words for length in range(len(word) + 1)) | {""}
