"""What every rule of the CORS1xx family is: prose, and a check of a draft."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from corsage.model.rule import Problem, Rule, Severity
from corsage.server.draft import WILDCARD, Draft

_LONGEST_VALUE: Final = 1000


class PolicyRule(Rule):
    """A policy is wrong before any request."""

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find what the rule is about in *draft*. Never raises, whatever the draft holds."""
        raise NotImplementedError

    def problem(
        self,
        field: str,
        value: object,
        reason: str,
        *,
        suggestion: str | None = None,
        witness: str | None = None,
        severity: Severity | None = None,
    ) -> Problem:
        """Make a problem of this rule."""
        return Problem(self.code, severity or self.severity, field, shown(value), reason, suggestion, witness)


def shown(value: object) -> str:
    """Return *value* as text, bounded. Some values have none: whole numbers of a million digits."""
    if isinstance(value, str):
        text = value
    else:
        try:
            text = repr(value)
        except Exception:  # noqa: BLE001 - whatever a stranger's object does, the other problems are reported
            text = f"something of type {type(value).__name__}"
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def place(draft: Draft, field: str, index: int) -> str:
    """Return where an entry of a list stands, as its writer sees it: ``origins[1]``, or ``origins`` if no list."""
    if field in draft.places:
        return f"{field}[{draft.places[field][index]}]"
    entries: tuple[str, ...] = getattr(draft, field)
    alone = len(entries) == 1 and (
        entries[0] == WILDCARD or any(name == field for name, _, _ in draft.misfits)
    )
    return field if alone else f"{field}[{index}]"


def example(**fields: object) -> Mapping[str, object]:
    """Make the fields of a policy for the page of a rule."""
    return MappingProxyType(fields)
