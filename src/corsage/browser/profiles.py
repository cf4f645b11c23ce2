"""The browsers, as data: the standard itself, Chromium, Firefox, WebKit (Safari's engine)."""

from dataclasses import replace
from typing import Final

from corsage.browser.differences import (
    BlobTypeCheck,
    Engine,
    LocalNetworkAccess,
    MaxAgeReading,
    PreflightCheck,
)
from corsage.browser.profile import Profile

_C = PreflightCheck

STANDARD: Final = Profile(name="standard")

CHROMIUM: Final = Profile(
    name="chromium",
    engine=Engine.CHROMIUM,
    preflight_checks=(
        _C.REDIRECT,
        _C.CORS_CHECK,
        _C.STATUS,
        _C.PARSE_METHODS,
        _C.PARSE_HEADERS,
        _C.METHOD,
        _C.HEADERS,
    ),
    authorization_covered_by_wildcard=True,
    upload_listener_needs_body=True,
    max_age_cap=7200,
    max_age_reading=MaxAgeReading.SIGNED_OR_DEFAULT,
    cache_keeps_one_answer=True,
    cache_exempts_safelisted_methods=True,
    failure_clears_cache=False,
    failed_preflight_clears_cache=False,
    caches_for_opaque_origins=False,
    cache_modes_that_bypass=frozenset({"no-cache", "no-store", "reload"}),
    combines_request_headers=True,
    client_hints_are_safelisted=True,
    user_agent_is_ignored=True,
    xhr_blob_type=BlobTypeCheck.STRICT,
    xhr_charset_is_replaced_in_place=True,
    streams_need_http2=True,
    about_blank_is_fetchable=False,
    empty_location_is_no_redirect=True,
    refuses_embedded_credentials=True,
    keeps_location_bytes=True,
    no_cors_redirect_taints_at_first_hop=True,
    elements_always_send_origin=True,
    opaque_origins_identify_with_credentials=True,
    origin_ignores_referrer_policy=True,
    ip_addresses_are_never_same_site=True,
    local_network_access=LocalNetworkAccess.PUBLIC_PAGES,
)

FIREFOX: Final = Profile(
    name="firefox",
    engine=Engine.FIREFOX,
    preflight_checks=(
        _C.CORS_CHECK,
        _C.REDIRECT,
        _C.STATUS,
        _C.PARSE_METHODS,
        _C.METHOD,
        _C.PARSE_HEADERS,
        _C.HEADERS,
    ),
    authorization_covered_by_wildcard=True,
    preflight_after_taint_has_page_origin=True,
    preflight_to_own_origin_is_unchecked=True,
    preflight_decision_is_sticky=True,
    unsafe_headers_survive_redirects=True,
    max_age_cap=86_400,
    max_age_reading=MaxAgeReading.DIGITS_OR_NOTHING,
    cache_separates_credentials=True,
    cache_honours_wildcard=False,
    cache_exempts_safelisted_methods=True,
    cache_exempts_head=False,
    cache_modes_that_bypass=frozenset({"no-store", "reload"}),
    safelisted_total_limit=None,
    accept_must_be_ascii=True,
    content_type_must_be_tidy=True,
    xhr_long_blob_type_is_simple=True,
    stringifies_streams=True,
    data_urls_have_a_length=True,
    drops_empty_duplicate_lines=True,
    stripped_headers_return_on=frozenset({301, 302, 307, 308}),
    refuses_repeated_allow_origin=True,
    keeps_location_bytes=True,
    trims_relaxed_referrer_policies=True,
    cross_site_redirect_withholds_cookies=True,
    third_party_cookies_are_blocked=True,
    proxy_authentication_fails=False,
)

WEBKIT: Final = Profile(
    name="webkit",
    engine=Engine.WEBKIT,
    preflight_checks=(
        _C.STATUS,
        _C.CORS_CHECK,
        _C.PARSE_METHODS,
        _C.PARSE_HEADERS,
        _C.METHOD,
        _C.HEADERS,
    ),
    authorization_covered_by_wildcard=True,
    preflight_decision_is_sticky=True,
    unsafe_headers_survive_redirects=True,
    lists_headers_stripped_by_redirects=True,
    max_age_cap=600,
    max_age_reading=MaxAgeReading.SIGNED_OR_DEFAULT,
    cache_wildcard_covers_authorization=True,
    cache_keeps_one_answer=True,
    cache_exempts_safelisted_methods=True,
    failure_clears_cache=False,
    failed_preflight_clears_cache=False,
    combines_request_headers=True,
    range_is_read_loosely=True,
    xhr_unsent_form_leaves_type=True,
    xhr_blob_type=BlobTypeCheck.ESSENCE,
    implied_type_escapes_guard=True,
    about_blank_is_fetchable=False,
    empty_location_is_an_error=True,
    stripped_headers_return_on=frozenset({301, 302, 303, 307, 308}),
    origin_survives_rewrite_to_get=True,
    no_cors_redirect_keeps_credentials=True,
    first_foreign_redirect_needs_credentials=True,
    elements_always_send_origin=True,
    opaque_origins_send_referrer=True,
    preflight_keeps_first_referrer=True,
    opaque_origins_are_same_site=True,
    cross_site_redirect_leaves_own_cookies=True,
    third_party_cookies_are_blocked=True,
    loopback_is_mixed_content=True,
    has_opaque_response_blocking=False,
    local_network_access=LocalNetworkAccess.ABSENT,
    proxy_authentication_fails=False,
)

# Safari's engine on the network library of the GTK port, in which the recordings were made.
WEBKITGTK: Final = replace(WEBKIT, name="webkitgtk", redirects_turn_delete_into_get=True)

PROFILES: Final = {
    "standard": STANDARD,
    "chromium": CHROMIUM,
    "firefox": FIREFOX,
    "webkit": WEBKIT,
    "safari": WEBKIT,
    "webkitgtk": WEBKITGTK,
}
