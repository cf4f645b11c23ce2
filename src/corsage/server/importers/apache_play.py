"""Apache's configuration, played: variables, rules, and the two tables of headers."""

import re
from collections.abc import Sequence
from typing import Final

from corsage.server.importers.apache_syntax import Line
from corsage.server.importers.apache_world import Run, World
from corsage.server.importers.asked import ORIGIN, Asked, Told
from corsage.server.importers.budget import Budget
from corsage.server.importers.harmless_regexes import harmless_search
from corsage.server.importers.origin_tests import How, OriginTest

_TRANSPARENT: Final = frozenset(
    {"ifmodule", "ifdefine", "ifversion", "ifdirective", "requireany", "requireall"}
)
_FLAGS: Final = re.compile(r"\[([^\]]*)\]$")


class Play:
    """A configuration that can be asked.

    Attributes:
        tests: what origins are compared with, with where that stands; grows as it is asked.
        unread: what could not be understood, with where it stands.
        sections: those that hold for a part of the server alone, if they have headers.
    """

    def __init__(self, root: Sequence[Line]) -> None:
        self._root = root
        self._budget = Budget()
        self._world = World()
        self.tests = self._world.tests
        self.unread = self._world.unread
        self.sections: dict[str, None] = {}
        for preflight in (False, True):
            self.answer(Asked(preflight=preflight))
        for test in list(self.tests):
            self.answer(Asked(test))

    def answer(self, asked: Asked) -> Told:
        """Play what *asked* meets."""
        run = Run(asked)
        # Variables and rules come before headers, wherever they stand.
        for names in (
            ("setenvif", "setenvifnocase", "setenvifexpr"),
            ("rewritecond", "rewriterule"),
            ("header",),
        ):
            self._play(run, self._root, names)
        made = run.status is not None
        headers = [*run.always, *([] if made else run.onsuccess)]
        return Told(
            [pair for pair in headers if pair[1]], run.status, frozenset(name for name, _ in run.always)
        )

    def _play(self, run: Run, block: Sequence[Line], names: tuple[str, ...]) -> None:
        before = False
        self._budget.spend(len(block))
        for line in block:
            if line.block is None:
                if line.name in names:
                    self._directive(run, line)
                continue
            holds = line.name in _TRANSPARENT
            if line.name in {"if", "elseif", "else"}:
                holds = (
                    line.name == "else" or self._world.holds(run, _unquoted(line.words[0]), line)
                ) and not (line.name != "if" and before)
                before = holds or (line.name != "if" and before)
            elif not holds:
                holds = True
                if any(each.name == "header" for each in line.block) and line.name != "virtualhost":
                    self.sections.setdefault(f"<{line.words[1]} {line.words[0]}>", None)
            if holds:
                self._play(run, line.block, names)

    def _directive(self, run: Run, line: Line) -> None:
        if line.name == "header":
            self._header(run, line)
        elif line.name == "rewritecond":
            self._condition(run, line)
        elif line.name == "rewriterule":
            self._rule(run, line)
        elif line.name == "setenvifexpr":
            if len(line.words) > 1 and self._world.holds(run, line.words[0], line):
                self._set(run, line.words[1:], ORIGIN, line)
        elif len(line.words) > 2 and line.words[0].lower() == "origin":  # noqa: PLR2004 - name, expression, variable
            self._set_if_origin(run, line)
        elif len(line.words) > 2:  # noqa: PLR2004 - likewise
            value = self._world.request(run, line.words[0])
            if harmless_search(line.words[1], value, ignores_case=line.name.endswith("nocase")):
                self._set(run, line.words[2:], value, line)

    def _set_if_origin(self, run: Run, line: Line) -> None:
        pattern = line.words[1]
        written = " ".join(line.words[2:])
        test = OriginTest(How.SEARCHED, pattern, ignores_case=line.name.endswith("nocase"))
        if "$0" in written or ("$1" in written and _is_one_group(pattern)):
            # What matched is sent back: it must be the whole origin for a browser to be content.
            test = OriginTest(How.WHOLE, pattern.removeprefix("^").removesuffix("$"), test.ignores_case)
        elif "$" in written:
            self.unread[f"line {line.line}: SetEnvIf"] = written
        if self._world.passes(run, test, line):
            self._set(run, line.words[2:], ORIGIN, line)

    def _set(self, run: Run, words: Sequence[str], matched: str, line: Line) -> None:
        for word in words:
            name, sign, value = word.partition("=")
            if name.startswith("!"):
                run.env.pop(name[1:], None)
            elif value in {"$0", "$1", "%{HTTP:Origin}", "%{req:Origin}"}:
                run.env[name] = matched
            elif "$" in value:
                self.unread[f"line {line.line}: {line.name}"] = word
            else:
                run.env[name] = value if sign else "1"

    def _condition(self, run: Run, line: Line) -> None:
        if len(line.words) < 2:  # noqa: PLR2004 - text and pattern
            return
        text, pattern = line.words[0], line.words[1]
        flags = line.words[2].strip("[]").upper().split(",") if len(line.words) > 2 else []  # noqa: PLR2004 - likewise
        negated = pattern.startswith("!")
        pattern = pattern.removeprefix("!")
        value = re.sub(r"%\{([^}]*)\}", lambda found: self._world.variable(run, found[1]), text)
        if pattern.startswith("="):
            holds: bool | None = self._world.matches(run, value, pattern[1:], None, line)
        elif pattern[:1] in "<>-" and pattern != "-":
            holds = None
        else:
            holds = self._world.matches(run, value, pattern, "NC" in flags, line)
        if holds is None:
            self.unread[f"line {line.line}: RewriteCond"] = " ".join(line.words)
        run.conditions.append((bool(holds) != negated if holds is not None else False, "OR" in flags))

    def _rule(self, run: Run, line: Line) -> None:
        holds, alternative = True, False
        for each, has_other in run.conditions:
            alternative = alternative or each
            if not has_other:
                holds, alternative = holds and alternative, False
        run.conditions.clear()
        found = _FLAGS.search(line.words[-1]) if line.words else None
        if not holds or found is None or run.status is not None:
            return
        for flag in found[1].split(","):
            name, _, value = flag.strip().partition("=")
            if name.upper() in {"R", "REDIRECT"}:
                run.status = int(value) if re.fullmatch(r"[1-5][0-9][0-9]", value) else 302
            elif name.upper() in {"E", "ENV"}:
                variable, _, text = value.partition(":")
                is_origin = text in {"%{HTTP:Origin}", "%0", "%1"}
                run.env[variable] = ORIGIN if is_origin else text
            elif name.upper() in {"F", "FORBIDDEN"}:
                run.status = 403

    def _header(self, run: Run, line: Line) -> None:
        words = list(line.words)
        table = run.onsuccess
        if words and words[0].lower() in {"always", "onsuccess"}:
            table = run.always if words.pop(0).lower() == "always" else run.onsuccess
        if len(words) < 2:  # noqa: PLR2004 - action and name
            return
        action, name, *rest = words
        name = name.lower().rstrip(":")
        value, conditions = (rest[0] if rest else ""), rest[1:]
        if action.lower() in {"unset", "edit", "edit*", "echo", "note"}:
            conditions = rest
        if not all(self._wanted(run, each, line) for each in conditions):
            return
        if action.lower() == "unset":
            table[:] = [pair for pair in table if pair[0] != name]
        elif action.lower() in {"set", "setifempty"}:
            table[:] = [pair for pair in table if pair[0] != name]
            table.append((name, self._world.value(run, value, line)))
        elif action.lower() in {"add", "append", "merge"}:
            table.append((name, self._world.value(run, value, line)))
        elif name.startswith("access-control"):
            self.unread[f"line {line.line}: Header"] = " ".join(line.words)

    def _wanted(self, run: Run, condition: str, line: Line) -> bool:
        if condition.lower().startswith("env="):
            name = condition[4:]
            return (name[1:] not in run.env) if name.startswith("!") else name in run.env
        if condition.lower().startswith("expr="):
            return self._world.holds(run, condition[5:], line)
        return True


def _is_one_group(pattern: str) -> bool:
    inner = pattern.removeprefix("^").removesuffix("$")
    return (
        inner.startswith("(") and inner.endswith(")") and not inner.startswith("(?") and _depth_holds(inner)
    )


def _depth_holds(text: str) -> bool:
    depth = 0
    pieces = re.findall(r"\\.|\[(?:\\.|[^\]\\])*\]|[^\\]", text)
    for number, piece in enumerate(pieces):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if depth == 0:
            return number == len(pieces) - 1
    return False


def _unquoted(text: str) -> str:
    return text[1:-1].replace('\\"', '"') if text[:1] == '"' and text.endswith('"') else text
