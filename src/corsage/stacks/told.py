"""Stacks that are told by what their answers hold: a table instead of code, and stacks with nothing to render."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import Rendered, Sign, Stack

_LONGEST_BODY: Final = 20_000  # what is not in the beginning of a body is no sign
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Tell:
    """One thing that gives a stack away. All that it names must hold.

    Attributes:
        sure: from 0 to 1.
        header: a field's name, lower-case; with ``*`` at its end, how it begins.
        holds: lower-case text in that field's value; empty where the field itself is enough.
        bodies: texts that the body must hold, all of them, as they are written.
        status: of the answer; ``None`` where it does not matter.
    """

    sure: float
    header: str = ""
    holds: str = ""
    bodies: tuple[str, ...] = ()
    status: int | None = None

    def seen(self, answer: Answer) -> str:
        """Return what of *answer* is meant, in words; empty where it is not there."""
        if self.status is not None and answer.status != self.status:
            return ""
        body = answer.body[:_LONGEST_BODY]
        if not all(text in body for text in self.bodies):
            return ""
        if self.header:
            return self._field(answer)
        return f"the body has {self.bodies[0]}" if self.bodies else ""

    def _field(self, answer: Answer) -> str:
        beginning = self.header.removesuffix("*")
        for name, value in answer.headers:
            lower = name.lower()
            named = lower == self.header if beginning == self.header else lower.startswith(beginning)
            if named and self.holds in value.lower():
                shown = value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…"
                return f"{name}: {shown}"
        return ""


class ToldStack(Stack):
    """A stack that a table recognises.

    Attributes:
        tells: what points to it.
        unless: what shows that it is another one that looks alike.
    """

    tells: ClassVar[tuple[Tell, ...]] = ()
    unless: ClassVar[tuple[Tell, ...]] = ()

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Find the table's entries in *answer*."""
        if any(tell.seen(answer) for tell in self.unless):
            return
        for tell in self.tells:
            seen = tell.seen(answer)
            if seen:
                yield Sign(tell.sure, seen)


class RecognisedStack(ToldStack):
    """A stack without a configuration of CORS: it matters to a diagnosis alone.

    Attributes:
        advice: what to do instead, in a sentence or two.
    """

    advice: ClassVar[str]

    def render(self, policy: Policy) -> Rendered:
        """Say that there is nothing to configure here, and where to do it."""
        del policy
        return Rendered(self.name, (), limits=(self.advice,))
