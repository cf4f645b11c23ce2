"""The keys of one object, taken one after the other, so that what nobody took is known."""

from collections.abc import Iterator, Mapping
from typing import Final

from corsage.clients.written import LONGEST_VALUE, text_of

MOST_KEYS: Final = 200
# What we answer ourselves with such lines, and where they are from: no evidence.
_NO_EVIDENCE: Final = frozenset(
    {"answer", "findings", "fix", "id", "input", "is_cors_problem", "source", "status_reported", "verify"}
)


class Fields:
    """An object's keys, without regard to case, hyphens and underscores."""

    def __init__(self, mapping: Mapping[str, object]) -> None:
        self._left: dict[str, tuple[str, object]] = {}
        for name, value in mapping.items():
            if len(self._left) >= MOST_KEYS:
                break
            self._left.setdefault(_plain(name), (text_of(name, 200), value))

    def take(self, *names: str) -> object:
        """Take the keys *names* out, and return the first that has a value, or ``None``."""
        taken = [self._left.pop(name, ("", None))[1] for name in names]
        return next((value for value in taken if value is not None), None)

    def part(self, name: str) -> "Fields | None":
        """Take the object under *name* out; ``None`` where there is none, and what else is there stays."""
        value = self._left.get(name, ("", None))[1]
        if not isinstance(value, Mapping):
            return None
        del self._left[name]
        return Fields(value)

    def rest(self) -> Iterator[str]:
        """Say what was not taken, as notes."""
        for plain, (name, value) in self._left.items():
            if plain not in _NO_EVIDENCE and value not in (None, "", [], {}, False):
                yield f"{name}: {text_of(value, LONGEST_VALUE)}"


def _plain(name: object) -> str:
    return text_of(name, 200).strip().lower().replace("-", "_").replace(" ", "_")
