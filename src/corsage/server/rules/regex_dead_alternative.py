"""CORS143: an alternative that no origin matches."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import NULL, Draft
from corsage.server.regexes import why_invalid
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.regex_rule import MOST_STUDIED
from corsage.server.witness import dead_alternatives, with_common_scheme


class RegexDeadAlternative(PolicyRule):
    """The bar splits the whole expression, the scheme included."""

    code = "CORS143"
    name = "regex-dead-alternative"
    severity = Severity.WARNING
    what = "An expression with a bar outside of groups, one side of which matches no origin."
    why = (
        r"`https://a\.com|b\.com` is `https://a\.com` or `b\.com`: the bar splits the whole expression. No origin "
        r"is `b\.com`, so its pages are refused. (Where a library searches instead of matching the whole, the same "
        "expression lets in everybody with b.com in the name.)"
    )
    fix = "Put the alternatives into a group after the scheme, or make them expressions of their own."
    sources = ("https://docs.python.org/3/library/re.html#regular-expression-syntax",)
    bad = example(origin_regexes=[r"https://shop\.example\.com|admin\.example\.com"])
    good = example(origin_regexes=[r"https://(?:shop\.example\.com|admin\.example\.com)"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Study each alternative alone."""
        for index, pattern in enumerate(draft.origin_regexes[:MOST_STUDIED]):
            dead = dead_alternatives(pattern) if "|" in pattern and why_invalid(pattern) is None else ()
            if not dead:
                continue
            is_null = any(text.strip("^$()") == NULL for text in dead)
            yield self.problem(
                place(draft, "origin_regexes", index),
                pattern,
                f"the bar splits the whole expression, and no origin matches {' or '.join(dead[:3])} alone",
                suggestion=None if is_null else with_common_scheme(pattern),
            )
