"""Gin with gin-contrib/cors."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import Kind, Pitfall, Rendered, Trait
from corsage.stacks.go.pitfalls import SLASH, STAR_WITH_CREDENTIALS, WEBSOCKET_OPEN
from corsage.stacks.go.source import MATCHER, fields, go_file, go_list, matcher, needs_matcher
from corsage.stacks.leftovers import leftovers
from corsage.stacks.narrowed import lower_case_lost, no_zero_age
from corsage.stacks.origins import Origins
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of
from corsage.stacks.shared_syntax import carried_over
from corsage.stacks.told import Tell, ToldStack

_VARY: Final = (
    "\t// The library leaves Vary out where it refuses, and where there is no Origin.\n"
    '\trouter.Use(func(c *gin.Context) { c.Header("Vary", "Origin") })\n'
)
_AFTER_ROUTES = Pitfall(
    "after-routes",
    "Gin gives a route the middleware that there is when the route is made: cors after it runs for none of them, "
    "though preflights are answered.",
    "Call router.Use(cors.New(...)) before the first route.",
    lambda text: _is_after(text, r"\.(?:GET|POST|PUT|PATCH|DELETE|Any)\(\s{0,20}[\"`]"),
)
_IN_A_GROUP = Pitfall(
    "in-a-group",
    "In a group cors is not asked about preflights, which match no route of it: they are answered 404.",
    "Use it on the engine, before every group.",
    lambda text: _is_after(text, r"\.Group\(\s{0,20}[\"`]"),
)


def _is_after(text: str, what: str) -> bool:
    """Tell whether cors is used after the first place that looks like *what*."""
    use = re.search(r"\.Use\([^\n]{0,100}cors", text, re.IGNORECASE)
    first = re.search(what, text)
    return use is not None and first is not None and first.start() < use.start()


class Gin(ToldStack):
    """Gin behind gin-contrib/cors."""

    name = "gin"
    title = "Gin with gin-contrib/cors"
    kind = Kind.APP
    words = ("gin-gonic", "gin-contrib", "gin-contrib/cors", "gin framework", "golang gin", "go gin")
    traits = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.REFUSES_STRANGERS, Trait.RUNS_IN_ORDER})
    executed = "gin-contrib/cors 1.4, Gin 1.8, Go 1.19"
    pitfalls = (SLASH, STAR_WITH_CREDENTIALS, WEBSOCKET_OPEN, _AFTER_ROUTES, _IN_A_GROUP)
    order = "On the engine, before every route and group, and before authentication."
    sources = ("https://pkg.go.dev/github.com/gin-contrib/cors",)
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.5, header="content-type", holds="text/plain", bodies=("404 page not found",), status=404),
    )
    # That is the standard library's own page.
    unless: ClassVar[tuple[Tell, ...]] = (Tell(1, header="x-content-type-options", holds="nosniff"),)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as a function that takes the engine."""
        carried = carried_over(policy, linear=True)
        # The names go into the headers as they are listed, so that * means there what it means to browsers.
        methods = ("*",) if is_any(policy.methods) else methods_of(policy)
        pairs = [_origins(carried.origins), ("AllowMethods", go_list(methods))]
        lists = (
            ("AllowHeaders", tuple(policy.request_headers)),
            ("ExposeHeaders", exposed_headers_of(policy)),
        )
        pairs += [(name, go_list(names)) for name, names in lists if names]
        if policy.credentials:
            pairs.append(("AllowCredentials", "true"))
        if policy.max_age is not None and policy.max_age > 0:
            pairs.append(("MaxAge", f"{policy.max_age} * time.Second"))
        body = (
            f"{matcher(carried.origins, always=_has_other_schemes(carried.origins))}"
            "// useCORS comes before the first route and group: those that are there already would go without.\n"
            "func useCORS(router *gin.Engine) {\n"
            f"{'' if carried.origins.everyone else _VARY}"
            "\trouter.Use(cors.New(cors.Config{\n"
            f"{fields(pairs)}"
            "\t}))\n"
            "}\n"
        )
        standard = [
            name for name in ("regexp", "time") if f"{name}.{'M' if name == 'regexp' else 'S'}" in body
        ]
        return Rendered(
            self.name,
            (go_file(standard, ["github.com/gin-contrib/cors", "github.com/gin-gonic/gin"], body),),
            (
                "Save it beside main.go, and get the library: go get github.com/gin-contrib/cors.",
                "Call useCORS(router) right after gin.New() or gin.Default(), before routes and groups.",
                "Gin redirects /path/ to /path before any middleware, so without CORS headers: let pages ask for the "
                "path as the route has it, or set router.RedirectTrailingSlash = false.",
                "Check it with go vet, then build and start again.",
            ),
            (
                *carried.limits,
                *_strangers(carried.origins),
                *lower_case_lost(methods),
                *no_zero_age(policy),
                *leftovers(policy),
            ),
            self.executed,
        )


def _origins(origins: Origins) -> tuple[str, str]:
    if origins.everyone:
        return "AllowAllOrigins", "true"
    if not origins.exact and not origins.expressions:
        return "AllowOriginFunc", "func(_ string) bool { return false }"
    if needs_matcher(origins) or _has_other_schemes(origins):
        return "AllowOriginFunc", f"{MATCHER}.MatchString"
    return "AllowOrigins", go_list(origins.exact)


def _has_other_schemes(origins: Origins) -> bool:
    """Tell whether the library's list would not take all: the program would end with an error."""
    return not all(each.startswith(("http://", "https://")) for each in origins.exact)


def _strangers(origins: Origins) -> tuple[str, ...]:
    if origins.everyone:
        return ()
    return ("Every request with an Origin that is not allowed is answered 403, not its preflight alone.",)
