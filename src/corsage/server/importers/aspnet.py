"""ASP.NET Core: the calls of ``AddCors`` in a program's text, C# as it is usually written.

Facts of ASP.NET Core: read in its source. They were not seen by running it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corsage.server.importers.imported import Imported
from corsage.server.importers.reflecting import take_named_headers, take_named_methods
from corsage.server.importers.settling import imported
from corsage.server.importers.translation import Translation, nothing

_PEER: Final = "aspnet"
_LONGEST: Final = 200_000
_MOST_CALLS: Final = 2_000
_CALL: Final = re.compile(
    r"\.(?P<name>AddPolicy|AddDefaultPolicy|WithOrigins|AllowAnyOrigin|SetIsOriginAllowedToAllowWildcardSubdomains|"
    r"SetIsOriginAllowed|WithMethods|AllowAnyMethod|WithHeaders|AllowAnyHeader|WithExposedHeaders|AllowCredentials|"
    r"DisallowCredentials|SetPreflightMaxAge)\("
)
# Up to the bracket that closes the call, over one call within.
_ARGUMENTS: Final = re.compile(r"[^()]{0,5000}(?:\([^()]{0,200}\)[^()]{0,200})?")
_TEXT: Final = re.compile(r'@?"((?:[^"\\\n]|\\.)*)"')
_INNER: Final = re.compile(r"(?<![\w.<>])[\w.<>]{1,200}(?:\[\s{0,5}[^\]\s][^\]\n]{0,200}\]|\([^()]{0,200}\))")
_ARRAY: Final = re.compile(r"\bnew\b|\bstring\b|[\[\]{},\s]")
_COMMENT: Final = re.compile(r"(?m)^[ \t]*//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/")
_LINE_COMMENT: Final = re.compile(r"(?m)^[ \t]*//[^\n]*")
_EVERYBODY: Final = re.compile(r"\(?\w{0,40}\)?\s{0,5}=>\s{0,5}true\b")
_AGE: Final = re.compile(r"TimeSpan\.From(Seconds|Minutes|Hours|Days)\(([0-9]{1,9})\)")
_SECONDS: Final = {"Seconds": 1, "Minutes": 60, "Hours": 3600, "Days": 86_400}
_CODE: Final = "It is code, which is not run here."


@dataclass(frozen=True, slots=True)
class _Call:
    name: str
    arguments: str

    @property
    def texts(self) -> list[str]:
        """The arguments that are texts themselves: not those of ``config["Front"]``."""
        return [found[1] for found in _TEXT.finditer(_INNER.sub("", self.arguments))]

    @property
    def rest(self) -> str:
        """What is no text among the arguments."""
        found = _INNER.search(self.arguments)
        return found[0] if found is not None else _ARRAY.sub("", _TEXT.sub("", self.arguments)).strip()


def from_aspnet(text: str) -> Imported:
    """Translate the policy of ``AddDefaultPolicy``, or the first of ``AddPolicy``."""
    translation = Translation()
    calls = _first_policy(list(_calls(_without_comments(text[:_LONGEST]))), translation)
    if not calls:
        says = "There is no policy in it: no page of another origin could read anything."
        translation.lost(_PEER, None, says, "Nor can it.")
        return nothing(_PEER, translation)
    if any(each.name == "AllowCredentials" for each in calls):
        translation.values["credentials"] = True
    _origins(calls, translation)
    for call in calls:
        _names(call, translation)
    return imported(_PEER, translation)


def _calls(text: str) -> Iterator[_Call]:
    for number, found in enumerate(_CALL.finditer(text)):
        if number >= _MOST_CALLS:
            return
        arguments = _ARGUMENTS.match(text, found.end())
        yield _Call(found["name"], "" if arguments is None else arguments[0])


def _without_comments(text: str) -> str:
    # Behind the last end no comment ends: none is sought there.
    before, end, behind = text.rpartition("*/")
    return _COMMENT.sub("", before + end) + _LINE_COMMENT.sub("", behind)


def _first_policy(calls: list[_Call], translation: Translation) -> list[_Call]:
    """Return the calls of one policy: the default one's, or the first's."""
    starts = [at for at, call in enumerate(calls) if call.name in {"AddPolicy", "AddDefaultPolicy"}]
    if not starts:
        return calls
    chosen = next((at for at in starts if calls[at].name == "AddDefaultPolicy"), starts[0])
    for at in starts:
        if at != chosen:
            name = next(iter(calls[at].texts), "")
            says = "It is another policy; which endpoint has which stands elsewhere."
            translation.lost("AddPolicy", name, says, "It is left out: translate it on its own.")
    return calls[chosen + 1 : next((at for at in starts if at > chosen), len(calls))]


def _origins(calls: list[_Call], translation: Translation) -> None:
    names = {each.name for each in calls}
    asked = [each for each in calls if each.name == "SetIsOriginAllowed"]
    if any(_EVERYBODY.search(each.arguments) for each in asked):
        if translation.credentials:
            says = "Every origin was sent back, with cookies: whatever site a user visits could read as that user."
            translation.refuse_everyone_with_cookies("SetIsOriginAllowed", "true", says)
        translation.allow_everyone()
        return
    for each in asked:
        translation.lost("SetIsOriginAllowed", each.arguments, _CODE, "It is left out: list the origins.")
    if "AllowAnyOrigin" in names:
        if translation.credentials:
            says = "ASP.NET Core throws an exception: the star does not go with credentials."
            instead = "Everyone may read, without cookies. List the origins that need them, and set credentials = true."
            translation.different("AllowAnyOrigin", None, says, instead)
        translation.allow_everyone()
        return
    wild = "SetIsOriginAllowedToAllowWildcardSubdomains" in names
    never = "" if wild else "It is compared as text, so that no origin was ever equal to it."
    for call in calls:
        if call.name == "WithOrigins":
            _note_code(call, translation)
            # The library writes them in lower case itself.
            translation.take_origins("WithOrigins", [each.lower() for each in call.texts], wildcards=never)


def _names(call: _Call, translation: Translation) -> None:
    if call.name in {"WithMethods", "AllowAnyMethod"}:
        methods = ["*"] if call.name == "AllowAnyMethod" else call.texts
        take_named_methods(translation, call.name, methods, compared=True)
    elif call.name in {"WithHeaders", "AllowAnyHeader"}:
        headers = ["*"] if call.name == "AllowAnyHeader" else call.texts
        take_named_headers(translation, call.name, headers)
    elif call.name == "WithExposedHeaders":
        translation.take_exposed(call.name, call.texts)
    elif call.name == "SetPreflightMaxAge":
        found = _AGE.search(call.arguments)
        if found is None:
            translation.lost(call.name, call.arguments, _CODE, "It is left out.")
        else:
            translation.values["max_age"] = int(found[2]) * _SECONDS[found[1]]
    if call.name in {"WithMethods", "WithHeaders", "WithExposedHeaders"}:
        _note_code(call, translation)


def _note_code(call: _Call, translation: Translation) -> None:
    if call.rest:
        translation.lost(call.name, call.rest, _CODE, "It is left out: write down what it was.")
