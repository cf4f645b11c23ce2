"""Finds the CORS options in Spring's configuration: flat or nested, in any of its ways to write a name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

EVERYWHERE: Final = "/**"
OPTIONS: Final[Mapping[str, str]] = {
    name.lower(): name
    for name in (
        "allowedOrigins",
        "allowedOriginPatterns",
        "allowedMethods",
        "allowedHeaders",
        "exposedHeaders",
        "allowCredentials",
        "allowPrivateNetwork",
        "maxAge",
    )
}
# Of @CrossOrigin, and of the registry's methods.
_ALIASES: Final[Mapping[str, str]] = {
    "origins": "allowedOrigins",
    "origin": "allowedOrigins",
    "originpatterns": "allowedOriginPatterns",
    "methods": "allowedMethods",
    "method": "allowedMethods",
    "allowedorigin": "allowedOrigins",
    "allowedmethod": "allowedMethods",
    "allowedheader": "allowedHeaders",
    "exposedheader": "exposedHeaders",
}
_DEEPEST: Final = 16
_MOST: Final = 10_000
_MOST_LINES: Final = 20_000
# What stands before the name of an option: the gateway's map of paths, or any group named cors.
_OF_A_PATH: Final = re.compile(
    r"(?:^|\.)cors-?configurations\.?(?:\[([^\]]{1,200})\]|([^.\[\]]{1,200}))\.?$", re.IGNORECASE
)
_OF_A_GROUP: Final = re.compile(r"(?:^|[.\]])cors\.?$", re.IGNORECASE)
_LAST: Final = re.compile(r"([A-Za-z_-]{1,60})(?:\[([0-9]{1,4})\])?$")


@dataclass(frozen=True, slots=True)
class Found:
    """The options of one path.

    Attributes:
        where: what stands before each option's name; empty where they stood alone.
        path: as Spring writes it: ``/api/**``.
        options: under the names that Java has.
        unknown: the names that Spring does not have.
    """

    where: str
    path: str
    options: dict[str, object]
    unknown: dict[str, object]


def option_name(text: str) -> str | None:
    """Return Java's name of an option that is written in any way: ``allowed-origins``, ``ALLOWED_ORIGINS``."""
    bare = re.sub(r"[-_]", "", text).lower()
    return OPTIONS.get(bare) or _ALIASES.get(bare)


def read_properties(text: str) -> dict[str, object]:
    """Read lines of ``name = value``, as application.properties has them; others are passed over."""
    found: dict[str, object] = {}
    lines = iter(text.splitlines()[:_MOST_LINES])
    for line in lines:
        whole = line.strip()
        while whole.endswith("\\"):
            whole = whole[:-1] + next(lines, "").strip()
        separator = re.search(r"[=:]", whole.partition("]")[2] if "[/" in whole else whole)
        if not whole.startswith(("#", "!")) and separator is not None:
            at = whole.index(separator[0], whole.index("]") if "[/" in whole else 0)
            found[whole[:at].strip()] = whole[at + 1 :].strip()
    return found


def find_configurations(options: Mapping[str, object]) -> list[Found]:
    """Return every set of CORS options in *options*, in order of appearance."""
    if any(map(option_name, options)):
        return [_alone(options)]
    found: dict[str, Found] = {}
    for number, (key, value) in enumerate(_flat(options)):
        if number >= _MOST:
            break
        last = _LAST.search(key)
        before = "" if last is None else key[: last.start()]
        path = _path_of(before)
        if last is None or path is None:
            continue
        each = found.setdefault(before, Found(before.rstrip("."), path, {}, {}))
        name = option_name(last[1])
        if name is None:
            each.unknown[last[1]] = value
        elif last[2] is None:
            each.options[name] = value
        else:
            listed = each.options.setdefault(name, [])
            if isinstance(listed, list):
                listed.append(value)
    return [each for each in found.values() if each.options]


def _alone(options: Mapping[str, object]) -> Found:
    named = {name: option_name(name) for name in options}
    return Found(
        "",
        EVERYWHERE,
        {known: options[name] for name, known in named.items() if known is not None},
        {name: options[name] for name, known in named.items() if known is None},
    )


def _path_of(before: str) -> str | None:
    """Return the path for which options are that stand behind *before*; ``None`` where they are none of CORS."""
    of_a_path = _OF_A_PATH.search(before)
    if of_a_path is not None:
        return of_a_path[1] or of_a_path[2]
    return EVERYWHERE if _OF_A_GROUP.search(before) else None


def _flat(value: Mapping[str, object], before: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    """Yield leaves under dotted names; lists of texts are leaves."""
    for name, each in value.items():
        key = f"{before}.{name}" if before and not str(name).startswith("[") else f"{before}{name}"
        yield from _leaves(key, each, depth)


def _leaves(key: str, value: object, depth: int) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping) and depth < _DEEPEST:
        yield from _flat(value, key, depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST and any(isinstance(each, Mapping) for each in value):
        for number, each in enumerate(value):
            yield from _leaves(f"{key}[{number}]", each, depth + 1)
    else:
        yield key, value
