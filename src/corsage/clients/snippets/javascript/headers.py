"""Headers as JavaScript makes them: objects, lists of pairs, ``new Headers()``, Angular's ``HttpHeaders``."""

from collections.abc import Iterator
from typing import Final

from corsage.clients.snippets.javascript.values import Call, Object, Unknown, Value, text_of_value

_PAIR: Final = 2
_MAKERS: Final = frozenset({"Headers", "HttpHeaders", "AxiosHeaders", "Object.assign", "Object.freeze"})
_DEEPEST: Final = 30


def headers_of(value: Value, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Return the headers in *value*, as far as they are literal; values that are not as ``${name}``."""
    if depth > _DEEPEST:
        return
    if isinstance(value, Object):
        for name, each in value.pairs.items():
            if isinstance(each, list):
                yield name, ", ".join(text_of_value(part) for part in each)
            else:
                yield name, _shown(each)
    elif isinstance(value, list):
        for pair in value:
            if isinstance(pair, list) and len(pair) == _PAIR:
                yield text_of_value(pair[0]), _shown(pair[1])
    elif isinstance(value, Call):
        yield from _of_call(value, depth)


def _of_call(call: Call, depth: int) -> Iterator[tuple[str, str]]:
    name = call.name.rpartition(".")[2]
    arguments = call.arguments
    if call.name in _MAKERS:
        for argument in arguments:
            yield from headers_of(argument, depth + 1)
    elif name in ("set", "append") and arguments:
        # headers.set(name, value), called on what made the headers
        yield from headers_of(arguments[0], depth + 1)
        if len(arguments) > _PAIR and isinstance(arguments[1], str):
            yield arguments[1], _shown(arguments[2])


def _shown(value: Value) -> str:
    if isinstance(value, (Object, Unknown, Call)) or value is None:
        return text_of_value(value) or "(set)"
    return text_of_value(value)
