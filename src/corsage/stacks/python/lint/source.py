"""Pasted Python, read and never executed: calls, their options, settings, and what is written as their values."""

import ast
import re
import textwrap
import warnings
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

LONGEST: Final = 100_000  # characters; of more the beginning is read
UNKNOWN: Final = "**"  # stands for the options of a dictionary that is not written there
_DEPTH: Final = 6
_MOST: Final = 300  # entries of a list
# What is looked for in what does not parse: a name, and a value on the same line, or in brackets.
_PAIR: Final = re.compile(
    r"(?<![\w.])([A-Za-z_]\w{2,60})[\"']?\]?\s{0,5}[=:]\s{0,5}(\[[^\[\]]{0,4000}\]|\([^()]{0,4000}\)|\"[^\"\n]{0,300}\"|"
    r"'[^'\n]{0,300}'|r\"[^\"\n]{0,300}\"|r'[^'\n]{0,300}'|True|False|None|-?[0-9]{1,10})"
)


@dataclass(frozen=True, slots=True)
class Value:
    """What is written as an option's value, as far as it is written.

    Attributes:
        texts: all texts in it, whether it is a text or a list of them.
        expressions: what `re.compile` is given in it.
        is_text: whether it is a single text.
        constant: True, False, None or a number; else the value itself is no constant, and this is ``...``.
        is_empty: whether it is an empty list.
        entries: of a dictionary with texts for keys.
        is_whole: whether all of it could be read.
    """

    texts: tuple[str, ...] = ()
    expressions: tuple[str, ...] = ()
    is_text: bool = False
    constant: object = ...
    is_empty: bool = False
    entries: Mapping[str, "Value"] = field(default_factory=dict)
    is_whole: bool = True


UNREAD: Final = Value(is_whole=False)
Options = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Source:
    """A text, parsed where it is Python.

    Attributes:
        text: what was pasted, bounded.
        tree: ``None`` where it does not parse.
        names: what is assigned to plain names, wherever.
    """

    text: str
    tree: ast.Module | None
    names: Mapping[str, ast.expr]
    # Each name is followed once: texts may be made to be followed for ever.
    _followed: dict[tuple[str, int], Value] = field(default_factory=dict, compare=False, repr=False)

    def nodes(self) -> Iterator[ast.AST]:
        """Walk through all there is; through nothing where it does not parse."""
        if self.tree is not None:
            yield from ast.walk(self.tree)

    def calls(self, *names: str) -> list[ast.Call]:
        """Find calls of *names*, with any module before them, and of what takes one of them first, in order."""
        found = [node for node in self.nodes() if isinstance(node, ast.Call) and _is_for(node, names)]
        return sorted(found, key=lambda node: (node.lineno, node.col_offset))

    def options(self, call: ast.Call) -> Options:
        """Read the arguments of *call* that have names, those of a dictionary behind ``**`` too."""
        found: dict[str, Value] = {}
        for keyword in call.keywords:
            value = self.value(keyword.value)
            if keyword.arg is None:
                found |= value.entries or {UNKNOWN: value}
            else:
                found[keyword.arg] = value
        return found

    def settings(self, prefix: str) -> Options:
        """Read what is assigned to names, attributes and keys that begin with *prefix*."""
        if self.tree is None:
            return {name: value for name, value in loose_pairs(self.text).items() if name.startswith(prefix)}
        found: dict[str, Value] = {}
        for node in self.nodes():
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                pairs = [(name_of(target), node.value) for target in targets]
            elif isinstance(node, ast.keyword):
                pairs = [(node.arg or "", node.value)]
            elif isinstance(node, ast.Dict):
                pairs = [(_text(key) or "", each) for key, each in zip(node.keys, node.values, strict=True)]
            else:
                continue
            found |= {name: self.value(each) for name, each in pairs if name.startswith(prefix)}
        return found

    def value(self, node: ast.expr | None, depth: int = _DEPTH) -> Value:
        """Read what is written; names are followed to what is assigned to them."""
        if node is None or depth == 0:
            return UNREAD
        if isinstance(node, ast.Name):
            key = (node.id, depth)
            if key not in self._followed:
                self._followed[key] = self.value(self.names.get(node.id), depth - 1)
            return self._followed[key]
        if isinstance(node, ast.Constant):
            is_text = isinstance(node.value, str)
            return Value((str(node.value),), is_text=True) if is_text else Value(constant=node.value)
        if isinstance(node, ast.Dict):
            pairs = [(_text(key), each) for key, each in zip(node.keys, node.values, strict=True)]
            entries = {key: self.value(each, depth - 1) for key, each in pairs if key is not None}
            return Value(tuple(entries), entries=entries)
        if isinstance(node, ast.Call):
            return self._called(node, depth)
        return self._several(node, depth)

    def _called(self, node: ast.Call, depth: int) -> Value:
        name = name_of(node.func)
        if name in {"compile", "re_compile"} and node.args:
            return Value(expressions=self.value(node.args[0], depth - 1).texts)
        if isinstance(node.func, ast.Name) and name in {"list", "tuple", "set", "frozenset"} and node.args:
            return self.value(node.args[0], depth - 1)
        if name == "split" and isinstance(node.func, ast.Attribute):
            whole = self.value(node.func.value, depth - 1).texts
            return Value(tuple(part for text in whole for part in re.split(r",\s*|\s+", text) if part))
        if name in {"ResourceOptions", "dict"}:
            entries = {each.arg: self.value(each.value, depth - 1) for each in node.keywords if each.arg}
            return Value(entries=entries)
        return UNREAD

    def _several(self, node: ast.expr, depth: int) -> Value:
        parts: list[ast.expr] = []
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            parts = node.elts
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.BitOr):
            parts = [node.left, node.right]
        elif isinstance(node, ast.Starred):
            parts = [node.value]
        values = [self.value(part, depth - 1) for part in parts[:_MOST]]
        return Value(
            tuple(text for value in values for text in value.texts)[:_MOST],
            tuple(each for value in values for each in value.expressions)[:_MOST],
            is_empty=isinstance(node, ast.List | ast.Tuple | ast.Set) and not parts,
            is_whole=isinstance(node, ast.List | ast.Tuple | ast.Set | ast.BinOp | ast.Starred)
            and all(value.is_whole for value in values),
        )


