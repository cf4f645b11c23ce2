"""CORS140: what is no regular expression."""

from collections.abc import Iterator

from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.regexes import why_invalid
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.regex_is_pattern import in_origins


class RegexInvalid(PolicyRule):
    """What Python cannot compile cannot match."""

    code = "CORS140"
    name = "regex-invalid"
    what = "An entry of `origin_regexes` that Python cannot compile, or that is longer than 1000 characters."
    why = "It cannot be asked. Expressions that long have been generated, and a list of origins is faster and clearer."
    fix = "Mend the expression, or list the origins: a million of them cost no more than one."
    sources = ("https://docs.python.org/3/library/re.html#regular-expression-syntax",)
    bad = example(origin_regexes=[r"https://(www\.example\.com"])
    good = example(origin_regexes=[r"https://(www\.)?example\.com"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Compile each."""
        for index, text in enumerate(draft.origin_regexes):
            reason = why_invalid(text)
            if reason is not None:
                suggestion = in_origins(text)
                yield self.problem(place(draft, "origin_regexes", index), text, reason, suggestion=suggestion)
