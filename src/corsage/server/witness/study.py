"""Study an expression: what it accepts beyond what its writer meant."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from corsage.model.sites import is_loopback_host
from corsage.server.regexes import why_invalid
from corsage.server.this_machine import is_this_machine
from corsage.server.witness.automaton import Automaton, TooLargeError, automaton_of
from corsage.server.witness.domains import DomainOrigins
from corsage.server.witness.finding import Finding, Kind
from corsage.server.witness.like import MACHINE, WITH_ODD_PORT
from corsage.server.witness.meaning import Meaning, hosts_of, meaning_of
from corsage.server.witness.probe import EVIL, Probe, host_of
from corsage.server.witness.samples import ADDRESSES, ANYBODY, EXTENSIONS, strangers_of
from corsage.server.witness.samples import MACHINE as MACHINE_SAMPLES
from corsage.server.witness.search import UnfinishedError, search
from corsage.server.witness.shapes import AnyOrigin, Shape
from corsage.server.witness.spelt import spelt
from corsage.server.witness.suffixes import suffixes_below
from corsage.server.witness.tree import Tree, read, with_dots, with_sure_dots
from corsage.server.witness.trial import Trial

_MOST_DOTS: Final = 12
_TOO_MUCH: Final = (TooLargeError, UnfinishedError, RecursionError, re.error, OverflowError)


@lru_cache(maxsize=4096)  # a few findings for each expression, and for each that is proposed in its place
def study(pattern: str) -> tuple[Finding, ...]:
    """Return what is wrong with *pattern*; nothing where it cannot be compiled."""
    if why_invalid(pattern) is not None:
        return ()
    try:
        begun = _Study(pattern)
    except _TOO_MUCH:
        return (Finding(Kind.UNREAD, about="time"),)
    found: list[Finding] = []
    try:
        found.extend(begun.findings())
    except _TOO_MUCH:
        found.append(Finding(Kind.UNREAD))
    return tuple(found)


class _Study:
    __slots__ = ("_asked", "_automaton", "_meaning", "_probe", "_tree", "_whole")

    def __init__(self, pattern: str) -> None:
        self._tree: Tree = read(pattern)
        self._whole: Automaton = automaton_of(self._tree.root)
        self._probe = Probe(Trial(pattern, self._tree, self._whole))
        dotted = with_dots(self._tree.root)
        self._automaton: Automaton = automaton_of(dotted)
        asked = frozenset[str]().union(
            *(spelt(with_sure_dots(with_dots(each))) for each in self._tree.asides)
        )
        self._asked = hosts_of(asked)
        self._meaning: Meaning = meaning_of(spelt(with_sure_dots(dotted)) | asked)
        self._probe.look_like(self._meaning.domains)

    def findings(self) -> Iterator[Finding]:
        """Look for everything."""
        if self._probe.effort is not None:
            yield self._probe.effort
        if next(search(self._whole, AnyOrigin()), None) is None:
            yield Finding(Kind.NEVER)
            return
        strangers = tuple(self._strangers())
        yield from strangers
        if strangers and strangers[0].kind is Kind.ANY_HOST:
            return
        yield from self._dots()
        yield from self._below_suffixes()
        yield from self._insecure()
        yield from self._this_machine()
        yield from self._any_port()
        yield from self._extensions()

    def _strangers(self) -> Iterator[Finding]:
        """Find origins outside of what was meant, though every bare dot were one."""
        meant = self._meaning.domains
        outside = (*meant, *self._meaning.suffixes)
        yield from self._addresses()
        if next(search(self._automaton, DomainOrigins(outside=outside)), None) is None:
            return
        anybody = [self._probe.allowed(origins) for origins in ANYBODY]
        if all(anybody):
            yield Finding(Kind.ANY_HOST, anybody[0] or "")
            return
        yield from self._open(meant, outside)

    def _open(self, meant: tuple[str, ...], outside: tuple[str, ...]) -> Iterator[Finding]:
        """Say at which end of a domain the expression is open, or else that it accepts somebody."""
        shapes = {
            Kind.OPEN_START: DomainOrigins(outside=outside, glued=meant, at_end=meant),
            Kind.OPEN_END: DomainOrigins(outside=outside, unglued=meant, beyond=meant),
        }
        is_open = False
        for kind, shape in shapes.items() if meant else ():
            outsider = self._probe.outsider(self._automaton, shape)
            if outsider is not None and (outsider.is_sold or kind is Kind.OPEN_START):
                is_open = True
                yield replace(outsider, kind=kind, about=_within(outsider.witness, meant))
        look_alike = None if is_open or self._tree.is_exact else self._look_alike(meant)
        if look_alike is not None:
            yield look_alike
            return
        outsider = None if is_open else self._probe.outsider(self._automaton, DomainOrigins(outside=outside))
        if outsider is not None:
            about = _within(outsider.witness, meant)
            yield replace(outsider, kind=Kind.OPEN_END if about else Kind.STRANGER, about=about)

    def _look_alike(self, meant: tuple[str, ...]) -> Finding | None:
        """Try what the search may have missed, because it does not see what look-around asks for."""
        inside = tuple(f".{domain}" for domain in meant)
        for name in (*self._asked, *meant):
            for origin in strangers_of(name):
                if not f".{host_of(origin)}".endswith(inside) and self._probe.allows(origin):
                    kind = Kind.OPEN_START if host_of(origin).endswith(meant) else Kind.OPEN_END
                    return Finding(kind, origin, _within(origin, meant) or name)
        return None

    def _addresses(self) -> Iterator[Finding]:
        witness = self._probe.allowed(ADDRESSES)
        if witness is not None and self._probe.allowed(ANYBODY[0]) is None:
            yield Finding(Kind.STRANGER, witness)

    def _dots(self) -> Iterator[Finding]:
        """Find what is accepted because a dot stands for any character: the worst of all dots."""
        outside = (*self._meaning.domains, *self._meaning.suffixes)
        mild: Finding | None = None
        for number in range(min(self._tree.dots, _MOST_DOTS)):
            automaton = automaton_of(with_dots(self._tree.root, number))
            found = self._probe.outsider(
                automaton, DomainOrigins(outside=outside, at_end=self._meaning.domains)
            )
            if found is not None and found.is_sold:
                yield Finding(Kind.DOT, found.witness)
                return
            if mild is None:
                witness = found.witness if found else self._probe.find(automaton, AnyOrigin())
                # No name ends in a number: what a dot of an address lets in is nothing.
                named = witness and host_of(witness).rpartition(".")[2][:1].isalpha()
                mild = Finding(Kind.DOT, witness, is_sold=False) if witness and named else None
        if mild is not None:
            yield mild

    def _below_suffixes(self) -> Iterator[Finding]:
        for suffix in self._meaning.suffixes:
            for word in (EVIL, ""):
                shape = DomainOrigins(outside=self._meaning.domains, under=(suffix,), word=word)
                witness = self._probe.find(self._automaton, shape)
                if witness is not None:
                    yield Finding(Kind.SUFFIX, witness, suffix)
                    break
        for domain in self._meaning.domains:
            below = suffixes_below(domain)
            samples = tuple(f"https://{EVIL}.{suffix}" for suffix in below)
            shape = DomainOrigins(under=below)
            witness = (
                (self._probe.allowed(samples) or self._probe.find(self._automaton, shape)) if below else None
            )
            if witness is not None:
                yield Finding(Kind.SUFFIX, witness, witness.partition(".")[2])
                return

    def _insecure(self) -> Iterator[Finding]:
        local = ("localhost", "127.0.0.1")
        bare = DomainOrigins(schemes=("http",), outside=local, bare=True)
        shapes: tuple[Shape, ...] = (DomainOrigins(schemes=("http",), outside=local), bare, AnyOrigin("http"))
        for shape in shapes:
            witness = self._probe.find(self._automaton, shape, avoided=is_loopback_host)
            if witness is not None:
                yield Finding(Kind.INSECURE, witness)
                return

    def _this_machine(self) -> Iterator[Finding]:
        witness = self._probe.allowed(MACHINE_SAMPLES) or self._probe.find(self._automaton, MACHINE)
        if witness is not None:
            yield Finding(Kind.LOOPBACK, witness)

    def _any_port(self) -> Iterator[Finding]:
        for shape, port, other in WITH_ODD_PORT:
            witness = self._probe.find(self._automaton, shape, avoided=is_this_machine)
            if witness is not None and self._probe.allows(f"{witness.removesuffix(port)}{other}"):
                yield Finding(Kind.ANY_PORT, witness)
                return

    def _extensions(self) -> Iterator[Finding]:
        for schemes, (one, other) in EXTENSIONS:
            for scheme in schemes:
                if self._probe.allows(f"{scheme}://{one}") and self._probe.allows(f"{scheme}://{other}"):
                    # Only Chrome's have a name that one could list.
                    named = scheme == "chrome-extension"
                    yield Finding(Kind.STRANGER, f"{scheme}://{one}", "extension", is_sold=named)
                    return


def _within(origin: str, domains: tuple[str, ...]) -> str:
    return next((domain for domain in domains if domain in origin), "")
