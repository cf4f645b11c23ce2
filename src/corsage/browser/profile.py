"""`Profile`: where a browser departs from the standard, field by field.

Each field is one measured departure, with the standard's behaviour as its default. "measured" as a source means:
seen in the recorded browsers of ``tests/corpus``.
"""

from dataclasses import dataclass, fields
from typing import Any, Final

from corsage.browser.differences import (
    BlobTypeCheck,
    Engine,
    LocalNetworkAccess,
    MaxAgeReading,
    PreflightCheck,
    difference,
    flag,
)

_STANDARD_ORDER: Final = (
    PreflightCheck.CORS_CHECK,
    PreflightCheck.STATUS,
    PreflightCheck.PARSE_METHODS,
    PreflightCheck.PARSE_HEADERS,
    PreflightCheck.METHOD,
    PreflightCheck.AUTHORIZATION,
    PreflightCheck.HEADERS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A browser, as the list of its departures from the standard."""

    name: str
    engine: Engine = Engine.STANDARD

    # --- the preflight ---
    preflight_checks: tuple[PreflightCheck, ...] = difference(
        _STANDARD_ORDER,
        what="In which order the response to a preflight is judged; it decides which of several faults is named.",
        source="measured, families preflight-status, acam, acah",
    )
    authorization_covered_by_wildcard: bool = flag(
        what="`Access-Control-Allow-Headers: *` covers Authorization, against step 7.6.",
        source="measured; Firefox: pref network.cors_preflight.authorization_covered_by_wildcard",
    )
    preflight_after_taint_has_page_origin: bool = flag(
        what="A preflight after a tainting redirect carries the page's origin where `null` belongs.",
        source="measured, family redirect-preflight",
    )
    preflight_to_own_origin_is_unchecked: bool = flag(
        what="A preflight that a redirect brought back to the page's origin needs no Access-Control-Allow-Origin.",
        source="measured, family redirect-preflight; Firefox: nsCORSListenerProxy, mHasBeenCrossSite",
    )
    preflight_decision_is_sticky: bool = flag(
        what="A request that was preflighted once is preflighted on every further hop, GET or not.",
        source="measured; WebKit: NetworkLoadChecker, m_isSimpleRequest",
    )
    unsafe_headers_survive_redirects: bool = flag(
        what="Whether a redirected request needs a preflight is judged by the headers it began with.",
        source="measured; Firefox: LoadInfo.CorsUnsafeHeaders, WebKit: m_originalRequestHeaders",
    )
    lists_headers_stripped_by_redirects: bool = flag(
        what="Access-Control-Request-Headers still names headers that a redirect removed.",
        source="measured; WebKit: NetworkLoadChecker, m_originalRequestHeaders",
    )
    upload_listener_needs_body: bool = flag(
        what="An XMLHttpRequest upload listener forces a preflight only where there is a body.",
        source="measured, family xhr-upload",
    )

    # --- the preflight cache ---
    max_age_cap: int | None = difference(
        None,
        what="The longest time, in seconds, for which a preflight result is kept.",
        source="Chromium: preflight_result.cc, Firefox: nsCORSListenerProxy.cpp, "
        "WebKit: CrossOriginPreflightResultCache.cpp",
    )
    max_age_reading: MaxAgeReading = difference(
        MaxAgeReading.DIGITS_OR_DEFAULT,
        what="How an Access-Control-Max-Age that is no plain integer is read.",
        source="measured, family preflight-cache; sources as for the cap",
    )
    cache_keeps_one_answer: bool = flag(
        what="One answer is kept a URL: a new one replaces it, a request that it does not cover discards it.",
        source="measured; Chromium: preflight_cache.cc, WebKit: CrossOriginPreflightResultCache.cpp",
    )
    cache_separates_credentials: bool = flag(
        what="A preflight made with credentials is not reused without.",
        source="measured; Firefox: GetPrefLightCacheKey",
    )
    cache_honours_wildcard: bool = difference(
        default=True,
        what="A cached `*` in a list covers other methods and headers later.",
        source="measured; Firefox: CORSCacheEntry::CheckRequest",
    )
    cache_exempts_safelisted_methods: bool = flag(
        what="A forced preflight needs no cached method for GET, HEAD and POST.",
        source="measured, family preflight-cache",
    )
    cache_exempts_head: bool = difference(
        default=True,
        what="A HEAD request needs no cached method, being safelisted.",
        source="measured; Firefox: CORSCacheEntry::CheckRequest exempts GET and POST alone",
    )
    cache_wildcard_covers_authorization: bool = flag(
        what="A cached `*` covers Authorization.",
        source="measured",
    )
    failure_clears_cache: bool = difference(
        default=True,
        what="A preflighted request that fails clears what the cache holds for it.",
        source="measured, family preflight-cache",
    )
    failed_preflight_clears_cache: bool = difference(
        default=True,
        what="A preflight that fails clears what the cache holds for it.",
        source="measured, family preflight-cache",
    )
    caches_for_opaque_origins: bool = difference(
        default=True,
        what="Preflight results are kept for requests with `Origin: null`.",
        source="measured, family opaque-origin",
    )
    cache_modes_that_bypass: frozenset[str] = difference(
        frozenset(),
        what="Cache modes of a request that make it ignore cached preflights.",
        source="measured, family preflight-cache",
    )

    # --- request headers ---
    combines_request_headers: bool = flag(
        what="Repeated request headers are joined before they are judged.",
        source="measured, family safelist",
    )
    last_of_singleton_headers: bool = flag(
        what="Of a repeated request header that can have but one value the last is sent; it is not joined.",
        source="measured, family safelist; Firefox: nsHttpHeaderArray::IsSingletonHeader",
    )
    safelisted_total_limit: int | None = difference(
        1024,
        what="How many bytes all CORS-safelisted request-headers may hold together.",
        source="measured, family safelist; Firefox has no such rule",
    )
    client_hints_are_safelisted: bool = flag(
        what="DPR, Downlink, Save-Data, Viewport-Width, Width, Device-Memory, RTT and ECT need no preflight.",
        source="Chromium: services/network/public/cpp/cors/cors.cc",
    )
    user_agent_is_ignored: bool = flag(
        what="A `User-Agent` set by a script is dropped silently.",
        source="measured, family safelist",
    )
    accept_must_be_ascii: bool = flag(
        what="An `Accept` with a byte above 0x7F needs a preflight.",
        source="measured, family safelist",
    )
    content_type_must_be_tidy: bool = flag(
        what="Content-Type is split on commas and empty parameters need a preflight.",
        source="measured, family safelist; Firefox: nsContentUtils::IsAllowedNonCorsContentType",
    )
    range_is_read_loosely: bool = flag(
        what="`Range: BYTES=0-10` and signed numbers count as simple ranges.",
        source="measured, family safelist",
    )
    implied_type_escapes_guard: bool = flag(
        what="In mode no-cors the Content-Type that a body implies is not held against the safelist.",
        source="measured, family bodies",
    )
    no_cors_redirect_keeps_credentials: bool = flag(
        what="A no-cors request that began on the page's origin sends cookies on every hop.",
        source="measured, family corp",
    )
    first_foreign_redirect_needs_credentials: bool = flag(
        what="The first foreign hop of a request that began at home must allow credentials to redirect on.",
        source="measured, family redirect-chain; WebKit: NetworkLoadChecker, m_storedCredentialsPolicy",
    )
    xhr_blob_type: BlobTypeCheck = difference(
        BlobTypeCheck.NONE,
        what="What XMLHttpRequest asks of a Blob's type; it sends no Content-Type for one that fails.",
        source="measured, family bodies",
    )
    xhr_long_blob_type_is_simple: bool = flag(
        what="A Blob type of over 128 bytes does not by itself preflight an XMLHttpRequest.",
        source="measured, family bodies",
    )
    xhr_charset_is_replaced_in_place: bool = flag(
        what="XMLHttpRequest writes UTF-8 over the charset of an author's Content-Type and leaves the rest as it is.",
        source="measured, family safelist",
    )
    xhr_unsent_form_leaves_type: bool = flag(
        what="A GET by XMLHttpRequest keeps the Content-Type of the URLSearchParams that it does not send.",
        source="measured, family xhr",
    )
    stringifies_streams: bool = flag(
        what="There are no stream uploads: the stream is turned into the text `[object ReadableStream]`.",
        source="measured, family bodies",
    )

    streams_need_http2: bool = flag(
        what="Stream uploads fail over HTTP/1.1, after their preflight.",
        source="measured, family bodies (net::ERR_ALPN_NEGOTIATION_FAILED)",
    )
    streams_are_always_cors: bool = flag(
        what="A stream upload in mode `same-origin` is made in mode `cors`.",
        source="measured, stream uploads; Chromium: RequestMode::kCorsWithForcedPreflight replaces the mode",
    )
    about_blank_is_fetchable: bool = difference(
        default=True,
        what="fetch('about:blank') gives an empty document.",
        source="measured, family errors",
    )
    data_urls_have_a_length: bool = flag(
        what="The response of a data: URL has a Content-Length.",
        source="measured, family errors",
    )

    # --- response headers ---
    drops_empty_duplicate_lines: bool = flag(
        what="Of repeated response header lines the empty ones are dropped before joining.",
        source="measured, family mutations",
    )

    refuses_repeated_allow_origin: bool = flag(
        what="More than one Access-Control-Allow-Origin line is refused, even where all but one are empty.",
        source="measured, family mutations; Firefox: CheckOriginHeader in nsCORSListenerProxy.cpp",
    )

    # --- redirects ---
    empty_location_is_no_redirect: bool = flag(
        what="A redirect with an empty Location is the final response.",
        source="measured, family redirect-location",
    )
    empty_location_is_an_error: bool = flag(
        what="A redirect with an empty Location fails.",
        source="measured, family redirect-location",
    )
    refuses_embedded_credentials: bool = flag(
        what="Redirects to a URL with userinfo fail in every mode; XMLHttpRequest is exempt.",
        source="measured, family redirect-location; Chromium: ShouldBlockFetchWithCredentialedSubresource",
    )
    keeps_location_bytes: bool = flag(
        what="Bytes above 0x7F in a Location are percent-encoded as they are, not as UTF-8 of their characters.",
        source="measured, family redirect-location",
    )
    no_cors_redirect_taints_at_first_hop: bool = flag(
        what="A no-cors POST that leaves the page's origin by a redirect carries `Origin: null`.",
        source="measured, family origin-header",
    )
    stripped_headers_return_on: frozenset[int] = difference(
        frozenset(),
        what="Content-Type and its like, dropped with the body, are back after a redirect of these statuses.",
        source="measured, family mutations; WebKit: NetworkLoadChecker, m_firstRequestHeaders",
    )
    repeated_location_may_agree: bool = flag(
        what="Two Location lines are one where they agree; the standard takes any two for a failure.",
        source="measured",
    )
    redirects_turn_delete_into_get: bool = flag(
        what="DELETE becomes GET on every redirect across origins.",
        source="measured; libsoup, the network library of WebKit's GTK port: Safari has no such habit",
    )
    origin_survives_rewrite_to_get: bool = flag(
        what="`Origin` stays on the GET that a redirected same-origin or no-cors POST became.",
        source="measured, family redirect-method",
    )

    # --- Origin, Referer, cookies ---
    elements_always_send_origin: bool = flag(
        what="`crossorigin` elements and modules send `Origin` to their own origin, too.",
        source="measured, family elements",
    )
    opaque_origins_identify_with_credentials: bool = flag(
        what="A sandboxed frame's no-cors request with credentials carries `Origin: null`.",
        source="measured, family random",
    )
    origin_ignores_referrer_policy: bool = flag(
        what="The referrer policy never hides `Origin` outside mode cors.",
        source="measured, family origin-header",
    )
    opaque_origins_send_referrer: bool = flag(
        what="A sandboxed frame sends the Referer of the page around it.",
        source="measured, family opaque-origin",
    )
    opaque_elements_send_origin_as_referrer: bool = flag(
        what="Elements of a sandboxed frame send the origin of the page around it as Referer.",
        source="measured",
    )
    redirect_is_judged_for_mixed_content_first: bool = flag(
        what="A redirect to mixed content is blocked as such, whatever the CORS check would have said of it.",
        source="measured; Firefox: nsMixedContentBlocker is asked before nsCORSListenerProxy",
    )
    mixed_content_follows_redirected_preflight: bool = flag(
        what="After a redirect the preflight goes out before mixed content is blocked.",
        source="measured; WebKit: NetworkLoadChecker runs before the page hears of the redirect",
    )
    same_site_ignores_scheme: bool = flag(
        what="For cookies http and https of one site are the same site.",
        source="measured; Firefox: pref network.cookie.sameSite.schemeful",
    )
    images_need_ok_status: bool = flag(
        what="An image that comes with an error status is not shown.",
        source="measured",
    )
    preflight_keeps_first_referrer: bool = flag(
        what="After a redirect away from the page's origin the preflight carries the page's whole URL.",
        source="measured; WebKit: NetworkLoadChecker, m_firstRequestHeaders",
    )
    referrer_downgrade_is_by_scheme: bool = flag(
        what="A Referer is withheld from https to anything else, where the standard asks for trustworthiness.",
        source="measured, families hosts and https-client",
    )
    trims_relaxed_referrer_policies: bool = flag(
        what="Policies laxer than the default do not apply to cross-site requests.",
        source="Firefox: pref network.http.referer.disallowCrossSiteRelaxingDefault",
    )
    opaque_origins_are_same_site: bool = flag(
        what="A sandboxed frame sends SameSite cookies to the site around it.",
        source="measured, family opaque-origin",
    )
    cross_site_redirect_withholds_cookies: bool = flag(
        what="SameSite cookies are withheld once any hop of a redirect chain was cross-site.",
        source="measured, family elements",
    )
    cross_site_redirect_leaves_own_cookies: bool = flag(
        what="After a cross-site hop of a redirect chain only the page's own host gets SameSite cookies.",
        source="measured, family mutations",
    )
    third_party_cookies_are_blocked: bool = flag(
        what="No cookies at all on cross-site requests, whatever their SameSite.",
        source="measured in fresh profiles; Firefox: Total Cookie Protection, Safari: tracking prevention",
    )

    # --- other policies ---
    mode_precedes_mixed_content: bool = flag(
        what="Refusals by mode (same-origin; no-cors that must follow redirects) precede mixed content.",
        source="measured",
    )
    tracks_may_be_foreign: bool = flag(
        what="A <track> without crossorigin may come from another origin.",
        source="measured in Chromium, Firefox and WebKit",
    )
    style_sheets_need_text_css: bool = flag(
        what="A style sheet of another type is an error, not an empty sheet.",
        source="measured",
    )
    loopback_images_are_loaded: bool = flag(
        what="Of mixed content from this machine, images, audio and video are loaded.",
        source="measured",
    )
    ip_addresses_are_never_same_site: bool = flag(
        what="Two ports of one IP address are not the same site for Cross-Origin-Resource-Policy.",
        source="measured, family corp",
    )
    loopback_is_mixed_content: bool = flag(
        what="A secure page may not load http://127.0.0.1 or http://localhost.",
        source="measured, family https-client",
    )
    has_opaque_response_blocking: bool = difference(
        default=True,
        what="Opaque responses that no element can use are kept from it.",
        source="https://github.com/annevk/orb; measured in Chromium and Firefox, absent in WebKit",
    )
    local_network_access: LocalNetworkAccess = difference(
        LocalNetworkAccess.EVERY_PAGE,
        what="Which pages need permission for requests to local and loopback addresses.",
        source="measured with address space overrides; Firefox: pref network.lna.enabled; WebKit has none",
    )
    proxy_authentication_fails: bool = difference(
        default=True,
        what="A 407 from the server is a network error.",
        source="measured, family acao-status",
    )

    @property
    def departures(self) -> tuple[tuple[str, Any, str, str], ...]:
        """The fields in which this browser departs from the standard: (name, value, what, source)."""
        return tuple(
            (f.name, getattr(self, f.name), f.metadata["what"], f.metadata["source"])
            for f in fields(self)
            if f.metadata and getattr(self, f.name) != f.default
        )
