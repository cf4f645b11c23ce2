"""Floor 4: one file a rule. CORS2xx is why the browser refused, CORS4xx what happened on the way."""

from typing import Final

from corsage.rules.aborts_before_headers import AbortsBeforeHeaders
from corsage.rules.allow_credentials_missing import AllowCredentialsMissing
from corsage.rules.allow_headers_wildcard import AllowHeadersWildcard
from corsage.rules.allow_origin_duplicate import AllowOriginDuplicate
from corsage.rules.allow_origin_list import AllowOriginList
from corsage.rules.allow_origin_mismatch import AllowOriginMismatch
from corsage.rules.allow_origin_missing import AllowOriginMissing
from corsage.rules.allow_origin_only_on_preflight import AllowOriginOnlyOnPreflight
from corsage.rules.allow_origin_slash import AllowOriginSlash
from corsage.rules.another_server_listens import AnotherServerListens
from corsage.rules.app_scheme_origin import AppSchemeOrigin
from corsage.rules.base import MOST, DiagnosisRule, Weight, confidence
from corsage.rules.bucket_header import BucketHeader
from corsage.rules.bucket_rule import BucketRule
from corsage.rules.cache_without_vary import CacheWithoutVary
from corsage.rules.canvas_tainted import CanvasTainted
from corsage.rules.case import Case
from corsage.rules.certificate_not_trusted import CertificateNotTrusted
from corsage.rules.client_interceptor import ClientInterceptor
from corsage.rules.client_sends_cors_headers import ClientSendsCorsHeaders
from corsage.rules.configuration_mistake import ConfigurationMistake
from corsage.rules.configuration_not_loaded import ConfigurationNotLoaded
from corsage.rules.content_script import ContentScript
from corsage.rules.content_security_policy import ContentSecurityPolicy
from corsage.rules.cookie_same_site import CookieSameSite
from corsage.rules.error_without_headers import ErrorWithoutHeaders
from corsage.rules.extension_interferes import ExtensionInterferes
from corsage.rules.extension_permission import ExtensionPermission
from corsage.rules.forbidden_request_header import ForbiddenRequestHeader
from corsage.rules.function_must_send_headers import FunctionMustSendHeaders
from corsage.rules.gateway_answers_preflight import GatewayAnswersPreflight
from corsage.rules.gateway_error_without_headers import GatewayErrorWithoutHeaders
from corsage.rules.header_name_typo import HeaderNameTypo
from corsage.rules.host_mismatch import HostMismatch
from corsage.rules.identity_provider_origins import IdentityProviderOrigins
from corsage.rules.local_network_access import LocalNetworkAccess
from corsage.rules.manifest_without_credentials import ManifestWithoutCredentials
from corsage.rules.method_in_small_letters import MethodInSmallLetters
from corsage.rules.method_not_allowed import MethodNotAllowed
from corsage.rules.middleware_order import MiddlewareOrder
from corsage.rules.mixed_content import MixedContent
from corsage.rules.no_connection import NoConnection
from corsage.rules.no_cors_response import NoCorsResponse
from corsage.rules.not_a_firewall import NotAFirewall
from corsage.rules.opaque_response_blocked import OpaqueResponseBlocked
from corsage.rules.page_is_a_file import PageIsAFile
from corsage.rules.page_is_sandboxed import PageIsSandboxed
from corsage.rules.path_not_covered import PathNotCovered
from corsage.rules.port_mismatch import PortMismatch
from corsage.rules.preflight_404 import Preflight404
from corsage.rules.preflight_405 import Preflight405
from corsage.rules.preflight_cache_misunderstood import PreflightCacheMisunderstood
from corsage.rules.preflight_cache_stale import PreflightCacheStale
from corsage.rules.preflight_needless import PreflightNeedless
from corsage.rules.preflight_needs_login import PreflightNeedsLogin
from corsage.rules.preflight_not_handled import PreflightNotHandled
from corsage.rules.preflight_rate_limited import PreflightRateLimited
from corsage.rules.preflight_redirected import PreflightRedirected
from corsage.rules.private_network_access import PrivateNetworkAccess
from corsage.rules.proxy_forwards_origin import ProxyForwardsOrigin
from corsage.rules.redirect_to_login import RedirectToLogin
from corsage.rules.redirect_without_headers import RedirectWithoutHeaders
from corsage.rules.request_header_not_allowed import RequestHeaderNotAllowed
from corsage.rules.resource_policy import ResourcePolicy
from corsage.rules.response_header_not_exposed import ResponseHeaderNotExposed
from corsage.rules.server_refuses_origin import ServerRefusesOrigin
from corsage.rules.service_worker import ServiceWorker
from corsage.rules.test_proves_nothing import TestProvesNothing
from corsage.rules.third_party_cookie import ThirdPartyCookie
from corsage.rules.tunnel_page import TunnelPage
from corsage.rules.url_without_scheme import UrlWithoutScheme
from corsage.rules.websocket_origin import WebsocketOrigin
from corsage.rules.wildcard_with_credentials import WildcardWithCredentials
from corsage.rules.worker_of_another_origin import WorkerOfAnotherOrigin
from corsage.rules.wrong_url import WrongUrl

