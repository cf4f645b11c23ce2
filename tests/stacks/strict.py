"""Is an answer strict? Looked at line by line: what browsers overlook, caches and other browsers may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corsage.server import Decision, Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corsage.model import HeaderList, WireResponse
    from corsage.server import CompiledPolicy

_ORIGIN: Final = "access-control-allow-origin"
_CREDENTIALS: Final = "access-control-allow-credentials"
_METHODS: Final = "access-control-allow-methods"
_HEADERS: Final = "access-control-allow-headers"
_EXPOSED: Final = "access-control-expose-headers"
_MAX_AGE: Final = "access-control-max-age"
_ONCE: Final = (_ORIGIN, _CREDENTIALS, _METHODS, _HEADERS, _EXPOSED, _MAX_AGE)
# Leave for these grants nothing: browsers ask for none. Content-Type is another matter: JSON is not safelisted.
_FREE_METHODS: Final = frozenset({"get", "head", "post", "options"})
_FREE_HEADERS: Final = frozenset({"accept", "accept-language", "content-language", "origin", "dnt"})
_ORIGIN_REASONS: Final = (
    Reason.ORIGIN_MALFORMED,
    Reason.ORIGIN_NOT_ALLOWED,
    Reason.ORIGIN_NULL,
    Reason.ORIGIN_REPEATED,
)


def faults(
    compiled: CompiledPolicy, decision: Decision, response: WireResponse, quirks: frozenset[str]
) -> Iterator[str]:
    """Say where *response* is not what *decision* means."""
    headers = response.headers
    for name in _ONCE:
        lines = headers.lines(name)
        if len(lines) > 1:
            yield f"two lines of {name}: {lines}"
    welcome = decision.kind is not Kind.PLAIN and decision.reason not in _ORIGIN_REASONS
    if welcome:
        yield from _to_the_allowed(compiled, decision, headers, quirks)
        yield from _of_a_preflight(compiled, decision, response, quirks)
    elif not compiled.any_origin:
        yield from _to_strangers(compiled, decision, headers, quirks)
    yield from _vary(compiled, decision, headers, quirks, welcome=welcome)


def names_in(headers: HeaderList, field: str) -> set[str]:
    """Return the lower-case names in a list."""
    return {name.strip().lower() for line in headers.lines(field) for name in line.split(",") if name.strip()}


def _to_the_allowed(
    compiled: CompiledPolicy, decision: Decision, headers: HeaderList, quirks: frozenset[str]
) -> Iterator[str]:
    shown = headers.get(_ORIGIN)
    if shown is None:
        # A refused preflight may be without it: browsers refuse it either way.
        if decision.allowed:
            yield "no Access-Control-Allow-Origin for an allowed origin"
        return
    if shown != decision.origin and not (shown == "*" and compiled.any_origin):
        yield f"Access-Control-Allow-Origin: {shown} for {decision.origin}"
    credentials = headers.get(_CREDENTIALS)
    if credentials != ("true" if compiled.policy.credentials else None):
        yield f"Access-Control-Allow-Credentials: {credentials}"
    if decision.kind is Kind.ACTUAL:
        exposed = names_in(headers, _EXPOSED)
        if exposed != set(compiled.policy.exposed_headers):
            yield f"Access-Control-Expose-Headers: {sorted(exposed)}"
    more = names_in(headers, _METHODS) - {each.lower() for each in compiled.policy.methods} - _FREE_METHODS
    if more and "more-methods" not in quirks:
        yield f"Access-Control-Allow-Methods has more than the policy: {sorted(more)}"
    more = names_in(headers, _HEADERS) - set(compiled.policy.request_headers) - _FREE_HEADERS
    if "content-type-too" in quirks:
        more -= {"content-type"}
    if more:
        yield f"Access-Control-Allow-Headers has more than the policy: {sorted(more)}"


def _of_a_preflight(
    compiled: CompiledPolicy, decision: Decision, response: WireResponse, quirks: frozenset[str]
) -> Iterator[str]:
    if decision.kind is not Kind.PREFLIGHT or not decision.allowed:
        return
    if response.status != decision.status and "preflight-status" not in quirks:
        yield f"status {response.status} of a preflight, not {decision.status}"
    wanted = None if compiled.policy.max_age is None else str(max(compiled.policy.max_age, 0))
    given = response.headers.get(_MAX_AGE)
    if given != wanted and "max-age" not in quirks:
        yield f"Access-Control-Max-Age: {given}, not {wanted}"


def _to_strangers(
    compiled: CompiledPolicy, decision: Decision, headers: HeaderList, quirks: frozenset[str]
) -> Iterator[str]:
    shown = headers.get(_ORIGIN)
    only = "origin-for-all" in quirks and len(compiled.exact) == 1 and not compiled.needs_more
    if shown is not None and not (only and shown in compiled.exact):
        yield f"Access-Control-Allow-Origin: {shown} for a stranger ({decision.origin})"
    if _CREDENTIALS in headers and "credentials-for-strangers" not in quirks:
        yield f"Access-Control-Allow-Credentials for a stranger ({decision.origin})"


def _vary(
    compiled: CompiledPolicy,
    decision: Decision,
    headers: HeaderList,
    quirks: frozenset[str],
    *,
    welcome: bool,
) -> Iterator[str]:
    """Caches must not give the answer for one origin to another, nor the answer for none."""
    fields = names_in(headers, "vary")
    if "origin" in fields or "*" in fields:
        return
    depends = compiled.exact or compiled.needs_more or headers.get(_ORIGIN) not in (None, "*")
    excused = (
        (decision.kind is Kind.PREFLIGHT and "no-vary-on-preflight" in quirks)
        or (not welcome and "no-vary-for-strangers" in quirks)
        or ("origin-for-all" in quirks and len(compiled.exact) == 1 and not compiled.needs_more)
    )
    if depends and not excused:
        yield "no Vary: Origin"
