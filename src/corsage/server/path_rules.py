"""CORS187 to CORS189: what is wrong with the path patterns of a policy set."""

from collections.abc import Iterator, Sequence
from typing import Final

from corsage.model.rule import Problem, Rule
from corsage.server.path_pattern import ANY_BELOW, parse_path_pattern, split_path
from corsage.server.path_readings import as_written
from corsage.server.rules.base import example, shown

_LONGEST: Final = 2048
# Signs of regular expressions and of globs that paths hardly have. Parentheses, dollars and dots they do.
_SIGNS: Final = frozenset("[]|^\\")
_SLASHED: Final = ("https://asgi.readthedocs.io/en/latest/specs/www.html#http-connection-scope",)


class PathRule(Rule):
    """A set of policies by path is wrong before any request."""

    def check(self, patterns: Sequence[str]) -> Iterator[Problem]:
        """Find what the rule is about in *patterns*, the keys of ``paths``."""
        raise NotImplementedError

    def problem(
        self, pattern: str, reason: str, suggestion: str | None, witness: str | None = None
    ) -> Problem:
        """Make a problem of this rule about *pattern*."""
        return Problem(
            self.code, self.severity, f"paths.{shown(pattern)}", shown(pattern), reason, suggestion, witness
        )


class PathPatternShape(PathRule):
    """Neither an exact path, nor one with ``{name}`` or ``/*`` in their places."""

    code = "CORS187"
    name = "path-pattern-shape"
    what = (
        "A key of paths that is no path pattern: exact, with {name} for one segment, or with /* at its end."
    )
    why = (
        "Frameworks write routes in many ways, and a pattern in the wrong language matches nothing or too much: "
        "/api* would have to match /apiary, and :id would be a segment of that very name. A policy that sits on the "
        "wrong paths is not noticed until somebody reads what they should not. Regular expressions and globs are "
        "not read here."
    )
    fix = "Begin with a slash; write {name} for one whole segment, and /* at the end for everything below."
    sources = _SLASHED
    bad = example(paths={"/api*": {"origins": ["https://app.example.com"]}})
    good = example(paths={"/api/*": {"origins": ["https://app.example.com"]}})

    def check(self, patterns: Sequence[str]) -> Iterator[Problem]:
        """Find the patterns that do not parse."""
        for pattern in patterns:
            found = _malformed(pattern)
            if found is not None:
                yield self.problem(pattern, *found)


def _malformed(pattern: str) -> tuple[str, str | None] | None:
    """Say what keeps *pattern* from being one, and how to write it."""
    if not pattern:
        return "it is empty; a path begins with a slash", "/* for every path"
    if len(pattern) > _LONGEST:
        return f"it is longer than {_LONGEST:,} characters", None
    if not pattern.isprintable():
        return "it holds characters that cannot be seen", None
    if "://" in pattern:
        return "it is a URL; the application sees the path alone", None
    if not pattern.startswith("/"):
        slashed = f"/{pattern.lstrip('^/')}"
        wrong = _malformed(slashed)
        return "it does not begin with a slash", slashed if wrong is None else wrong[1]
    for sign, name in (("?", "query"), ("#", "fragment")):
        if sign in pattern:
            return f"it holds a {name}, which no path has", pattern.partition(sign)[0]
    segments = pattern[1:].split("/")
    for number, segment in enumerate(segments):
        found = _malformed_segment(segment, is_last=number == len(segments) - 1)
        if found is not None:
            reason, instead = found
            rest = segments[number + 1 :]
            return reason, None if instead is None else "/" + "/".join([*segments[:number], *instead, *rest])
    return None


def _malformed_segment(segment: str, *, is_last: bool) -> tuple[str, list[str] | None] | None:
    if ANY_BELOW in segment:
        return _malformed_star(segment, is_last=is_last)
    if "{" in segment or "}" in segment:
        name = segment[1:-1]
        if segment == f"{{{name}}}" and name.isidentifier():
            return None
        plain = name.partition(":")[0]
        instead = [f"{{{plain}}}"] if plain.isidentifier() and segment == f"{{{name}}}" else None
        return "braces hold a name, and fill their segment alone", instead
    if segment.startswith(":"):
        return "a segment for anything is written in braces here", [f"{{{segment[1:]}}}"]
    if segment.startswith("<") and segment.endswith(">"):
        return "a segment for anything is written in braces here", [f"{{{segment[1:-1].rpartition(':')[2]}}}"]
    if _SIGNS & set(segment):
        name = segment[1:-1]
        instead = [f"{{{name}}}"] if segment == f"[{name}]" and name.isidentifier() else None
        return "it is no regular expression and no glob: []|^ and backslashes stand for nothing here", instead
    return None


