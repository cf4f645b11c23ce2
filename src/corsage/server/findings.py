"""What a policy says of one origin, one method, one header: which entry allows it, or why none does; in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from corsage.grammar import is_method, is_token
from corsage.model.names import CORS_SAFELISTED_METHODS, NO_CORS_SAFELISTED_HEADERS
from corsage.server.compiled import CompiledPolicy
from corsage.server.draft import WILDCARD
from corsage.server.origin_finding import allowing_entry, near_entries
from corsage.server.origin_pattern import parse_origin_pattern
from corsage.server.reason import Reason

LOOKUP: Final = "origin_lookup"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the policy says of one thing that was asked.

    Attributes:
        subject: ``origin``, ``method`` or ``header``.
        name: as it was asked; empty for a request without an origin.
        allowed: whether the policy allows it.
        entry: what allows it: ``origins[1] https://*.example.com``, ``methods[0] PUT``; ``None`` where nothing does,
            and where nothing needs to.
        says: the finding as a sentence.
    """

    subject: str
    name: str
    allowed: bool
    entry: str | None
    says: str


class LookedUp(Enum):
    """What the policy's own lookup says of an origin."""

    NOT_ASKED = auto()
    ALLOWED = auto()
    REFUSED = auto()
    UNDECIDED = auto()  # it is async, and nobody awaits it here
    RAISED = auto()
    UNREADABLE = auto()  # what it returns is neither True nor False


_FAILED: Final = {
    LookedUp.RAISED: "raised an exception, and one that raises allows nothing",
    LookedUp.UNREADABLE: "returned neither True nor False, and only True allows",
}


def find_origin(compiled: CompiledPolicy, origin: str | None, looked_up: LookedUp) -> Finding:
    """Say what allows *origin*."""
    if origin is None:
        return Finding(
            "origin", "", True, None, "The request has no Origin: no browser will judge the answer."
        )
    if looked_up is LookedUp.ALLOWED:
        return Finding("origin", origin, True, LOOKUP, f"{origin} is allowed by {LOOKUP}.")
    if looked_up in _FAILED:
        says = f"{origin} is not allowed: {LOOKUP} {_FAILED[looked_up]}."
        return Finding("origin", origin, False, None, says)
    if looked_up is LookedUp.UNDECIDED:
        says = f"No entry allows {origin}; {LOOKUP} is async, was not asked here, and has the last word."
        return Finding("origin", origin, False, None, says)
    if compiled.allows_listed(origin):
        entry = allowing_entry(compiled.policy, origin)
        return Finding("origin", origin, True, entry, f"{origin} is allowed by {entry}.")
    return Finding("origin", origin, False, None, _refused(compiled, origin))


def _refused(compiled: CompiledPolicy, origin: str) -> str:
    reason = compiled.refused_origin(origin)
    if reason is Reason.ORIGIN_NULL:
        return (
            "null is not allowed: it stands for every sandboxed frame and every local file. "
            "dangerously_allow_null_origin would allow them all."
        )
    # Of what has no host, as app://, an entry of that very text could allow it.
    if reason is Reason.ORIGIN_MALFORMED and parse_origin_pattern(origin) is None:
        return (
            f"{origin} is not allowed: it is no origin as browsers send it, which is scheme://host or "
            "scheme://host:port in lower case, without a default port, path or slash at the end."
        )
    policy = compiled.policy
    count = len(policy.origins) + len(policy.origin_regexes)
    if not count and policy.origin_lookup is None:
        return f"{origin} is not allowed: the policy allows no origin."
    none = f"none of the {count} entries is for it" if count > 1 else "the only entry is not for it"
    if policy.origin_lookup is not None:
        none = f"{none}, and {LOOKUP} refuses it" if count else f"{LOOKUP} refuses it"
    near = near_entries(policy, origin)
    return f"{origin} is not allowed: {none}{''.join(f'; {each}' for each in near)}."


def find_method(compiled: CompiledPolicy, method: str) -> Finding:
    """Say what allows *method*, normalised as browsers do."""
    if method in CORS_SAFELISTED_METHODS:
        return Finding("method", method, True, None, f"{method} needs no leave.")
    if compiled.refused_preflight(method, "") is None:
        entry = _entry("methods", compiled.policy.methods, method)
        return Finding("method", method, True, entry, f"{method} is allowed by {entry}.")
    if not is_method(method):
        why = "it is no method name"
    else:
        why = "it is not in methods"
        other = next((each for each in compiled.policy.methods if each.lower() == method.lower()), None)
        if other is not None:
            why = f"methods has {other}, and browsers send {method} as it is written"
    return Finding("method", method, False, None, f"{method} is not allowed: {why}.")


def find_header(compiled: CompiledPolicy, name: str) -> Finding:
    """Say what allows the request header *name*."""
    lower = name.lower()
    if is_token(name) and compiled.refused_preflight("GET", name) is None:
        entry = _entry("request_headers", compiled.policy.request_headers, lower)
        return Finding("header", name, True, entry, f"{name} is allowed by {entry}.")
    if not is_token(name):
        why = "it is no header name"
    elif lower == "authorization" and WILDCARD in compiled.policy.request_headers:
        why = "* does not stand for it; it must be named in request_headers"
    else:
        why = "it is not in request_headers"
        if lower in NO_CORS_SAFELISTED_HEADERS:
            why += "; browsers ask leave for it where its value is unusual, as application/json is"
    return Finding("header", name, False, None, f"{name} is not allowed: {why}.")


def _entry(field: str, entries: Sequence[str], name: str) -> str:
    if name in entries:
        return f"{field}[{list(entries).index(name)}] {name}"
    return f"{field} {WILDCARD}"
