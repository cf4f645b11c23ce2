"""What somebody who wrote a value of the wrong type must have meant."""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.spelling.lists import split_origins, unquoted

_YES: Final = frozenset({"true", "yes", "on", "1", "y", "t"})
_NO: Final = frozenset({"false", "no", "off", "0", "n", "f", "none", "null", ""})
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,6})?", re.ASCII)
_LONGEST: Final = 1000


def right_value(kind: str, value: object) -> str | None:
    """Return *value* as it would be written in the type *kind* of `FIELDS`; ``None`` where nobody can know."""
    return _REPAIRS[kind](value)


def _list(value: object) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    if unquoted(value) == WILDCARD:
        return '"*"'
    pieces = split_origins(unquoted(value)) if "://" in value else _split_names(value)
    return json.dumps(list(pieces), ensure_ascii=False)


def _split_names(value: str) -> tuple[str, ...]:
    return tuple(name for part in value.strip("[]").split(",") if (name := unquoted(part)))


def _expressions(value: object) -> str | None:
    return (
        json.dumps([value], ensure_ascii=False) if isinstance(value, str) and len(value) <= _LONGEST else None
    )


def _flag(value: object) -> str | None:
    word = str(value).strip().lower() if isinstance(value, str | int) and value in _words(value) else None
    if word in _YES:
        return "true"
    return "false" if word in _NO or value is None else None


def _words(value: str | int) -> tuple[object, ...]:
    return (value,) if isinstance(value, str) else (0, 1)


def _whole(value: object) -> str | None:
    number = _as_number(value)
    return str(round(number)) if number is not None else None


def _seconds(value: object) -> str | None:
    number = _as_number(value)
    return f"{number:g}" if number is not None else None


def _as_number(value: object) -> float | None:
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return float(value)
    if isinstance(value, float) and math.isfinite(value):
        return value
    return None


def _text(value: object) -> str | None:
    if isinstance(value, bytes) and len(value) <= _LONGEST:
        return json.dumps(value.decode("latin-1"))
    if isinstance(value, list | tuple) and len(value) == 1 and isinstance(value[0], str):
        return json.dumps(value[0][:_LONGEST], ensure_ascii=False)
    return None


def _nothing(_: object) -> str | None:
    return None


_REPAIRS: Final[Mapping[str, Callable[[object], str | None]]] = {
    "s": _expressions,
    "w": _list,
    "b": _flag,
    "i": _whole,
    "t": _text,
    "n": _seconds,
    "c": _nothing,
}