def _malformed_star(segment: str, *, is_last: bool) -> tuple[str, list[str] | None] | None:
    if segment == ANY_BELOW:
        return None if is_last else ("* stands at the end alone; one segment is {name}", ["{any}"])
    before = segment.rstrip("*.)(")
    clean = not set(before) & set("*(){}[]\\")
    instead = [*([before] if before else []), ANY_BELOW] if is_last and clean else None
    return "* stands alone between slashes, at the end: no part of a name", instead


class PathPatternUnreachable(PathRule):
    """Well-formed, but it waits for a path that is read in more than one way, and then nothing is allowed."""

    code = "CORS188"
    name = "path-pattern-unreachable"
    what = "A path pattern with percent signs, dots for a segment or doubled slashes."
    why = (
        "Servers hand over the decoded path, and browsers take . and .. out before they send: a pattern that holds "
        "them waits for a request that does not come. Where one comes nevertheless, routers read it in more than one "
        "way, so that no policy is sure to be the right one and nothing is allowed."
    )
    fix = "Write the characters themselves instead of percent signs, and one slash between segments."
    sources = (*_SLASHED, "https://url.spec.whatwg.org/#path-state")
    bad = example(paths={"/caf%C3%A9/*": {"origins": ["https://app.example.com"]}})
    good = example(paths={"/café/*": {"origins": ["https://app.example.com"]}})

    def check(self, patterns: Sequence[str]) -> Iterator[Problem]:
        """Find the patterns that wait for what does not come."""
        for pattern in patterns:
            if not pattern.startswith("/") or "://" in pattern:
                continue
            segments = split_path(as_written(pattern))
            if "%" in pattern:
                yield self.problem(pattern, "paths come decoded: a percent sign waits for a real one", None)
            if {".", ".."} & set(segments):
                yield self.problem(pattern, "browsers resolve dots before they send", None)
            if "" in segments:
                tidy = "/" + "/".join(each for each in segments if each)
                yield self.problem(
                    pattern, "of a path with doubled slashes nobody knows how it is read", tidy
                )


class PathPatternRepeated(PathRule):
    """Two patterns that match the same paths: neither is the more specific. A slash at the end never matters."""

    code = "CORS189"
    name = "path-pattern-repeated"
    what = "Two path patterns that match exactly the same paths."
    why = (
        "The most specific pattern wins; of two that differ in the name in braces alone, or in a slash at the end, "
        "neither is."
    )
    fix = "Keep one of the two."
    bad = example(
        paths={
            "/tenants/{id}": {"origins": ["https://app.example.com"]},
            "/tenants/{name}": {"origins": ["https://other.example.com"]},
        }
    )
    good = example(
        paths={"/tenants/{id}": {"origins": ["https://app.example.com", "https://other.example.com"]}}
    )

    def check(self, patterns: Sequence[str]) -> Iterator[Problem]:
        """Find the later one of each pair."""
        seen: dict[object, str] = {}
        for pattern in patterns:
            if _malformed(pattern) is not None:
                continue
            first = seen.setdefault(parse_path_pattern(pattern).shape, pattern)
            if first != pattern:
                yield self.problem(
                    pattern, f"it matches exactly what {first} matches", "one of the two alone"
                )


PATH_RULES: Final[tuple[PathRule, ...]] = (
    PathPatternShape(),
    PathPatternUnreachable(),
    PathPatternRepeated(),
)


def check_paths(patterns: Sequence[str]) -> tuple[Problem, ...]:
    """Return what all rules of path patterns find, in the order of their codes."""
    return tuple(problem for rule in PATH_RULES for problem in rule.check(patterns))
