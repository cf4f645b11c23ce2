"""chi, the router, with its own cors."""

from typing import ClassVar

from corsage.server import Policy
from corsage.stacks.base import Kind, Pitfall, Rendered, Trait
from corsage.stacks.go.pitfalls import SLASH, STAR_WITH_CREDENTIALS, WEBSOCKET_OPEN
from corsage.stacks.go.rs_options import origin_fields, other_fields
from corsage.stacks.go.source import fields, go_file, matcher
from corsage.stacks.narrowed import no_zero_age
from corsage.stacks.shared_syntax import carried_over
from corsage.stacks.told import Tell, ToldStack

_IN_A_GROUP = Pitfall(
    "in-a-group",
    "In a group or a sub-route cors sees only requests that a route of it matches: preflights match none.",
    "Use it at the top of the router, before every route.",
    lambda text: "go-chi/cors" in text and _used_in_a_group(text),
)


def _used_in_a_group(text: str) -> bool:
    """Tell whether cors is first named after a group or a sub-route began."""
    use = text.find("cors.Handler(")
    group = min((at for at in (text.find(".Group("), text.find(".Route(")) if at >= 0), default=-1)
    return 0 <= group < use


class Chi(ToldStack):
    """chi behind go-chi/cors."""

    name = "chi"
    title = "chi with go-chi/cors"
    kind = Kind.APP
    words = ("go-chi", "go-chi/cors", "chi router")
    traits = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.DROPS_ALL_WHEN_REFUSED, Trait.RUNS_IN_ORDER})
    executed = "go-chi/cors 1.2, Go 1.19"
    pitfalls = (SLASH, STAR_WITH_CREDENTIALS, WEBSOCKET_OPEN, _IN_A_GROUP)
    order = "First of the router's middleware, at its top, before authentication and before every route."
    sources = ("https://pkg.go.dev/github.com/go-chi/cors",)
    tells: ClassVar[tuple[Tell, ...]] = ()

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as a middleware."""
        carried = carried_over(policy, linear=True)
        others, limits = other_fields(policy, policy.max_age if (policy.max_age or 0) > 0 else None)
        body = (
            f"{matcher(carried.origins)}"
            "// withCORS answers preflights itself, and puts CORS headers on all that next answers, errors too.\n"
            "func withCORS(next http.Handler) http.Handler {\n"
            "\treturn cors.Handler(cors.Options{\n"
            f"{fields([*origin_fields(carried.origins, with_request=True), *others])}"
            "\t})(next)\n"
            "}\n"
        )
        standard = ["net/http", *(["regexp"] if "regexp." in body else [])]
        return Rendered(
            self.name,
            (go_file(standard, ["github.com/go-chi/cors"], body),),
            (
                "Save it beside main.go, and get the library: go get github.com/go-chi/cors.",
                "router.Use(withCORS) comes first, before other middleware, groups and routes.",
                "Check it with go vet, then build and start again.",
            ),
            (*carried.limits, *limits, *no_zero_age(policy)),
            self.executed,
        )