DIAGNOSIS_RULES: Final[tuple[DiagnosisRule, ...]] = (
    AllowOriginMissing(),
    AllowOriginDuplicate(),
    AllowOriginList(),
    AllowOriginMismatch(),
    AllowOriginSlash(),
    AllowOriginOnlyOnPreflight(),
    HostMismatch(),
    PortMismatch(),
    AppSchemeOrigin(),
    PathNotCovered(),
    ServerRefusesOrigin(),
    IdentityProviderOrigins(),
    RequestHeaderNotAllowed(),
    AllowHeadersWildcard(),
    MethodNotAllowed(),
    MethodInSmallLetters(),
    ResponseHeaderNotExposed(),
    ClientSendsCorsHeaders(),
    HeaderNameTypo(),
    ForbiddenRequestHeader(),
    WildcardWithCredentials(),
    AllowCredentialsMissing(),
    CookieSameSite(),
    ThirdPartyCookie(),
    ManifestWithoutCredentials(),
    MixedContent(),
    PrivateNetworkAccess(),
    LocalNetworkAccess(),
    NoCorsResponse(),
    PageIsAFile(),
    PageIsSandboxed(),
    ContentSecurityPolicy(),
    ResourcePolicy(),
    OpaqueResponseBlocked(),
    CanvasTainted(),
    WorkerOfAnotherOrigin(),
    ServiceWorker(),
    ExtensionInterferes(),
    ExtensionPermission(),
    ContentScript(),
    ClientInterceptor(),
    WebsocketOrigin(),
    NotAFirewall(),
    TestProvesNothing(),
    PreflightNeedsLogin(),
    PreflightRedirected(),
    PreflightNotHandled(),
    Preflight404(),
    Preflight405(),
    GatewayAnswersPreflight(),
    PreflightRateLimited(),
    PreflightCacheStale(),
    PreflightNeedless(),
    PreflightCacheMisunderstood(),
    ErrorWithoutHeaders(),
    GatewayErrorWithoutHeaders(),
    FunctionMustSendHeaders(),
    AbortsBeforeHeaders(),
    RedirectWithoutHeaders(),
    RedirectToLogin(),
    CacheWithoutVary(),
    MiddlewareOrder(),
    ConfigurationMistake(),
    ConfigurationNotLoaded(),
    BucketHeader(),
    BucketRule(),
    CertificateNotTrusted(),
    NoConnection(),
    WrongUrl(),
    UrlWithoutScheme(),
    TunnelPage(),
    ProxyForwardsOrigin(),
    AnotherServerListens(),
)

__all__ = ["DIAGNOSIS_RULES", "MOST", "Case", "DiagnosisRule", "Weight", "confidence"]
