"""A regular expression as a small tree over the characters that origins are made of.

Python's own parser reads the expression. What it says beyond plain expressions (look-around, back-references, atomic
groups) is widened: the tree accepts all that the expression does, and perhaps more. So what the tree refuses is
refused, and what it accepts must be tried. `Tree.is_exact` tells whether anything was widened.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from corsage.server.regex_chars import CHAR_OPS, UNBOUNDED, chars_of, flags_within, parse_regex

# What serialised origins are made of, in the order in which examples use it.
ALPHABET: Final = "xabcdefghijklmnopqrstuvwyz1234567890-._:/[]+"
_ALL: Final = frozenset(ALPHABET)
_NAME: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a set. A bare dot may have been meant as a dot; it has a number then."""

    chars: frozenset[str]
    bare_dot: int | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other; none of them is the empty text."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of them."""

    options: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The body, *least* times to *most*; ``None`` for no bound."""

    body: "Node"
    least: int
    most: int | None


Node: TypeAlias = Chars | Sequence | Choice | Repeat

EMPTY: Final = Sequence(())
NOTHING: Final = Chars(frozenset())
_DOT: Final = Chars(frozenset("."))
_ANYTHING: Final = Repeat(Chars(_ALL), 0, None)


@dataclass(frozen=True, slots=True)
class Tree:
    """An expression, read.

    Attributes:
        root: the whole of it.
        effort: likewise, with look-around where it stands, which reads on and then fails: what a matcher may try.
        asides: what look-around asks for, which the root leaves out.
        dots: how many bare dots there are; they are numbered from 0.
        is_exact: whether the tree accepts nothing but what the expression does.
    """

    root: Node
    effort: Node
    asides: tuple[Node, ...]
    dots: int
    is_exact: bool


def with_dots(node: Node, free: int | None = None) -> Node:
    """Return *node* with its bare dots as dots, but for the one with the number *free*: that is any other character."""
    match node:
        case Chars(_, bare_dot):
            if bare_dot is None:
                return node
            return Chars(_NAME if bare_dot == free else frozenset("."))
        case Sequence(parts):
            return Sequence(tuple(with_dots(each, free) for each in parts))
        case Choice(options):
            return Choice(tuple(with_dots(each, free) for each in options))
        case Repeat(body, least, most):
            return Repeat(with_dots(body, free), least, most)


def with_sure_dots(node: Node) -> Node:
    """Return *node* with dots that may be left out as dots: ``(www)?[.]?example`` means ``www.example``."""
    match node:
        case Chars():
            return node
        case Sequence(parts):
            return Sequence(tuple(with_sure_dots(each) for each in parts))
        case Choice(options):
            kept = tuple(each for each in options if each != EMPTY)
            return _DOT if set(kept) == {_DOT} else Choice(tuple(with_sure_dots(each) for each in options))
        case Repeat(body, least, most):
            made = with_sure_dots(body)
            return made if made == _DOT else Repeat(made, least, most)


def read(pattern: str) -> Tree:
    """Read *pattern*.

    Raises:
        re.error, RecursionError, OverflowError, ValueError: it cannot be read.
    """
    items, flags = parse_regex(pattern)
    reader = _Reader()
    root = reader.sequence(items, flags)
    effort = _Reader(inline=True).sequence(items, flags) if reader.has_asides else root
    return Tree(root, effort, tuple(reader.asides), reader.dots, reader.is_exact)


@dataclass(slots=True)
class _Reader:
    inline: bool = False
    has_asides: bool = False
    dots: int = 0
    is_exact: bool = True
    asides: list[Node] = field(default_factory=list)
    _readers: dict[str, Callable[[Any, int], Node]] = field(init=False)

    def __post_init__(self) -> None:
        self._readers = {
            "MAX_REPEAT": self._repeat,
            "MIN_REPEAT": self._repeat,
            "POSSESSIVE_REPEAT": self._greedy(self._repeat),
            "SUBPATTERN": self._group,
            "ATOMIC_GROUP": self._greedy(self.sequence),
            "BRANCH": lambda found, flags: Choice(tuple(self.sequence(each, flags) for each in found[1])),
            "AT": self._anchor,
            "FAILURE": lambda _, __: Chars(frozenset()),
            "GROUPREF_EXISTS": self._condition,
            "ASSERT": lambda value, flags: self._aside(value, flags, asked=True),
            "ASSERT_NOT": lambda value, flags: self._aside(value, flags, asked=False),
        }

    def sequence(self, items: Iterable[tuple[Any, Any]], flags: int) -> Node:
        """Read items one after the other."""
        pairs = [(str(op), value) for op, value in items]
        parts: list[Node] = []
        for index, (op, value) in enumerate(pairs):
            if op == "ANY" and not any(
                _is_no_name(pairs[at]) for at in (index - 1, index + 1) if 0 <= at < len(pairs)
            ):
                parts.append(Chars(_ALL, self.dots))
                self.dots += 1
            else:
                parts.append(self._one(op, value, flags))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _one(self, op: str, value: Any, flags: int) -> Node:  # noqa: ANN401 - the parser's own
        if op in CHAR_OPS:
            return Chars(chars_of(op, value, flags, ALPHABET))
        reader = self._readers.get(op)
        if reader is not None:
            return reader(value, flags)
        self.is_exact = False
        return _ANYTHING

    def _repeat(self, value: Any, flags: int) -> Node:  # noqa: ANN401 - likewise
        least, most, items = value
        single = list(items)
        # A dot with a star is a wildcard, not a forgotten backslash; so is one that may be left out.
        body = self._one("ANY", None, flags) if [str(op) for op, _ in single] == ["ANY"] else None
        unbounded = int(most) >= UNBOUNDED
        return Repeat(body or self.sequence(single, flags), int(least), None if unbounded else int(most))

    def _group(self, value: Any, flags: int) -> Node:  # noqa: ANN401 - likewise
        _, added, removed, items = value
        return self.sequence(items, flags_within(flags, added, removed))

    def _condition(self, value: Any, flags: int) -> Node:  # noqa: ANN401 - likewise
        self.is_exact = False
        _, yes, no = value
        return Choice((self.sequence(yes, flags), self.sequence(no, flags) if no else EMPTY))

    def _aside(self, value: Any, flags: int, *, asked: bool) -> Node:  # noqa: ANN401 - likewise
        self.is_exact = False
        self.has_asides = True
        dots = self.dots
        aside = self.sequence(value[1], flags)
        self.dots = dots  # its dots are not those of the name
        if asked:
            self.asides.append(aside)
        return Choice((Sequence((aside, NOTHING)), EMPTY)) if self.inline else EMPTY

    def _anchor(self, where: Any, _: int) -> Node:  # noqa: ANN401 - likewise
        if "BOUNDARY" in str(where):
            self.is_exact = False
        return EMPTY

    def _greedy(self, reader: Callable[[Any, int], Node]) -> Callable[[Any, int], Node]:
        def read_greedily(value: Any, flags: int) -> Node:  # noqa: ANN401 - likewise
            self.is_exact = False
            return reader(value, flags)

        return read_greedily


def _is_no_name(item: tuple[str, Any]) -> bool:
    """Tell whether *item* cannot stand beside a dot of a host name: ``pr-.`` and ``..`` mean any character."""
    op, value = item
    return op == "ANY" or (op == "LITERAL" and not chr(value).isalnum())
