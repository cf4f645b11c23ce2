"""A rule is its own documentation: what it is, why, how to fix it, and two examples that run.

Web pages, ``corsage explain`` and reports are renderings of these classes. A code is for ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

_SHOWN: int = 120


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"  # refused
    WARNING = "warning"  # works, but not as its writer thinks
    NOTE = "note"  # needless, or worth knowing


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a rule found.

    Attributes:
        code: of the rule, ``CORS104``.
        severity: whether it must be fixed.
        field: where, as one writes it: ``origins[1]``, ``env.production.max_age``.
        value: what stands there, as text.
        reason: what is wrong with it, in a sentence without a full stop at its start or the code.
        suggestion: what to write instead; ``None`` where that is for the writer to say.
        witness: an origin or a request that shows it: what is also accepted, what never matches.
    """

    code: str
    severity: Severity
    field: str
    value: str
    reason: str
    suggestion: str | None = None
    witness: str | None = None

    @property
    def says(self) -> str:
        """The problem in one line. Values come from files: escape control characters before printing."""
        shown = self.value if len(self.value) <= _SHOWN else self.value[: _SHOWN - 1] + "…"
        parts = [
            f"{self.code} {self.field}: {shown}: {self.reason}"
            if shown
            else f"{self.code} {self.field}: {self.reason}"
        ]
        if self.witness is not None:
            parts.append(f"for example {self.witness}")
        if self.suggestion is not None:
            parts.append(f"write {self.suggestion}")
        return "; ".join(parts)


class Rule:
    """The prose of a rule. Families add how it is checked.

    Attributes:
        code: ``CORS101``.
        name: short, lower-case, with hyphens: the page's file name and what people search for.
        severity: of what it finds, unless the finding says otherwise.
        what: what the rule looks for, in a sentence.
        why: what happens otherwise, in a short paragraph.
        fix: what to do, in a sentence or two.
        sources: addresses of the standards that say so.
        bad: the fields of a policy that it finds fault with.
        good: the same policy, mended.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    what: ClassVar[str]
    why: ClassVar[str]
    fix: ClassVar[str]
    sources: ClassVar[tuple[str, ...]] = ()
    bad: ClassVar[Mapping[str, object]]
    good: ClassVar[Mapping[str, object]]