@lru_cache(maxsize=4)
def read(text: str) -> Source:
    """Read *text*. Never raises."""
    bounded = text[:LONGEST]
    tree = _parsed(textwrap.dedent(bounded))
    names: dict[str, ast.expr] = {}
    if tree is not None:
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                names |= {target.id: node.value for target in node.targets if isinstance(target, ast.Name)}
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
                names[node.target.id] = node.value
    return Source(bounded, tree, names)


def options_of(text: str, calls: tuple[str, ...], known: Collection[str]) -> list[Options]:
    """Read the arguments of all *calls* in *text*; where it does not parse, what looks like the *known* ones."""
    source = read(text)
    if source.tree is not None:
        return [source.options(call) for call in source.calls(*calls)]
    found = {name: value for name, value in loose_pairs(text).items() if name in known}
    return [found] if found else []


def loose_pairs(text: str) -> Options:
    """Read ``name = value`` out of a text that is no Python, or only a piece of it."""
    found: dict[str, Value] = {}
    for match in _PAIR.finditer(text[:LONGEST]):
        tree = _parsed(match[2])
        if tree is not None and tree.body and isinstance(tree.body[0], ast.Expr):
            found[match[1]] = Source("", None, {}).value(tree.body[0].value)
    return found


def name_of(node: ast.expr | None) -> str:
    """Return the last name of a dotted one, or the text in the brackets behind it; empty where there is none."""
    if isinstance(node, ast.Subscript):
        return _text(node.slice) or ""
    return getattr(node, "id", None) or getattr(node, "attr", None) or ""


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_for(call: ast.Call, names: tuple[str, ...]) -> bool:
    return name_of(call.func) in names or bool(call.args and name_of(call.args[0]) in names)


def _parsed(text: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # backslashes in texts
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
