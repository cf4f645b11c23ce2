"""A Caddyfile, played: matchers, headers with what comes before and after the application, and answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from corsage.server.importers.asked import ORIGIN, REQUESTED, Asked, Told
from corsage.server.importers.budget import Budget
from corsage.server.importers.caddy_syntax import Entry
from corsage.server.importers.harmless_regexes import harmless_search
from corsage.server.importers.origin_tests import How, OriginTest, passes_anybody

_DEEPEST: Final = 10
_LONGEST: Final = 10_000
_ARGUMENT: Final = re.compile(r"\{args[.\[]([0-9]{1,3})\]?\}")
_ASKER: Final = ("{header.Origin}", "{http.request.header.Origin}")
_ASKED_HEADERS: Final = "Access-Control-Request-Headers"
_BLOCKS: Final = frozenset({"route", "handle", "handle_path"})
_PROXIES: Final = frozenset({"reverse_proxy", "php_fastcgi"})


@dataclass(slots=True)
class _Run:
    asked: Asked
    matchers: dict[str, Entry] = field(default_factory=dict)
    headers: list[tuple[str, str]] = field(default_factory=list)
    deferred: list[str] = field(default_factory=list)
    status: int | None = None
    is_done: bool = False


class Play:
    """A site that can be asked.

    Attributes:
        tests: what origins are compared with, with where that stands; grows as it is asked.
        unread: what could not be understood, with where it stands.
    """

    def __init__(
        self, site: Sequence[Entry], snippets: Mapping[str, Sequence[Entry]], budget: Budget
    ) -> None:
        self._site = site
        self._budget = budget
        self._snippets = snippets
        self.tests: dict[OriginTest, str] = {}
        self.unread: dict[str, str] = {}
        for asked in (Asked(), Asked(preflight=True)):
            self.answer(asked)
        for test in list(self.tests):
            self.answer(Asked(test))

    def answer(self, asked: Asked) -> Told:
        """Play what *asked* meets."""
        run = _Run(asked)
        self._play(run, self._site, 0)
        headers = [(name, value) for name, value in run.headers if value]
        return Told(headers, run.status, frozenset(name for name, _ in headers))

    def _play(self, run: _Run, block: Sequence[Entry], depth: int) -> None:
        if depth > _DEEPEST:
            self.unread["configuration"] = "too many imports in one another"
            return
        entries = list(self._imported(block))
        run.matchers |= {each.words[0]: each for each in entries if each.words[0].startswith("@")}
        taken = False
        for each in entries:
            if run.is_done:
                return
            name = each.words[0]
            if name in _BLOCKS and each.block is not None:
                # Of several `handle`, the first that matches is the only one.
                if not (name == "handle" and taken) and self._matches(run, each.words[1:2], each):
                    taken = taken or name == "handle"
                    self._play(run, each.block, depth + 1)
            elif name == "header":
                self._header(run, each)
            elif name == "respond":
                self._respond(run, each)
            elif name in _PROXIES:
                self._proxy(run, each)

    def _imported(self, block: Sequence[Entry], depth: int = 0) -> Iterator[Entry]:
        self._budget.spend(len(block))
        for each in block:
            if not each.words:
                continue
            snippet = (
                self._snippets.get(each.words[1])
                if each.words[0] == "import" and len(each.words) > 1
                else None
            )
            if each.words[0] != "import":
                yield each
            elif snippet is None or depth >= _DEEPEST:
                self.unread[f"line {each.line}: import"] = " ".join(each.words[1:])
            else:
                yield from self._imported([_filled(line, each.words[2:]) for line in snippet], depth + 1)

    def _header(self, run: _Run, entry: Entry) -> None:
        words = entry.words[1:]
        matcher = words[:1] if words and words[0][:1] in {"@", "/", "*"} else []
        if not self._matches(run, matcher, entry):
            return
        words = words[len(matcher) :]
        lines = [words] if words else [each.words for each in entry.block or ()]
        for line in lines:
            if line and line != ["defer"]:
                self._set(run, line)

    def _set(self, run: _Run, line: list[str]) -> None:
        sign = line[0][0] if line[0][:1] in {"+", "-", "?", ">"} else ""
        name = line[0].removeprefix(sign).lower().rstrip(":")
        value = self._value(run, line[1]) if len(line) > 1 else ""
        if sign == "-":
            return  # of the application's: what is set here stays
        if sign != "+":
            run.headers = [pair for pair in run.headers if pair[0] != name]
        run.headers.append((name, value))

    def _value(self, run: _Run, text: str) -> str:
        if text in _ASKER:
            return "" if run.asked.plain else ORIGIN
        if _ASKED_HEADERS in text and text.startswith("{"):
            return REQUESTED if run.asked.preflight else ""
        if text.startswith("{"):
            self.unread.setdefault(f"header {text}", text)
            return ""
        return text

    def _respond(self, run: _Run, entry: Entry) -> None:
        words = entry.words[1:]
        matcher = words[:1] if words and words[0][:1] in {"@", "/", "*"} else []
        if not self._matches(run, matcher, entry):
            return
        numbers = [word for word in words if word.isascii() and word.isdigit() and len(word) == 3]  # noqa: PLR2004 - of a status
        run.status = int(numbers[0]) if numbers else 200
        run.is_done = True

    def _proxy(self, run: _Run, entry: Entry) -> None:
        for each in entry.block or ():
            if each.words[:1] == ["header_down"] and len(each.words) > 1:
                self._set(run, each.words[1:])
        run.is_done = True

    def _matches(self, run: _Run, words: Sequence[str], entry: Entry) -> bool:
        if not words or words[0] in {"*", "/*"}:
            return True
        if words[0].startswith("/"):
            self.unread.setdefault(f"line {entry.line}: {entry.words[0]}", words[0])
            return True
        found = run.matchers.get(words[0])
        if found is None:
            self.unread[f"line {entry.line}: {entry.words[0]}"] = words[0]
            return False
        lines = [each.words for each in found.block] if found.block is not None else [found.words[1:]]
        # Lines of one header hold where any does; all others must hold.
        origins = [self._one(run, line, found) for line in lines if _is_of_origin(line)]
        others = [self._one(run, line, found) for line in lines if not _is_of_origin(line)]
        return all(others) and (any(origins) or not origins)

    def _one(self, run: _Run, line: list[str], entry: Entry) -> bool:
        known = {
            "Origin": "" if run.asked.plain else ORIGIN,
            "Access-Control-Request-Method": "PUT" if run.asked.preflight else "",
            "Access-Control-Request-Headers": REQUESTED if run.asked.preflight else "",
        }
        name, words = (line[0], line[1:]) if line else ("", [])
        if name == "not":
            return not self._one(run, words, entry)
        if name == "method":
            return run.asked.method in words
        if name in {"header", "header_regexp"} and len(words) > 1:
            field_, text = words[-2], words[-1]
            value = known.get(field_)
            if value is not None:
                return self._header_is(run, name, value, text, entry)
        if name in {"path", "host", "protocol", "path_regexp"}:
            self.unread.setdefault(f"line {entry.line}: {entry.words[0]}", " ".join(line))
            return True
        self.unread[f"line {entry.line}: {entry.words[0]}"] = " ".join(line)
        return False

    def _header_is(self, run: _Run, name: str, value: str, text: str, entry: Entry) -> bool:
        if value != ORIGIN:
            if name == "header":
                return value != "" if text == "*" else value == text
            return value != "" and bool(harmless_search(text, value))
        if text == "*" and name == "header":
            return True
        test = OriginTest(How.SEARCHED if name == "header_regexp" else How.IS, text)
        if name == "header" and "*" in text:
            test = _of_wildcard(text)
        self.tests.setdefault(test, f"line {entry.line}: {entry.words[0]}")
        return test == run.asked.test or passes_anybody(test)


def _filled(entry: Entry, arguments: Sequence[str]) -> Entry:
    """Put the arguments of an import into a line of a snippet."""

    def value(found: re.Match[str]) -> str:
        number = int(found[1])
        return arguments[number] if number < len(arguments) else found[0]

    words = [_ARGUMENT.sub(value, word)[:_LONGEST] for word in entry.words]
    block = None if entry.block is None else [_filled(each, arguments) for each in entry.block]
    return Entry(words, entry.line, block)


def _of_wildcard(text: str) -> OriginTest:
    """Return what ``https://*`` and ``*.example.com`` mean: a star at an end is anything."""
    escaped = re.escape(text.strip("*"))
    start, end = ("" if text.startswith("*") else "^"), ("" if text.endswith("*") else "$")
    return OriginTest(How.SEARCHED, f"{start}{escaped}{end}".replace("\\-", "-"))


def _is_of_origin(line: Sequence[str]) -> bool:
    return line[:1] in (["header"], ["header_regexp"]) and len(line) > 2 and line[-2] == "Origin"  # noqa: PLR2004 - name, field, text
