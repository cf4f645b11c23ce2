"""The rules of buckets, whoever's they are: what a policy makes of several, and of their wildcards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from corsage.model.names import CORS_SAFELISTED_METHODS
from corsage.server.draft import WILDCARD
from corsage.server.importers.translation import Translation
from corsage.server.origin_pattern import parse_origin_pattern

_OPTIONS: Final = "OPTIONS"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        option: where it stands.
        origins: as written.
        methods: likewise.
        headers: which requests may have.
        exposed: which pages may read.
        max_age: in seconds; ``None`` where it is not said.
    """

    option: str
    origins: tuple[str, ...]
    methods: tuple[str, ...]
    headers: tuple[str, ...] = ()
    exposed: tuple[str, ...] = ()
    max_age: int | None = None


def read_rules_json(
    value: object, names: Mapping[str, str], translation: Translation, *, option: str = "rules"
) -> list[Rule]:
    """Read a list of objects; *names* maps the fields of `Rule` to the peer's keys."""
    if not isinstance(value, list | tuple):
        translation.lost(option, value, "It is not a list of rules.", "It is left out.")
        return []
    rules = []
    for number, each in enumerate(value):
        place = f"{option}[{number}]"
        if not isinstance(each, Mapping):
            translation.lost(place, each, "It is not a rule.", "It is left out.")
            continue
        lists = {
            field: tuple(_texts(each.get(key), f"{place}.{key}", translation))
            for field, key in names.items()
            if field != "max_age"
        }
        key = names["max_age"]
        rules.append(Rule(place, **lists, max_age=_seconds(each.get(key), f"{place}.{key}", translation)))
    return rules


def _texts(value: object, option: str, translation: Translation) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        return [each.strip() for each in value.split(",") if each.strip()]
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return [each.strip() for each in value]
    translation.lost(option, value, "It is not a list of texts.", "It is left out.")
    return []


def _seconds(value: object, option: str, translation: Translation) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, str) and value.strip().isdecimal() and len(value) <= 10:  # noqa: PLR2004
        return int(value)
    translation.lost(option, value, "It is not a whole number of seconds.", "It is left out.")
    return None


def one_rule(rules: Sequence[Rule], translation: Translation) -> Rule | None:
    """Make one rule of several. A policy has one list of methods for all of its origins: the first rule's counts."""
    if not rules:
        return None
    made = rules[0]
    for rule in rules[1:]:
        if _same(made, rule, "origins"):
            made = replace(made, origins=(*made.origins, *rule.origins))
        elif _same(made, rule, "methods"):
            made = replace(made, methods=(*made.methods, *rule.methods))
        else:
            translation.lost(
                rule.option,
                ", ".join(rule.origins),
                "A further rule allowed these origins something else than the first.",
                "It is left out: a policy allows all of its origins the same. Make a policy of its own of it.",
                f"Origin: {rule.origins[0]}" if rule.origins else "",
            )
    return made


def _same(one: Rule, other: Rule, but: str) -> bool:
    fields = {"origins", "methods", "headers", "exposed", "max_age"} - {but}
    return all(_plain(getattr(one, field)) == _plain(getattr(other, field)) for field in fields)


def _plain(value: tuple[str, ...] | int | None) -> object:
    return {each.lower() for each in value} if isinstance(value, tuple) else value


def take_origins(
    rule: Rule, translation: Translation, *, named_have_credentials: bool, wildcards: str = ""
) -> None:
    """Take the origins. A star stands alone, before subdomains, or for a port; others are left out.

    Args:
        rule: whose they are.
        translation: where they go.
        named_have_credentials: whether the peer sends Allow-Credentials with every named origin.
        wildcards: what the peer made of ``https://*.example.com``, where it is no pattern to it.
    """
    if WILDCARD in rule.origins:
        translation.allow_everyone()
        return
    for number, text in enumerate(rule.origins):
        option = f"{rule.option}.origins[{number}]"
        pattern = parse_origin_pattern(text)
        if WILDCARD in text and pattern is None:
            _odd_star(option, text, translation)
        else:
            translation.take_origin(option, text, wildcards=wildcards)
    if named_have_credentials and translation.listed("origins"):
        _credentials(rule, translation)


def _odd_star(option: str, text: str, translation: Translation) -> None:
    example = text.replace(WILDCARD, "evil.com" if text.endswith(WILDCARD) else "evil")
    if "://" not in text:
        example = "https://evil.com"
    translation.danger(
        option,
        text,
        "The star stands for any text: names that strangers may register are among those that it covers.",
        "It is left out: list the origins, or write https://*.example.com for subdomains.",
        f"Origin: {example}",
    )


def _credentials(rule: Rule, translation: Translation) -> None:
    insecure = [
        text
        for text in translation.listed("origins")
        if (pattern := parse_origin_pattern(text)) is not None and pattern.is_insecure
    ]
    if insecure:
        translation.different(
            rule.option,
            insecure[0],
            "Access-Control-Allow-Credentials: true went to every named origin, though no cookie is read.",
            "Credentials are not allowed, for whoever sits on the network speaks in the name of an http origin.",
            f"Origin: {insecure[0]}",
        )
    else:
        translation.values["credentials"] = True


def take_methods(rule: Rule, translation: Translation) -> None:
    """Take the methods. Those that need no leave were compared, too; a policy cannot refuse them."""
    given = [each.upper() for each in rule.methods]
    if _OPTIONS in given:
        says = "Preflights are no method of a rule: it did nothing, or the rules were refused as a whole."
        translation.different(f"{rule.option}.methods", _OPTIONS, says, "It is left out.")
    if WILDCARD in given:
        says = "The star among methods is not what it seems: buckets were seen to allow nothing by it."
        translation.lost(f"{rule.option}.methods", WILDCARD, says, "It is left out: name the methods.")
    translation.take_methods([each for each in given if each not in (_OPTIONS, WILDCARD)])
    missing = [each for each in ("GET", "HEAD", "POST") if each not in given]
    if missing and set(missing) <= CORS_SAFELISTED_METHODS:
        translation.different(
            f"{rule.option}.methods",
            ", ".join(rule.methods),
            f"Answers to {missing[0]} had no CORS headers: pages could send it, and not read the answer.",
            "GET, HEAD and POST may be read; what must not happen, the bucket's permissions refuse.",
            f"{missing[0]} with Origin",
        )


def take_headers(rule: Rule, translation: Translation) -> None:
    """Take request headers: names, the star, and beginnings such as ``x-amz-*``, which a policy does not know."""
    if WILDCARD in rule.headers:
        translation.take_any_header(f"{rule.option}.headers", WILDCARD)
        return
    for text in rule.headers:
        if WILDCARD in text:
            says = "Every request header that begins like this was granted."
            translation.lost(
                f"{rule.option}.headers", text, says, "It is left out: name those that your pages set."
            )
    translation.take_headers(each for each in rule.headers if WILDCARD not in each)
