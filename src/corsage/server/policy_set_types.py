"""What a `PolicySet` is made of: policies, by texts. Whatever else it is given is told of at once."""

from collections.abc import Iterator, Mapping

from corsage.model.rule import Problem
from corsage.server.rules.base import shown
from corsage.server.rules.wrong_type import WrongType


def misfits(default: object, paths: object, wanted: type, called: str) -> tuple[Problem, ...]:
    """Return what has the wrong type.

    Args:
        default: for the paths that no pattern matches.
        paths: pattern to what is *wanted*.
        wanted: the type of a policy, or of its fields.
        called: that type, in words.
    """
    return tuple(_misfits(default, paths, wanted, called))


def readable(paths: object) -> dict[str, object]:
    """Return what of *paths* has a text for its key."""
    if not isinstance(paths, Mapping):
        return {}
    return {text: each for text, each in paths.items() if isinstance(text, str)}


def _misfits(default: object, paths: object, wanted: type, called: str) -> Iterator[Problem]:
    if default is not None and not isinstance(default, wanted):
        yield _problem("default", default, f"{called}, or None")
    if not isinstance(paths, Mapping):
        yield _problem("paths", paths, f"a mapping of path patterns to {called} each")
        return
    for text, each in paths.items():
        if not isinstance(text, str):
            yield _problem("paths", text, "a text, the path pattern,")
        if not isinstance(each, wanted):
            yield _problem(f"paths.{shown(text)}", each, called)


def _problem(field: str, value: object, wanted: str) -> Problem:
    reason = f"this is of type {type(value).__name__[:64]}, {wanted} is wanted"
    return WrongType().problem(field, value, reason)
