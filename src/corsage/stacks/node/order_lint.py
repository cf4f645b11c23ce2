"""Mistakes in the order of a program: what is registered before CORS runs without it."""

from collections.abc import Callable, Iterator
from typing import Final

from corsage.stacks.node.tokens import Token, tokens_of

_ROUTES: Final = frozenset({"get", "post", "put", "patch", "delete", "all", "route"})
_LOGIN: Final = (
    "passport",
    "session",
    "auth",
    "jwt",
    "requireLogin",
    "requireAuth",
    "ensureLoggedIn",
    "verifyToken",
    "keycloak",
    "basicAuth",
    "checkJwt",
)
_FRAMEWORKS: Final = frozenset({"app", "server", "fastify", "api", "router", "instance"})


def calls(source: str) -> Iterator[tuple[int, str, tuple[Token, ...]]]:
    """Return calls of an application's methods: where, which, and the first tokens of their arguments."""
    tokens = tokens_of(source)
    for at in range(len(tokens) - 3):
        if tokens[at].value in _FRAMEWORKS and tokens[at + 1].value == "." and tokens[at + 3].value == "(":
            yield at, tokens[at + 2].value, tokens[at + 4 : at + 12]


def first_cors(source: str) -> int | None:
    """Return where ``app.use(cors(…))`` and its like stand first."""
    return next((at for at, method, arguments in calls(source) if _is_cors(method, arguments)), None)


def _is_cors(method: str, arguments: tuple[Token, ...]) -> bool:
    if method == "enableCors":
        return True
    if method not in ("use", "register"):
        return False
    return any("cors" in each.value.lower() for each in arguments[:6])


def routes_before_cors(source: str) -> bool:
    """Tell whether a route is registered before CORS is."""
    cors = first_cors(source)
    return cors is not None and any(
        at < cors and _is_route(method, arguments) for at, method, arguments in calls(source)
    )


def _is_route(method: str, arguments: tuple[Token, ...]) -> bool:
    begins_with_path = bool(arguments) and arguments[0].kind == "text" and arguments[0].value.startswith("/")
    if method == "use":
        # app.use('/api', router), and app.use(router.routes()).
        return any(each.kind == "word" and "route" in each.value.lower() for each in arguments[:4])
    return method in _ROUTES and begins_with_path


def login_before_cors(source: str) -> bool:
    """Tell whether something that asks for a login is registered before CORS is."""
    cors = first_cors(source)
    return cors is not None and any(
        at < cors and method in ("use", "register", "useGlobalGuards", "addHook") and _is_login(arguments)
        for at, method, arguments in calls(source)
    )


def _is_login(arguments: tuple[Token, ...]) -> bool:
    words = [each.value.lower() for each in arguments[:6] if each.kind == "word"]
    return any(name.lower() in word for word in words for name in _LOGIN)


def before(first: str, second: str) -> Callable[[str], bool]:
    """Return what tells whether a method *first* of an application is called before its method *second*."""

    def seen(source: str) -> bool:
        methods = [method for _, method, _ in calls(source)]
        return first in methods and second in methods and methods.index(first) < methods.index(second)

    return seen


def has_starred_route(source: str) -> bool:
    """Tell whether a route is ``*`` or ends in ``/*``, which Express 5 does not read."""
    return any(
        (method in _ROUTES or method in ("options", "use"))
        and arguments[:1]
        and arguments[0].kind == "text"
        and (arguments[0].value == "*" or arguments[0].value.endswith("/*"))
        for _, method, arguments in calls(source)
    )


def helmet_without_resource_policy(source: str) -> bool:
    """Tell whether ``helmet()`` is used and its ``Cross-Origin-Resource-Policy`` is left as it is."""
    words = {each.value for each in tokens_of(source)}
    return "helmet" in words and "crossOriginResourcePolicy" not in words


def sets_headers_too(source: str) -> bool:
    """Tell whether ``Access-Control-Allow-Origin`` is set by hand beside a library."""
    return first_cors(source) is not None and any(
        each.kind == "text" and each.value.lower() == "access-control-allow-origin"
        for each in tokens_of(source)
    )
