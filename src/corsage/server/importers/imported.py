"""What comes of importing: a policy, and a report of what the old configuration really allowed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from corsage.server.policy import Policy
from corsage.server.policy_set import PolicySet


class Kind(StrEnum):
    """How much a remark matters."""

    DANGER = "danger"  # somebody was let in who was not meant; no longer
    DIFFERENT = "different"  # something else is answered from now on
    LOST = "lost"  # it could not be carried over: somebody must decide


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that the old configuration did, and what is done instead.

    Attributes:
        kind: how much it matters.
        option: where it stands: ``allow_origins[1]``; the peer's name where it is so with every configuration.
        value: what stands there, as text; may be empty.
        says: what it really did, in a sentence.
        instead: what the new policy does, in a sentence.
        witness: a request that shows it; empty where there is none.
    """

    kind: Kind
    option: str
    value: str
    says: str
    instead: str
    witness: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """A policy made of another library's options.

    Attributes:
        peer: the library.
        values: the fields of the policy for all paths; empty where there is none.
        report: what the old configuration really did.
        policy: for all paths, or for the first of `paths` where only some had one; ``None`` where none can be made.
        policies: all of them; ``None`` where none can be made.
        paths: path pattern to fields, for peers that know paths.
    """

    peer: str
    values: Mapping[str, object]
    report: tuple[Remark, ...]
    policy: Policy | None
    policies: PolicySet | None
    paths: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @property
    def dangers(self) -> tuple[Remark, ...]:
        """Who was let in that nobody meant."""
        return tuple(remark for remark in self.report if remark.kind is Kind.DANGER)
