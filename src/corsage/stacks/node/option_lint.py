"""Mistakes in options: names that a library does not read, and combinations that do not work."""

from collections.abc import Callable, Iterator
from typing import Final

from corsage.stacks.node.literals import Literal, literals_of
from corsage.stacks.node.tokens import tokens_of

_CALLS: Final = frozenset({"cors", "enableCors", "fastifyCors", "koaCors", "kcors"})
_CALLBACKS: Final = frozenset({"callback", "cb", "done"})
_PACKAGES: Final = frozenset({"@fastify/cors", "fastify-cors"})


def cors_literals(source: str) -> Iterator[Literal]:
    """Return the objects that are given to a library of CORS, as far as the text shows it."""
    return (each for each in literals_of(source) if _is_of_cors(each.before))


def _is_of_cors(before: tuple[str, ...]) -> bool:
    last, name = before[-1:], before[-2:-1]
    if last == ("(",):
        return bool(_CALLS.intersection(name))
    if last == (":",):
        return name == ("cors",)
    if last == ("=",):
        return any("cors" in each.lower() for each in before[-5:-1] if each.isidentifier())
    # register(cors, {…}), register(require('@fastify/cors'), {…})
    return last == (",",) and "register" in before and any(_names_cors(each) for each in before)


def _names_cors(value: str) -> bool:
    return value in _CALLS or value in _PACKAGES


def unknown_options(*known: str) -> Callable[[str], bool]:
    """Return what tells whether an option is given that is not among *known*."""
    names = frozenset(known)

    def seen(source: str) -> bool:
        return any(not each.entries.keys() <= names for each in cors_literals(source))

    return seen


def star_with_credentials(source: str) -> bool:
    """Tell whether everyone is allowed, with credentials."""
    return any(
        each.has("credentials", "true") and ("origin" not in each.entries or each.has("origin", "*"))
        for each in cors_literals(source)
    )


def reflects_everyone(source: str) -> bool:
    """Tell whether every origin is reflected, with credentials."""
    return any(
        each.has("credentials", "true") and each.has("origin", "true") for each in cors_literals(source)
    )


def has_single_text(source: str) -> bool:
    """Tell whether the origin is a single text other than ``*``."""
    return any((each.text("origin") or "*") != "*" for each in cors_literals(source))


def has_star_in_list(source: str) -> bool:
    """Tell whether ``*`` stands in a list of origins."""
    return any(
        len(each.entries.get("origin", ())) > 1
        and each.entries["origin"][0].value == "["
        and "*" in each.texts("origin")
        for each in cors_literals(source)
    )


def refuses_with_error(source: str) -> bool:
    """Tell whether a function for origins answers strangers with an error: ``callback(new Error(…))``."""
    tokens = tokens_of(source)
    words = [each.value for each in tokens]
    return "origin" in words and any(
        words[at] in _CALLBACKS and words[at + 1 : at + 4] == ["(", "new", "Error"]
        for at in range(len(words) - 3)
    )


def lacks_option(name: str) -> Callable[[str], bool]:
    """Return what tells whether options of CORS are given, and *name* is not among them."""

    def seen(source: str) -> bool:
        given = [each for each in cors_literals(source) if "origin" in each.entries]
        return bool(given) and not any(name in each.entries for each in given)

    return seen


def is_set_up_twice(source: str) -> bool:
    """Tell whether CORS stands in the options of NestJS's application, and is enabled by a call as well."""
    words = [each.value for each in tokens_of(source)]
    in_options = any(
        words[at] == "cors" and words[at + 1] == ":" and words[at + 2] in ("true", "{")
        for at in range(len(words) - 2)
    )
    return in_options and "enableCors" in words and "create" in words


def has_list_of_origins(source: str) -> bool:
    """Tell whether the origins are a list."""
    return any(
        each.entries.get("origin", ()) and each.entries["origin"][0].value == "["
        for each in cors_literals(source)
    )


def is_given(name: str, *values: str) -> Callable[[str], bool]:
    """Return what tells whether an option of CORS has one of *values*."""
    return lambda source: any(each.has(name, *values) for each in cors_literals(source))


def has_expression_in_list(source: str) -> bool:
    """Tell whether a list of origins has a regular expression in it."""
    return any(
        len(value) > 1 and value[0].value == "[" and any(token.kind == "regex" for token in value)
        for each in cors_literals(source)
        if (value := each.entries.get("origin", ()))
    )


def has_text_other_than_ignore(source: str) -> bool:
    """Tell whether the origin is a single text, which hapi takes only where it is ``ignore``."""
    return any((each.text("origin") or "ignore") != "ignore" for each in cors_literals(source))


def is_everyone_s_in_hapi(source: str) -> bool:
    """Tell whether hapi allows every origin, with credentials."""
    return any(
        each.has("credentials", "true") and ("origin" not in each.entries or each.texts("origin") == ["*"])
        for each in cors_literals(source)
    )


def has_origins_of_socketio_2(source: str) -> bool:
    """Tell whether Socket.IO is given ``origins``, as an option or by a call."""
    words = [each.value for each in tokens_of(source)]
    called = any(words[at : at + 3] == [".", "origins", "("] for at in range(len(words) - 2))
    return called or any(
        "origins" in each.entries and any(name in _SERVERS for name in each.before)
        for each in literals_of(source)
    )


_SERVERS: Final = frozenset(
    {"Server", "io", "socketIO", "socketio", "socket.io", "SocketIO", "cors", "listen"}
)


def has_cors_without_object(source: str) -> bool:
    """Tell whether ``cors`` is a text, or yes."""
    return any(each.has("cors", "*", "true") or each.text("cors") is not None for each in literals_of(source))


def has_websockets_only(source: str) -> bool:
    """Tell whether a server of Socket.IO takes WebSockets alone, and checks nobody's origin."""
    return any(
        each.texts("transports") == ["websocket"]
        and "allowRequest" not in each.entries
        and any(name in _SERVERS for name in each.before)
        for each in literals_of(source)
    )


def has_cors_of_apollo_3(source: str) -> bool:
    """Tell whether ``cors`` is given to Apollo Server itself."""
    return any(
        "cors" in each.entries and bool({"ApolloServer", "applyMiddleware"}.intersection(each.before[-2:]))
        for each in literals_of(source)
    )


def is_standalone_apollo(source: str) -> bool:
    """Tell whether Apollo Server runs by itself."""
    return "startStandaloneServer" in [each.value for each in tokens_of(source)]
