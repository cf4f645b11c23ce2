"""Try an expression on a text, without falling into the loops that it may have."""

from corsage.model.url import parse_url
from corsage.server.regexes import compile_regex
from corsage.server.serialized_origin import split_serialized_origin
from corsage.server.witness.automaton import Automaton
from corsage.server.witness.effort import effort_of
from corsage.server.witness.finding import Finding, Kind
from corsage.server.witness.search import accepts
from corsage.server.witness.tree import Tree


class Trial:
    """Asks the expression itself where that is safe, and the automaton where it says the same.

    What is found does not depend on whether ``google-re2`` is installed here: the policy may run elsewhere.

    Attributes:
        effort: that the expression can take long; ``None`` where it cannot.
        is_exact: whether the automaton accepts nothing but what the expression does, long counted loops aside.
    """

    __slots__ = ("_automaton", "_regex", "effort", "is_exact")

    def __init__(self, pattern: str, tree: Tree, automaton: Automaton) -> None:
        self.effort: Finding | None = effort_of(tree, automaton)
        self.is_exact = tree.is_exact
        self._regex = compile_regex(pattern)
        self._automaton = automaton

    def accepts(self, text: str) -> bool:
        """Tell whether the expression accepts *text*; no, where nobody can tell without risk."""
        if self.effort is None or self.effort.kind is not Kind.SLOW:
            return self._regex.fullmatch(text) is not None
        return self.is_exact and accepts(self._automaton, text)

    def allows(self, origin: str) -> bool:
        """Tell whether *origin* is one that a browser can send, and the expression accepts it."""
        parts = split_serialized_origin(origin)
        if parts is None or not self.accepts(origin):
            return False
        if parts[0] not in {"http", "https"}:
            return True
        url = parse_url(f"{origin}/")
        return url is not None and url.origin.serialized == origin
