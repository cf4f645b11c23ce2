"""rack-cors: the text of ``config/initializers/cors.rb`` or ``config.ru``.

Facts of rack-cors 1.1: read in its source and seen by running it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corsage.server.importers.express_regexes import take_regex
from corsage.server.importers.expressions import without_case
from corsage.server.importers.imported import Imported
from corsage.server.importers.reflecting import take_named_headers, take_named_methods, take_safelisted
from corsage.server.importers.ruby_text import Call, Kind, Value, calls_of
from corsage.server.importers.settling import imported, imported_by_path
from corsage.server.importers.translation import Translation, nothing

_PEER: Final = "rack-cors"
_ALL: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_KNOWN: Final = ("methods", "headers", "expose", "credentials", "max_age", "vary")
_DEFAULT_AGE: Final = 7200
_LOCAL: Final = ("localhost", "127.")
_REFUSED: Final = "Preflights for {} were answered without CORS headers."
_CODE: Final = "It is code, which is not run here."
_SEGMENT: Final = re.compile(r"[A-Za-z0-9._~-]{1,100}|:\w{1,50}")


@dataclass(frozen=True, slots=True)
class _Rule:
    origins: tuple[Value, ...]
    path: str
    options: dict[str, list[Value]]


def from_rack_cors(text: str) -> Imported:
    """Translate what stands within ``allow do … end``."""
    translation = Translation()
    by_path: dict[str, Translation] = {}
    rules = _rules(calls_of(text), translation)
    for rule in rules:
        pattern = _pattern(rule.path, translation)
        if "if" in rule.options:
            says = "Whether it holds was asked of a function; it is code, which is not run here."
            translation.lost("resource", rule.path, says, "It is left out.")
            continue
        if pattern is None:
            continue
        if pattern in by_path:
            says = "Which of several blocks holds for a path depended on the origin."
            translation.lost("resource", rule.path, says, "The first is taken: a path has one policy.")
            continue
        by_path[pattern] = Translation(translation.report)
        _translate(rule, by_path[pattern])
    if not by_path:
        says = "There is no resource in it: no page of another origin could read anything."
        translation.lost(_PEER, None, says, "Nor can it.")
        return nothing(_PEER, translation)
    if list(by_path) == ["/*"]:
        return imported(_PEER, by_path["/*"])
    return imported_by_path(_PEER, by_path, translation)


def _rules(calls: Sequence[Call], translation: Translation) -> list[_Rule]:
    rules: list[_Rule] = []
    origins: tuple[Value, ...] = ()
    for call in calls:
        if call.name == "allow":
            origins = ()
        elif call.name == "origins":
            origins = tuple(call.values)
            if call.block:
                says = "A block was asked about each origin; it is code, which is not run here."
                translation.lost("origins", None, says, "It is left out: write it as origin_lookup.")
        elif call.name == "resource" and call.values:
            rules.append(_Rule(origins, call.values[0].text, call.options))
    return rules


def _pattern(path: str, translation: Translation) -> str | None:
    """Write a resource's path as a policy's."""
    if path in {"*", "/*"}:
        return "/*"
    bare = path.removesuffix("/*")
    segments = bare.strip("/").split("/")
    if not path.startswith("/") or not all(map(_SEGMENT.fullmatch, segments)):
        translation.lost("resource", path, "A policy has no such path.", "It is left out.")
        return None
    written = "/".join(f"{{{each[1:]}}}" if each.startswith(":") else each for each in segments)
    if bare == path:
        return f"/{written}"
    says = "The star was for whatever begins so, without a slash between."
    translation.different("resource", path, says, f"The path is /{written}/*.", f"GET {bare}anything")
    return f"/{written}/*"


def _translate(rule: _Rule, translation: Translation) -> None:
    options = rule.options
    translation.unknown(
        dict.fromkeys(options, ""), _KNOWN, "It is no option of rack-cors, which does not read it."
    )
    credentials = _words(options.get("credentials", []), "credentials", translation) == ["true"]
    public = any(each.kind is Kind.TEXT and each.text == "*" for each in rule.origins)
    if public:
        if credentials:
            says = "rack-cors ends the program: credentials do not go with the star."
            translation.different("credentials", True, says, "Everyone may read, without cookies.")
        translation.allow_everyone()
    else:
        if credentials:
            translation.values["credentials"] = True
        for number, value in enumerate(rule.origins):
            _origin(f"origins[{number}]", value, translation)
    _names(options, translation)
    ages = _words(options.get("max_age", []), "max_age", translation)
    translation.values["max_age"] = int(ages[0]) if ages and ages[0].isdigit() else _DEFAULT_AGE


def _origin(option: str, value: Value, translation: Translation) -> None:
    text = value.text
    if value.kind is Kind.REGEX:
        pattern = (
            re.sub(r"^\\A", "^", re.sub(r"\\[zZ]$", "$", text)).replace(r"\/", "/").replace(r"\h", "[0-9a-f]")
        )
        take_regex(option, without_case(pattern, ignored="i" in value.flags), translation)
    elif value.kind is not Kind.TEXT:
        translation.lost(option, text, _CODE, "It is left out: list the origins.")
    elif "://" in text:
        never = "It is compared as text, so that no origin was ever equal to it."
        translation.take_origin(option, text, wildcards=never)
    elif text:
        says = "A name without a scheme was allowed with every scheme there is."
        scheme, other = ("http", "https") if text.startswith(_LOCAL) else ("https", "http")
        instead = f"{scheme}://{text} is allowed; list others that are meant."
        translation.danger(option, text, says, instead, f"Origin: {other}://{text}")
        translation.take_origin(option, f"{scheme}://{text}", wildcards="")


def _names(options: dict[str, list[Value]], translation: Translation) -> None:
    methods = [each.upper() for each in _words(options.get("methods", []), "methods", translation)] or ["GET"]
    if "ANY" in methods:
        methods = list(_ALL)
    methods = [each for each in methods if each != "OPTIONS"]
    take_named_methods(translation, "methods", methods, compared=False)
    take_safelisted(translation, "methods", [*methods, "HEAD"], _REFUSED)
    headers = _words(options.get("headers", []), "headers", translation)
    if "any" in headers:
        take_named_headers(translation, "headers", ["*"])
    else:
        # Which the library grants whatever is listed.
        translation.take_headers([*headers, "content-type"])
    translation.take_exposed("expose", _words(options.get("expose", []), "expose", translation))


def _words(values: Sequence[Value], option: str, translation: Translation) -> list[str]:
    for each in values:
        if each.kind is Kind.CODE:
            translation.lost(option, each.text, _CODE, "It is left out.")
    return [each.text for each in values if each.kind in {Kind.TEXT, Kind.WORD} and each.text != "nil"]
