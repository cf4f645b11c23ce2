"""nginx's configuration, played: maps, conditions, and the headers that come of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from corsage.server.importers.asked import ORIGIN, REQUESTED, Asked, Told
from corsage.server.importers.budget import Budget
from corsage.server.importers.harmless_regexes import harmless_search
from corsage.server.importers.nginx_syntax import Directive
from corsage.server.importers.origin_tests import How, OriginTest, passes_anybody

Block = Sequence[Directive]

_VARIABLE: Final = re.compile(r"\$(?:\{(\w{1,100})\}|(\w{1,100}))", re.ASCII)
_ASKER: Final = "http_origin"
_OK: Final = frozenset({200, 201, 204, 206, 301, 302, 303, 304, 307, 308})
_DEEPEST: Final = 10


@dataclass(slots=True)
class _Map:
    source: str
    variable: str
    entries: list[tuple[str, str]] = field(default_factory=list)
    default: str = ""


@dataclass(slots=True)
class _Run:
    """One request on its way."""

    asked: Asked
    variables: dict[str, str]
    chain: list[Block]
    status: int | None = None


class Play:
    """A configuration that can be asked about one of its places.

    Attributes:
        tests: what origins are compared with, in order.
        unread: what could not be understood, with where it stands.
    """

    def __init__(self, root: Block) -> None:
        self.tests: dict[OriginTest, str] = {}
        self.unread: dict[str, str] = {}
        self._maps: dict[str, _Map] = {}
        self._budget = Budget()
        self._set: set[str] = set()
        for directive in _walk(root):
            if directive.name == "map" and len(directive.words) == 2 and directive.block is not None:  # noqa: PLR2004 - its two arguments
                self._read_map(directive)
            elif directive.name == "if":
                self._read_condition(directive)
            elif directive.name == "set" and directive.words:
                self._set.add(directive.words[0].lstrip("$"))

    def _read_map(self, directive: Directive) -> None:
        source, variable = directive.words
        made = _Map(source, variable.lstrip("$"))
        for each in directive.block or ():
            value = each.words[0] if each.words else ""
            if each.name == "default":
                made.default = value
            elif each.name in {"include", "hostnames"}:
                self.unread[f"map {variable}"] = each.name
            else:
                made.entries.append((each.name, value))
                if _names(source) == _ASKER:
                    self.tests.setdefault(_test_of(each.name), f"map {variable}")
        self._maps[made.variable] = made

    def _read_condition(self, directive: Directive) -> None:
        words = condition_of(directive)
        if len(words) == 3 and _names(words[0]) == _ASKER and words[2]:  # noqa: PLR2004 - variable, sign, text
            test = _compared(words[1], words[2])
            if test is not None:
                self.tests.setdefault(test, f"line {directive.line}: if")

    def answer(self, chain: Sequence[Block], asked: Asked) -> Told:
        """Play what *asked* meets in the blocks of *chain*, the outermost first."""
        run = _Run(asked, {"request_method": asked.method}, list(chain))
        run.variables[_ASKER] = "" if asked.plain else ORIGIN
        run.variables["http_access_control_request_method"] = "PUT" if asked.preflight else ""
        run.variables["http_access_control_request_headers"] = REQUESTED if asked.preflight else ""
        for number, block in enumerate(chain):
            run.chain = list(chain[: number + 1])
            if not self._rewrite(run, block):
                break
        return self._headers(run)

    def _rewrite(self, run: _Run, block: Block) -> bool:
        """Run the rewrite directives of *block*; false where the answer is made."""
        around = list(run.chain)
        for each in block:
            self._budget.spend()
            if each.name == "set" and len(each.words) == 2:  # noqa: PLR2004 - its two arguments
                run.variables[each.words[0].lstrip("$")] = self._expand(run, each.words[1])
            elif each.name == "return" and each.words:
                digits = each.words[0].isascii() and each.words[0].isdigit()
                run.status = int(each.words[0][:3]) if digits else 302
                return False
            elif each.name == "if" and each.block is not None and self._holds(run, each):
                # Of several that hold, the last one's headers count.
                run.chain = [*around, each.block]
                if not self._rewrite(run, each.block):
                    return False
        return True

    def _holds(self, run: _Run, directive: Directive) -> bool:
        words = condition_of(directive)
        found: bool | None = None
        if len(words) == 1:
            found = self._expand(run, words[0]) not in {"", "0"}
        elif len(words) == 3:  # noqa: PLR2004 - variable, sign, text
            found = self._compare(run, words)
        if found is None:
            self.unread[f"line {directive.line}: if"] = " ".join(directive.words)
        return bool(found)

    def _compare(self, run: _Run, words: list[str]) -> bool | None:
        value, sign, text = self._expand(run, words[0]), words[1], words[2]
        if sign not in {"=", "!=", "~", "~*", "!~", "!~*"}:
            return None
        if value == ORIGIN and text:
            found: bool | None = self._passes(run, _compared(sign, text))
        elif sign in {"=", "!="}:
            found = value == self._expand(run, text)
        else:
            found = _searched(text, value, ignores_case=sign.endswith("*"))
        return None if found is None else found != sign.startswith("!")

    def _passes(self, run: _Run, test: OriginTest | None) -> bool:
        return test is not None and (test == run.asked.test or passes_anybody(test))

    def _expand(self, run: _Run, text: str, depth: int = 0) -> str:
        def value(found: re.Match[str]) -> str:
            name = found[1] or found[2]
            if name in run.variables:
                return run.variables[name]
            if name in self._maps and depth < _DEEPEST:
                return self._mapped(run, self._maps[name], depth + 1)
            if name not in self._set:
                self.unread.setdefault(f"${name}", text)
            return ""

        return _VARIABLE.sub(value, text)

    def _mapped(self, run: _Run, found: _Map, depth: int) -> str:
        value = self._expand(run, found.source, depth)
        self._budget.spend(len(found.entries))
        for text, result in found.entries:
            if value == ORIGIN:
                matches: bool | None = self._passes(run, _test_of(text))
            elif text.startswith("~"):
                pattern = text.removeprefix("~").removeprefix("*")
                matches = _searched(pattern, value, ignores_case=text.startswith("~*"))
            else:
                matches = text.lower() == value.lower()
            if matches is None:
                self.unread[f"map ${found.variable}"] = text
            elif matches:
                return self._expand(run, result, depth)
        return self._expand(run, found.default, depth)

    def _headers(self, run: _Run) -> Told:
        added = next(
            (block for block in reversed(run.chain) if any(each.name == "add_header" for each in block)), ()
        )
        headers: list[tuple[str, str]] = []
        on_errors: set[str] = set()
        is_error = run.status is not None and run.status not in _OK
        self._budget.spend(len(added))
        for each in added:
            if each.name != "add_header" or len(each.words) < 2:  # noqa: PLR2004 - name and value
                continue
            name, value = each.words[0].lower(), self._expand(run, each.words[1])
            always = each.words[-1] == "always" and len(each.words) > 2  # noqa: PLR2004 - likewise
            if value and (always or not is_error):
                headers.append((name, value))
                on_errors |= {name} if always else set()
        for name, value in self._set_by_module(run):
            headers = [pair for pair in headers if pair[0] != name] + ([(name, value)] if value else [])
            on_errors.add(name)
        return Told(headers, run.status, frozenset(on_errors))

    def _set_by_module(self, run: _Run) -> Iterator[tuple[str, str]]:
        """Return what more_set_headers of the headers-more module sets."""
        for block in run.chain:
            for each in block:
                for word in each.words if each.name == "more_set_headers" else ():
                    name, colon, value = word.partition(":")
                    if colon:
                        yield name.strip().lower(), self._expand(run, value.strip())


def condition_of(directive: Directive) -> list[str]:
    """Return what stands between the parentheses of an ``if``."""
    words = list(directive.words)
    if words and words[0].startswith("("):
        words[0] = words[0][1:]
    if words and words[-1].endswith(")"):
        words[-1] = words[-1][:-1]
    return [each for number, each in enumerate(words) if each or 0 < number < len(words) - 1]


def _names(text: str) -> str:
    found = _VARIABLE.fullmatch(text)
    return (found[1] or found[2]) if found is not None else ""


def _test_of(text: str) -> OriginTest:
    """Return what an entry of a map compares with. Its texts ignore case."""
    if text.startswith("~*"):
        return OriginTest(How.SEARCHED, text[2:], ignores_case=True)
    if text.startswith("~"):
        return OriginTest(How.SEARCHED, text[1:])
    return OriginTest(How.IS, text)


def _compared(sign: str, text: str) -> OriginTest | None:
    if sign in {"=", "!="}:
        return OriginTest(How.IS, text)
    if sign in {"~", "!~", "~*", "!~*"}:
        return OriginTest(How.SEARCHED, text, ignores_case=sign.endswith("*"))
    return None


def _searched(pattern: str, value: str, *, ignores_case: bool) -> bool | None:
    # Of the origin's own text nothing is known.
    if ORIGIN in value and re.search(r"http|//|[.]\w", pattern):
        return None
    return harmless_search(pattern, value, ignores_case=ignores_case)


def _walk(block: Block) -> Iterator[Directive]:
    for each in block:
        yield each
        if each.block is not None:
            yield from _walk(each.block)
