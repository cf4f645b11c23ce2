"""Policies become bytes: what the hot path sends, worked out once."""

from collections.abc import Iterable
from typing import Final

from corsage.middleware.hot import Answers, Pair, granted
from corsage.server import CompiledPolicy

# Origins whose headers are kept: the listed ones where they are fewer, and those that patterns have allowed.
MOST_KNOWN: Final = 4096
_NO_CONTENT: Final = 204


def answers_of(policy: CompiledPolicy) -> Answers:
    """Return the bytes of the answers of *policy*."""
    vary = [("Vary", ", ".join(policy.vary))] if policy.vary else []
    ending = [("Vary", ", ".join(policy.preflight_vary)), *_length(policy)]
    answers = Answers(policy)
    answers.any_origin = policy.any_origin
    answers.exact = frozenset(origin.encode() for origin in policy.exact)
    answers.many = len(answers.exact) > MOST_KNOWN
    answers.asks = policy.needs_more and not policy.any_origin
    answers.more = answers.any_origin or answers.many or answers.asks
    answers.plain = encoded([*policy.always, *vary])
    answers.granted = encoded([*policy.allowed, *policy.always, *vary])
    answers.timing = len(policy.named) > 1
    answers.owned = spellings({*policy.owned, "vary"} if vary else policy.owned)
    answers.preflight = encoded([*policy.preflight, *ending])
    answers.preflight_denied = encoded(ending)
    answers.preflight_status = 0 if policy.policy.preflight_continue else policy.policy.preflight_status
    answers.private_network = policy.policy.private_network
    if not answers.many and not answers.any_origin:
        answers.known = {origin: granted(answers, origin) for origin in answers.exact}
    return answers


def _length(policy: CompiledPolicy) -> list[tuple[str, str]]:
    """Say that a preflight's answer has no body, where its status and not the application says so."""
    if policy.policy.preflight_continue or policy.policy.preflight_status == _NO_CONTENT:
        return []
    return [("Content-Length", "0")]


def spellings(names: Iterable[str]) -> frozenset[bytes]:
    """Return *names* lower-case, as ASGI demands, and as applications write them that do not know it."""
    return frozenset(
        spelled.encode() for name in names for spelled in (name.lower(), name.title(), name.upper())
    )


def encoded(headers: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> list[Pair]:
    """Return *headers* as ASGI has them: lower-case names, bytes."""
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
