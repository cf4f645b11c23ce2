"""YAML as configurations have it: blocks for lists and mappings, text quoted as in JSON, which YAML reads alike."""

import json
from collections.abc import Iterator, Mapping, Sequence


def yaml_text(value: Mapping[str, object]) -> str:
    """Return *value* as YAML, in ASCII, with a line feed at its end."""
    return "".join(f"{line}\n" for line in _mapping(value))


def _mapping(value: Mapping[str, object]) -> Iterator[str]:
    for key, each in value.items():
        lines = list(_lines(each))
        name = key if key.replace("-", "").replace("_", "").isalnum() else json.dumps(key)
        if isinstance(each, Mapping | list | tuple) and each:
            yield f"{name}:"
            yield from (f"  {line}" for line in lines)
        else:
            yield f"{name}: {lines[0]}"


def _sequence(value: Sequence[object]) -> Iterator[str]:
    for each in value:
        first, *rest = _lines(each)
        yield f"- {first}"
        yield from (f"  {line}" for line in rest)


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        yield from _mapping(value)
    elif isinstance(value, list | tuple) and value:
        yield from _sequence(value)
    else:
        yield json.dumps(value)
