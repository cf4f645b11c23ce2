"""A policy file as tables: ``[cors]``, its environments, its paths and theirs. What is in the wrong place is a problem.

======================================  ==========================================================
``[cors]``                             the fields of `Policy`
``[cors.env.production]``              what differs in this environment; ``extends = "staging"`` inherits
``[cors.paths."/api/*"]``              a policy by path; ``inherit = true`` begins with what ``[cors]`` says
``[cors.paths."/api/*".env.staging]``  what differs there
======================================  ==========================================================
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from corsage.model.rule import Problem
from corsage.server.draft import FIELDS, PRODUCTION
from corsage.server.formats.document_rules import DocumentShape, UnknownEnvironment
from corsage.server.nearest import nearest

Table = Mapping[str, object]

CORS_TABLE: Final = ("cors",)
_STRUCTURE: Final = ("env", "paths", "extends", "inherit")
_NO_TABLE: Final[Table] = {}


@dataclass(frozen=True, slots=True)
class Scope:
    """``[cors]``, or one of its paths.

    Attributes:
        prefix: what stands before the name of a field: nothing, or ``paths./api/*.``.
        fields: what holds in every environment.
        environments: name to what differs there.
        extends: name to the environment that it inherits from.
        inherit: whether the fields of ``[cors]`` hold here, too.
    """

    prefix: str = ""
    fields: Table = field(default_factory=dict)
    environments: Mapping[str, Table] = field(default_factory=dict)
    extends: Mapping[str, str] = field(default_factory=dict)
    inherit: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A policy file, sorted.

    Attributes:
        root: ``[cors]``.
        paths: path pattern to its scope; ``None`` where the file has no table of paths.
        problems: what is in the wrong place, whatever the environment.
    """

    root: Scope
    paths: Mapping[str, Scope] | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """``[cors]`` and all paths."""
        return (self.root, *(self.paths or {}).values())

    @property
    def environments(self) -> tuple[str, ...]:
        """The names that have a table somewhere, in order of appearance."""
        return tuple(dict.fromkeys(name for scope in self.scopes for name in scope.environments))

    @property
    def leaves_the_rest_alone(self) -> bool:
        """Whether there are policies by path alone, and none for other paths."""
        root = self.root
        return self.paths is not None and not root.fields and not any(root.environments.values())

    def knows(self, environment: str) -> bool:
        """Tell whether *environment* can be chosen. Where none has a table, any can; but a typo is none."""
        if environment in self.environments or environment == PRODUCTION:
            return True
        return not self.environments and nearest(environment, [PRODUCTION]) is None

    def unknown(self, field: str, environment: str) -> Problem:
        """Make the problem of an environment that the file does not have."""
        known = sorted({*self.environments, PRODUCTION})
        guess = nearest(environment, known)
        suggestion = f"[cors.env.{environment}]" if guess is None else guess
        reason = f"it is no environment of this file, which has {', '.join(known)}"
        return UnknownEnvironment.problem(field, environment, reason, suggestion)


def read_document(tables: Table, name: Sequence[str] = CORS_TABLE) -> Document:
    """Sort the tables of a parsed file; never raises.

    Args:
        tables: the whole file.
        name: where the policy is in it.
    """
    found: object = tables
    for part in name:
        found = found.get(part) if isinstance(found, Mapping) else None
    if not isinstance(found, Mapping):
        return Document(Scope(), problems=(_missing(tables, name, found),))
    problems: list[Problem] = []
    root = _scope(found, "", problems)
    paths = None
    if "paths" in found:
        below = _tables_of(found["paths"], "paths", problems)
        paths = {pattern: _scope(table, f"paths.{pattern}.", problems) for pattern, table in below.items()}
    document = Document(root, paths)
    problems += _unknown_extends(document)
    return Document(root, paths, tuple(problems))


def _missing(tables: Table, name: Sequence[str], found: object) -> Problem:
    written = f"[{'.'.join(name)}]"
    if found is not None:
        return DocumentShape.problem(".".join(name), found, "it is not a table", written)
    if FIELDS.keys() & tables.keys():
        return DocumentShape.problem(
            "the file", "", f"it has its fields outside of {written}", f"{written} above them"
        )
    guess = nearest(name[-1], tables)
    instead = f"; there is [{guess}]" if guess else ""
    return DocumentShape.problem("the file", "", f"it has no table {written}{instead}", written)


def _scope(table: Table, prefix: str, problems: list[Problem]) -> Scope:
    environments: dict[str, Table] = {}
    extends: dict[str, str] = {}
    for name, below in _tables_of(table.get("env", _NO_TABLE), f"{prefix}env", problems).items():
        here = f"{prefix}env.{name}."
        environments[name] = _fields(below, here, ("extends",), problems)
        target = below.get("extends")
        if isinstance(target, str):
            extends[name] = target
        elif target is not None:
            problems.append(
                DocumentShape.problem(f"{here}extends", target, "it is not the name of an environment")
            )
    inherit = table.get("inherit", False)
    if prefix and not isinstance(inherit, bool):
        problems.append(
            DocumentShape.problem(f"{prefix}inherit", inherit, "it is neither true nor false", "true")
        )
    allowed = ("env", "inherit") if prefix else ("env", "paths")
    return Scope(prefix, _fields(table, prefix, allowed, problems), environments, extends, inherit is True)


def _tables_of(found: object, name: str, problems: list[Problem]) -> dict[str, Table]:
    """Return the tables in *found*, a table of tables."""
    if not isinstance(found, Mapping):
        problems.append(DocumentShape.problem(name, found, "it is not a table", f"[cors.{name}.NAME]"))
        return {}
    kept: dict[str, Table] = {}
    for key, value in found.items():
        if isinstance(value, Mapping):
            kept[key] = value
        else:
            place = f'[cors.{name}."{key}"]' if name == "paths" else f"[cors.{name}.NAME]"
            problems.append(
                DocumentShape.problem(f"{name}.{key}", value, "it stands outside of a table", place)
            )
    return kept


def _fields(table: Table, prefix: str, allowed: Sequence[str], problems: list[Problem]) -> Table:
    """Return the fields of a policy in *table*; unknown names stay, their rule has better words for them."""
    kept: dict[str, object] = {}
    for key, value in table.items():
        if key in allowed:
            continue
        reason = _misplaced(key, value, allowed)
        if reason is None:
            kept[key] = value
        else:
            shown = "" if isinstance(value, Mapping) else value
            problems.append(DocumentShape.problem(prefix + key, shown, *reason))
    return kept


def _misplaced(key: str, value: object, allowed: Sequence[str]) -> tuple[str, str | None] | None:
    if key == "origin_lookup":
        return "it is code, which no file holds", "Policy(origin_lookup=…) in Python"
    if key == "extends":
        return "it is for the tables of environments", "[cors.env.NAME]"
    if key == "inherit":
        return "it is for the tables of paths", '[cors.paths."/…"]'
    if key in _STRUCTURE:
        return "it does not belong in this table", '[cors.paths."/…".env.NAME]'
    if isinstance(value, Mapping) and key not in FIELDS:
        meant = next((each for each in allowed if key[:3] == each[:3]), None)
        return "it is a table that nobody reads", meant or nearest(key, allowed)
    return None


def _unknown_extends(document: Document) -> Iterator[Problem]:
    for scope in document.scopes:
        for name, target in scope.extends.items():
            if target not in document.environments:
                yield document.unknown(f"{scope.prefix}env.{name}.extends", target)
