"""`CORS`: a policy at work. It may stand before several applications, and be replaced while they run."""

from collections.abc import Awaitable, Callable, Iterable
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from corsage.middleware.answers import MOST_KNOWN, answers_of
from corsage.middleware.denial import LOGGER, Denial, Denials, escaped
from corsage.middleware.hot import Answers, Current, granted
from corsage.middleware.lookups import Lookups
from corsage.model.rule import Severity
from corsage.server import CompiledPolicy, Policy, PolicySet, Reason, compile_policy
from corsage.server.draft import PRODUCTION
from corsage.server.serialized_origin import LONGEST_ORIGIN

if TYPE_CHECKING:
    from corsage.middleware.asgi import ASGIApplication
    from corsage.middleware.wsgi import WSGIApplication


@runtime_checkable
class Policies(Protocol):
    """Several policies by path: a `PolicySet`."""

    def select(self, path: str) -> Policy | None:
        """Return the policy for *path*; ``None`` where none has a say."""


class CORS:
    """A policy, or several by path, at work.

    Args:
        policy: what is allowed.
        on_denied: called with a `Denial` for each request that a browser will not be satisfied with.
        debug: name the reason of each denial in a response header, ``Corsage-Denied``. Refused in production.
        log: write denials to the logger ``corsage.middleware``, at a bounded rate.

    The policy's warnings are written to the same logger, once.

    Raises:
        TypeError: *policy* is none, or *on_denied* no plain function.
        ValueError: *debug* with a policy for production.
    """

    def __init__(
        self,
        policy: Policy | Policies,
        *,
        on_denied: Callable[[Denial], object] | None = None,
        debug: bool = False,
        log: bool = True,
    ) -> None:
        if on_denied is not None and not callable(on_denied):
            raise TypeError(f"on_denied must be a function, not {on_denied!r}")
        if iscoroutinefunction(on_denied):
            raise TypeError("on_denied must be a plain function: nobody waits for an async one")
        self.debug = debug
        self._log = log
        self.denials = Denials(on_denied, log=log, always=debug)
        self.current = Current()
        self._lookups: dict[int, Lookups] = {}
        self._demands: list[Callable[[Policy], object]] = []
        self.replace(policy)

    @property
    def policy(self) -> Policy | Policies:
        """What holds now."""
        return self._policy

    def replace(self, policy: Policy | Policies) -> None:
        """Let *policy* hold from the next request on. Requests under way end under the old one.

        Raises:
            TypeError: it is no policy; or it has an async lookup, and the application is WSGI.
            ValueError: debug is on, and the policy is for production.
        """
        if not isinstance(policy, Policy | Policies):
            raise TypeError(f"the policy must be a Policy or a PolicySet, not {policy!r}")
        for each in single_policies(policy):
            self._refuse_debug(each)
            for check in self._demands:
                check(each)
        if self._log:
            _tell_warnings(policy)
        if isinstance(policy, Policy):
            answers = answers_of(compile_policy(policy))
            self._policy: Policy | Policies = policy
            # In this order: a request in another thread that sees both takes the answers.
            self.current.answers = answers
            self.current.select = None
            return
        self._policy = policy
        made: dict[int, tuple[Policy, Answers]] = {}

        def select(path: str) -> Answers | None:
            chosen = policy.select(path)
            if chosen is None:
                return None
            known = made.get(id(chosen))
            if known is None:
                self._refuse_debug(chosen)
                if len(made) >= MOST_KNOWN:  # of a source that makes a policy for each request
                    made.clear()
                known = made[id(chosen)] = (chosen, answers_of(compile_policy(chosen)))
            return known[1]

        self.current.select = select
        self.current.answers = None

    def demand(self, check: Callable[[Policy], object]) -> None:
        """Have *check* raise what is wrong with a policy: with the present one now, with others before they hold."""
        for each in single_policies(self._policy):
            check(each)
        if check not in self._demands:
            self._demands.append(check)

    def _refuse_debug(self, policy: Policy) -> None:
        if self.debug and policy.environment == PRODUCTION:
            raise ValueError("debug=True tells strangers why they are refused: not in production")

    def allows(self, answers: Answers, origin: str) -> bool | Awaitable[bool]:
        """Tell whether an origin that is not listed exactly is allowed, at once or when awaited."""
        compiled = compiled_of(answers)
        allowed = compiled.allows_listed(origin)
        if not allowed and compiled.policy.origin_lookup is not None:
            return self.lookups_of(answers).allows(origin)
        _remember(answers, origin.encode("latin-1", "replace"), allowed=allowed)
        return allowed

    def lookups_of(self, answers: Answers) -> Lookups:
        """Return what is kept of the lookups of one policy."""
        compiled = compiled_of(answers)
        found = self._lookups.get(id(compiled))
        if found is None:
            if len(self._lookups) > 100:  # noqa: PLR2004 - policies that were replaced
                self._lookups.clear()
            found = self._lookups[id(compiled)] = Lookups(compiled)
        return found

    def unheard(self) -> bool:
        """Count a denial where nobody wants to know of it now; tell whether that is so."""
        current = self.current
        if current.quiet:
            current.quiet -= 1
            return True
        if self.denials.wanted():
            return False
        current.quiet = self.denials.pass_over()
        return True

    def deny(
        self, reason: Reason, detail: str, origin: str, request: tuple[str, str], *, preflight: bool
    ) -> None:
        """Tell whoever wants to know that a request of (method, path) is refused."""
        self.denials.tell(Denial(reason, detail, origin, *request, preflight))

    def asgi(self, app: "ASGIApplication") -> "ASGIApplication":
        """Stand before an ASGI application."""
        from corsage.middleware.asgi import wrap

        return wrap(app, self)

    def wsgi(self, app: "WSGIApplication") -> "WSGIApplication":
        """Stand before a WSGI application.

        Raises:
            TypeError: the policy's ``origin_lookup`` is async: nobody waits for it there.
        """
        from corsage.middleware.wsgi import wrap

        return wrap(app, self)


def single_policies(policies: Policy | Policies) -> Iterable[Policy]:
    """Return the single policies of *policies*, as far as they can be known before any request."""
    if isinstance(policies, Policy):
        return (policies,)
    return policies.policies.values() if isinstance(policies, PolicySet) else ()


def _tell_warnings(policy: Policy | Policies) -> None:
    """Log what is allowed but not as its writer may think: who only starts the application sees it nowhere else."""
    for each in getattr(policy, "warnings", ()):
        if each.severity is Severity.WARNING:
            LOGGER.warning("the policy: %s", escaped(each.says))


def _remember(answers: Answers, origin: bytes, *, allowed: bool) -> None:
    """Keep what patterns said of *origin*. Strangers may name as many as they like: what is full is emptied."""
    if allowed:
        if len(answers.known) >= MOST_KNOWN:
            answers.known.clear()
            answers.preflights.clear()
            answers.many = True
        answers.known[origin] = granted(answers, origin)
    elif len(origin) <= LONGEST_ORIGIN:
        if len(answers.strangers) >= MOST_KNOWN:
            answers.strangers.clear()
        answers.strangers[origin] = True


def compiled_of(answers: Answers) -> CompiledPolicy:
    """Return the policy that *answers* were made of."""
    policy = answers.policy
    assert isinstance(policy, CompiledPolicy)  # noqa: S101 - answers_of has put it there
    return policy
