"""CORS442: configuration mistake."""

import re
from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_WORDS_OF_CODE: Final = frozenset(
    {"true", "false", "undefined", "none", "nil", "function", "[object object]", "$http_origin"}
)
_STAR_IN_LIST: Final = frozenset({"['*']", '["*"]', "['*'],", '["*"],'})
_SAID: Final = (
    "one string",
    "as one text",
    "neither gets in",
    "regex no longer matches",
    "no longer matches",
    "used to before",
    "*.mydomain",
    "passed as",
    ("blog", "yaml"),
    "copied from",
    "should be an array",
    "should be a list",
    "must be a list",
    "must be an array",
    "expected array",
    "unexpected option",
    "invalid option",
    "typeerror",
    ("only one origin", "works"),
    ("second origin", "not"),
    "with one it works",
    "plain string does",
    "semicolon",
    "separated by",
    "pipe",
    "newline",
    ("boolean", "string"),
    "'true'",
    "wrong key",
    "wrong name",
    "camelcase",
    "snake_case",
    "singular",
    "plural",
    "old syntax",
    "new syntax",
    ("v3", "v2"),
    ("v4", "v3"),
    "major version",
    "migrated",
    "migration guide",
    "no longer supported",
    "removed in",
    "port missing",
    "missing port",
    "scheme",
    "protocol missing",
    "localhost without",
    ("wildcard", "not supported"),
    ("wildcard", "ignored"),
    ("pattern", "ignored"),
    ("regex", "ignored"),
    "escaped",
    "backslash",
    ("env", "not split"),
    "not split",
    "parsed as",
    "json string",
    "only the first",
    "comma",
    ("since", "upgrade"),
    ("after", "upgrade"),
    ("after", "update"),
    "after upgrading",
    ("since", "version"),
    "breaking change",
    "typo",
    "misspel",
    "wrong option",
    "unknown option",
    ("option", "ignored"),
    "renamed",
    "deprecated",
    "without scheme",
    "no scheme",
    "missing scheme",
    "without http",
    "string instead",
    "as a string",
    "as string",
    "not a list",
    "tuple",
    ("regex", "invalid"),
    ("regex", "string"),
    ("regex", "not match"),
    ("regex", "escape"),
    ("pattern", "*"),
    ("wildcard", "subdomain"),
    ("patterns", "['']"),
    "allowed_origins_patterns",
    ("invalid", "glob"),
    "yaml",
    "indent",
    "quotes",
    "whitespace",
    "blank after",
    "space after",
    "does not list it",
    "wrong file",
    "wrong place",
    "config/cors.rb",
    "content-type,authorization",
    "cannot contain the special value",
    "allowedoriginpatterns",
    "illegalargumentexception",
    "exception at start",
    "fails to start",
    "unexpected keyword",
    "panic",
    ("setting", "name"),
    "old setting",
    "cors_origin_whitelist",
    "cors_origin_allow",
)
_AGAINST: Final = (
    "container shows",
    "restart",
    "redeploy",
    "config:clear",
    "systemctl",
    "not applied",
    ".env has",
    "order",
    "usecors",
    "middleware",
)


class ConfigurationMistake(DiagnosisRule):
    """Configuration mistake."""

    code = "CORS442"
    name = "configuration-mistake"
    root_cause = RootCause.CONFIG_SYNTAX
    layer = "app"
    what = (
        "The CORS configuration is written wrongly: an option misspelt, a wrong type, a list in one text,"
        " a changed version."
    )
    why = (
        "Most libraries ignore what they do not know, or compare a whole text that was meant as a list. "
        "The configuration looks right, and allows nobody."
    )
    fix = (
        "Check each option's name and type against the library's documentation for your version: lists as"
        " lists, origins with a scheme and without a slash or blank, booleans as booleans, expressions "
        "anchored."
    )
    verify = "corsage policy import reads the options and says what they really allow."
    question = "What exactly does the CORS configuration say, and which version of the library reads it?"
    snippet = True
    bad = report(
        origin="http://localhost:3000",
        notes="CORS_ORIGINS = 'https://a.example, http://localhost:3000'; only the first origin works",
        stack=["sanic"],
    )
    good = report(
        origin="http://localhost:3000", notes="container shows the old value", stack=["docker compose"]
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.uses("fastapi", "starlette") and (
            'allow_origins="' in case.evidence.notes or "allow_origins='" in case.evidence.notes
        ):
            yield Weight(0.75, "allow_origins is one text, which Python reads letter by letter")
        value = case.allow_origin or ""
        if value[:1] in ("[", "{", '"', "'") or value.lower() in _WORDS_OF_CODE:
            yield Weight(0.9, f"the header's value is {value}: a list or a word of code, written out")
        if case.uses("express", "koa", "hono", "fastify", "nest", "node") and _STAR_IN_LIST & set(
            case.evidence.notes.split()
        ):
            yield Weight(0.5, "in a list the star is a text like any other")
        yield from self._told(case)

    def _told(self, case: Case) -> Iterator[Weight]:
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.55, f"the notes say: {said}")
        if case.noted("corsheaders.e", "missing scheme or netloc", "improperlyconfigured"):
            yield Weight(0.75, "the framework refuses the configuration at its start")
        # Compiled where there is something to read: it would be a seventieth of the start.
        bare = re.search(_BARE_HOST, case.evidence.notes[:_LONGEST].lower()) if case.evidence.notes else None
        if bare:
            yield Weight(0.7, f"an origin needs its scheme: {bare[1]} has none")
        if case.uses("socket.io", "socketio", "engine.io") and case.noted(
            "upgrad", "old version", "latest", "v3"
        ):
            yield Weight(0.6, "since version 3, Socket.IO wants an option cors of its own")
        if "://*" in case.evidence.notes:
            yield Weight(0.4, "an origin is written with a star, which most libraries take for a letter")
        if _is_joined_list(case):
            yield Weight(0.6, "several origins or names stand in one text")
        if case.message(Symptom.SERVER_CONFIG_REFUSED):
            yield Weight(0.9, "the server refuses its own configuration")
        quoted = sum(mark in case.evidence.notes for mark in ("=", "[", "=>", ": ", "('"))
        if quoted > 1 and not case.says and case.noted("cors", "origin", "allow"):
            yield Weight(0.25, "the notes quote the configuration")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.noted(*_AGAINST):
            yield Weight(-0.4, "the notes speak of another fault")
        if case.message(Cause.MULTIPLE_ALLOW_ORIGIN):
            yield Weight(-0.5, "the browser counts more than one value")

    def layer_of(self, case: Case) -> str:
        """Return whose configuration it is."""
        return (
            case.layer_among("platform", "gateway", "proxy", otherwise="app")
            if "app" not in case.kinds
            else "app"
        )


# An option for origins, with a host where an origin would be: CORS_ORIGINS=shop.example.
_BARE_HOST: Final = (
    r"(?a)\b[\w.-]{0,40}(?:origin|cors|domain)[\w-]{0,20}\s?[=:]\s?[\"'\[]{0,2}"
    r"((?!localhost)[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){0,4}\.[a-z]{2,12}(?::\d{1,5})?)(?=[\s,;\"'\])]|$)"
)
_LONGEST: Final = 4000


def _is_joined_list(case: Case) -> bool:
    """Tell whether the notes quote one text that holds several origins."""
    pieces = case.evidence.notes[:4000].replace('"', "'").split("'")[1::2]
    return any(piece.count("://") > 1 and "," in piece for piece in pieces)
