"""`PolicySet`: several policies of one application, by path; the most specific wins, and can say why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from corsage.model.rule import Problem, Severity
from corsage.server.contested import contested
from corsage.server.path_choice import PathChoice, choose
from corsage.server.path_index import PathIndex
from corsage.server.path_pattern import parse_path_pattern
from corsage.server.path_rules import check_paths
from corsage.server.policy import Policy, PolicyError, problems_of
from corsage.server.policy_set_types import misfits, readable

if TYPE_CHECKING:
    from corsage.server.explanation import Explanation


@dataclass(frozen=True)
class PolicySet:
    """Which policy holds for which path.

    Attributes:
        default: for the paths that no pattern matches; ``None`` leaves them alone, headers of their own included.
        paths: path pattern to policy: ``/login``, ``/api/*``, ``/tenants/{id}/*``. See `corsage.server.path_pattern`.

    Raises:
        PolicyError: with every pattern that is none, or that says what another has said, and with all that is no
            policy.
    """

    default: Policy | None = None
    paths: Mapping[str, Policy] = field(default_factory=dict)
    _index: PathIndex[Policy] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        texts = tuple(readable(self.paths))
        problems = (*misfits(self.default, self.paths, Policy, "a Policy"), *check_paths(texts))
        if problems:
            raise PolicyError(problems)
        patterns = ((parse_path_pattern(text), policy) for text, policy in self.paths.items())
        index = PathIndex(patterns, self.default, contested)
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

        A path that can be read in more than one way, for which different policies would hold, gets one that allows
        nothing: see `corsage.server.path_readings`.

        Args:
            path: decoded: ASGI's ``path``, WSGI's ``PATH_INFO`` once its bytes are read as UTF-8.
        """
        return self._index.select(path)

    def choose(self, path: str) -> PathChoice:
        """Say which pattern wins for *path*, which others match, and why they lose."""
        policies = self.policies

        def same(one: str | None, other: str | None) -> bool:
            return policies.get(one) == policies.get(other)

        return choose((parse_path_pattern(text) for text in self.paths), path, same)

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
    found = [*misfits(default, paths, Mapping, "the fields of a policy")]
    found += problems_of(default) if isinstance(default, Mapping) else ()
    found += check_paths(tuple(readable(paths)))
    for text, values in readable(paths).items():
        if isinstance(values, Mapping):
            found += under(f"paths.{text}.", problems_of(values))
    return tuple(found)


def under(prefix: str, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return *problems* with *prefix* before each field."""
    return tuple(replace(problem, field=prefix + problem.field) for problem in problems)
