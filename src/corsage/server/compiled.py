"""`CompiledPolicy`: a policy with everything worked out that can be worked out once."""

from collections.abc import Awaitable
from typing import Final

from corsage.grammar import is_method
from corsage.model.names import CORS_SAFELISTED_METHODS, SAFELISTED_RESPONSE_HEADERS
from corsage.server.draft import NULL, WILDCARD
from corsage.server.origin_index import OriginIndex
from corsage.server.origin_pattern import parse_origin_pattern
from corsage.server.policy import Policy
from corsage.server.reason import Reason
from corsage.server.regexes import compile_regex
from corsage.server.request_headers import UnreadableNamesError, first_refused
from corsage.server.serialized_origin import LONGEST_ORIGIN, split_serialized_origin

Headers = tuple[tuple[str, str], ...]

ALLOW_ORIGIN: Final = "Access-Control-Allow-Origin"
TIMING_ALLOW_ORIGIN: Final = "Timing-Allow-Origin"
PREFLIGHT_VARY: Final = ("Access-Control-Request-Method", "Access-Control-Request-Headers")
PRIVATE_NETWORK: Final = "Access-Control-Request-Private-Network"

# Of a method or header name, in a reason.
_SHOWN: Final = 128

# What the application may have set itself, and loses: two policies in one answer are none.
OWNED_HEADERS: Final = frozenset(
    {
        "access-control-allow-origin",
        "access-control-allow-credentials",
        "access-control-allow-methods",
        "access-control-allow-headers",
        "access-control-expose-headers",
        "access-control-max-age",
        "access-control-allow-private-network",
    }
)


# Preflights repeat themselves: what was found missing in them is kept, in bounds.
_MOST_REMEMBERED: Final = 256
_LONGEST_REMEMBERED: Final = 512


