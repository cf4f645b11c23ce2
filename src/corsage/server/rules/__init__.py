"""The CORS1xx family: what is wrong with a policy before any request. One rule a file."""

from itertools import islice
from typing import Final

from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.any_origin_in_production import AnyOriginInProduction
from corsage.server.rules.any_origin_with_credentials import AnyOriginWithCredentials
from corsage.server.rules.any_port_in_production import AnyPortInProduction
from corsage.server.rules.base import PolicyRule
from corsage.server.rules.danger_needless import DangerNeedless
from corsage.server.rules.environment_name import EnvironmentName
from corsage.server.rules.exposed_header_forbidden import ExposedHeaderForbidden
from corsage.server.rules.exposed_header_invalid import ExposedHeaderInvalid
from corsage.server.rules.exposed_header_needless import ExposedHeaderNeedless
from corsage.server.rules.exposed_header_of_cors import ExposedHeaderOfCors
from corsage.server.rules.insecure_origin import InsecureOrigin
from corsage.server.rules.lookup_never_asked import LookupNeverAsked
from corsage.server.rules.lookup_seconds import LookupSeconds
from corsage.server.rules.loopback_in_production import LoopbackInProduction
from corsage.server.rules.max_age_capped import MaxAgeCapped
from corsage.server.rules.max_age_negative import MaxAgeNegative
from corsage.server.rules.max_age_out_of_bounds import MaxAgeOutOfBounds
from corsage.server.rules.method_case import MethodCase
from corsage.server.rules.method_forbidden import MethodForbidden
from corsage.server.rules.method_invalid import MethodInvalid
from corsage.server.rules.method_needless import MethodNeedless
from corsage.server.rules.names_beside_wildcard import NamesBesideWildcard
from corsage.server.rules.nothing_allowed import NothingAllowed
from corsage.server.rules.null_in_production import NullInProduction
from corsage.server.rules.origin_default_port import OriginDefaultPort
from corsage.server.rules.origin_file import OriginFile
from corsage.server.rules.origin_is_regex import OriginIsRegex
from corsage.server.rules.origin_malformed import OriginMalformed
from corsage.server.rules.origin_misplaced_wildcard import OriginMisplacedWildcard
from corsage.server.rules.origin_needless import OriginNeedless
from corsage.server.rules.origin_not_punycode import OriginNotPunycode
from corsage.server.rules.origin_null import OriginNull
from corsage.server.rules.origin_odd_address import OriginOddAddress
from corsage.server.rules.origin_quoted import OriginQuoted
from corsage.server.rules.origin_scheme_typo import OriginSchemeTypo
from corsage.server.rules.origin_trailing_slash import OriginTrailingSlash
from corsage.server.rules.origin_upper_case import OriginUpperCase
from corsage.server.rules.origin_with_path import OriginWithPath
from corsage.server.rules.origin_with_userinfo import OriginWithUserinfo
from corsage.server.rules.origin_without_host import OriginWithoutHost
from corsage.server.rules.origin_without_scheme import OriginWithoutScheme
from corsage.server.rules.origins_in_one_text import OriginsInOneText
from corsage.server.rules.preflight_status import PreflightStatus
from corsage.server.rules.preflight_status_unused import PreflightStatusUnused
from corsage.server.rules.private_network import PrivateNetwork
from corsage.server.rules.public_not_public import PublicNotPublic
from corsage.server.rules.public_suffix import PublicSuffix
from corsage.server.rules.regex_any_host import RegexAnyHost
from corsage.server.rules.regex_dead_alternative import RegexDeadAlternative
from corsage.server.rules.regex_dot import RegexDot
from corsage.server.rules.regex_invalid import RegexInvalid
from corsage.server.rules.regex_is_pattern import RegexIsPattern
from corsage.server.rules.regex_never_matches import RegexNeverMatches
from corsage.server.rules.regex_open_end import RegexOpenEnd
from corsage.server.rules.regex_open_start import RegexOpenStart
from corsage.server.rules.regex_slow import RegexSlow
from corsage.server.rules.regex_strangers import RegexStrangers
from corsage.server.rules.regex_unread import RegexUnread
from corsage.server.rules.repeated_entry import RepeatedEntry
from corsage.server.rules.request_header_forbidden import RequestHeaderForbidden
from corsage.server.rules.request_header_invalid import RequestHeaderInvalid
from corsage.server.rules.request_header_needless import RequestHeaderNeedless
from corsage.server.rules.request_header_of_answers import RequestHeaderOfAnswers
from corsage.server.rules.resource_policy import ResourcePolicy
from corsage.server.rules.unknown_field import UnknownField
from corsage.server.rules.websocket_guard_open import WebsocketGuardOpen
from corsage.server.rules.wildcard_beside_origins import WildcardBesideOrigins
from corsage.server.rules.wildcard_names_with_credentials import WildcardNamesWithCredentials
from corsage.server.rules.wrong_type import WrongType

