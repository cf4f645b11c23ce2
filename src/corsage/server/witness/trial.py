"""Try an expression on a text, without falling into the loops that it may have."""

from typing import Final

from corsage.model.url import parse_url
from corsage.server.regexes import compile_regex, is_linear
from corsage.server.serialized_origin import split_serialized_origin
from corsage.server.witness.ambiguity import ambiguous_loop
from corsage.server.witness.automaton import Automaton, automaton_of
from corsage.server.witness.search import accepts, way_to
from corsage.server.witness.tree import Tree

_REPEATS: Final = 24


class Trial:
    """Asks the expression itself where that is safe, and the automaton where it says the same.

    Attributes:
        loop: a loop of the expression that reads a text in two ways; ``None`` where none does.
        is_slow: whether the expression can take exponential time here.
    """

    __slots__ = ("_automaton", "_is_exact", "_regex", "is_slow", "loop")

    def __init__(self, pattern: str, tree: Tree, automaton: Automaton) -> None:
        loop = ambiguous_loop(automaton)
        beside = any(ambiguous_loop(automaton_of(aside)) is not None for aside in tree.asides)
        self.loop = loop
        self.is_slow = (beside or loop is not None) and not is_linear(pattern)
        self._regex = compile_regex(pattern)
        self._automaton = automaton
        self._is_exact = tree.is_exact

    def slow_text(self) -> str:
        """Return an origin that takes long, or nothing where none could be made."""
        if self.loop is None:
            return ""
        text = way_to(self._automaton, self.loop.at) + self.loop.text * (_REPEATS // len(self.loop.text) or 1)
        return text if split_serialized_origin(text) is not None else ""

    def accepts(self, text: str) -> bool:
        """Tell whether the expression accepts *text*; no, where nobody can tell without risk."""
        if not self.is_slow:
            return self._regex.fullmatch(text) is not None
        return self._is_exact and accepts(self._automaton, text)

    def allows(self, origin: str) -> bool:
        """Tell whether *origin* is one that a browser can send, and the expression accepts it."""
        parts = split_serialized_origin(origin)
        if parts is None or not self.accepts(origin):
            return False
        if parts[0] not in {"http", "https"}:
            return True
        url = parse_url(f"{origin}/")
        return url is not None and url.origin.serialized == origin
