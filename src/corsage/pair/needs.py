"""What observed requests need of a policy: no more than that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corsage.browser import Profile
from corsage.browser.safelist import cors_unsafe_request_header_names
from corsage.model.names import (
    CORS_SAFELISTED_METHODS,
    FORBIDDEN_RESPONSE_HEADERS,
    SAFELISTED_RESPONSE_HEADERS,
)
from corsage.pair.observed import Observed


@dataclass(frozen=True, slots=True)
class Needs:
    """What a policy must allow.

    Attributes:
        origins: exact ones.
        methods: that need leave.
        request_headers: lower-case, likewise.
        exposed_headers: lower-case, likewise.
        credentials: whether any of the requests has them.
    """

    origins: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()
    request_headers: frozenset[str] = frozenset()
    exposed_headers: frozenset[str] = frozenset()
    credentials: bool = False


def needs_of(observed: Observed, profiles: Sequence[Profile]) -> Needs:
    """Return what one request needs in any of *profiles*."""
    names = {
        name
        for profile in profiles
        for name in cors_unsafe_request_header_names(observed.headers.pairs, profile)
    }
    reads = {name.lower() for name in observed.reads}
    return Needs(
        origins=frozenset({observed.origin}),
        methods=frozenset({observed.method} - CORS_SAFELISTED_METHODS),
        request_headers=frozenset(names),
        exposed_headers=frozenset(reads - SAFELISTED_RESPONSE_HEADERS - FORBIDDEN_RESPONSE_HEADERS),
        credentials=observed.credentials,
    )


def union(needs: Iterable[Needs]) -> Needs:
    """Return what all of *needs* need together."""
    found = list(needs)
    return Needs(
        origins=frozenset().union(*(each.origins for each in found)),
        methods=frozenset().union(*(each.methods for each in found)),
        request_headers=frozenset().union(*(each.request_headers for each in found)),
        exposed_headers=frozenset().union(*(each.exposed_headers for each in found)),
        credentials=any(each.credentials for each in found),
    )
