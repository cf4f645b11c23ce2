"""A regular expression as a small tree over the characters that origins are made of.

Python's own parser reads the expression. What it says beyond plain expressions (look-around, back-references, atomic
groups) is widened: the tree accepts all that the expression does, and perhaps more. So what the tree refuses is
refused, and what it accepts must be tried. `Tree.is_exact` tells whether anything was widened.
"""

import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from re import _parser  # type: ignore[attr-defined]  # the only reader of Python's syntax there is
from typing import Any, Final, TypeAlias

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
_ANYTHING: Final = Repeat(Chars(_ALL), 0, None)


@dataclass(frozen=True, slots=True)
class Tree:
    """An expression, read.

    Attributes:
        root: the whole of it.
        asides: what look-around looks for, which the root leaves out.
        dots: how many bare dots there are; they are numbered from 0.
        is_exact: whether the tree accepts nothing but what the expression does.
    """

    root: Node
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


def read(pattern: str) -> Tree:
    """Read *pattern*.

    Raises:
        re.error, RecursionError, OverflowError, ValueError: it cannot be read.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = _parser.parse(pattern, re.ASCII)
    reader = _Reader()
    root = reader.sequence(parsed, parsed.state.flags)
    return Tree(root, tuple(reader.asides), reader.dots, reader.is_exact)


@dataclass(slots=True)
class _Reader:
    dots: int = 0
    is_exact: bool = True
    asides: list[Node] = field(default_factory=list)
    _readers: dict[str, Callable[[Any, int], Node]] = field(init=False)

    def __post_init__(self) -> None:
        self._readers = {
            "LITERAL": lambda code, flags: Chars(_literal(code, flags)),
            "NOT_LITERAL": lambda code, flags: Chars(_ALL - _literal(code, flags)),
            "ANY": lambda _, __: Chars(_ALL),
            "IN": lambda items, flags: Chars(_set(items, flags)),
            "MAX_REPEAT": self._repeat,
            "MIN_REPEAT": self._repeat,
            "POSSESSIVE_REPEAT": self._greedy(self._repeat),
            "SUBPATTERN": self._group,
            "ATOMIC_GROUP": self._greedy(self.sequence),
            "BRANCH": lambda found, flags: Choice(tuple(self.sequence(each, flags) for each in found[1])),
            "AT": self._anchor,
            "FAILURE": lambda _, __: Chars(frozenset()),
            "GROUPREF_EXISTS": self._condition,
            "ASSERT": self._aside,
            "ASSERT_NOT": self._aside,
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
        unbounded = int(most) >= int(_parser.MAXREPEAT)
        return Repeat(body or self.sequence(single, flags), int(least), None if unbounded else int(most))

    def _group(self, value: Any, flags: int) -> Node:  # noqa: ANN401 - likewise
        _, added, removed, items = value
        return self.sequence(items, (flags | added) & ~removed)

    def _condition(self, value: Any, flags: int) -> Node:  # noqa: ANN401 - likewise
        self.is_exact = False
        _, yes, no = value
        return Choice((self.sequence(yes, flags), self.sequence(no, flags) if no else EMPTY))

    def _aside(self, value: Any, flags: int) -> Node:  # noqa: ANN401 - likewise
        self.is_exact = False
        dots = self.dots
        self.asides.append(self.sequence(value[1], flags))
        self.dots = dots  # its dots are not those of the name
        return EMPTY

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


def _literal(code: int, flags: int) -> frozenset[str]:
    char = chr(code)
    return frozenset((char, char.lower()) if flags & re.IGNORECASE else char) & _ALL


def _set(items: list[tuple[Any, Any]], flags: int) -> frozenset[str]:
    found: set[str] = set()
    negated = False
    for op, value in items:
        match str(op):
            case "NEGATE":
                negated = True
            case "LITERAL":
                found |= _literal(value, flags)
            case "RANGE":
                found |= {char for char in ALPHABET if _is_between(char, value, flags)}
            case "CATEGORY":
                found |= {char for char in ALPHABET if _is_of(char, str(value))}
    return _ALL - found if negated else frozenset(found)


def _is_between(char: str, bounds: tuple[int, int], flags: int) -> bool:
    first, last = bounds
    cases = {char, char.upper()} if flags & re.IGNORECASE else {char}
    return any(first <= ord(case) <= last for case in cases)


def _is_of(char: str, category: str) -> bool:
    known = {
        "DIGIT": char.isdigit(),
        "WORD": char.isalnum() or char == "_",
        "SPACE": False,
    }
    return known[category.rpartition("_")[2]] is not ("_NOT_" in category)
