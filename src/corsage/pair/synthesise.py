"""Synthesise: from what pages were seen to ask, the smallest policy that lets all of it through.

Exact origins, the methods and headers that were used, credentials where they were: nothing is allowed on suspicion.
Then every observed request is fetched from behind the policy, in every browser: see `corsage.pair.proof`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from corsage.browser import PROFILES, Profile
from corsage.grammar import is_token
from corsage.model import parse_url
from corsage.model.rule import Severity
from corsage.pair.needs import Needs, needs_of
from corsage.pair.observed import Observed
from corsage.pair.path_needs import Merged, merged_needs
from corsage.pair.paths import decoded, segments_of
from corsage.pair.proof import Unproven, prove
from corsage.server import Policy, PolicyError, PolicySet
from corsage.server.draft import WILDCARD
from corsage.server.origin_pattern import parse_origin_pattern

ALL_PROFILES: Final = tuple({profile.name: profile for profile in PROFILES.values()}.values())
_FILES: Final = ("file:", "content:")
_MANY_ORIGINS: Final = 50
_SHOWN: Final = 5
_MOST_NOTES: Final = 20
_NULL: Final = (
    "null is not allowed: it stands for every sandboxed frame and local file there is. Serve the page from an origin "
    "of its own; where it came after a redirect to another origin, request the final URL at once"
)
_FILE: Final = (
    "is not allowed: every file on a device has this origin. Serve the page from an origin of its own"
)


@dataclass(frozen=True, slots=True)
class Synthesis:
    """A policy and its proof.

    Attributes:
        policy: for the whole application, or by path where paths trust differently; nothing allowed where nothing
            was left to allow.
        proven: whether every request that a policy can allow passes it, in every profile.
        passed: how many kinds of requests were seen to pass.
        unproven: those that did not, and why.
        left_out: requests that were not considered, with the reason.
        notes: what the reader should know, in sentences.
    """

    policy: Policy | PolicySet
    proven: bool
    passed: int
    unproven: tuple[Unproven, ...]
    left_out: tuple[tuple[Observed, str], ...]
    notes: tuple[str, ...]


def synthesise(observed: Iterable[Observed], profiles: Sequence[Profile] = ALL_PROFILES) -> Synthesis:
    """Return the smallest policy for *observed*, requests to one application: see `corsage.pair.observed.by_server`.

    Args:
        observed: what pages asked, of origins other than their own.
        profiles: the browsers in which it must pass.
    """
    kinds = dict.fromkeys(_normal(each) for each in observed)
    left_out = [(each, reason) for each in kinds if (reason := _unfit(each)) is not None]
    unfit = {each for each, _ in left_out}
    fit = [each for each in kinds if each not in unfit]
    notes = _notes_on(left_out)
    policy, refused = _policy(fit, profiles, notes)
    lost = {each for each in fit if each.origin in refused and not _is_listed(each, policy)}
    left_out += [(each, refused[each.origin]) for each in fit if each in lost]
    considered = [each for each in fit if each not in lost]
    unproven = prove(considered, policy, profiles)
    notes += list(dict.fromkeys(each.why for each in unproven))[:_MOST_NOTES]
    return Synthesis(
        policy=policy,
        proven=not any(each.is_policys for each in unproven),
        passed=len(considered) - len(unproven),
        unproven=unproven,
        left_out=tuple(left_out),
        notes=tuple(notes),
    )


def _normal(observed: Observed) -> Observed:
    """Return *observed* as browsers write origins: ``HTTPS://App.Example/`` is none."""
    url = parse_url(observed.origin)
    if url is None or not url.is_http:
        return observed
    return replace(observed, origin=url.origin.serialized)


