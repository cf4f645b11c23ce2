"""The texts of one policy's answers, for WSGI."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

from corsage.server import CompiledPolicy
from corsage.server.vary import merged_vary

Pairs = list[tuple[str, str]]

_PHRASES: Final = {status.value: status.phrase for status in HTTPStatus}


class WSGIAnswers:
    """As `corsage.middleware.hot.Answers`, in text.

    Attributes:
        exact: origins that need no further thought.
        plain: headers of a response to anyone who is not allowed, or does not ask.
        granted: headers of a response to an allowed origin, but for those that name it.
        named: names of the headers whose value is the origin.
        preflight: headers of the answer to an allowed origin's preflight, but for Allow-Origin.
        preflight_vary: the ``Vary`` of answers to preflights.
        owned: lower-case names that the application may not set itself.
        preflight_line: the status line of answers to preflights.
        preflight_ending: what every such answer carries, the ``Vary`` among it.
        any_origin: whether *plain* serves everyone.
        asks: whether patterns or a lookup must be asked about an origin that is not listed.
    """

    __slots__ = (
        "any_origin",
        "asks",
        "exact",
        "granted",
        "named",
        "owned",
        "plain",
        "preflight",
        "preflight_ending",
        "preflight_line",
        "preflight_vary",
    )

    def __init__(self, policy: CompiledPolicy) -> None:
        vary = [("Vary", ", ".join(policy.vary))] if policy.vary else []
        self.exact = policy.exact
        self.plain: Pairs = [*policy.always, *vary]
        self.granted: Pairs = [*policy.allowed, *policy.always, *vary]
        self.named = policy.named
        self.preflight: Pairs = list(policy.preflight)
        self.preflight_vary = ("Vary", ", ".join(policy.preflight_vary))
        self.owned = frozenset({*policy.owned, "vary"} if vary else policy.owned)
        self.any_origin = policy.any_origin
        self.asks = policy.needs_more and not policy.any_origin
        status = policy.policy.preflight_status
        self.preflight_line = f"{status} {_PHRASES.get(status, 'OK')}"
        self.preflight_ending: Pairs = [self.preflight_vary]
        if status != HTTPStatus.NO_CONTENT and not policy.policy.preflight_continue:
            self.preflight_ending += [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "0")]

    def granted_to(self, origin: str) -> Pairs:
        """Return the headers of a response to *origin*, which is allowed."""
        if len(self.named) > 1:
            return [*((name, origin) for name in self.named), *self.granted]
        return [(self.named[0], origin), *self.granted]


def merged(headers: Iterable[tuple[str, str]], extra: Pairs, owned: frozenset[str]) -> Pairs:
    """Return *headers* without those that we own, then *extra*, the two ``Vary`` joined."""
    kept: Pairs = []
    vary: list[str] = []
    for name, value in headers:
        lower = name.lower()
        if lower == "vary":
            vary.append(value)
        elif lower not in owned:
            kept.append((name, value))
    wanted: list[str] = []
    for pair in extra:
        if pair[0] == "Vary":
            wanted += pair[1].split(", ")
        else:
            kept.append(pair)
    if vary or wanted:
        kept.append(("Vary", merged_vary(", ".join(vary), wanted)))
    return kept
