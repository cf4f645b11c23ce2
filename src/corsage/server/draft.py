"""A policy before it is one: the fields as somebody wrote them, mistakes included. The rules read this."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from corsage.model.rule import Problem, Severity

WILDCARD: Final = "*"
NULL: Final = "null"

# Field -> what it may hold: s a list of texts, w a list of texts or "*", b yes or no, i a whole number or nothing,
# t a text or nothing, n a number, c a callable or nothing.
FIELDS: Final[Mapping[str, str]] = {
    "origins": "w",
    "origin_regexes": "s",
    "origin_lookup": "c",
    "origin_lookup_seconds": "n",
    "methods": "w",
    "request_headers": "w",
    "exposed_headers": "w",
    "credentials": "b",
    "max_age": "i",
    "private_network": "b",
    "timing": "b",
    "resource_policy": "t",
    "preflight_status": "i",
    "preflight_continue": "b",
    "guard_websockets": "b",
    "public": "b",
    "environment": "t",
    "dangerously_allow_null_origin": "b",
    "dangerously_allow_file_origins": "b",
    "dangerously_allow_insecure_origins": "b",
    "dangerously_allow_public_suffixes": "b",
    "dangerously_allow_loopback_in_production": "b",
}
DEFAULTS: Final[Mapping[str, object]] = {
    "origin_lookup_seconds": 60.0,
    "preflight_status": 204,
}
PRODUCTION: Final = "production"

_WANTED: Final = {
    "s": "a list of texts",
    "w": 'a list of texts, or "*"',
    "b": "true or false",
    "i": "a whole number",
    "t": "a text",
    "n": "a number of seconds",
    "c": "a callable",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a policy, of the right types at least.

    Lists keep their order and their repeats, so that a rule can name the place: ``origins[2]``.
    `misfits` are the values whose type was wrong, which the other rules never see. Of a list with some wrong entries
    they see the others; `places` has where these stand, by the name of the field.
    """

    origins: tuple[str, ...] = ()
    origin_regexes: tuple[str, ...] = ()
    origin_lookup: Callable[[str], object] | None = None
    origin_lookup_seconds: float = 60.0
    methods: tuple[str, ...] = ()
    request_headers: tuple[str, ...] = ()
    exposed_headers: tuple[str, ...] = ()
    credentials: bool = False
    max_age: int | None = None
    private_network: bool = False
    timing: bool = False
    resource_policy: str | None = None
    preflight_status: int = 204
    preflight_continue: bool = False
    guard_websockets: bool = False
    public: bool = False
    environment: str | None = None
    dangerously_allow_null_origin: bool = False
    dangerously_allow_file_origins: bool = False
    dangerously_allow_insecure_origins: bool = False
    dangerously_allow_public_suffixes: bool = False
    dangerously_allow_loopback_in_production: bool = False
    misfits: tuple[tuple[str, object, str], ...] = field(default=())
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict, compare=False)

    @property
    def allows_any_origin(self) -> bool:
        """Whether ``*`` is among the origins."""
        return WILDCARD in self.origins

    @property
    def is_production(self) -> bool:
        """Whether it is for production: what is broad must then be meant."""
        return self.environment == PRODUCTION


def draft_of(fields: Mapping[str, object]) -> Draft:
    """Sort *fields* into a draft; what has the wrong type or an unknown name is kept aside as a misfit."""
    kept: dict[str, object] = {}
    misfits: list[tuple[str, object, str]] = []
    places: dict[str, tuple[int, ...]] = {}
    for name, value in fields.items():
        kind = FIELDS.get(name)
        if kind is None:
            misfits.append((str(name), value, ""))
            continue
        read = _READ[kind](value)
        if read is _MISFIT:
            misfits.append((name, value, _WANTED[kind]))
            if isinstance(value, str) and kind in "sw":
                kept[name] = (value,)  # the other rules may as well say what else is wrong with it
            elif kind in "sw" and (texts := _texts_among(value)):
                places[name], kept[name] = tuple(texts), tuple(texts.values())
        elif value is not None:
            kept[name] = read
    return Draft(**kept, misfits=tuple(misfits), places=places)  # type: ignore[arg-type]  # _READ has checked the types


_MISFIT: Final = object()


def _texts(value: object) -> object:
    if isinstance(value, str | bytes) or not isinstance(value, Sequence | set | frozenset):
        return _MISFIT if value is not None else ()
    texts = [each.pattern if isinstance(each, re.Pattern) else each for each in value]
    if not all(isinstance(each, str) for each in texts):
        return _MISFIT
    return tuple(sorted(texts) if isinstance(value, set | frozenset) else texts)


def _texts_among(value: object) -> dict[int, str]:
    """Return the texts of a list that has other things in it, too, by their index."""
    if isinstance(value, str | bytes) or not isinstance(value, Sequence):
        return {}
    return {index: each for index, each in enumerate(value) if isinstance(each, str)}


def _texts_or_wildcard(value: object) -> object:
    return (WILDCARD,) if value == WILDCARD else _texts(value)


def _flag(value: object) -> object:
    return value if isinstance(value, bool) else _MISFIT


def _whole(value: object) -> object:
    return value if value is None or (isinstance(value, int) and not isinstance(value, bool)) else _MISFIT


def _text(value: object) -> object:
    return value if value is None or isinstance(value, str) else _MISFIT


def _number(value: object) -> object:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return _MISFIT
    try:
        return float(value)
    except OverflowError:  # a whole number larger than any float
        return _MISFIT


def _callable(value: object) -> object:
    return value if value is None or callable(value) else _MISFIT


_READ: Final[Mapping[str, Callable[[object], object]]] = {
    "s": _texts,
    "w": _texts_or_wildcard,
    "b": _flag,
    "i": _whole,
    "t": _text,
    "n": _number,
    "c": _callable,
}

__all__ = ["DEFAULTS", "FIELDS", "NULL", "PRODUCTION", "WILDCARD", "Draft", "Problem", "Severity", "draft_of"]
