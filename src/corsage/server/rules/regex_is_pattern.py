"""CORS128: a pattern of origins among the expressions."""

import json
from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import WILDCARD, Draft
from corsage.server.origin_pattern import parse_origin_pattern
from corsage.server.regexes import why_invalid
from corsage.server.rules.base import PolicyRule, example, place


class RegexIsPattern(PolicyRule):
    """The same signs mean other things."""

    code = "CORS128"
    name = "regex-is-pattern"
    severity = Severity.WARNING
    what = "An entry of `origin_regexes` that is a wildcard pattern, such as `https://*.example.com`."
    why = (
        "In an expression `/*` is any number of slashes, and a dot is any character: `https://*.example.com` "
        "accepts `https://xexample.com`, and no subdomain at all."
    )
    fix = "Move it into `origins`, where `*` is a wildcard."
    sources = ("https://docs.python.org/3/library/re.html#regular-expression-syntax",)
    bad = example(origin_regexes=["http://localhost:*"])
    good = example(origins=["http://localhost:*"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find expressions that are patterns, too."""
        for index, text in enumerate(draft.origin_regexes):
            suggestion = in_origins(text)
            if suggestion is not None and why_invalid(text) is None:
                yield self.problem(
                    place(draft, "origin_regexes", index),
                    text,
                    "it is a pattern: as an expression it means something else",
                    suggestion=suggestion,
                )


def in_origins(text: str) -> str | None:
    """Return how *text* is written in ``origins``, where it is a wildcard pattern; else ``None``."""
    if text == WILDCARD:
        return 'origins = "*"'
    pattern = parse_origin_pattern(text)
    return None if pattern is None or pattern.is_exact else f"origins = {json.dumps([text])}"
