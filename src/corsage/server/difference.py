"""What changes between two sets of policies: field by field, in words, with what is dangerous marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from corsage.server.change_words import for_entry, for_flag, for_value
from corsage.server.compiled import compile_policy
from corsage.server.dangers import danger_of
from corsage.server.draft import FIELDS
from corsage.server.origin_finding import allowing_entry
from corsage.server.origin_pattern import parse_origin_pattern
from corsage.server.path_pattern import parse_path_pattern
from corsage.server.policy import Policy
from corsage.server.policy_set import PolicySet


class Effect(StrEnum):
    """What a change does to pages of other origins."""

    ALLOWS = "allows"
    FORBIDS = "forbids"
    ALTERS = "alters"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        path: the pattern that it holds for; ``None`` for the default policy.
        field: of `Policy`; ``policy`` where a whole one comes or goes.
        effect: what it does.
        old: the entry or value that goes; ``None`` where one only comes.
        new: the entry or value that comes; ``None`` where one only goes.
        says: the change in a sentence without the path.
        danger: whom or what the dangerous side of it lets in; the old side where it forbids, else the new one.
    """

    path: str | None
    field: str
    effect: Effect
    old: str | None
    new: str | None
    says: str
    danger: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes, the default policy's first, then path by path."""

    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __str__(self) -> str:
        return "\n".join(_with_path(change) for change in self.changes)

    def having(self, effect: Effect) -> tuple[Change, ...]:
        """Return the changes with one *effect*."""
        return tuple(change for change in self.changes if change.effect is effect)

    @property
    def dangers(self) -> tuple[Change, ...]:
        """The changes that have something dangerous on one of their sides."""
        return tuple(change for change in self.changes if change.danger is not None)


def _with_path(change: Change) -> str:
    where = "" if change.path is None else f"{change.path}: "
    if change.danger is None:
        return f"{where}{change.says}"
    verb = "It let in" if change.effect is Effect.FORBIDS else "Danger: it lets in"
    return f"{where}{change.says} {verb} {change.danger}."


def difference(old: PolicySet | Policy, new: PolicySet | Policy) -> Difference:
    """Compare two sets.

    A path that has a policy of its own in one set alone is compared with what holds there in the other.
    """
    before = PolicySet(old) if isinstance(old, Policy) else old
    after = PolicySet(new) if isinstance(new, Policy) else new
    found = list(_between(None, before.default, after.default))
    for pattern in dict.fromkeys((*before.paths, *after.paths)):
        found += _between(pattern, _holding(before, pattern), _holding(after, pattern))
    return Difference(tuple(found))


def _holding(policies: PolicySet, pattern: str) -> Policy | None:
    """Return the policy that holds for the paths of *pattern*: its own, or the one of an example of them."""
    if pattern in policies.paths:
        return policies.paths[pattern]
    segments = parse_path_pattern(pattern).segments
    return policies.select("/" + "/".join("x" if segment is None else segment for segment in segments))


def _between(path: str | None, old: Policy | None, new: Policy | None) -> Iterator[Change]:
    nothing = Policy()
    if old is None and new is not None:
        says = "A policy holds where there was none; headers of the application's own are replaced."
        yield Change(path, "policy", Effect.ALTERS, None, "policy", says)
    elif old is not None and new is None:
        says = "No policy holds any more; headers of the application's own go out as they are."
        yield Change(path, "policy", Effect.ALTERS, "policy", None, says)
    before, after = old or nothing, new or nothing
    for each in fields(Policy):
        kind = FIELDS.get(each.name)
        left, right = getattr(before, each.name), getattr(after, each.name)
        if kind is None or left == right:
            continue
        if kind in "ws":
            yield from _entries(path, each.name, before, after)
        elif kind == "b":
            yield _flag(path, each.name, was=left, now=right)
        else:
            says = for_value(each.name, left, right)
            yield Change(path, each.name, Effect.ALTERS, _text(left), _text(right), says)


def _entries(path: str | None, field: str, old: Policy, new: Policy) -> Iterator[Change]:
    left: Sequence[str] = getattr(old, field)
    right: Sequence[str] = getattr(new, field)
    gone, come = frozenset(left) - frozenset(right), frozenset(right) - frozenset(left)
    for entry in (each for each in left if each in gone):
        still = _covered(field, entry, new)
        effect = Effect.FORBIDS if still is None else Effect.ALTERS
        says = for_entry(field, entry, comes=False, by=still)
        yield Change(path, field, effect, entry, None, says, danger_of(field, entry))
    for entry in (each for each in right if each in come):
        already = _covered(field, entry, old)
        effect = Effect.ALLOWS if already is None else Effect.ALTERS
        says = for_entry(field, entry, comes=True, by=already)
        yield Change(path, field, effect, None, entry, says, danger_of(field, entry))
    if not gone and not come:
        yield Change(
            path, field, Effect.ALTERS, ", ".join(left), ", ".join(right), f"The order of {field} changes."
        )


def _covered(field: str, entry: str, other: Policy) -> str | None:
    """Return the entry of *other* that allows all that *entry* does, where that is easy to tell."""
    if field == "origins":
        if "*" in other.origins:
            return "origins *"
        pattern = parse_origin_pattern(entry)
        if pattern is not None and pattern.is_exact and compile_policy(other).allows_listed(entry):
            return allowing_entry(other, entry)
    elif field != "origin_regexes" and "*" in getattr(other, field) and entry != "authorization":
        return f"{field} *"
    return None


def _flag(path: str | None, field: str, *, was: bool, now: bool) -> Change:
    allowing, says = for_flag(field, now=now)
    effect = Effect.ALTERS if allowing is None else Effect.ALLOWS if allowing is now else Effect.FORBIDS
    return Change(path, field, effect, _text(was), _text(now), says, danger_of(field, True))


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return getattr(value, "__qualname__", type(value).__name__) if callable(value) else str(value)
