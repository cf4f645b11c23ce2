"""Public suffixes below a domain: whoever lets in ``*.amazonaws.com`` lets in all that is hosted there."""

from functools import lru_cache

from corsage.model.sites import public_suffix_rules


@lru_cache(maxsize=1)
def _by_domain() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for rule in public_suffix_rules():
        suffix = f"x{rule[1:]}" if rule.startswith("*") else rule
        above = suffix.partition(".")[2]
        while "." in above and not rule.startswith("!"):
            found.setdefault(above, []).append(suffix)
            above = above.partition(".")[2]
    return found


@lru_cache(maxsize=4096)
def suffixes_below(domain: str) -> tuple[str, ...]:
    """Return the public suffixes below *domain*, the shortest first; ``x`` stands for any label of one."""
    return tuple(sorted(_by_domain().get(domain, ()), key=lambda suffix: (len(suffix), suffix)))
