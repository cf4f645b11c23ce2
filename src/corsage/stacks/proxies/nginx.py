"""nginx: maps that leave a header empty, and so out, where it does not belong.

Facts of nginx 1.22: its documentation, and seen by running it.
"""

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.origins import literal, pattern_expression
from corsage.stacks.proxies.answers import ORIGIN, Answers, answers_of, without_names
from corsage.stacks.proxies.nginx_pitfalls import PITFALLS
from corsage.stacks.told import Tell, ToldStack

_MAPS: Final = "/etc/nginx/conf.d/cors.conf"
_HEADERS: Final = "/etc/nginx/snippets/cors.conf"
_NO_DOLLAR: Final = "nginx has no way to write a $ in the value of add_header."
_STEPS: Final = (
    f"Write {_MAPS}: nginx.conf includes conf.d/*.conf in its http block.",
    f"Write {_HEADERS} and say `include snippets/cors.conf;` in the server block, before its locations.",
    "Say the same in every location that has add_header or proxy_hide_header of its own: those lose what "
    "they would "
    "have inherited.",
    "Remove every other add_header of Access-Control-* and every `if ($request_method = OPTIONS)`.",
    "Where fastcgi_pass, uwsgi_pass, scgi_pass or grpc_pass stand in place of proxy_pass, write "
    "fastcgi_hide_header and "
    "the like in place of proxy_hide_header.",
    "Check with `nginx -t`, load with `nginx -s reload`.",
)


class Nginx(ToldStack):
    """nginx, as a server or before an application."""

    name: ClassVar = "nginx"
    title: ClassVar = "nginx"
    kind: ClassVar = Kind.PROXY
    words: ClassVar[tuple[str, ...]] = ("nginx", "openresty", "nginx proxy manager", "tengine")
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.ERRORS_LOSE_HEADERS, Trait.ADDS_HEADERS, Trait.NEEDS_RELOAD}
    )
    executed: ClassVar[str] = "nginx 1.22"
    order: ClassVar[str] = (
        "Preflights must be answered in the server block, before auth_request and proxy_pass; add_header of "
        "a location "
        "replaces all that it would have inherited."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = PITFALLS
    sources: ClassVar[tuple[str, ...]] = (
        "https://nginx.org/en/docs/http/ngx_http_headers_module.html",
        "https://nginx.org/en/docs/http/ngx_http_map_module.html",
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, "server", "nginx"),
        Tell(0.95, "server", "openresty"),
        Tell(0.95, bodies=("<center>nginx",)),
        Tell(0.95, bodies=("<center>openresty",)),
        Tell(0.9, bodies=("<title>Welcome to nginx!</title>",)),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as maps for the http block and headers for server blocks and locations."""
        answers = without_names(answers_of(policy), "$", _NO_DOLLAR)
        maps = "".join(f"{line}\n" for line in _maps(answers))
        headers = "".join(f"{line}\n" for line in _headers(answers))
        files = (File(_MAPS, "nginx", maps), File(_HEADERS, "nginx", headers))
        return Rendered(self.name, files, _STEPS, answers.limits, self.executed)


def _maps(answers: Answers) -> Iterator[str]:
    if answers.expression is not None:
        yield "# Who may read the answers. Empty for everybody else: headers without a value are not sent."
        yield "map $http_origin $cors_origin {"
        yield '    default "";'
        # Plain text would be compared without regard to case.
        for text in answers.origins.exact:
            yield f"    {_quoted(f'~^{literal(text)}$')} $http_origin;"
        for pattern in answers.origins.patterns:
            yield f"    {_quoted(f'~^{pattern_expression(pattern)}$')} $http_origin;"
        for regex in answers.origins.regexes:
            yield f"    {_quoted(f'~^(?:{regex})$')} $http_origin;"
        yield "}"
        for _, variable, value in _of_the_allowed(answers):
            yield from _map("$cors_origin", variable, "~.", value)
    yield "# What browsers ask before they ask: OPTIONS with the method that is to follow."
    yield 'map "$request_method:$http_access_control_request_method" $cors_preflight {'
    yield "    default 0;"
    yield '    "~^OPTIONS:." 1;'
    yield "}"
    source, key = ('"$cors_preflight:$cors_origin"', "~^1:.") if answers.varies else ("$cors_preflight", "1")
    for _, variable, value in _of_preflights(answers):
        yield from _map(source, variable, key, value)


def _map(source: str, variable: str, key: str, value: str) -> Iterator[str]:
    yield f"map {source} {variable} {{"
    yield '    default "";'
    yield f'    "{key}" {_quoted(value)};'
    yield "}"


def _headers(answers: Answers) -> Iterator[str]:
    yield "# The application may have set these itself: two of one header are one too many."
    for name in answers.hidden:
        yield f"proxy_hide_header {name};"
    if answers.status is not None:
        yield "# Preflights come without credentials: they are answered before any authentication."
        yield "if ($cors_preflight) {"
        yield f"    return {answers.status};"
        yield "}"
    if answers.grants or answers.always:
        yield '# "always": on errors, too; else pages cannot read them.'
    for name, value in answers.always:
        yield f"add_header {name} {_quoted(value)} always;"
    for name, value in answers.allowed:
        if value == ORIGIN:
            yield f"add_header {name} $cors_origin always;"
    for name, variable, _ in (*_of_the_allowed(answers), *_of_preflights(answers)):
        yield f"add_header {name} {variable} always;"
    if answers.varies:
        yield "# Caches must keep the answers for different origins apart."
        yield "add_header Vary Origin always;"


def _of_the_allowed(answers: Answers) -> Iterator[tuple[str, str, str]]:
    for name, value in answers.allowed:
        if value != ORIGIN:
            yield name, _variable(name), value


def _of_preflights(answers: Answers) -> Iterator[tuple[str, str, str]]:
    for name, value in answers.preflight:
        yield name, _variable(name), value


def _variable(name: str) -> str:
    return "$cors_" + name.removeprefix("Access-Control-").lower().replace("-", "_")


def _quoted(text: str) -> str:
    # Within quotes a backslash stands for itself, but before these.
    escaped = re.sub(r'\\(?=[\\"\'trn]|$)', r"\\\\", text).replace('"', '\\"')
    return f'"{escaped}"'
