"""Go's net/http with jub0bs/cors, which refuses dangerous and senseless configurations when it starts."""

from typing import ClassVar, Final

from corsage.server import Policy
from corsage.server.draft import NULL
from corsage.server.origin_pattern import Breadth, parse_origin_pattern
from corsage.stacks.base import NOT_EXECUTED, Kind, Pitfall, Rendered, Trait
from corsage.stacks.go.source import fields, go_file, go_list
from corsage.stacks.leftovers import leftovers
from corsage.stacks.origins import Origins, origins_of
from corsage.stacks.parts import LOOKUP_LOST, exposed_headers_of
from corsage.stacks.told import Tell, ToldStack

_DANGERS: Final = (
    ("DangerouslyTolerateInsecureOrigins", "is_insecure"),
    ("DangerouslyTolerateSubdomainsOfPublicSuffixes", "covers_strangers"),
)
_NOBODY: Final = (
    "// withCORS does nothing: no origin is allowed, and browsers allow none where there are no CORS headers.\n"
    "func withCORS(next http.Handler) http.Handler {\n"
    "\treturn next\n"
    "}\n"
)
_ERROR_IGNORED = Pitfall(
    "error-ignored",
    "NewMiddleware says by its error what is wrong with the configuration, and returns no middleware then.",
    "End the program where there is an error.",
    lambda text: "jub0bs/cors" in text and ", _ := cors.NewMiddleware(" in text,
)


class Jub0bs(ToldStack):
    """net/http behind jub0bs/cors."""

    name = "go-jub0bs"
    title = "Go net/http with jub0bs/cors"
    kind = Kind.APP
    words = ("jub0bs", "jub0bs/cors", "fcors")
    traits = frozenset({Trait.ANSWERS_PREFLIGHTS})
    executed = NOT_EXECUTED
    pitfalls = (_ERROR_IGNORED,)
    order = "Around everything else: the handler that is given to ListenAndServe is the one that it wrapped."
    sources = ("https://pkg.go.dev/github.com/jub0bs/cors",)
    tells: ClassVar[tuple[Tell, ...]] = ()

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as a function that wraps the application's handler."""
        origins = origins_of(policy)
        allowed, limits = _listed(origins)
        limits += leftovers(policy)
        if allowed:
            body = _wrapper(policy, allowed)
            file = go_file(["log", "net/http"], ["github.com/jub0bs/cors"], body)
        else:
            file = go_file(["net/http"], [], _NOBODY)
        return Rendered(
            self.name,
            (file,),
            (
                "Save it beside main.go, and get the library: go get github.com/jub0bs/cors. It needs Go 1.25.",
                "Wrap the outermost handler: http.ListenAndServe(addr, withCORS(mux)).",
                "Build and start again: what is wrong with the configuration is said before the first request.",
            ),
            limits,
            self.executed,
        )


def _listed(origins: Origins) -> tuple[list[str], tuple[str, ...]]:
    if origins.everyone:
        return ["*"], ()
    limits: list[str] = []
    allowed: list[str] = []
    for text in (*origins.exact, *(each.text for each in origins.patterns)):
        pattern = None if text == NULL else parse_origin_pattern(text)
        if pattern is None or pattern.scheme == "file" or not pattern.host:
            limits.append(f"{text} is left out: the library allows neither null nor origins without a host.")
        elif pattern.breadth is Breadth.ONE_LABEL:
            limits.append(f"{text} is left out: the library knows subdomains of any depth alone. List them.")
        else:
            allowed.append(text)
    limits += [f"The expression {each} is left out: the library has none." for each in origins.regexes]
    if origins.lookup:
        limits.append(LOOKUP_LOST)
    return allowed, tuple(limits)


def _wrapper(policy: Policy, allowed: list[str]) -> str:
    pairs = [("Origins", go_list(allowed))]
    if policy.credentials:
        pairs.append(("Credentialed", "true"))
    lists = (
        ("Methods", tuple(policy.methods)),
        ("RequestHeaders", tuple(policy.request_headers)),
        ("ResponseHeaders", exposed_headers_of(policy)),
    )
    pairs += [(name, go_list(names)) for name, names in lists if names]
    if policy.max_age is not None:
        # 0 would be the browsers' five seconds.
        pairs.append(("MaxAgeInSeconds", str(policy.max_age if policy.max_age > 0 else -1)))
    if policy.credentials:
        patterns = [found for each in allowed if (found := parse_origin_pattern(each)) is not None]
        pairs += [
            (name, "true") for name, trait in _DANGERS if any(getattr(each, trait) for each in patterns)
        ]
    return (
        "// withCORS answers preflights itself, and puts CORS headers on all that next answers, errors too.\n"
        "func withCORS(next http.Handler) http.Handler {\n"
        "\tmiddleware, err := cors.NewMiddleware(cors.Config{\n"
        f"{fields(pairs)}"
        "\t})\n"
        "\tif err != nil {\n"
        "\t\tlog.Fatal(err)\n"
        "\t}\n"
        "\treturn middleware.Wrap(next)\n"
        "}\n"
    )
