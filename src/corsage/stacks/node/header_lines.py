"""The headers of a policy, for programs that set them themselves."""

from corsage.server import Policy
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of, request_headers_of

Pairs = list[tuple[str, str]]


def always(policy: Policy) -> Pairs:
    """Return what every answer has, whoever asks."""
    if policy.resource_policy is None:
        return []
    return [("Cross-Origin-Resource-Policy", policy.resource_policy)]


def for_allowed(policy: Policy) -> Pairs:
    """Return what answers to allowed origins have beside the origin itself."""
    found: Pairs = []
    if policy.credentials:
        found.append(("Access-Control-Allow-Credentials", "true"))
    if policy.exposed_headers:
        found.append(("Access-Control-Expose-Headers", ", ".join(exposed_headers_of(policy))))
    return found


def for_preflights(policy: Policy) -> Pairs:
    """Return what answers to preflights of allowed origins have beside."""
    found: Pairs = [
        ("Access-Control-Allow-Methods", "*" if is_any(policy.methods) else ", ".join(methods_of(policy)))
    ]
    if policy.request_headers:
        found.append(("Access-Control-Allow-Headers", ", ".join(request_headers_of(policy))))
    if policy.max_age is not None:
        found.append(("Access-Control-Max-Age", str(max(policy.max_age, 0))))
    return found