def _unfit(observed: Observed) -> str | None:
    """Say why *observed* has no place in a policy."""
    origin, url = observed.origin, parse_url(observed.url)
    if origin == "null":
        return _NULL
    if origin.lower().startswith(_FILES):
        return f"{origin} {_FILE}"
    if url is None or not url.is_http:
        return f"{observed.url[:200]} is no http or https URL"
    parsed = parse_url(origin)
    if parsed is None or not parsed.host:
        return f"{origin[:200]!r} is no origin"
    return _wide(observed)


def _wide(observed: Observed) -> str | None:
    """Say what of *observed* a policy would take for more than itself, or not take: whoever asks writes the logs."""
    pattern = parse_origin_pattern(observed.origin)
    if pattern is not None and not pattern.is_exact:
        return f"{observed.origin} is the name of no page: in a policy it would stand for many"
    if WILDCARD in {observed.method, *observed.headers.names(), *observed.reads}:
        return f"{WILDCARD} is the name of no method and no header: in a policy it would stand for all"
    names = (observed.method, *observed.headers.names(), *observed.reads)
    bad = next((name for name in names if not is_token(name)), None)
    return f"{bad[:200]!r} is no name of a method or header" if bad is not None else None


def _notes_on(left_out: Iterable[tuple[Observed, str]]) -> list[str]:
    counts = Counter(reason for _, reason in left_out)
    return [
        f"{reason} ({count} kind{'' if count == 1 else 's'} of request)." for reason, count in counts.items()
    ]


def _policy(
    fit: Sequence[Observed], profiles: Sequence[Profile], notes: list[str]
) -> tuple[Policy | PolicySet, Mapping[str, str]]:
    """Make the policy, and say which origins it cannot have."""
    merged = merged_needs((segments_of(_path(each)), needs_of(each, profiles)) for each in fit)
    refused: dict[str, str] = {}
    made = {text: _made(each, refused) for text, each in merged.needs.items()}
    policies = {text: policy for text, policy in made.items() if policy.origins}
    notes += [f"Left out: {reason}." for reason in dict.fromkeys(refused.values())]
    notes += _notes_on_merging(merged)
    if len(policies) > 1:
        return PolicySet(paths=policies), refused
    return next(iter(policies.values()), Policy()), refused


def _notes_on_merging(merged: Merged) -> Iterator[str]:
    if merged.lent_credentials:
        paths = _some(merged.lent_credentials)
        yield f"Under {paths} some requests had no credentials; their answers allow them, too, to keep the list short."
    if merged.lent_origins:
        paths = _some(merged.lent_origins)
        yield f"There were too many paths: under {paths} each of the origins may read what only some of them asked for."
    if any(len(each.origins) > _MANY_ORIGINS for each in merged.needs.values()):
        yield "There are many origins: if they are subdomains of one site, https://+.SITE allows them all."


def _some(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return ", ".join(texts[:_SHOWN]) + more


def _is_listed(observed: Observed, policy: Policy | PolicySet) -> bool:
    chosen = policy if isinstance(policy, Policy) else policy.select(decoded(_path(observed)))
    return chosen is not None and observed.origin in chosen.origins


def _path(observed: Observed) -> str:
    url = parse_url(observed.url)
    return "/" if url is None else url.path


def _made(needs: Needs, refused: dict[str, str]) -> Policy:
    """Make a policy of *needs*; what no sound policy has is left out, and told."""
    origins = sorted(needs.origins)
    methods, headers = sorted(needs.methods), sorted(needs.request_headers)
    while origins:
        try:
            return Policy(
                origins=origins,
                methods=methods,
                request_headers=headers,
                exposed_headers=sorted(needs.exposed_headers),
                credentials=needs.credentials,
            )
        except PolicyError as error:
            wrong = {each.value: each.reason for each in error.problems if each.severity is Severity.ERROR}
        bad = [origin for origin in origins if origin in wrong] or list(origins)
        for origin in bad:
            reason = wrong.get(origin) or "; ".join(wrong.values())
            refused.setdefault(origin, f"{origin}: {reason}")
        origins = [origin for origin in origins if origin not in bad]
    return Policy()
