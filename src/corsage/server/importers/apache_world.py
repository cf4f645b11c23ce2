"""What Apache's directives ask of a request: its headers, its variables, and expressions over both."""

import re
from dataclasses import dataclass, field
from typing import Final

from corsage.server.importers.apache_expr import Asking, NotUnderstoodError, evaluate
from corsage.server.importers.apache_syntax import Line
from corsage.server.importers.asked import ORIGIN, REQUESTED, Asked
from corsage.server.importers.harmless_regexes import harmless_search
from corsage.server.importers.origin_tests import How, OriginTest, passes_anybody

_VALUE: Final = re.compile(r"%\{([^}]{1,200})\}([ei])|%%")


@dataclass(slots=True)
class Run:
    """One request on its way.

    Attributes:
        asked: the request.
        env: its variables.
        conditions: of mod_rewrite, for the next rule: whether each holds, and whether it is joined by or.
        status: of an answer that a rule makes.
        onsuccess: headers of good answers.
        always: headers of all answers.
    """

    asked: Asked
    env: dict[str, str] = field(default_factory=dict)
    conditions: list[tuple[bool, bool]] = field(default_factory=list)  # holds; or with the next
    status: int | None = None
    onsuccess: list[tuple[str, str]] = field(default_factory=list)
    always: list[tuple[str, str]] = field(default_factory=list)


class World:
    """What directives ask.

    Attributes:
        tests: what origins are compared with, with where that stands; grows.
        unread: what could not be understood, with where it stands.
    """

    def __init__(self) -> None:
        self.tests: dict[OriginTest, str] = {}
        self.unread: dict[str, str] = {}

    def value(self, run: Run, text: str, line: Line) -> str:
        """Return what the format of a ``Header`` directive says."""
        if text.lower().startswith("expr="):
            return re.sub(r"%\{([^}]*)\}", lambda found: self.variable(run, found[1]), text[5:])

        def value(found: re.Match[str]) -> str:
            if found[2] == "e":
                if found[1] not in run.env:
                    self._unknown(found[1], line)
                return run.env.get(found[1], "")
            return "%" if found[1] is None else self.request(run, found[1])

        return _VALUE.sub(value, text)

    def _unknown(self, name: str, line: Line) -> None:
        if name.upper() in {"HTTP_ORIGIN", "ORIGIN"}:
            self.unread[f"line {line.line}: Header"] = f"%{{{name}}}e is a variable that nothing sets"

    def holds(self, run: Run, text: str, line: Line) -> bool:
        """Tell whether an expression holds; what cannot be read does not."""
        asking = Asking(
            variable=lambda name: self.variable(run, name),
            call=lambda function, name: (
                run.env.get(name, "") if function.endswith("env") else self.request(run, name)
            ),
            matches=lambda value, pattern, ignores: bool(self.matches(run, value, pattern, ignores, line)),
        )
        try:
            return evaluate(text, asking)
        except NotUnderstoodError:
            self.unread[f"line {line.line}: {line.name}"] = text
            return False

    def matches(self, run: Run, value: str, pattern: str, ignores: bool | None, line: Line) -> bool | None:  # noqa: FBT001 - one way to compare
        """Compare *value* with a text, or with an expression; ``None`` where that is not understood."""
        if value == ORIGIN and pattern:
            how = How.IS if ignores is None else How.SEARCHED
            return self.passes(run, OriginTest(how, pattern, ignores_case=bool(ignores)), line)
        if ignores is None:
            return value == pattern
        found = harmless_search(pattern, value, ignores_case=ignores)
        if found is None:
            self.unread[f"line {line.line}: {line.name}"] = pattern
        return found

    def passes(self, run: Run, test: OriginTest, line: Line) -> bool:
        """Tell whether the asker passes *test*, and remember it."""
        if run.asked.plain:
            return False
        self.tests.setdefault(test, f"line {line.line}: {line.name}")
        return test == run.asked.test or passes_anybody(test)

    def variable(self, run: Run, name: str) -> str:
        """Return the value of ``%{NAME}``."""
        kind, colon, rest = name.partition(":")
        if colon and kind.lower() in {"http", "req", "req_novary"}:
            return self.request(run, rest)
        if colon and kind.lower() in {"env", "reqenv"}:
            return run.env.get(rest, "")
        if name.upper() == "REQUEST_METHOD":
            return run.asked.method
        return self.request(run, name[5:].replace("_", "-")) if name.upper().startswith("HTTP_") else ""

    def request(self, run: Run, name: str) -> str:
        """Return a header of the request."""
        known = {
            "origin": "" if run.asked.plain else ORIGIN,
            "request_method": run.asked.method,
            "access-control-request-method": "PUT" if run.asked.preflight else "",
            "access-control-request-headers": REQUESTED if run.asked.preflight else "",
        }
        return known.get(name.lower(), "")
