"""`PolicySet`: several policies of one application, by path; the most specific wins, and can say why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from corsage.model.rule import Problem, Severity
from corsage.server.path_choice import PathChoice, choose
from corsage.server.path_index import PathIndex
from corsage.server.path_pattern import parse_path_pattern
from corsage.server.path_rules import check_paths
from corsage.server.policy import Policy, PolicyError, problems_of

if TYPE_CHECKING:
    from corsage.server.explanation import Explanation


@dataclass(frozen=True)
class PolicySet:
    """Which policy holds for which path.

    Attributes:
        default: for the paths that no pattern matches; ``None`` leaves them alone, headers of their own included.
        paths: path pattern to policy: ``/login``, ``/api/*``, ``/tenants/{id}/*``. See `corsage.server.path_pattern`.

    Raises:
        PolicyError: with every pattern that is none, or that says what another has said.
    """

    default: Policy | None = None
    paths: Mapping[str, Policy] = field(default_factory=dict)
    _index: PathIndex[Policy] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        problems = check_paths(tuple(self.paths))
        if problems:
            raise PolicyError(problems)
        index = PathIndex((parse_path_pattern(text), policy) for text, policy in self.paths.items())
        object.__setattr__(self, "paths", MappingProxyType(dict(self.paths)))
        object.__setattr__(self, "_index", index)

    def __hash__(self) -> int:
        return hash((self.default, frozenset(self.paths.items())))

    def __reduce__(self) -> tuple[type[Self], tuple[Policy | None, dict[str, Policy]]]:
        return type(self), (self.default, dict(self.paths))

    @classmethod
    def of(
        cls,
        default: Mapping[str, object] | None = None,
        paths: Mapping[str, Mapping[str, object]] | None = None,
    ) -> Self:
        """Make a set of mappings of fields, as files give them.

        Raises:
            PolicyError: with every error of every policy, each with the path of its field: ``paths./api/*.origins[0]``.
        """
        given = {} if paths is None else paths
        problems = problems_of_set(default, given)
        if any(problem.severity is Severity.ERROR for problem in problems):
            raise PolicyError(problems)
        made = {text: Policy.of(values) for text, values in given.items()}
        return cls(None if default is None else Policy.of(default), made)

    @property
    def policies(self) -> Mapping[str | None, Policy]:
        """All policies by pattern; ``None`` is the key of the default."""
        default: dict[str | None, Policy] = {} if self.default is None else {None: self.default}
        return default | dict(self.paths)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The warnings of all policies, each with the path of its field."""
        found = () if self.default is None else self.default.warnings
        below = (under(f"paths.{text}.", each.warnings) for text, each in self.paths.items())
        return (*found, *(problem for problems in below for problem in problems))

    def select(self, path: str) -> Policy | None:
        """Return the policy for *path*; ``None`` where there is none.

        Args:
            path: decoded: ASGI's ``path``, WSGI's ``PATH_INFO`` once its bytes are read as UTF-8.
        """
        found = self._index.select(path)
        return self.default if found is None else found

    def choose(self, path: str) -> PathChoice:
        """Say which pattern wins for *path*, which others match, and why they lose."""
        return choose((parse_path_pattern(text) for text in self.paths), path)

    def explain(
        self, *, origin: str | None = None, method: str = "GET", headers: Sequence[str] = (), path: str = "/"
    ) -> "Explanation":
        """Explain what is answered to a request, and why: see `corsage.server.explanation`."""
        from corsage.server.explanation import explain

        return explain(self, origin=origin, method=method, headers=headers, path=path)


def problems_of_set(
    default: Mapping[str, object] | None, paths: Mapping[str, Mapping[str, object]]
) -> tuple[Problem, ...]:
    """Return all that the rules find, errors or not, each with the path of its field."""
    found = [*(() if default is None else problems_of(default)), *check_paths(tuple(paths))]
    for text, values in paths.items():
        found += under(f"paths.{text}.", problems_of(values))
    return tuple(found)


def under(prefix: str, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return *problems* with *prefix* before each field."""
    return tuple(replace(problem, field=prefix + problem.field) for problem in problems)
