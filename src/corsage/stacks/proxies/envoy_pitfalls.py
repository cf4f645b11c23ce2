"""The usual mistakes in configurations of Envoy."""

import re
from typing import Final

from corsage.stacks.base import Pitfall

_FILTER: Final = re.compile(r"envoy\.filters\.http\.cors|envoy\.cors")
_POLICY: Final = re.compile(r"allow_origin_string_match|allow_origin\b|allowOriginStringMatch")
_AUTH: Final = re.compile(r"envoy\.filters\.http\.(?:jwt_authn|ext_authz|oauth2|rbac|basic_auth)")


def _no_filter(text: str) -> bool:
    return _POLICY.search(text) is not None and _FILTER.search(text) is None


def _no_policy(text: str) -> bool:
    return _FILTER.search(text) is not None and _POLICY.search(text) is None and "http_filters" in text


def _after_auth(text: str) -> bool:
    chain = text[text.find("http_filters") :] if "http_filters" in text else ""
    found, auth = _FILTER.search(chain), _AUTH.search(chain)
    return found is not None and auth is not None and auth.start() < found.start()


PITFALLS: Final = (
    Pitfall(
        "policy-without-filter",
        "A CorsPolicy does nothing without envoy.filters.http.cors in http_filters.",
        "Put the filter into the chain, before authentication.",
        _no_filter,
    ),
    Pitfall(
        "filter-without-policy",
        "The filter does nothing without a policy for the route or the virtual host.",
        "Put a CorsPolicy into typed_per_filter_config of the virtual host.",
        _no_policy,
    ),
    Pitfall(
        "filter-after-authentication",
        "jwt_authn and ext_authz before cors answer preflights 401 or 403, which come without tokens.",
        "Put cors first; where that cannot be, set bypass_cors_preflight in jwt_authn.",
        _after_auth,
    ),
    Pitfall(
        "unmatched-preflights-go-on",
        "Preflights of origins that are not allowed go on to the application, which may allow them itself.",
        "Set forward_not_matching_preflights: false.",
        lambda text: (
            _POLICY.search(text) is not None and not re.search(r"forward_?not_?matching", text, re.IGNORECASE)
        ),
    ),
    Pitfall(
        "no-vary",
        "The filter adds no `Vary: Origin`: caches give the answer for one origin to another.",
        "Add it with response_headers_to_add.",
        lambda text: _POLICY.search(text) is not None and "Vary" not in text,
    ),
)
