"""Go's net/http, gorilla/mux and the like, with rs/cors."""

from typing import ClassVar

from corsage.server import Policy
from corsage.stacks.base import Kind, Pitfall, Rendered, Trait
from corsage.stacks.go.pitfalls import GORILLA_USE, SLASH, STAR_WITH_CREDENTIALS, WEBSOCKET_OPEN
from corsage.stacks.go.rs_options import origin_fields, other_fields
from corsage.stacks.go.source import fields, go_file, matcher
from corsage.stacks.shared_syntax import carried_over
from corsage.stacks.told import Tell, ToldStack

_DEFAULTS = Pitfall(
    "defaults",
    "cors.Default() lets everybody in, and grants GET, HEAD and POST alone: neither PUT and DELETE nor Authorization.",
    "Use cors.New with AllowedOrigins, AllowedMethods and AllowedHeaders.",
    lambda text: "cors.Default()" in text and "rs/cors" in text,
)
_NO_AUTHORIZATION = Pitfall(
    "headers-left-out",
    "Without AllowedHeaders a preflight for Authorization is answered 200 with no CORS header at all.",
    "List each header that pages set, Authorization too.",
    lambda text: "cors.Options{" in text and "AllowedHeaders" not in text,
)


class NetHttp(ToldStack):
    """net/http behind rs/cors."""

    name = "go"
    title = "Go net/http with rs/cors"
    kind = Kind.APP
    words = ("golang", "net/http", "rs/cors", "gorilla mux", "gorilla/mux", "negroni", "httprouter")
    traits = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.DROPS_ALL_WHEN_REFUSED})
    executed = "rs/cors 1.7, Go 1.19"
    pitfalls = (SLASH, STAR_WITH_CREDENTIALS, GORILLA_USE, WEBSOCKET_OPEN, _DEFAULTS, _NO_AUTHORIZATION)
    order = "Around everything else: the handler that is given to ListenAndServe is the one that cors made."
    sources = ("https://pkg.go.dev/github.com/rs/cors",)
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(
            0.7,
            header="x-content-type-options",
            holds="nosniff",
            bodies=("404 page not found\n",),
            status=404,
        ),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as a function that wraps the application's handler."""
        carried = carried_over(policy, linear=True)
        # Negative is how the library is told to send 0.
        age = -1 if policy.max_age is not None and policy.max_age <= 0 else policy.max_age
        others, limits = other_fields(policy, age)
        if age == -1:
            limits = (
                *limits,
                "max_age: rs/cors before 1.9 sends no Max-Age of 0: browsers keep answers for five seconds.",
            )
        body = (
            f"{matcher(carried.origins)}"
            "// withCORS answers preflights itself, and puts CORS headers on all that next answers, errors too.\n"
            "func withCORS(next http.Handler) http.Handler {\n"
            "\treturn cors.New(cors.Options{\n"
            f"{fields([*origin_fields(carried.origins, with_request=False), *others])}"
            "\t}).Handler(next)\n"
            "}\n"
        )
        standard = ["net/http", *(["regexp"] if "regexp." in body else [])]
        return Rendered(
            self.name,
            (go_file(standard, ["github.com/rs/cors"], body),),
            (
                "Save it beside main.go, and get the library: go get github.com/rs/cors.",
                "Wrap the outermost handler: http.ListenAndServe(addr, withCORS(mux)). A router's own Use would come "
                "too late for preflights.",
                "Take out headers that handlers set themselves: Access-Control-Allow-Origin must be sent once.",
                "Check it with go vet, then build and start again.",
            ),
            (*carried.limits, *limits),
            self.executed,
        )
