"""Simulate: the browser's side and the server's side in one conversation, without a network between them.

The browser asks, the policy decides, the application answers, the browser judges. That both come to the same end is
what the server's side is proven by.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from corsage.browser import CookieJar, PreflightCache, Profile, drive, fetch
from corsage.model import HeaderList, Outcome, Request, Thrown, WireRequest, WireResponse
from corsage.server import CompiledPolicy, Decision, Policy, PolicySet, compile_policy, decide
from corsage.server.vary import merged_vary

# One policy for all, or which one holds for a path; `None` is a path without CORS.
PolicySource: TypeAlias = Policy | CompiledPolicy | PolicySet | Callable[[str], CompiledPolicy | None]
AppResponse: TypeAlias = WireResponse | Callable[[WireRequest], WireResponse]

_ESCAPE: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
_PLAIN_ANSWER: Final = WireResponse(200, HeaderList([("Content-Type", "text/plain")]), b"hello")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question of the browser's.

    Attributes:
        request: what was asked.
        decision: what the policy made of it; ``None`` where the path has none.
        response: what was answered.
    """

    request: WireRequest
    decision: Decision | None
    response: WireResponse


@dataclass(frozen=True, slots=True)
class Simulation:
    """How a conversation went, seen from both sides.

    Attributes:
        outcome: what the page gets.
        exchanges: all that was asked and answered, in order.
    """

    outcome: Outcome
    exchanges: tuple[Exchange, ...]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What the policies decided, in order."""
        return tuple(each.decision for each in self.exchanges if each.decision is not None)

    @property
    def allowed(self) -> bool:
        """Whether the server gave leave to all that it was asked. Where there is no policy there is no leave."""
        return all(each.decision is not None and each.decision.allowed for each in self.exchanges)


def simulate(
    request: Request | Thrown,
    policy: PolicySource,
    profile: Profile,
    *,
    app_response: AppResponse = _PLAIN_ANSWER,
    cookies: CookieJar | None = None,
    cache: PreflightCache | None = None,
    now: float = 0.0,
) -> Simulation:
    """Fetch *request* from an application behind *policy*.

    Args:
        request: as the page makes it.
        policy: of every path; a set of them by path; or a callable that is given each URL's path as it is written.
        profile: the browser.
        app_response: what the application answers, or a callable that answers each request. CORS headers that it
            sets itself are replaced, as the middleware does.
        cookies: what the browser holds; none where ``None``.
        cache: the browser's preflight cache; fresh where ``None``.
        now: seconds on the caller's clock, for the cache.

    Raises:
        TypeError: the policy's lookup is async, and had to be asked.
    """
    compiled_for = _by_path(policy)
    exchanges: list[Exchange] = []

    def serve(asked: WireRequest) -> WireResponse:
        compiled = compiled_for(asked.url.path)
        decision = None if compiled is None else decide(compiled, asked.method, asked.headers)
        if decision is not None and decision.status is not None:
            response = WireResponse(decision.status, HeaderList(decision.headers))
        else:
            response = app_response(asked) if callable(app_response) else app_response
            if compiled is not None and decision is not None:
                response = _decided(response, decision, compiled.owned)
        exchanges.append(Exchange(asked, decision, response))
        return response

    conversation = fetch(request, profile=profile, cache=cache, cookies=cookies, now=now)
    outcome = drive(conversation, serve)
    return Simulation(outcome, tuple(exchanges))


def _by_path(policy: PolicySource) -> Callable[[str], CompiledPolicy | None]:
    if isinstance(policy, Policy):
        policy = compile_policy(policy)
    if isinstance(policy, CompiledPolicy):
        compiled = policy
        return lambda _: compiled
    return _of_set(policy) if isinstance(policy, PolicySet) else policy


def _of_set(policies: PolicySet) -> Callable[[str], CompiledPolicy | None]:
    compiled: dict[int, CompiledPolicy] = {}

    def choose(path: str) -> CompiledPolicy | None:
        # Patterns are compared with what servers hand to applications: the path without its percent signs.
        raw = _ESCAPE.sub(lambda found: bytes.fromhex(found[1].decode()), path.encode())
        policy = policies.select(raw.decode(errors="replace"))
        return None if policy is None else compiled.setdefault(id(policy), compile_policy(policy))

    return choose


def _decided(response: WireResponse, decision: Decision, owned: frozenset[str]) -> WireResponse:
    """Put the headers of *decision* on the application's *response*, in the place of its own."""
    ours = HeaderList(decision.headers)
    headers = response.headers.without(owned)
    vary = ours.get("vary")
    if vary is not None:
        merged = merged_vary(headers.get("vary") or "", vary.split(", "))
        headers = headers.without(["vary"]).with_header("Vary", merged)
    pairs = (*headers, *ours.without(["vary"]))
    return WireResponse(response.status, HeaderList(pairs), response.body, response.address)