# In the order of their codes: shape (10x), spelling of origins (11x, 12x), who is let in (13x), expressions (14x),
# methods (15x), request headers (16x), exposed headers (17x), numbers and words (18x), contradictions (19x).
POLICY_RULES: Final[tuple[PolicyRule, ...]] = (
    WrongType(),
    UnknownField(),
    NothingAllowed(),
    RepeatedEntry(),
    OriginMalformed(),
    OriginQuoted(),
    OriginsInOneText(),
    OriginWithoutScheme(),
    OriginTrailingSlash(),
    OriginWithPath(),
    OriginWithUserinfo(),
    OriginUpperCase(),
    OriginDefaultPort(),
    OriginNotPunycode(),
    OriginOddAddress(),
    OriginMisplacedWildcard(),
    OriginIsRegex(),
    OriginNull(),
    OriginFile(),
    OriginSchemeTypo(),
    OriginNeedless(),
    WildcardBesideOrigins(),
    RegexIsPattern(),
    OriginWithoutHost(),
    AnyOriginWithCredentials(),
    WildcardNamesWithCredentials(),
    InsecureOrigin(),
    PublicSuffix(),
    AnyOriginInProduction(),
    LoopbackInProduction(),
    NullInProduction(),
    AnyPortInProduction(),
    RegexInvalid(),
    RegexSlow(),
    RegexNeverMatches(),
    RegexDeadAlternative(),
    RegexDot(),
    RegexOpenStart(),
    RegexOpenEnd(),
    RegexAnyHost(),
    RegexStrangers(),
    RegexUnread(),
    MethodInvalid(),
    MethodForbidden(),
    MethodCase(),
    MethodNeedless(),
    NamesBesideWildcard(),
    RequestHeaderInvalid(),
    RequestHeaderForbidden(),
    RequestHeaderOfAnswers(),
    RequestHeaderNeedless(),
    ExposedHeaderInvalid(),
    ExposedHeaderForbidden(),
    ExposedHeaderOfCors(),
    ExposedHeaderNeedless(),
    MaxAgeOutOfBounds(),
    MaxAgeCapped(),
    MaxAgeNegative(),
    PreflightStatus(),
    ResourcePolicy(),
    PrivateNetwork(),
    LookupSeconds(),
    LookupNeverAsked(),
    PreflightStatusUnused(),
    PublicNotPublic(),
    WebsocketGuardOpen(),
    DangerNeedless(),
    EnvironmentName(),
)

# A generated list may be wrong in every entry: nobody reads more than this of one kind.
_MOST_OF_A_KIND: Final = 100


def check_draft(draft: Draft) -> tuple[Problem, ...]:
    """Return what all rules find, in the order of their codes; of each rule the first hundred."""
    return tuple(problem for rule in POLICY_RULES for problem in islice(rule.check(draft), _MOST_OF_A_KIND))


__all__ = ["POLICY_RULES", "PolicyRule", "check_draft"]
