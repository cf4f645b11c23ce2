"""CORS133: a wildcard over names that anyone may register."""

from collections.abc import Iterator
from dataclasses import replace

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.origin_pattern import Breadth, OriginPattern
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.regex_rule import findings
from corsage.server.sorted_origins import sorted_origins
from corsage.server.witness import Kind
from corsage.server.witness.suffixes import suffixes_below


class PublicSuffix(PolicyRule):
    """``https://*.github.io`` is everyone with a GitHub account, ``https://*.amazonaws.com`` who has a bucket."""

    code = "CORS133"
    name = "public-suffix"
    what = (
        "A wildcard or an expression over a public suffix: `https://*.com`, `https://*.github.io`; or over one below: "
        "`https://*.amazonaws.com`. Without credentials it is a warning."
    )
    why = (
        "Below a public suffix anybody can have a name, some for nothing and within a minute. With credentials "
        "each of them can read what your users see; without, the list is no list."
    )
    fix = (
        "Put your own name before the suffix. Where all of it is meant, say so with "
        "`dangerously_allow_public_suffixes`, or with `*` for a public service."
    )
    sources = ("https://publicsuffix.org/", "https://url.spec.whatwg.org/#host-public-suffix")
    bad = example(origins=["https://*.github.io"], credentials=True)
    good = example(origins=["https://shop.github.io"], credentials=True)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find wildcards over public suffixes; an error with credentials, otherwise a warning."""
        if draft.dangerously_allow_public_suffixes:
            return
        severity = Severity.ERROR if draft.credentials else Severity.WARNING
        for index, pattern in sorted_origins(draft.origins).broad:
            suffix = public_suffix_in(pattern)
            if suffix is not None:
                yield self.problem(
                    place(draft, "origins", index),
                    pattern.text,
                    f"{suffix} is a public suffix: anyone can register a name below it",
                    witness=stranger_below(replace(pattern, host=suffix)),
                    severity=severity,
                )
        for index, text, finding in findings(draft, Kind.SUFFIX):
            yield self.problem(
                place(draft, "origin_regexes", index),
                text,
                f"{finding.about} is a public suffix: anyone can register a name below it",
                witness=finding.witness,
                severity=severity,
            )


def public_suffix_in(pattern: OriginPattern) -> str | None:
    """Return a public suffix whose names *pattern* accepts: its own host, or one below it."""
    if pattern.covers_strangers:
        return pattern.host
    if pattern.breadth is not Breadth.ANY_DEPTH:
        return None
    below = suffixes_below(pattern.host)
    return below[0] if below else None


def stranger_below(pattern: OriginPattern) -> str:
    """Return the origin of a stranger that *pattern* accepts."""
    port = f":{pattern.port}" if pattern.port not in (None, "*") else ""
    return f"{pattern.scheme}://evil.{pattern.host}{port}"
