"""Envoy's CorsPolicy, and Istio's, as YAML or JSON gives them.

Facts of both: their interface definitions, and read in Envoy's source. Not run.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.importers.answered import policy_of
from corsage.server.importers.asked import ORIGIN, REQUESTED, Asked, Server, Told, without_signs
from corsage.server.importers.budget import TooLargeError
from corsage.server.importers.found_in import found_in
from corsage.server.importers.harmless_regexes import harmless_search
from corsage.server.importers.imported import Imported
from corsage.server.importers.options import Options
from corsage.server.importers.origin_tests import How, OriginTest, passes_anybody
from corsage.server.importers.translation import Translation, nothing

_ORIGINS: Final = ("allow_origin_string_match", "allow_origins", "allow_origin", "allow_origin_regex")
_NAMES: Final = frozenset(
    {
        *_ORIGINS,
        "@type",
        "allow_methods",
        "allow_headers",
        "expose_headers",
        "max_age",
        "allow_credentials",
        "allow_private_network_access",
        "forward_not_matching_preflights",
        "unmatched_preflights",
        "filter_enabled",
        "shadow_enabled",
        "enabled",
    }
)
_CAPITAL: Final = re.compile(r"(?<=[a-z])([A-Z])")
_HOW: Final[Mapping[str, How]] = {"exact": How.IS, "prefix": How.BEGINS, "regex": How.WHOLE}


def from_envoy(options: Options) -> Imported:
    """Translate a CorsPolicy, or the first that is found in a whole configuration."""
    return _imported("envoy", options)


def from_istio(options: Options) -> Imported:
    """Translate a VirtualService's corsPolicy."""
    return _imported("istio", options)


def _imported(peer: str, options: Options) -> Imported:
    translation = Translation()
    try:
        found = list(found_in(options, _policy))
        varies = any(found_in(options, _vary))
    except TooLargeError:
        translation.lost(peer, None, "It is too large to be read.", "Nothing is taken over.")
        return nothing(peer, translation)
    if not found:
        says = "It has no CORS policy: the filter does nothing without one."
        translation.lost(peer, None, says, "Nothing is taken over.")
        return nothing(peer, translation)
    policy = found[0]
    if any(each != policy for each in found):
        says = "It has several policies that differ, of routes and virtual hosts."
        translation.lost(peer, None, says, "The first is taken: import the others by themselves.")
    translation.unknown(policy, _NAMES, "It is no field of a CORS policy.")
    tests = list(_tests(policy, translation))
    server = Server(
        peer, lambda asked: _answer(policy, tests, asked, varies=varies), tests, "allow_origin_string_match"
    )
    return policy_of(server, translation)


def _policy(value: Mapping[object, object]) -> dict[str, object] | None:
    """Return a policy, names in Envoy's own spelling; ``None`` where *value* is none."""
    named = {_spelt(str(key)): each for key, each in value.items()}
    return named if any(name in named for name in _ORIGINS) else None


def _vary(value: Mapping[object, object]) -> bool | None:
    """Tell whether *value* adds ``Vary``; ``None`` where it does not."""
    names = [key for key in value if isinstance(key, str)]
    return True if "vary" in map(str.lower, names) or str(value.get("key", "")).lower() == "vary" else None


def _spelt(name: str) -> str:
    return _CAPITAL.sub(r"_\1", name).lower() if "." not in name and not name.startswith("@") else name


def _tests(policy: Mapping[str, object], translation: Translation) -> Iterator[OriginTest]:
    for name in _ORIGINS:
        entries = policy.get(name, [])
        for number, each in enumerate(entries if isinstance(entries, list) else [entries]):
            test = _test(name, each)
            if test is None:
                says = "It is no comparison that Envoy has."
                translation.lost(f"{name}[{number}]", each, says, "It is left out.")
            else:
                yield test


def _test(name: str, entry: object) -> OriginTest | None:
    if isinstance(entry, str):
        return OriginTest(How.WHOLE if name.endswith("regex") else How.IS, entry)
    if not isinstance(entry, Mapping):
        return None
    fields = {_spelt(str(key)): each for key, each in entry.items()}
    ignores = fields.get("ignore_case") is True
    regex = fields.get("safe_regex")
    if isinstance(regex, Mapping) and isinstance(regex.get("regex"), str):
        return OriginTest(How.WHOLE, regex["regex"])
    for key, how in _HOW.items():
        text = fields.get(key)
        if isinstance(text, str):
            return OriginTest(how, text, ignores_case=ignores and how is not How.WHOLE)
    for key, end in (("suffix", "$"), ("contains", "")):
        text = fields.get(key)
        if isinstance(text, str):
            return OriginTest(How.SEARCHED, re.escape(text).replace("\\-", "-") + end, ignores_case=ignores)
    return None


def _is_everyone(test: OriginTest) -> bool:
    """Tell whether *test* accepts the star: Envoy then lets everyone in, by name."""
    if test.how is How.WHOLE and harmless_search(f"^(?:{test.text})$", WILDCARD):
        return True
    return (test.how is How.IS and test.text == WILDCARD) or passes_anybody(test) or test.text == ""


def _answer(policy: Mapping[str, object], tests: list[OriginTest], asked: Asked, *, varies: bool) -> Told:
    forwards = policy.get("forward_not_matching_preflights", True) is not False
    forwards = forwards and policy.get("unmatched_preflights") != "IGNORE"
    vary = [("vary", "Origin")] if varies else []
    allowed = not asked.plain and (any(map(_is_everyone, tests)) or asked.test in tests)
    if not allowed:
        return Told(vary, None if forwards or not asked.preflight else 204)
    headers = [("access-control-allow-origin", ORIGIN), *vary]
    if policy.get("allow_credentials") is True:
        headers.append(("access-control-allow-credentials", "true"))
    if not asked.preflight:
        headers.append(("access-control-expose-headers", _joined(policy.get("expose_headers"))))
        return Told(headers, None, frozenset({"access-control-allow-origin"}))
    for name in ("methods", "headers"):
        value = _joined(policy.get(f"allow_{name}"))
        # A star alone stands for whatever is asked for, Authorization as well.
        headers.append((f"access-control-allow-{name}", REQUESTED if value == WILDCARD else value))
    headers.append(("access-control-max-age", _seconds(policy.get("max_age"))))
    if policy.get("allow_private_network_access") is True:
        headers.append(("access-control-allow-private-network", "true"))
    return Told(headers, 204)


def _joined(value: object) -> str:
    if isinstance(value, list):
        return without_signs(", ".join(each for each in value if isinstance(each, str)))
    return without_signs(value) if isinstance(value, str) else ""


def _seconds(value: object) -> str:
    """Return the seconds of a number, a text of one, or a duration such as ``10m`` and ``24h``."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    found = re.fullmatch(r"([0-9]{1,9})(h|m|s|)", value) if isinstance(value, str) else None
    if found is None:
        return value if isinstance(value, str) else ""
    return str(int(found[1]) * {"h": 3600, "m": 60}.get(found[2], 1))
