"""Calls of web APIs and libraries in JavaScript: which they are, and what they ask for."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from corsage.clients.snippets.asked import Asked
from corsage.clients.snippets.found import Found
from corsage.clients.snippets.javascript.names import Names
from corsage.clients.snippets.javascript.options import (
    axios_options,
    fetch_options,
    jquery_options,
    set_body,
    set_json,
)
from corsage.clients.snippets.javascript.tokens import MOST_TOKENS, tokens
from corsage.clients.snippets.javascript.values import Call, Object, Parser, Unknown, Value, text_of_value
from corsage.clients.snippets.javascript.xhr import find_xhr
from corsage.clients.written import is_address

_VERBS: Final = "get|delete|head|options|post|put|patch"
_CALL: Final = re.compile(
    rf"(?<![\w$.])(?:(?:window|globalThis|self|this)\.)?"
    rf"(?P<name>new (?P<made>Request|EventSource|WebSocket)"
    rf"|(?P<library>[\w$]{{1,40}}+)(?:\.(?P<verb>request|ajax|getJSON|{_VERBS}))?)"
    rf"[ \t]*+(?:<[\w<>\[\], |.]{{0,80}}>[ \t]*+)?(?=\()",
    re.ASCII,
)
# Objects that are made for requests are called so; a verb on anything else may be a map's or a list's.
_LIBRARY: Final = re.compile(r"(?:api|http|httpclient|client|instance|axios)$", re.IGNORECASE)
_WITHOUT_BODY: Final = frozenset({"get", "delete", "head", "options", "getJSON"})
_MOST_TOKENS: Final = 20_000
_COST_OF_CALL: Final = 100
_DEFAULT_CREDENTIALS: Final = re.compile(r"\baxios\.defaults\.withCredentials[ \t]*=[ \t]*true\b")
_SHORTHANDS: Final = frozenset({"get", "post", "getJSON"})


def find_calls(text: str) -> Iterator[Found]:
    """Find the calls in *text* that ask for an address, as far as their literal parts tell it."""
    names = Names(text)
    instances = {name: call.arguments for name, call in names.instances("axios.create").items()}
    included = _DEFAULT_CREDENTIALS.search(text) is not None
    left = _MOST_TOKENS
    for call in _CALL.finditer(text):
        read = _reader(call, instances)
        if read is None:
            continue
        found = tokens(text, call.end(), most=min(left, MOST_TOKENS))
        left -= len(found) + _COST_OF_CALL
        if left <= 0:
            break
        arguments = Parser(found, names.value).arguments()
        asked = Asked(for_browser=True)
        read(asked, arguments)
        if included and call.group("library") == "axios":
            asked.credentials = "include"
        if _says_something(asked) and not _is_route(asked, arguments):
            yield Found(call.group("name"), call.start(), found[-1].end if found else call.end(), asked)
    yield from find_xhr(text, names)


def _is_route(asked: Asked, arguments: Sequence[Value]) -> bool:
    """Whether a server's route is defined: ``api.get('/users', (req, res) => …)``."""
    if not asked.url.startswith("/"):
        return False
    unknown = (each.written for each in arguments[1:] if isinstance(each, Unknown))
    return any(written.startswith(("(…) …", "async")) for written in unknown)


def _says_something(asked: Asked) -> bool:
    if not asked.url.strip() or any(char in asked.url for char in '\n<>"'):
        return False
    return (
        is_address(asked.url)
        or bool(asked.headers)
        or "include" in asked.credentials
        or asked.mode == "no-cors"
    )


_Read = Callable[[Asked, Sequence[Value]], None]


def _reader(call: re.Match[str], instances: Mapping[str, Sequence[Value]]) -> _Read | None:
    """Return what reads the arguments of *call*; ``None`` where it is none of ours."""
    made, library, verb = call.group("made"), call.group("library"), call.group("verb")
    if made is not None or (library == "fetch" and verb is None):
        return _NAMED[made or library]
    if library in ("$", "jQuery"):
        return _jquery(verb) if verb == "ajax" or verb in _SHORTHANDS else None
    if library == "ky":
        return _ky(verb)
    if library in instances:
        created = instances[library]
        return _axios(verb, created[0] if created and isinstance(created[0], Object) else None)
    if library in ("axios", "$http") or (verb is not None and _LIBRARY.search(library)):
        return _axios(verb, None)
    return None


def _first(arguments: Sequence[Value], index: int = 0) -> Value:
    return arguments[index] if len(arguments) > index else None


def _url(value: Value) -> str:
    # new URL('/path', base)
    if isinstance(value, Call) and value.name == "URL" and value.arguments:
        value = value.arguments[0]
    return text_of_value(value)


def _fetch(asked: Asked, arguments: Sequence[Value]) -> None:
    asked.url = _url(_first(arguments))
    fetch_options(asked, _first(arguments, 1))


def _event_source(asked: Asked, arguments: Sequence[Value]) -> None:
    asked.url, asked.method, asked.mode = _url(_first(arguments)), "GET", "cors (EventSource)"
    options = _first(arguments, 1)
    included = isinstance(options, Object) and options.get("withCredentials") is True
    asked.credentials = "include" if included else "same-origin"


def _web_socket(asked: Asked, arguments: Sequence[Value]) -> None:
    asked.url, asked.method, asked.mode = _url(_first(arguments)), "GET", "websocket"
    asked.credentials = "include"


_NAMED: Final[Mapping[str, _Read]] = {
    "fetch": _fetch,
    "Request": _fetch,
    "EventSource": _event_source,
    "WebSocket": _web_socket,
}


def _axios(verb: str | None, defaults: Object | None) -> _Read:
    def read(asked: Asked, arguments: Sequence[Value]) -> None:
        rest = list(arguments)
        if verb == "request" and len(rest) > 1:  # Angular: http.request('GET', url, options)
            asked.method = text_of_value(rest.pop(0)).upper()
        if rest and not isinstance(rest[0], Object):
            asked.url = _url(rest.pop(0))
        data = rest.pop(0) if verb not in (None, "request") and verb not in _WITHOUT_BODY and rest else None
        asked.method = verb.upper() if verb not in (None, "request") else asked.method or "GET"
        axios_options(asked, rest[0] if rest else None, defaults)
        set_json(asked, data)

    return read


def _jquery(verb: str) -> _Read:
    def read(asked: Asked, arguments: Sequence[Value]) -> None:
        rest = list(arguments)
        if rest and not isinstance(rest[0], Object):
            asked.url = _url(rest.pop(0))
        if verb == "ajax" or (rest and isinstance(rest[0], Object) and not asked.url):
            jquery_options(asked, rest[0] if rest else Object())
        else:
            jquery_options(asked, Object())
            asked.method = "POST" if verb == "post" else "GET"
            set_body(asked, rest[0] if rest and verb == "post" else None)

    return read


def _ky(verb: str | None) -> _Read:
    def read(asked: Asked, arguments: Sequence[Value]) -> None:
        asked.url = _url(_first(arguments))
        options = _first(arguments, 1)
        fetch_options(asked, options)
        asked.method = verb.upper() if verb not in (None, "request") else asked.method
        if isinstance(options, Object):
            set_json(asked, options.get("json"))
            prefix = options.text("prefixUrl")
            asked.url = f"{prefix.rstrip('/')}/{asked.url}" if prefix else asked.url

    return read
