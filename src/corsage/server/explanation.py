"""Explain: what a policy answers to one request, which of its entries says so, and why; in sentences.

The server's view alone. Whether a browser asks first, and what it makes of the answers, is the browser's to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from inspect import isawaitable, iscoroutine

from corsage.server.compiled import CompiledPolicy, compile_policy
from corsage.server.decide import Decision, decide
from corsage.server.findings import Finding, LookedUp, find_header, find_method, find_origin
from corsage.server.normal import normal_methods
from corsage.server.path_choice import PathChoice
from corsage.server.policy import Policy
from corsage.server.policy_set import PolicySet


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is answered, and why. Names come from outside: escape control characters before printing.

    Attributes:
        choice: which path pattern won; ``None`` where there is one policy for all paths.
        policy: the one that holds; ``None`` where the path has none.
        actual: what the request itself is answered; ``None`` without a policy.
        preflight: what a preflight of it is answered; ``None`` without a policy or an origin.
        findings: origin, method and headers, in this order.
        undecided: whether the policy's lookup is async and would have the last word on the origin.
    """

    choice: PathChoice | None
    policy: Policy | None
    actual: Decision | None
    preflight: Decision | None
    findings: tuple[Finding, ...] = ()
    undecided: bool = False

    def __str__(self) -> str:
        return "\n".join(self.sentences)

    @property
    def decision(self) -> Decision | None:
        """The answer that decides: the preflight's where it is refused, else the request's own."""
        if self.preflight is not None and not self.preflight.allowed:
            return self.preflight
        return self.actual

    @property
    def allowed(self) -> bool:
        """Whether the policy allows all that was asked. Without a policy nothing is."""
        return self.decision is not None and self.decision.allowed

    @property
    def sentences(self) -> tuple[str, ...]:
        """The whole explanation in sentences."""
        chosen = () if self.choice is None else self.choice.sentences
        if self.policy is None:
            return (
                *chosen,
                "No policy holds here: the answer gets no CORS headers, and pages cannot read it.",
            )
        return (*chosen, *(finding.says for finding in self.findings))


def explain(
    source: Policy | PolicySet,
    *,
    origin: str | None = None,
    method: str = "GET",
    headers: Sequence[str] = (),
    path: str = "/",
) -> Explanation:
    """Explain what *source* answers.

    Args:
        source: the policy, or several by path.
        origin: of the page; ``None`` for a request without ``Origin``.
        method: of the request, as the page gives it.
        headers: names that the page sets and a browser asks leave for. ``Accept``, ``Content-Type`` and their like
            need it for unusual values only.
        path: decoded.
    """
    choice = source.choose(path) if isinstance(source, PolicySet) else None
    policy = source.select(path) if isinstance(source, PolicySet) else source
    if policy is None:
        return Explanation(choice, None, None, None)
    compiled, looked_up = _settled(policy, origin)
    method = normal_methods([method])[0]
    findings = (
        find_origin(compiled, origin, looked_up),
        find_method(compiled, method),
        *(find_header(compiled, name) for name in headers),
    )
    asked = [] if origin is None else [("Origin", origin)]
    actual = decide(compiled, method, asked)
    preflight = None
    if origin is not None:
        asked.append(("Access-Control-Request-Method", method))
        if headers:
            asked.append(
                ("Access-Control-Request-Headers", ",".join(sorted(name.lower() for name in headers)))
            )
        preflight = decide(compiled, "OPTIONS", asked)
    return Explanation(choice, policy, actual, preflight, findings, looked_up is LookedUp.UNDECIDED)


def _settled(policy: Policy, origin: str | None) -> tuple[CompiledPolicy, LookedUp]:
    """Ask the policy's lookup, if it has a say, and put what it says in its place."""
    compiled = compile_policy(policy)
    if policy.origin_lookup is None or origin is None or compiled.allows_listed(origin):
        return compiled, LookedUp.NOT_ASKED
    looked_up = _look_up(compiled, origin)
    allowed = looked_up is LookedUp.ALLOWED
    return compile_policy(replace(policy, origin_lookup=lambda _: allowed)), looked_up


def _look_up(compiled: CompiledPolicy, origin: str) -> LookedUp:
    try:
        found: object = compiled.look_up(origin)
    except Exception:  # noqa: BLE001 - the user's code may raise anything, and then the middleware denies
        return LookedUp.RAISED
    if isawaitable(found):
        if iscoroutine(found):
            found.close()  # Python would complain that nobody awaited it
        return LookedUp.UNDECIDED
    if not isinstance(found, bool):
        return LookedUp.UNREADABLE
    return LookedUp.ALLOWED if found else LookedUp.REFUSED
