"""One environment of a policy file: which values hold in it, and which table each comes from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from corsage.model.rule import Problem, Severity
from corsage.server.draft import PRODUCTION
from corsage.server.formats.document import Document, Scope
from corsage.server.formats.document_rules import ExtendsCycle
from corsage.server.path_rules import check_paths
from corsage.server.policy import PolicyError, problems_of
from corsage.server.policy_set import PolicySet
from corsage.server.rules.environment_name import EnvironmentName

_FIELD: Final = re.compile(r"\w*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Values:
    """The fields of one policy.

    Attributes:
        fields: name to value.
        sources: name to the prefix of the table that says so.
        prefix: of the policy's own table, for what no table says.
    """

    fields: Mapping[str, object]
    sources: Mapping[str, str]
    prefix: str

    def problems(self) -> tuple[Problem, ...]:
        """Return what the rules find, each with the table that it stands in."""
        return tuple(
            replace(each, field=self.sources.get(_FIELD.match(each.field)[0], self.prefix) + each.field)  # type: ignore[index]  # it matches the empty text, too
            for each in problems_of(self.fields)
        )


@dataclass(frozen=True, slots=True)
class Resolved:
    """A policy file in one environment.

    Attributes:
        default: the policy for all other paths; ``None`` where there is none.
        paths: path pattern to its policy.
        problems: of the environments' inheritance.
    """

    default: Values | None
    paths: Mapping[str, Values]
    problems: tuple[Problem, ...] = ()

    def all_problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the inheritance, the paths and the policies."""
        policies = (*(() if self.default is None else (self.default,)), *self.paths.values())
        below = tuple(problem for each in policies for problem in each.problems())
        return (*self.problems, *check_paths(tuple(self.paths)), *below)


def resolve(document: Document, environment: str | None) -> Resolved:
    """Work out what holds in *environment*; in none of them for ``None``. Never raises."""
    problems: dict[Problem, None] = {}
    if environment is not None and not document.knows(environment):
        problems[document.unknown("environment", environment)] = None
    root = _values(document, document.root, environment, problems)
    paths = {
        pattern: _values(document, scope, environment, problems, root)
        for pattern, scope in (document.paths or {}).items()
    }
    return Resolved(None if document.leaves_the_rest_alone else root, paths, tuple(problems))


def _values(
    document: Document,
    scope: Scope,
    environment: str | None,
    problems: dict[Problem, None],
    inherited: Values | None = None,
) -> Values:
    fields: dict[str, object] = {}
    sources: dict[str, str] = {}
    if scope.inherit and inherited is not None:
        fields.update(inherited.fields)
        sources.update(inherited.sources)
    for field, value in scope.fields.items():
        fields[field], sources[field] = value, scope.prefix
    if environment is None:
        return Values(fields, sources, scope.prefix)
    ancestry = _ancestry(document, scope, environment, problems)
    for each in reversed(ancestry):
        for field, value in scope.environments.get(each, {}).items():
            fields[field], sources[field] = value, f"{scope.prefix}env.{each}."
    name, place = _name_of(document, scope, environment, ancestry)
    if place is not None:
        sources["environment"] = place
        if environment == PRODUCTION and name != PRODUCTION:
            problems[EnvironmentName().contradiction(f"{place}environment", name)] = None
            name = PRODUCTION  # the other rules may as well say what is wrong in production
    fields["environment"] = name
    return Values(fields, sources, scope.prefix)


def _name_of(
    document: Document, scope: Scope, environment: str, ancestry: list[str]
) -> tuple[object, str | None]:
    """Return the name that the rules see, and the table that says so.

    It is the chosen one, unless its tables call it ``production``, say.
    """
    for owner in (scope, document.root):
        for each in ancestry:
            if "environment" in (table := owner.environments.get(each, {})):
                return table["environment"], f"{owner.prefix}env.{each}."
    return environment, None


def _ancestry(document: Document, scope: Scope, environment: str, problems: dict[Problem, None]) -> list[str]:
    """Return *environment* and those that it inherits from, the nearest first.

    What ``[cors]`` says of two environments holds for its paths, too, unless a path says otherwise.
    """
    found: list[str] = []
    name: str | None = environment
    while name is not None:
        found.append(name)
        owner = scope if name in scope.extends else document.root
        parent = owner.extends.get(name)
        if parent in found:
            circle = " -> ".join([*found[found.index(parent) :], parent])
            field = f"{owner.prefix}env.{name}.extends"
            problems[ExtendsCycle.problem(field, parent, f"it comes back to itself: {circle}")] = None
            break
        name = parent
    return found


def policy_set(document: Document, environment: str | None = None) -> PolicySet:
    """Make the policies of *document* in *environment*.

    Raises:
        PolicyError: with every problem there is.
    """
    resolved = resolve(document, environment)
    problems = (*document.problems, *resolved.all_problems())
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise PolicyError(problems)
    default = None if resolved.default is None else resolved.default.fields
    return PolicySet.of(default, {pattern: each.fields for pattern, each in resolved.paths.items()})
