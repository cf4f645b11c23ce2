"""Which cause a usual mistake in a configuration points to: the stacks know the mistakes by name, the rules the causes.

What only opens a hole, or breaks nothing that a browser would call CORS, points to no cause and stands in neither table.
"""

from typing import Final

# How much a mistake says where its cause takes more than the mistake: others make it, too, and nothing fails.
LITTLE: Final = 0.3
_USUAL: Final = 0.65
_MUCH: Final = 0.8

# What surely breaks, and shows as this cause.
MISTAKES: Final[dict[str, tuple[float, str]]] = {
    "CORS201": (
        0.5,
        "headers-file immutable-headers set-header on-request-without-cors not-used middleware-missing no-route-added"
        " not-enabled error-ignored filter-without-policy policy-without-filter switched-off own-websockets-refused"
        " origin-removed request-is-gone api-from-a-page management-api metadata enabled-without-origins",
    ),
    "CORS202": (
        0.6,
        "add-header-doubles two-allow-origins two-tables cors-twice headers-twice headers-by-hand-too doubled header-add"
        " header-without-defer headers-beside-the-library headers-in-web-config two-of-them own-headers-stay",
    ),
    "CORS203": (_USUAL, "list list-in-header several-origins several-origins-in-one-header"),
    "CORS204": (0.5, "one-origin-for-all default-environment case-of-origins"),
    "CORS205": (_MUCH, "trailing-slash origin-with-slash slash-or-path origin-with-path"),
    "CORS206": (_MUCH, "allow-origin-only-for-options"),
    "CORS210": (_USUAL, "paths-too-narrow path-with-star policy-on-one-route other-service"),
    "CORS211": (
        0.6,
        "origin-or-host-refused host-refused origin-not-allowed origin-and-host-differ csrf-refuses extension",
    ),
    "CORS212": (
        _USUAL,
        "web-platform scope-redirect-alone callback-is-not-enough callback-mismatch client-credentials",
    ),
    "CORS221": (
        0.5,
        "request-headers-not-listed headers-left-out headers-not-allowed headers-not-listed header-not-listed"
        " authorization-left-out authorization-not-allowed names-in-one-text client-headers ms-headers-not-allowed",
    ),
    "CORS222": (0.5, "literal-star"),
    "CORS223": (
        0.5,
        "default-methods methods methods-left-out methods-not-listed star-method patch-is-no-method",
    ),
    "CORS225": (_USUAL, "etag-not-exposed session-not-exposed"),
    "CORS233": (0.6, "cookie cookie-not-secure"),
    "CORS235": (_USUAL, "manifest"),
    "CORS243": (0.5, "local-network"),
    "CORS244": (_USUAL, "no-cors-mode"),
    "CORS248": (_USUAL, "helmet-resource-policy"),
    "CORS401": (
        0.6,
        "authorizer-on-options cors-disabled default-route-with-authorizer deployment-protection easy-auth"
        " iam-authentication login-before-preflight not-public options-refused preflight-after-authentication"
        " preflight-to-login preflight-without-cookie private-port token-on-preflight gateway-401"
        " subscription-key-at-product-scope",
    ),
    "CORS402": (_USUAL, "redirected-preflight slash-redirect slash-is-added region-redirect"),
    "CORS403": (
        0.6,
        "no-options no-preflight preflight-not-answered fixed-header options-after-body options-operation"
        " options-is-no-method options-method",
    ),
    "CORS404": (_USUAL, "gateway-preflights no-route-for-method"),
    "CORS405": (_USUAL, "json-post preflight router-middleware"),
    "CORS406": (
        0.6,
        "options-not-allowed function-headers-ignored headers-in-vercel-json two-layers empty-200 options-are-taken"
        " origin-override-false unmatched-preflights-go-on options-blocked",
    ),
    "CORS407": (0.6, "rate-limit"),
    "CORS411": (
        0.35,
        "add-header-without-always add-header-not-inherited header-without-always own-errors-lose-headers"
        " error-without-headers errors-without-headers decorator-misses-errors error-pages error-for-strangers"
        " script-failed clock-or-host cors-is-no-permission csrf-prevention",
    ),
    "CORS412": (
        0.6,
        "access-denied application-error demo-server required-header asleep body-blocked challenge container-failed error-503 failed-to-respond"
        " gateway-responses port server-down stopped-or-broken-app timeout too-large upload-limit function-failed"
        " function-does-not-start",
    ),
    "CORS413": (_USUAL, "proxy-integration-returns-headers"),
    "CORS421": (0.6, "redirect release-downloads"),
    "CORS422": (
        _USUAL,
        "authenticated-browser-downloads fetch-is-redirected fetch-to-login fetched-authorize fetched-login"
        " fetched-login-page login-redirect not-for-anyone session-expired",
    ),
    "CORS431": (
        0.6,
        "cache-without-origin cached-for-one-origin no-vary-without-origin origin-not-in-the-hash origin-not-in-the-key"
        " vary-is-lost vary-missing-without-origin",
    ),
    "CORS441": (
        0.7,
        "added-before-others after-authorization after-endpoints after-routes authentication-first before-routing"
        " cached-first cors-after-listen cors-after-login cors-after-routes decorator-above-route"
        " filter-after-authentication in-a-group middleware-too-low not-first security-in-front used-last",
    ),
    "CORS442": (
        _USUAL,
        "both-settings both-ways bucket-rules conditions-do-not-add-up cors-of-version-3 cors-without-object"
        " credentials-are-origins empty-pattern expression-beside-the-default joined-origins list-of-expressions"
        " list-of-origins middleware-after-16 misspelt names-in-one-text no-json no-scheme no-value not-numbered"
        " old-name one-item origin-not-as-sent origin-refused-is-everyone origin-without-scheme origins-in-one-text"
        " origins-of-version-2 pattern-without-delimiters quotes s3-keys several-in-one-text single-text-origin spaces"
        " star-among-others star-for-origin star-in-a-list star-in-exposed-headers star-in-list starred-route"
        " text-for-list text-origin two-stars unknown-option wildcard wildcard-in-origin wildcard-text",
    ),
    "CORS443": (_USUAL, "not-deployed not-restarted old-deployment"),
    "CORS451": (_USUAL, "presigned-headers response-header-is-for-requests-too"),
    "CORS452": (0.5, "s3-keys star-in-exposed-headers options-is-no-method"),
    "CORS461": (0.6, "tls"),
    "CORS463": (0.6, "callable-called-by-fetch old-path wrong-address wrong-region other-port api-off"),
    "CORS465": (_USUAL, "offline reminder-page tunnel-gone upstream-down warning-page"),
    "CORS466": (0.4, "behind-a-proxy"),
    "CORS231": (LITTLE, "star-with-credentials standalone credentials cookies"),
}
# What goes well for most, and fails only beside something else.
MAYBE: Final[dict[str, str]] = {
    "CORS204": "defaults single-text-origin origins-left-out",
    "CORS223": "defaults",
    "CORS231": "any-origin-with-credentials",
    "CORS403": "preflight-goes-to-the-application",
    "CORS421": "slash-is-added",
    "CORS431": "no-vary",
}


def names_of(code: str) -> tuple[tuple[float, frozenset[str]], ...]:
    """Return the names of the mistakes that point to the rule *code*, each group with how much it says."""
    weight, names = MISTAKES.get(code, (LITTLE, ""))
    return (weight, frozenset(names.split())), (LITTLE, frozenset(MAYBE.get(code, "").split()))
