"""Makes policies of what was collected; what the rules refuse is mended where that is plain, or else left out."""

import re
from collections.abc import Mapping
from typing import Final

from corsage.grammar import is_token
from corsage.model.rule import Problem, Severity
from corsage.server.draft import FIELDS, WILDCARD
from corsage.server.importers.imported import Imported
from corsage.server.importers.translation import Translation, nothing
from corsage.server.origin_pattern import parse_origin_pattern
from corsage.server.policy import Policy, PolicyError, problems_of
from corsage.server.policy_set import PolicySet
from corsage.server.regexes import why_invalid
from corsage.server.witness import mended, study

_PLACE: Final = re.compile(r"(\w+)(?:\[(\d+)\])?")
_MOST_ROUNDS: Final = 8
_INSECURE: Final = "CORS132"


def imported(peer: str, translation: Translation) -> Imported:
    """Make one policy for all paths."""
    policy = _settled(translation)
    if policy is None:
        return nothing(peer, translation)
    return Imported(peer, policy.values(), tuple(translation.report), policy, PolicySet(policy))


def imported_by_path(peer: str, paths: Mapping[str, Translation], translation: Translation) -> Imported:
    """Make policies by path; the report of all is *translation*'s."""
    made: dict[str, Policy] = {}
    for pattern, each in paths.items():
        policy = _settled(each)
        if policy is not None:
            made[pattern] = policy
    if not made:
        return nothing(peer, translation)
    policies = PolicySet(None, made)
    values = {pattern: policy.values() for pattern, policy in made.items()}
    return Imported(peer, {}, tuple(translation.report), next(iter(made.values())), policies, values)


def _settled(translation: Translation) -> Policy | None:
    values = translation.values
    if translation.any_origin:
        # Whoever is named besides everyone is named for nothing.
        values["origins"] = [WILDCARD]
        values.pop("origin_regexes", None)
    for _ in range(_MOST_ROUNDS):
        errors = [each for each in problems_of(values) if each.severity is Severity.ERROR]
        if not errors:
            break
        _settle(translation, errors)
    try:
        return Policy.of(values)
    except PolicyError as error:
        for problem in error.problems:
            translation.lost(
                problem.field, problem.value, f"{problem.reason}.", "No policy can be made of this."
            )
        return None


def _settle(translation: Translation, errors: list[Problem]) -> None:
    """Mend or leave out each place that has an error."""
    places: dict[tuple[str, int | None], Problem] = {}
    for problem in errors:
        found = _PLACE.match(problem.field)
        if found is not None and found[1] in FIELDS:
            places.setdefault((found[1], int(found[2]) if found[2] else None), problem)
    for field in dict.fromkeys(field for field, _ in places):
        numbered = {number or 0: each for (name, number), each in places.items() if name == field}
        if FIELDS[field] in "ws":
            old = translation.listed(field)
            new = [_entry(translation, field, each, numbered.get(number)) for number, each in enumerate(old)]
            translation.values[field] = [each for each in new if each is not None]
        else:
            _scalar(translation, field, numbered[0])


def _entry(translation: Translation, field: str, text: str, problem: Problem | None) -> str | None:
    if problem is None:
        return text
    better = _mended(field, text, problem, translation)
    reason = f"{problem.reason[:1].upper()}{problem.reason[1:]}."
    witness = f"Origin: {problem.witness}" if problem.witness else ""
    if better is not None and field == "origin_regexes" and problem.witness:
        translation.danger(field, text, reason, f"It is mended: {better}", witness)
    elif better is not None:
        translation.different(field, text, reason, f"It is written as {better}.", witness)
    elif problem.witness or problem.code == _INSECURE:
        translation.danger(field, text, reason, "It is left out.", witness or f"Origin: {text}")
    else:
        translation.lost(field, text, reason, "It is left out.")
    return better


def _mended(field: str, text: str, problem: Problem, translation: Translation) -> str | None:
    suggestion = problem.suggestion
    if field == "origin_regexes":
        better = mended(text, [each.kind for each in study(text)])
        return better if better is not None and why_invalid(better) is None else None
    if suggestion is None or suggestion == text or problem.code == _INSECURE:
        return None
    if field == "origins":
        pattern = parse_origin_pattern(suggestion)
        insecure = pattern is not None and pattern.is_insecure and translation.credentials
        return suggestion if pattern is not None and not insecure else None
    return suggestion if is_token(suggestion) and suggestion.lower() == text.strip().lower() else None


def _scalar(translation: Translation, field: str, problem: Problem) -> None:
    old = translation.values.pop(field, None)
    reason = f"{problem.reason[:1].upper()}{problem.reason[1:]}."
    suggestion = problem.suggestion or ""
    if FIELDS[field] == "i" and re.fullmatch(r"-?[0-9]+", suggestion):
        translation.values[field] = int(suggestion)
        translation.different(field, old, reason, f"It is {suggestion} now.")
    else:
        translation.lost(field, old, reason, "It is left out.")
