"""What services decide by themselves, whatever a policy says: sentences for their limits."""

from corsage.server import Policy
from corsage.stacks.leftovers import leftovers


def fixed_lists(policy: Policy, title: str, *, credentials: bool | None = None) -> tuple[str, ...]:
    """Say that methods, headers and how long a preflight holds are the product's own.

    Args:
        policy: to be rendered.
        title: the product.
        credentials: what the product always says of credentials; ``None`` where it can be told.
    """
    found = [
        f"{title} decides by itself which methods and request headers it allows, and which headers it exposes."
    ]
    if policy.max_age is not None:
        found.append(f"max_age: {title} decides by itself how long a preflight's answer holds.")
    if credentials is True and not policy.credentials:
        found.append(f"{title} allows credentials to every listed origin; that cannot be switched off.")
    if credentials is False and policy.credentials:
        found.append(f"{title} never allows credentials: pages ask it without cookies.")
    return (*found, *leftovers(policy))
