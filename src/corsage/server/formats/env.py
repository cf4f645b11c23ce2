"""Environment variables: ``CORSAGE_ORIGINS="https://a.example, https://b.example"``, ``CORSAGE_MAX_AGE=600``.

Every field has its variable. Lists are separated by commas or spaces, regular expressions by spaces alone; a JSON list
will do for both. An empty variable says nothing.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from corsage.model.rule import Problem, Severity
from corsage.server.draft import FIELDS
from corsage.server.formats.document_rules import EnvironmentVariable
from corsage.server.nearest import nearest
from corsage.server.policy import Policy, PolicyError, problems_of

PREFIX: Final = "CORSAGE_"
CHOICE: Final = "CORSAGE_ENV"
# What an image of an application may have set for other parts of us: for the command line, for the wheel's build.
_OURS: Final = frozenset({CHOICE, "CORSAGE_TRACEBACK", "CORSAGE_COMPILE"})

_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?(?:e[+-]?[0-9]{1,3})?", re.ASCII)
_WORDS: Final = {
    "true": True,
    "1": True,
    "yes": True,
    "on": True,
    "false": False,
    "0": False,
    "no": False,
    "off": False,
}
_JSON_LIST: Final = re.compile(r"\[\s*(?:\"|\])")


def policy_from_variables(environ: Mapping[str, str]) -> Policy:
    """Make a policy of the CORSAGE_ variables in *environ*. ``CORSAGE_ENV`` is its environment.

    Raises:
        PolicyError: with every unknown name, every value that does not parse, and all that the rules find.
    """
    values, problems = read_variables(environ)
    found = (*problems, *_in_variables(problems_of(values)))
    if any(problem.severity is Severity.ERROR for problem in found):
        raise PolicyError(found)
    return Policy.of(values)


def read_variables(environ: Mapping[str, str]) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """Read the CORSAGE_ variables into fields; return them with what could not be read."""
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for name, written in environ.items():
        text = written.strip()
        if not name.startswith(PREFIX) or name in _OURS or not text:
            continue
        field = name.removeprefix(PREFIX).lower()
        kind = FIELDS.get(field) if name.isupper() else None
        if kind is None:
            problems.append(_unknown(name, written))
        elif kind == "c":
            reason = "it is code, which no variable holds"
            problems.append(
                EnvironmentVariable.problem(name, written, reason, f"Policy({field}=…) in Python")
            )
        else:
            try:
                values[field] = _READERS[kind](text)
            except ValueError as error:
                problems.append(EnvironmentVariable.problem(name, written, str(error)))
    _choose(environ.get(CHOICE, "").strip(), values, problems)
    return values, tuple(problems)


def _unknown(name: str, written: str) -> Problem:
    variables = [variable_of(field) for field, kind in FIELDS.items() if kind != "c"]
    guess = nearest(name.upper(), [*variables, *sorted(_OURS)])
    return EnvironmentVariable.problem(name, written, "it is no variable of ours, and changes nothing", guess)


def _choose(chosen: str, values: dict[str, object], problems: list[Problem]) -> None:
    said = values.get("environment")
    if chosen and said not in (None, chosen):
        reason = f"it contradicts {CHOICE}, which is {chosen}"
        problems.append(
            EnvironmentVariable.problem(variable_of("environment"), said, reason, "one of the two alone")
        )
    if chosen:
        values["environment"] = chosen


def _in_variables(problems: Sequence[Problem]) -> list[Problem]:
    """Name the variables instead of the fields."""
    named = [re.sub(r"^\w+", lambda field: variable_of(field[0]), each.field) for each in problems]
    return [replace(each, field=name) for each, name in zip(problems, named, strict=True)]


def write_variables(policy: Policy) -> dict[str, str]:
    """Return the variables that say what differs from the defaults; `origin_lookup` is code and is left out."""
    return {variable_of(field): _write(FIELDS[field], value) for field, value in policy.values().items()}


def variable_of(field: str) -> str:
    """Return the variable of *field*."""
    return PREFIX + field.upper()


def _write(kind: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, list):
        return str(value)
    if kind == "s":
        separator, split = " ", _expressions
    else:
        separator, split = ", ", _names
    joined = separator.join(value)
    return joined if split(joined) == value else json.dumps(value)


def _names(text: str) -> list[str]:
    return (
        _json_list(text) if _JSON_LIST.match(text) else [each for each in re.split(r"[,\s]+", text) if each]
    )


def _expressions(text: str) -> list[str]:
    return _json_list(text) if _JSON_LIST.match(text) else text.split()


def _json_list(text: str) -> list[str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("it begins as a JSON list and is none") from error
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise ValueError("it is a JSON list of something other than texts")
    return found


def _flag(text: str) -> bool:
    try:
        return _WORDS[text.lower()]
    except KeyError:
        raise ValueError("it is neither true nor false") from None


def _whole(text: str) -> int:
    if _WHOLE.fullmatch(text) is None:
        raise ValueError("it is not a whole number")
    return int(text)


def _number(text: str) -> float:
    if _NUMBER.fullmatch(text) is None:
        raise ValueError("it is not a number of seconds")
    return float(text)


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "w": _names,
    "s": _expressions,
    "b": _flag,
    "i": _whole,
    "n": _number,
    "t": str,
}
