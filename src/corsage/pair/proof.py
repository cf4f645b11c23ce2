"""The proof of a policy: observed requests fetched from behind it, in every browser."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from corsage.browser import Profile
from corsage.model import (
    Client,
    Credentials,
    HeaderList,
    Initiator,
    Outcome,
    Request,
    TupleOrigin,
    WireResponse,
    page,
    parse_url,
)
from corsage.pair.observed import Observed
from corsage.pair.paths import decoded
from corsage.pair.simulate import simulate
from corsage.server import CompiledPolicy, Policy, PolicySet, compile_policy

_OK: Final = 200

_Choice: TypeAlias = Callable[[str], CompiledPolicy | None]


@dataclass(frozen=True, slots=True)
class Unproven:
    """A request that does not pass.

    Attributes:
        observed: the request.
        profile: name of the first browser in which it fails.
        why: what is in the way.
        is_policys: whether another policy could let it through.
    """

    observed: Observed
    profile: str
    why: str
    is_policys: bool


def prove(
    observed: Iterable[Observed], policy: Policy | PolicySet, profiles: Sequence[Profile]
) -> tuple[Unproven, ...]:
    """Return those of *observed* that *policy* does not let through in every one of *profiles*."""
    choose = _by_path(policy)
    firsts = (_first_failure(each, choose, profiles) for each in observed)
    return tuple(failure for failure in firsts if failure is not None)


def _first_failure(observed: Observed, choose: _Choice, profiles: Sequence[Profile]) -> Unproven | None:
    failures = (_failure(observed, choose, profile) for profile in profiles)
    return next((failure for failure in failures if failure is not None), None)


def request_of(observed: Observed) -> Request | None:
    """Return the request that *observed* was; ``None`` where its origin or URL is none."""
    url, client = parse_url(observed.url), _client(observed.origin)
    if url is None or client is None:
        return None
    return Request(
        url=url,
        client=client,
        initiator=Initiator.FETCH,
        method=observed.method,
        headers=observed.headers,
        credentials=Credentials.INCLUDE if observed.credentials else Credentials.SAME_ORIGIN,
        unsafe_request=True,
    )


def _failure(observed: Observed, choose: _Choice, profile: Profile) -> Unproven | None:
    request = request_of(observed)
    if request is None:
        return Unproven(observed, profile.name, "its origin or URL cannot be read", is_policys=False)
    answer = WireResponse(_OK, HeaderList([(name, "x") for name in observed.reads]), b"ok")
    outcome = simulate(request, choose, profile, app_response=answer).outcome
    if outcome.refusal is not None:
        cause = outcome.refusal.cause
        ending = "the policy cannot say so by path" if cause.is_cors else "whatever the policy says"
        why = f"{observed.method} {observed.url} from {observed.origin} fails in {profile.name}: {cause}, {ending}."
        return Unproven(observed, profile.name, why, is_policys=cause.is_cors)
    hidden = _hidden(observed, outcome)
    if hidden:
        return Unproven(observed, profile.name, f"{', '.join(hidden)} cannot be read.", is_policys=True)
    return None


def _hidden(observed: Observed, outcome: Outcome) -> list[str]:
    seen = {name for name, _ in outcome.response.headers} if outcome.response is not None else set()
    return [name for name in observed.reads if name.lower() not in seen]


def _client(origin: str) -> Client | None:
    url = parse_url(origin)
    if url is None:
        return None
    if url.is_http:
        return page(url.href)
    own = TupleOrigin(url.scheme, url.host, url.port)  # of an app or an extension
    return Client(url=url, origin=own, top_level_origin=own)


def _by_path(policy: Policy | PolicySet) -> _Choice:
    if isinstance(policy, Policy):
        compiled = compile_policy(policy)
        return lambda _: compiled
    known: dict[int, CompiledPolicy] = {}

    def choose(path: str) -> CompiledPolicy | None:
        found = policy.select(decoded(path))
        if found is None:
            return None
        if id(found) not in known:
            known[id(found)] = compile_policy(found)
        return known[id(found)]

    return choose
