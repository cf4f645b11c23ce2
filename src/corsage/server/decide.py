"""Decide: what the server answers to one request, and why. The slow, whole form of what the middleware does.

Source: https://fetch.spec.whatwg.org/#http-requests (which requests are CORS) and #http-responses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from inspect import isawaitable, iscoroutine

from corsage.model import HeaderList
from corsage.server.compiled import ALLOW_ORIGIN, CompiledPolicy, Headers
from corsage.server.draft import WILDCARD
from corsage.server.reason import Reason


class Kind(StrEnum):
    """What a request is to CORS."""

    PLAIN = "plain"  # no Origin
    ACTUAL = "actual"  # an Origin, but no preflight
    PREFLIGHT = "preflight"  # OPTIONS with Origin and Access-Control-Request-Method


@dataclass(frozen=True, slots=True)
class Decision:
    """What the server answers.

    Attributes:
        kind: what the request is.
        origin: its ``Origin``; ``None`` where there is none, or more than one.
        allowed: whether a browser that follows the standard will be satisfied. Plain requests are. A page that wants
            credentials of a policy without is not, but no preflight says that it does.
        reason: why not.
        detail: the origin, method or header at fault, as it was sent.
        status: of the answer to a preflight; ``None`` where the application answers.
        headers: what the answer carries, `Vary` included.
    """

    kind: Kind
    origin: str | None
    allowed: bool
    headers: Headers
    reason: Reason | None = None
    detail: str = ""
    status: int | None = None


def decide(
    compiled: CompiledPolicy, method: str, headers: HeaderList | Sequence[tuple[str, str]]
) -> Decision:
    """Decide about one request.

    Args:
        compiled: the policy.
        method: of the request.
        headers: of the request; names in any case.

    Raises:
        TypeError: the policy's lookup is async, and had to be asked.
    """
    asked = headers if isinstance(headers, HeaderList) else HeaderList(headers)
    origins = asked.lines("origin")
    if not origins:
        return Decision(Kind.PLAIN, None, True, _with_vary(compiled.always, compiled.vary))
    requested = asked.lines("access-control-request-method")
    preflight = method == "OPTIONS" and bool(requested)
    origin = origins[0] if len(origins) == 1 else None
    reason = _refused_origin(compiled, origin)
    if not preflight:
        return _actual(compiled, origin, reason)
    return _preflight(compiled, origin, reason, asked)


def _actual(compiled: CompiledPolicy, origin: str | None, reason: Reason | None) -> Decision:
    answer = compiled.always
    if reason is None and not compiled.any_origin:
        answer = (*((name, origin or "") for name in compiled.named), *compiled.allowed, *answer)
    detail = "" if reason is None else origin or ""
    return Decision(Kind.ACTUAL, origin, reason is None, _with_vary(answer, compiled.vary), reason, detail)


def _preflight(
    compiled: CompiledPolicy, origin: str | None, reason: Reason | None, asked: HeaderList
) -> Decision:
    policy = compiled.policy
    detail = "" if reason is None else origin or ""
    answer: Headers = ()
    if reason is None:
        shown = WILDCARD if compiled.any_origin else origin or ""
        answer = ((ALLOW_ORIGIN, shown), *compiled.preflight)
        if policy.private_network and asked.get("access-control-request-private-network") == "true":
            answer = (*answer, ("Access-Control-Allow-Private-Network", "true"))
        refused = compiled.refused_preflight(
            asked.get("access-control-request-method") or "",
            asked.get("access-control-request-headers") or "",
        )
        if refused is not None:
            reason, detail = refused
    return Decision(
        Kind.PREFLIGHT,
        origin,
        reason is None,
        _with_vary(answer, compiled.preflight_vary),
        reason,
        detail,
        None if policy.preflight_continue else policy.preflight_status,
    )


def _refused_origin(compiled: CompiledPolicy, origin: str | None) -> Reason | None:
    if compiled.any_origin:
        return None
    if origin is None:
        return Reason.ORIGIN_REPEATED
    if compiled.allows_listed(origin):
        return None
    found = compiled.look_up(origin)
    if isawaitable(found):
        if iscoroutine(found):
            found.close()  # it will not be awaited, and Python would say so
        raise TypeError("the policy's origin_lookup is async: use it under ASGI, or ask it yourself")
    return None if found is True else compiled.refused_origin(origin)


def _with_vary(headers: Headers, vary: tuple[str, ...]) -> Headers:
    return (*headers, ("Vary", ", ".join(vary))) if vary else headers
