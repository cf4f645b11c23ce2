"""Policies of single routes and views: each wins over the application's, and tells whom the application's tells."""

from typing import Final

from corsage.middleware.cors import CORS, Policies
from corsage.server import Policy
from corsage.server.policy_set import PolicySet

# Says nothing about any path: what has it is left alone, CORS headers of its own included.
EXEMPT: Final = PolicySet()


def of_fields(policy: Policy | Policies | CORS | None, fields: dict[str, object]) -> Policy | Policies | CORS:
    """Return *policy*, or the one that *fields* describe.

    Raises:
        PolicyError: *fields* are not a policy.
        TypeError: both a policy and fields are given.
    """
    if policy is None:
        return Policy.of(fields)
    if fields:
        raise TypeError(f"give a policy or its fields, not both: {', '.join(fields)}")
    return policy


class OwnPolicies:
    """The policies of single routes at work, beside that of the whole application.

    Attributes:
        whole: what holds for the rest.
    """

    def __init__(self, whole: CORS) -> None:
        self.whole = whole
        # Decorators keep their policies, so that an identity stays what it is.
        self._made: dict[int, tuple[Policy | Policies, CORS]] = {}

    def at_work(self, policy: Policy | Policies | CORS) -> CORS:
        """Return what enforces *policy*.

        Raises:
            ValueError: the application debugs, and the policy is for production.
        """
        if isinstance(policy, CORS):
            return policy
        known = self._made.get(id(policy))
        if known is None:
            made = CORS(policy, debug=self.whole.debug)
            made.denials = self.whole.denials
            known = self._made[id(policy)] = (policy, made)
        return known[1]
