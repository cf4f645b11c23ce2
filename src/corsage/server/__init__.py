"""Floor 2: what a server answers. It knows nothing of browsers, so that running both is a test."""

from corsage.server.compiled import CompiledPolicy, compile_policy
from corsage.server.decide import Decision, Kind, decide
from corsage.server.origin_pattern import OriginPattern, parse_origin_pattern
from corsage.server.policy import OriginLookup, Policy, PolicyError, problems_of
from corsage.server.policy_set import PolicySet
from corsage.server.reason import Reason
from corsage.server.rules import POLICY_RULES, PolicyRule
from corsage.server.serialized_origin import split_serialized_origin

__all__ = [
    "POLICY_RULES",
    "CompiledPolicy",
    "Decision",
    "Kind",
    "OriginLookup",
    "OriginPattern",
    "Policy",
    "PolicyError",
    "PolicyRule",
    "PolicySet",
    "Reason",
    "compile_policy",
    "decide",
    "parse_origin_pattern",
    "problems_of",
    "split_serialized_origin",
]
