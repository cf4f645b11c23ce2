"""What a policy says, sorted as servers need it that put fixed headers on the answers of others."""

from dataclasses import dataclass, replace
from typing import Final

from corsage.server import Policy, compile_policy
from corsage.server.compiled import OWNED_HEADERS
from corsage.stacks.leftovers import leftovers
from corsage.stacks.origins import Origins, whole_expression
from corsage.stacks.shared_syntax import carried_over

Pairs = tuple[tuple[str, str], ...]

# Stands for the request's Origin, as a value.
ORIGIN: Final = "\0origin"
_PRIVATE_NETWORK: Final = ("Access-Control-Allow-Private-Network", "true")
_KNOWS: Final = (
    "private_network",
    "timing",
    "resource_policy",
    "preflight_status",
    "preflight_continue",
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What stands in which answers.

    Attributes:
        origins: without the expressions that were left out.
        expression: for all allowed origins, anchored; ``None`` where nobody is, or everyone.
        always: headers of every answer.
        allowed: headers of every answer to an allowed origin; empty where everyone is allowed.
        preflight: beside those, headers of an answer to an allowed origin's preflight.
        status: of answers to preflights; ``None`` where the application answers them.
        hidden: names of the headers that the application may have set and that are replaced.
        limits: what was left out.
    """

    origins: Origins
    expression: str | None
    always: Pairs
    allowed: Pairs
    preflight: Pairs
    status: int | None
    hidden: tuple[str, ...]
    limits: tuple[str, ...]

    @property
    def varies(self) -> bool:
        """Whether answers depend on who asks."""
        return self.expression is not None

    @property
    def grants(self) -> bool:
        """Whether anybody is allowed."""
        return self.origins.everyone or self.expression is not None


def answers_of(policy: Policy, *, linear: bool = False) -> Answers:
    """Sort what *policy* says.

    Args:
        policy: to be rendered.
        linear: whether the server's expressions are RE2's.
    """
    compiled = compile_policy(policy)
    carried = carried_over(policy, linear=linear)
    named = tuple((name, ORIGIN) for name in compiled.named)
    granting = carried.origins.everyone or whole_expression(carried.origins) is not None
    private = (_PRIVATE_NETWORK,) if policy.private_network else ()
    credentials = tuple(pair for pair in compiled.preflight if pair in compiled.allowed)
    preflight = tuple(pair for pair in compiled.preflight if pair not in credentials)
    return Answers(
        origins=carried.origins,
        expression=whole_expression(carried.origins),
        always=compiled.always,
        allowed=(*named, *compiled.allowed) if granting and not carried.origins.everyone else (),
        preflight=(*preflight, *private) if granting else (),
        status=None if policy.preflight_continue else policy.preflight_status,
        hidden=tuple(_written(name) for name in sorted(OWNED_HEADERS | compiled.owned)),
        limits=(*carried.limits, *leftovers(policy, *_KNOWS)),
    )


def without_names(answers: Answers, bad: str, why: str) -> Answers:
    """Leave names out of lists that the server's configuration cannot write.

    Args:
        answers: of the policy.
        bad: characters that cannot be written.
        why: ends the sentence ``NAME is left out: …``.
    """
    lost: dict[str, None] = {}

    def kept(pairs: Pairs) -> Pairs:
        found: list[tuple[str, str]] = []
        for header, value in pairs:
            names = value.split(", ")
            rest = [name for name in names if not set(name) & set(bad)]
            lost.update(dict.fromkeys(name for name in names if name not in rest))
            if rest:
                found.append((header, ", ".join(rest)))
        return tuple(found)

    made = replace(
        answers,
        always=kept(answers.always),
        allowed=kept(answers.allowed),
        preflight=kept(answers.preflight),
    )
    limits = tuple(f"{name} is left out: {why}" for name in lost)
    return replace(made, limits=(*answers.limits, *limits))


def _written(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))
