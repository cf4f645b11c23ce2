"""Cache entry match: does an earlier preflight cover the current hop, and what is kept of a new one?

Source: https://fetch.spec.whatwg.org/#concept-cache-match
"""

from typing import Final

from corsage.browser.fetch_params import FetchParams
from corsage.browser.preflight_cache import CacheKey, CacheQuery, max_age
from corsage.model import NOTE, OK, Algorithm, Credentials, WireResponse
from corsage.model.names import CORS_SAFELISTED_METHODS
from corsage.model.trace import FETCH

CACHE_MATCH: Final = Algorithm("cache entry match", FETCH + "concept-cache-match")
CREATE_ENTRY: Final = Algorithm("create a new cache entry", FETCH + "concept-cache-create-entry")

_ALLOW_METHODS: Final = "access-control-allow-methods"
_ALLOW_HEADERS: Final = "access-control-allow-headers"


def cache_key(params: FetchParams) -> CacheKey:
    """Return where the answer for the current hop is kept."""
    return CacheKey(params.client.top_level_origin.serialized, params.serialized_origin, params.url.href)


def is_preflight_cached(params: FetchParams, unsafe_names: tuple[str, ...]) -> bool:
    """Tell whether an earlier preflight covers the current hop (HTTP fetch, step 4.1)."""
    covered = _is_covered(params, unsafe_names)
    if not covered and params.profile.cache_keeps_one_answer:
        params.cache.clear(cache_key(params))
    return covered


def is_preflight_forced(params: FetchParams) -> bool:
    """Tell whether a preflight is due whatever the method and the headers are."""
    sticky = params.profile.preflight_decision_is_sticky and params.was_preflighted
    return params.request.use_cors_preflight or sticky


def _is_covered(params: FetchParams, unsafe_names: tuple[str, ...]) -> bool:
    cache, profile, method = params.cache, params.profile, params.method
    if params.request.cache in profile.cache_modes_that_bypass or not len(cache):
        return False
    key = cache_key(params)
    if is_preflight_forced(params) and not cache.holds(key):
        return False
    include = params.request.credentials is Credentials.INCLUDE
    query = CacheQuery(key, include, profile, params.now)
    if _needs_method(params) and not cache.allows_method(query, method):
        return False
    if not all(cache.allows_header(query, name) for name in unsafe_names):
        return False
    params.trace.record(CACHE_MATCH, "1", OK, "an earlier preflight still covers {} {}", method, params.url)
    return True


def _needs_method(params: FetchParams) -> bool:
    """Tell whether the method must be among what is cached."""
    method, profile = params.method, params.profile
    if method not in CORS_SAFELISTED_METHODS or (method == "HEAD" and not profile.cache_exempts_head):
        return True
    return params.request.use_cors_preflight and not profile.cache_exempts_safelisted_methods


def remember_preflight(params: FetchParams, response: WireResponse) -> None:
    """Keep what *response* to a preflight allows (CORS-preflight fetch, steps 7.8 to 7.15)."""
    profile = params.profile
    if params.serialized_origin == "null" and not profile.caches_for_opaque_origins:
        return
    seconds = max_age(response.headers.lines("access-control-max-age"), profile)
    if seconds is None:
        return
    methods = response.headers.extract(_ALLOW_METHODS) or ()
    # 7.4. A preflight forced by a stream or an upload listener is worth keeping, too.
    if not response.headers.lines(_ALLOW_METHODS) and params.request.use_cors_preflight:
        methods = (params.method,)
    params.cache.store(
        cache_key(params),
        methods,
        response.headers.extract(_ALLOW_HEADERS) or (),
        include=params.request.credentials is Credentials.INCLUDE,
        expires=params.now + seconds,
    )
    params.trace.record(CREATE_ENTRY, "1", NOTE, "the answer is kept for {} s", seconds)
