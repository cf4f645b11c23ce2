"""The options of the npm package ``cors``, which Express, NestJS, Socket.IO and Apollo hand their own to.

Facts of cors 2.8.6, read in its source. @fastify/cors has the same names.
"""

from corsage.server import Policy
from corsage.stacks.node.allowed import Allowed, allowed_by
from corsage.stacks.node.javascript import Value, quoted_all
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of, request_headers_of

DEFAULT_PREFLIGHT_STATUS = 204


def cors_options(policy: Policy, allowed: Allowed | None = None) -> list[tuple[str, Value]]:
    """Return the options that say what *policy* says, as keys and literals.

    A list of origins is compared exactly, whoever asks; a single text would be sent to everybody. Empty lists of
    names grant nothing, where no list at all would grant what is asked for.
    """
    allowed = allowed_by(policy) if allowed is None else allowed
    options: list[tuple[str, Value]] = [
        ("origin", "'*'" if allowed.everyone else allowed.values),
        ("methods", quoted_all(["*"] if is_any(policy.methods) else methods_of(policy))),
        ("allowedHeaders", quoted_all(request_headers_of(policy))),
    ]
    if policy.exposed_headers:
        options.append(("exposedHeaders", quoted_all(exposed_headers_of(policy))))
    if policy.credentials:
        options.append(("credentials", "true"))
    if policy.max_age is not None:
        options.append(("maxAge", str(max(policy.max_age, 0))))
    if policy.preflight_continue:
        options.append(("preflightContinue", "true"))
    if policy.preflight_status != DEFAULT_PREFLIGHT_STATUS:
        options.append(("optionsSuccessStatus", str(policy.preflight_status)))
    return options
