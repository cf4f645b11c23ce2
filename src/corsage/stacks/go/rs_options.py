"""The options of rs/cors, which chi's cors was made of: both have the same names, and the same traps."""

from typing import Final

from corsage.server import Policy
from corsage.stacks.go.source import MATCHER, go_list, needs_matcher
from corsage.stacks.leftovers import leftovers
from corsage.stacks.narrowed import lower_case_lost, named_headers, named_methods
from corsage.stacks.origins import Origins
from corsage.stacks.parts import exposed_headers_of

# An empty list means the library's own, which are more. Pages can never set Origin.
_NO_HEADER: Final = ("Origin",)


def origin_fields(origins: Origins, *, with_request: bool) -> list[tuple[str, str]]:
    """Return the option that says who is allowed. Without one, everybody would be.

    Args:
        origins: who is.
        with_request: whether the library hands its function the request, too.
    """
    first = "_ *http.Request, " if with_request else ""
    if origins.everyone:
        return [("AllowedOrigins", go_list(["*"]))]
    if needs_matcher(origins):
        function = f"func({first}origin string) bool {{ return {MATCHER}.MatchString(origin) }}"
        return [("AllowOriginFunc", function if with_request else f"{MATCHER}.MatchString")]
    if origins.exact:
        return [("AllowedOrigins", go_list(origins.exact))]
    return [("AllowOriginFunc", f"func({first}_ string) bool {{ return false }}")]


def other_fields(policy: Policy, max_age: int | None) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """Return the other options, and what they cannot say."""
    methods, lost_methods = named_methods(policy)
    headers, lost_headers = named_headers(policy)
    found = [("AllowedMethods", go_list(methods)), ("AllowedHeaders", go_list(headers or _NO_HEADER))]
    exposed = exposed_headers_of(policy)
    if exposed:
        found.append(("ExposedHeaders", go_list(exposed)))
    if policy.credentials:
        found.append(("AllowCredentials", "true"))
    if max_age:
        found.append(("MaxAge", str(max_age)))
    if policy.preflight_continue:
        found.append(("OptionsPassthrough", "true"))
    limits = (
        *lost_methods,
        *lower_case_lost(methods),
        *lost_headers,
        *leftovers(policy, "preflight_continue"),
    )
    return found, limits
