"""CORS441: CORS runs in the wrong place: after authentication, routing, body parsing or error handling."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_REFUSED_LOGINS: Final = frozenset({401, 403})
_ORDER_WORDS: Final = (
    "auth",
    "route",
    "exception",
    "error",
    "static",
    "cache",
    "commonmiddleware",
    "mvc",
    "bodyparser",
    "body parser",
    "endpoints",
    "keycloak",
    "jwt",
    "session",
    "passport",
    "guard",
    "filter",
    "helmet",
    "rate",
    "listen",
    "warden",
    "usecors",
    "api group",
    "index",
    "setup",
)

_SAID: Final = (
    ("above", "middleware"),
    ("below", "middleware"),
    ("above", "cors"),
    ("below", "cors"),
    ("cors", "registered"),
    ("before", "app.use"),
    ("after", "app.use"),
    ("app.use(cors", "bottom"),
    ("cors", "at the bottom"),
    ("cors", "at the end"),
    ("cors", "last"),
    ("cors", "first"),
    ("moved", "cors"),
    ("moving", "cors"),
    "position",
    "sequence",
    "pipeline",
    "placed",
    "placed after",
    "placed before",
    "comes after",
    "comes before",
    ("put", "after"),
    ("put", "before"),
    "below",
    "beneath",
    "underneath",
    "wrapped",
    "wraps",
    "inner",
    "outer",
    "never sees",
    "not reached",
    "does not run",
    "is not executed",
    "short-circuit",
    ("router", "then cors"),
    ("routes", "then cors"),
    ("auth", "then cors"),
    ("helmet", "then cors"),
    ("listen", "then cors"),
    "registered",
    "installed before",
    "installed after",
    ("hook", "order"),
    ("plugin", "order"),
    "interceptor order",
    ("filter", "order"),
    "@order",
    "ordered",
    "insert_before",
    "insert_after",
    "prepend",
    "append",
    "addfilterbefore",
    "addfilterafter",
    "added before",
    "added after",
    ("before", "middleware"),
    ("after", "middleware"),
    ("below", "routes"),
    ("after", "routes"),
    ("after", "route"),
    ("registered", "below"),
    ("registered", "after"),
    ("registered", "last"),
    "in that order",
    "in this order",
    "order",
    "follows useauthorization",
    "usecors",
    ("useauthorization", "usecors"),
    "usemvc",
    "middleware.use rack::cors",
    "called after",
    "called before",
    ("app.use(cors", "after"),
    ("middleware", "auth", "cors"),
    ("added", "at the end"),
    "added at the end",
    ("middleware", "position"),
    ("middleware", "last"),
    ("middleware", "bottom"),
    "outermost",
    ("enablecors", "after"),
    "http.cors",
    "before cors",
    "after cors",
    "filter order",
    "filterchain",
    "under commonmiddleware",
    ("middleware", "first"),
    "precedence",
    ("cors", "below"),
    "after auth",
    "before auth",
)
_HINTS: Final = (
    "validator",
    "validation errors",
    "body parser",
    "body-parser",
    "json parse",
    "static files",
    "whitenoise",
    "rack::cache",
    "rack-cache",
    "warden",
    "openapi",
)

_ORDERED: Final = frozenset(
    {"last-added-outermost", "first-listed-outermost", "runs-in-order", "between-routing-and-auth"}
)
_NO_EFFECT: Final = (
    "not applied",
    "has no effect",
    "no effect",
    "no difference",
    "not working",
    "makes no difference",
)
_SET_UP: Final = ("allow_all", "allowall", "origin_allow_all", "added", "middleware")
_ONLY_REFUSED: Final = (
    ("only", "401"),
    "appears only when authentication fails",
    "when authentication fails",
    "only when auth",
    ("unauthenticated", "no cors"),
    "expired token",
)
_LOGGED_IN: Final = (
    "valid token",
    "logged-in",
    "failed login",
    "invalid token",
    "invalid credentials",
    "when logged in",
)


class MiddlewareOrder(DiagnosisRule):
    """Middleware order."""

    code = "CORS441"
    name = "middleware-order"
    root_cause = RootCause.MIDDLEWARE_ORDER
    layer = "app"
    what = "CORS runs in the wrong place: after authentication, routing, body parsing or error handling."
    why = (
        "What answers before CORS has its turn answers without the headers. The right place differs: "
        "FastAPI runs last what was added first, so CORS is added last; Django and Rails want it first; "
        "Express before routes and login; ASP.NET Core between routing and authentication."
    )
    fix = (
        "Move CORS to the outside: FastAPI and Starlette add CORSMiddleware last (or wrap the "
        "application); Django and Rails list it first, above CommonMiddleware, WhiteNoise and Warden; "
        "Express, Koa, Hono and gin use it before routes and login; ASP.NET Core calls UseCors after "
        "UseRouting and before UseAuthentication, UseAuthorization and UseEndpoints; Nest calls "
        "enableCors before listen."
    )
    verify = "Preflights, 401, 404 and 500 of the application have Access-Control-Allow-Origin."
    question = "In which order are CORS, authentication, routes and error handling registered?"
    hides = frozenset(
        {RootCause.PREFLIGHT_AUTH_BLOCKED, RootCause.ERROR_RESPONSE_NO_CORS, RootCause.PREFLIGHT_404}
    )
    snippet = True
    bad = report(
        preflight=(401, {}),
        notes="app.UseAuthorization(); app.UseCors(); in this order",
        stack=["asp.net core"],
    )
    good = report(preflight=(401, {}), notes="basic auth in front", stack=["nginx"])

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.noted(
            ("error-handling middleware", "cors"),
            ("logging middleware", "cors"),
            ("errors made by", "middleware"),
        ):
            yield Weight(0.7, "another middleware answers before CORS")
        said = case.noted(*_SAID)
        strong = case.noted(*_ORDER_WORDS)
        if said:
            yield Weight(0.55, f"the notes tell an order: {said}")
        if said and strong:
            yield Weight(0.35, f"and what stands beside it: {strong}")
        if not case.traits & _ORDERED:
            return
        if said:
            yield Weight(0.2, "in this stack the order decides")
        yield from self._in_ordered_stacks(case)

    def _in_ordered_stacks(self, case: Case) -> Iterator[Weight]:
        if case.noted(*_NO_EFFECT) and case.noted(*_SET_UP):
            yield Weight(0.45, "CORS is set up, and seems not to run")
        if case.said(*_HINTS):
            yield Weight(0.5, "something that may answer before CORS takes part")
        if case.noted(*_ONLY_REFUSED):
            yield Weight(0.35, "only refused logins go without headers")
        if case.status in _REFUSED_LOGINS and not case.on_preflight:
            why = "what checks logins answers before CORS has its turn"
            yield Weight(0.5, f"the status is {case.status}: {why}")
            if case.noted(*_LOGGED_IN):
                yield Weight(0.4, "requests that are logged in pass")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.noted("trailing slash", "append_slash", "paths", "typo", "option"):
            yield Weight(-0.25, "the notes speak of something else, too")
