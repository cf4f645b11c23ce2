"""Spring's CorsConfiguration: what a policy sets on it, in Java and in YAML."""

from dataclasses import dataclass
from typing import Final

from corsage.server import Policy
from corsage.server.origin_pattern import Breadth, OriginPattern
from corsage.stacks.java.source import java_list, java_text
from corsage.stacks.leftovers import leftovers
from corsage.stacks.narrowed import lower_case_lost, named_headers
from corsage.stacks.origins import Origins, whole_expression
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of
from corsage.stacks.shared_syntax import carried_over

MATCHER: Final = "ALLOWED_ORIGINS"
_STRANGERS: Final = (
    "Every request with an Origin or a method that is not allowed is answered 403, not its preflight alone.",
)


@dataclass(frozen=True, slots=True)
class SpringOptions:
    """What is set.

    Attributes:
        origins: who is allowed.
        patterns: entries of ``allowedOriginPatterns``.
        beyond: what entries cannot say, each in a sentence; a method of one's own can.
        methods: of ``allowedMethods``.
        headers: of ``allowedHeaders``.
        exposed: of ``exposedHeaders``.
        limits: what is left out.
    """

    origins: Origins
    patterns: tuple[str, ...]
    beyond: tuple[str, ...]
    methods: tuple[str, ...]
    headers: tuple[str, ...]
    exposed: tuple[str, ...]
    limits: tuple[str, ...]


def spring_options(policy: Policy, *knows: str) -> SpringOptions:
    """Work out what is set for *policy*; *knows* as for `leftovers`."""
    carried = carried_over(policy)
    # Sent back as they were asked for, one by one: just what the star means.
    methods = ("*",) if is_any(policy.methods) else methods_of(policy)
    headers, lost = named_headers(policy)
    return SpringOptions(
        carried.origins,
        tuple(_pattern(each) for each in carried.origins.patterns if each.breadth is not Breadth.ONE_LABEL),
        _beyond(carried.origins),
        methods,
        headers,
        exposed_headers_of(policy),
        (*carried.limits, *lost, *lower_case_lost(methods), *leftovers(policy, *knows), *_STRANGERS),
    )


def _beyond(origins: Origins) -> tuple[str, ...]:
    return (
        *(
            f"{each.text} is left out: no entry says one label. List the subdomains."
            for each in origins.patterns
            if each.breadth is Breadth.ONE_LABEL
        ),
        *(f"The expression {each} is left out: entries are no expressions." for each in origins.regexes),
    )


def _pattern(pattern: OriginPattern) -> str:
    wild = "*." if pattern.breadth is Breadth.ANY_DEPTH else ""
    port = ":[*]" if pattern.port == "*" else f":{pattern.port}" if pattern.port else ""
    return f"{pattern.scheme}://{wild}{pattern.host}{port}"


def java_matcher(options: SpringOptions) -> str:
    """Declare the expression for all allowed origins, where Spring's patterns do not do."""
    if not options.beyond:
        return ""
    whole = whole_expression(options.origins) or ""
    return f"    private static final Pattern {MATCHER} =\n        Pattern.compile({java_text(whole)});\n\n"


def java_statements(policy: Policy, options: SpringOptions) -> str:
    """Write the statements that make ``cors``, a CorsConfiguration."""
    origins = options.origins
    lines = ["CorsConfiguration cors = new CorsConfiguration();"]
    if options.beyond:
        lines = [
            "CorsConfiguration cors = new CorsConfiguration() {",
            "    @Override",
            "    public String checkOrigin(String origin) {",
            f"        return origin != null && {MATCHER}.matcher(origin).matches() ? origin : null;",
            "    }",
            "};",
        ]
    elif origins.everyone:
        lines.append('cors.setAllowedOrigins(List.of("*"));')
    else:
        lists = (("Origins", origins.exact), ("OriginPatterns", options.patterns))
        lines += [f"cors.setAllowed{name}({java_list(names)});" for name, names in lists if names]
    lines += [
        f"cors.set{name}({java_list(names)});"
        for name, names in (
            ("AllowedMethods", options.methods),
            ("AllowedHeaders", options.headers),
            ("ExposedHeaders", options.exposed),
        )
        if names
    ]
    if policy.credentials:
        lines.append("cors.setAllowCredentials(true);")
    if policy.max_age is not None:
        lines.append(f"cors.setMaxAge({max(policy.max_age, 0)}L);")
    return "".join(f"        {line}\n" for line in lines)
