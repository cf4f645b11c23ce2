"""Echo with its own CORS middleware."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import Kind, Pitfall, Rendered, Trait
from corsage.stacks.go.pitfalls import SLASH, STAR_WITH_CREDENTIALS, WEBSOCKET_OPEN
from corsage.stacks.go.source import MATCHER, fields, go_file, go_list, matcher, needs_matcher
from corsage.stacks.leftovers import leftovers
from corsage.stacks.narrowed import no_zero_age
from corsage.stacks.origins import Origins
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of
from corsage.stacks.shared_syntax import carried_over
from corsage.stacks.told import Tell, ToldStack

# Without a list the middleware grants whatever is asked for. Pages can never set Origin.
_NO_HEADER: Final = ("Origin",)
_HEADERS_LEFT_OUT = Pitfall(
    "headers-left-out",
    "Without AllowHeaders the middleware grants every header that a preflight asks for.",
    "List the headers that pages set.",
    lambda text: "CORSConfig{" in text and "AllowHeaders" not in text,
)
_ORIGINS_LEFT_OUT = Pitfall(
    "origins-left-out",
    "Without AllowOrigins everybody is allowed; middleware.CORS() has none.",
    "List the origins.",
    lambda text: (
        re.search(r"middleware\.CORS\(\)", text) is not None
        or ("CORSConfig{" in text and "AllowOrigin" not in text)
    ),
)


class Echo(ToldStack):
    """Echo behind middleware.CORSWithConfig."""

    name = "echo"
    title = "Echo"
    kind = Kind.APP
    words = ("labstack", "labstack/echo", "echo framework", "golang echo", "go echo")
    traits = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.RUNS_IN_ORDER})
    executed = "Echo 4.2, Go 1.19"
    pitfalls = (SLASH, STAR_WITH_CREDENTIALS, WEBSOCKET_OPEN, _HEADERS_LEFT_OUT, _ORIGINS_LEFT_OUT)
    order = "By e.Use on the instance, first of the middleware; a group's own is not asked about preflights."
    sources = ("https://echo.labstack.com/docs/middleware/cors",)
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(
            0.5,
            header="content-type",
            holds="application/json; charset=utf-8",
            bodies=('{"message":"Not Found"}\n',),
            status=404,
        ),
        Tell(
            0.5,
            header="content-type",
            holds="application/json; charset=utf-8",
            bodies=('{"message":"Internal Server Error"}\n',),
            status=500,
        ),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as a function that takes the instance."""
        carried = carried_over(policy, linear=True)
        # The names go into the headers as they are listed, so that * means there what it means to browsers.
        methods = ("*",) if is_any(policy.methods) else methods_of(policy)
        headers = tuple(policy.request_headers) or _NO_HEADER
        pairs = [
            _origins(carried.origins),
            ("AllowMethods", go_list(methods)),
            ("AllowHeaders", go_list(headers)),
        ]
        exposed = exposed_headers_of(policy)
        if exposed:
            pairs.append(("ExposeHeaders", go_list(exposed)))
        if policy.credentials:
            pairs.append(("AllowCredentials", "true"))
        if policy.max_age is not None and policy.max_age > 0:
            pairs.append(("MaxAge", str(policy.max_age)))
        body = (
            f"{matcher(carried.origins)}"
            "// useCORS answers preflights, and puts CORS headers on all that routes answer, errors too.\n"
            "func useCORS(e *echo.Echo) {\n"
            "\te.Use(middleware.CORSWithConfig(middleware.CORSConfig{\n"
            f"{fields(pairs)}"
            "\t}))\n"
            "}\n"
        )
        standard = ["regexp"] if "regexp." in body else []
        packages = ["github.com/labstack/echo/v4", "github.com/labstack/echo/v4/middleware"]
        return Rendered(
            self.name,
            (go_file(standard, packages, body),),
            (
                "Save it beside main.go.",
                "Call useCORS(e) before other middleware, authentication above all.",
                "Check it with go vet, then build and start again.",
            ),
            (
                *carried.limits,
                *no_zero_age(policy),
                *leftovers(policy),
            ),
            self.executed,
        )


def _origins(origins: Origins) -> tuple[str, str]:
    if origins.everyone:
        return "AllowOrigins", go_list(["*"])
    if needs_matcher(origins):
        answer = f"{MATCHER}.MatchString(origin), nil"
        return "AllowOriginFunc", f"func(origin string) (bool, error) {{ return {answer} }}"
    if origins.exact:
        return "AllowOrigins", go_list(origins.exact)
    return "AllowOriginFunc", "func(_ string) (bool, error) { return false, nil }"