class CompiledPolicy:
    """What the hot path asks.

    Attributes:
        policy: what it was compiled from.
        any_origin: whether everyone is allowed; then answers are the same for all and do not vary.
        exact: the exact origins, ``null`` among them where it is allowed.
        needs_more: whether an origin outside *exact* may still be allowed.
        allowed: headers of an answer to an allowed origin, apart from those in *named*.
        named: names of the headers whose value is the origin itself.
        always: headers of every response, whoever asks.
        vary: the request fields that ordinary responses depend on.
        preflight: headers of an answer to an allowed origin's preflight, apart from Allow-Origin.
        preflight_vary: the request fields that answers to preflights depend on.
    """

    __slots__ = (
        "_any_header",
        "_any_method",
        "_headers",
        "_index",
        "_memo",
        "_methods",
        "_regexes",
        "allowed",
        "always",
        "any_origin",
        "exact",
        "named",
        "needs_more",
        "owned",
        "policy",
        "preflight",
        "preflight_vary",
        "vary",
    )

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._memo: dict[tuple[str, str], tuple[Reason, str] | None] = {}
        self.any_origin = WILDCARD in policy.origins
        texts = [text for text in policy.origins if text not in (WILDCARD, NULL)]
        self._index = OriginIndex(pattern for text in texts if (pattern := parse_origin_pattern(text)))
        self.exact = self._index.exact | ({NULL} if policy.dangerously_allow_null_origin else frozenset())
        self._regexes = tuple(compile_regex(text) for text in policy.origin_regexes)
        self.needs_more = bool(self._index.has_patterns or self._regexes or policy.origin_lookup)
        self._any_method = WILDCARD in policy.methods
        self._methods = frozenset(policy.methods) | CORS_SAFELISTED_METHODS
        self._any_header = WILDCARD in policy.request_headers
        self._headers = frozenset(policy.request_headers)

        self.named = (ALLOW_ORIGIN, TIMING_ALLOW_ORIGIN) if policy.timing else (ALLOW_ORIGIN,)
        self.allowed = self._allowed_headers()
        self.always = self._constant_headers()
        self.vary = () if self.any_origin else ("Origin",)
        self.preflight = self._preflight_headers()
        self.preflight_vary = (
            *self.vary,
            *PREFLIGHT_VARY,
            *((PRIVATE_NETWORK,) if policy.private_network else ()),
        )
        self.owned = (
            OWNED_HEADERS | {name.lower() for name, _ in self.always} | {name.lower() for name in self.named}
        )

    def _allowed_headers(self) -> Headers:
        policy = self.policy
        exposed = [name for name in policy.exposed_headers if name not in SAFELISTED_RESPONSE_HEADERS]
        found: list[tuple[str, str]] = []
        if policy.credentials:
            found.append(("Access-Control-Allow-Credentials", "true"))
        if exposed:
            found.append(("Access-Control-Expose-Headers", ", ".join(exposed)))
        return tuple(found)

    def _constant_headers(self) -> Headers:
        found: list[tuple[str, str]] = []
        if self.policy.resource_policy is not None:
            found.append(("Cross-Origin-Resource-Policy", self.policy.resource_policy))
        if self.any_origin:
            found += [(name, WILDCARD) for name in self.named]
            found += self.allowed
        return tuple(found)

    def _preflight_headers(self) -> Headers:
        policy = self.policy
        found: list[tuple[str, str]] = []
        if policy.credentials:
            found.append(("Access-Control-Allow-Credentials", "true"))
        if policy.methods:
            # Those that need no leave, too, where the writer names them: Firefox keeps no answer for HEAD without.
            found.append(("Access-Control-Allow-Methods", ", ".join(policy.methods)))
        if policy.request_headers:
            found.append(("Access-Control-Allow-Headers", ", ".join(policy.request_headers)))
        if policy.max_age is not None:
            # Browsers take -1 for a mistake and keep the answer for five seconds: 0 is how one says not at all.
            found.append(("Access-Control-Max-Age", str(max(policy.max_age, 0))))
        return tuple(found)

    def allows_listed(self, origin: str) -> bool:
        """Tell whether the lists and expressions allow *origin*; the lookup is not asked."""
        if self.any_origin or origin in self.exact:
            return True
        if not self.needs_more or len(origin) > LONGEST_ORIGIN:
            return False
        if self._index.allows(origin):
            return True
        return (
            bool(self._regexes)
            and split_serialized_origin(origin) is not None
            and any(regex.fullmatch(origin) is not None for regex in self._regexes)
        )

    def look_up(self, origin: str) -> bool | Awaitable[bool]:
        """Ask the policy's own lookup about an origin that the lists do not allow."""
        lookup = self.policy.origin_lookup
        if lookup is None or split_serialized_origin(origin) is None:
            return False
        return lookup(origin)

    def refused_origin(self, origin: str) -> Reason:
        """Say why an origin that is not allowed is not."""
        if origin == NULL:
            return Reason.ORIGIN_NULL
        if split_serialized_origin(origin) is None:
            return Reason.ORIGIN_MALFORMED
        return Reason.ORIGIN_NOT_ALLOWED

    def refused_preflight(self, method: str, headers: str) -> tuple[Reason, str] | None:
        """Say what a browser will find missing in the answer to a preflight of an allowed origin.

        Args:
            method: ``Access-Control-Request-Method``.
            headers: all lines of ``Access-Control-Request-Headers``, joined by commas.

        Returns:
            The reason and the method or header name at fault, cut where no sensible one is as long; ``None`` where
            nothing is missing.
        """
        key = (method, headers)
        if key in self._memo:
            return self._memo[key]
        found = self._refused(method, headers)
        if len(method) + len(headers) <= _LONGEST_REMEMBERED:
            if len(self._memo) >= _MOST_REMEMBERED:
                self._memo.clear()
            self._memo[key] = found
        return found

    def _refused(self, method: str, headers: str) -> tuple[Reason, str] | None:
        if not is_method(method):
            return Reason.METHOD_MALFORMED, method[:_SHOWN]
        if not self._any_method and method not in self._methods:
            return Reason.METHOD_NOT_ALLOWED, method[:_SHOWN]
        if not headers:
            return None
        try:
            name = first_refused(headers, self._headers, wildcard=self._any_header)
        except UnreadableNamesError:
            return Reason.HEADERS_MALFORMED, headers[:_SHOWN]
        return None if name is None else (Reason.HEADER_NOT_ALLOWED, name[:_SHOWN])


def compile_policy(policy: Policy) -> CompiledPolicy:
    """Work out what the hot path needs of *policy*."""
    return CompiledPolicy(policy)
