"""JSON: the same tables as TOML, for programs."""

import json
from collections.abc import Mapping

from corsage.model.rule import Problem
from corsage.server.formats.document_rules import DocumentShape, DocumentSyntax
from corsage.server.policy import PolicyError


class _RepeatedKeyError(Exception):
    """Two values for one key: one of them would be lost without a word."""


def read_json(text: str) -> Mapping[str, object]:
    """Parse *text*.

    Raises:
        PolicyError: it is not JSON, or not an object; the problem says where.
    """
    found = parse_json(text)
    if not isinstance(found, Mapping):
        shape = DocumentShape.problem(
            "the file", "", f"it holds a {type(found).__name__}, not an object", '{"cors": {…}}'
        )
        raise PolicyError([shape])
    return found


def parse_json(text: str) -> object:
    """Parse *text*, whatever it holds.

    Raises:
        PolicyError: it is not JSON; the problem says where.
    """
    try:
        found: object = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except _RepeatedKeyError as error:
        problem = DocumentSyntax.problem(str(error), "", "it stands twice in one object", "it once")
        raise PolicyError([problem]) from None
    except json.JSONDecodeError as error:
        raise PolicyError([_syntax(text, error)]) from None
    except RecursionError:
        raise PolicyError([DocumentSyntax.problem("the file", "", "it is nested too deeply")]) from None
    except ValueError as error:
        raise PolicyError([DocumentSyntax.problem("the file", "", f"it is not JSON: {error}")]) from None
    return found


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made: dict[str, object] = {}
    for key, value in pairs:
        if key in made:
            raise _RepeatedKeyError(key)
        made[key] = value
    return made


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no number of JSON's")


def _syntax(text: str, error: json.JSONDecodeError) -> Problem:
    lines = text.split("\n")
    shown = lines[error.lineno - 1].strip() if error.lineno <= len(lines) else ""
    reason = f"it is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
    return DocumentSyntax.problem(f"line {error.lineno}, column {error.colno}", shown, reason)


def write_json(document: Mapping[str, object]) -> str:
    """Write *document*, two spaces a level, in ASCII."""
    return json.dumps(document, indent=2) + "\n"
