"""Policies become bytes: what the hot path sends, worked out once."""

from collections.abc import Iterable
from typing import Final

from corsage.middleware.hot import Answers, Pair, granted
from corsage.server import CompiledPolicy

# Origins whose headers are kept: the listed ones where they are fewer, and those that patterns have allowed.
MOST_KNOWN: Final = 4096


def answers_of(policy: CompiledPolicy) -> Answers:
    """Return the bytes of the answers of *policy*."""
    vary = [("Vary", ", ".join(policy.vary))] if policy.vary else []
    preflight_vary = ("Vary", ", ".join(policy.preflight_vary))
    owned = both_spellings({*policy.owned, "vary"} if vary else policy.owned)
    answers = Answers(
        policy=policy,
        exact=frozenset(origin.encode() for origin in policy.exact),
        plain=encoded([*policy.always, *vary]),
        granted=encoded([*policy.allowed, *policy.always, *vary]),
        preflight=encoded([*policy.preflight, preflight_vary]),
        preflight_denied=encoded([preflight_vary]),
        owned=owned,
        any_origin=policy.any_origin,
        needs_more=(policy.needs_more or len(policy.exact) > MOST_KNOWN) and not policy.any_origin,
        timing=len(policy.named) > 1,
    )
    if len(answers.exact) <= MOST_KNOWN:
        answers.known = {origin: granted(answers, origin) for origin in answers.exact}
    return answers


def both_spellings(names: Iterable[str]) -> frozenset[bytes]:
    """Return *names* lower-case, as ASGI demands, and as applications write them that do not know it."""
    return frozenset(spelled.encode() for name in names for spelled in (name.lower(), name.title()))


def encoded(headers: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> list[Pair]:
    """Return *headers* as ASGI has them: lower-case names, bytes."""
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
