"""Flask, with flask-cors."""

from collections.abc import Iterator
from typing import ClassVar

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.origins import Origins, literal, origins_of
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of, request_headers_of
from corsage.stacks.python.answers import ASGI_SERVERS, body_has, is_page_of_werkzeug, says, server_begins
from corsage.stacks.python.limits import Can, limits_of
from corsage.stacks.python.lint import flask as lint
from corsage.stacks.python.literals import listed, quoted, raw
from corsage.stacks.python.regexes import anchored

_END = r"\Z"
_CAN = Can.RESOURCE_POLICY | Can.PRIVATE_NETWORK | Can.STATUS


class Flask(Stack):
    """Flask."""

    name: ClassVar[str] = "flask"
    title: ClassVar[str] = "Flask"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = ("flask", "flask-cors", "flask_cors", "flask-restful", "werkzeug")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.REFLECTS_BY_DEFAULT})
    executed: ClassVar[str] = "Flask 3.1, flask-cors 6.0"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = lint.PITFALLS
    order: ClassVar[str] = "The preflight's `before_request` must be registered before a login's."
    sources: ClassVar[tuple[str, ...]] = (
        "https://flask-cors.readthedocs.io/en/latest/api.html",
        "https://flask.palletsprojects.com/en/stable/api/#flask.Flask.before_request",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Its development server, and Werkzeug's pages."""
        server = server_begins(answer, "werkzeug")
        if server:
            yield says(0.9, f"Server: {server}")
        if body_has(answer, "// werkzeug debugger"):
            yield says(0.95, "the page of Werkzeug's debugger")
        if is_page_of_werkzeug(answer):
            sure = 0.2 if server_begins(answer, *ASGI_SERVERS) else 0.8
            yield says(sure, "an error page of Werkzeug")
        if server_begins(answer, "gunicorn"):
            yield says(0.3, "Server: gunicorn")

    def render(self, policy: Policy) -> Rendered:
        """Write ``CORS(app, …)``, an answer to preflights, and the Vary that it forgets."""
        origins = origins_of(policy)
        text = [
            *(["import re", ""] if _needs_re(policy, origins) else []),
            "from flask import Flask, request",
            "from flask_cors import CORS",
            "",
            "app = Flask(__name__)",
            "",
            "",
            *hooks(policy, origins, asynchronous=False),
            "CORS(",
            "    app,",
            *_arguments(policy, origins),
            ")",
        ]
        limits = [*limits_of(policy, origins, _CAN), *anchored(origins).limits]
        odd = [name for name in policy.methods if name != name.upper()]
        if odd:
            limits.append(f"flask-cors writes methods in capitals: {', '.join(odd)} is left out.")
        return Rendered(
            self.name,
            (File("app.py", "python", "\n".join(text) + "\n"),),
            (
                "Put it before blueprints and logins: before_request runs in the order of registration.",
                "Delete every other CORS(…) and @cross_origin: they would answer in its place.",
                "Views must not set Access-Control-Allow-Origin: flask-cors adds nothing where it is there.",
            ),
            tuple(limits),
            self.executed,
        )


def hooks(policy: Policy, origins: Origins, *, asynchronous: bool) -> list[str]:
    """Return the functions around every request, for Flask and Quart; preflights have the policy's status."""
    define = "async def" if asynchronous else "def"
    lines = [
        "@app.before_request  # before logins, which would refuse preflights: they never carry credentials",
        f"{define} answer_preflights():",
        '    asked = "Origin" in request.headers and "Access-Control-Request-Method" in request.headers',
        f'    return ("", {policy.preflight_status}) if request.method == "OPTIONS" and asked else None',
        "",
        "",
    ]
    after = []
    if not origins.everyone:
        after.append('    response.vary.add("Origin")  # caches must not give one page\'s answer to another')
    if policy.resource_policy is not None:
        after.append(
            f'    response.headers["Cross-Origin-Resource-Policy"] = {quoted(policy.resource_policy)}'
        )
    if after:
        lines += [
            "@app.after_request",
            f"{define} say_more(response):",
            *after,
            "    return response",
            "",
            "",
        ]
    return lines


def _needs_re(policy: Policy, origins: Origins) -> bool:
    odd = any(not _is_text(each) for each in origins.exact)
    return odd or bool(origins.expressions) or _is_all_but_authorization(policy)


def _is_all_but_authorization(policy: Policy) -> bool:
    return is_any(policy.request_headers) and "authorization" not in policy.request_headers


def _arguments(policy: Policy, origins: Origins) -> list[str]:
    lines = _origins(origins)
    if policy.credentials:
        lines.append("    supports_credentials=True,")
    lines += listed("    methods=", [name for name in methods_of(policy) if name == name.upper()], ",")
    if _is_all_but_authorization(policy):
        lines.append('    allow_headers=[re.compile(r"(?!authorization\\Z).+", re.IGNORECASE)],')
    else:
        lines += listed("    allow_headers=", request_headers_of(policy), ",")
    if policy.exposed_headers:
        lines += listed("    expose_headers=", exposed_headers_of(policy), ",")
    if policy.max_age is not None:
        age = max(policy.max_age, 0)
        # It takes the number 0 for no number.
        lines.append(f"    max_age={age}," if age else '    max_age="0",')
    if policy.private_network:
        lines.append("    allow_private_network=True,")
    return lines


def _origins(origins: Origins) -> list[str]:
    if origins.everyone:
        return ['    origins="*",', "    send_wildcard=True,  # else it writes everybody's origin back"]
    items = [
        quoted(each) if _is_text(each) else f"re.compile({raw(literal(each) + _END)})"
        for each in origins.exact
    ]
    items += [f"re.compile({raw(each)})" for each in anchored(origins).kept]
    return [
        *listed("    origins=", items, ",", quote=str),
        "    always_send=False,  # nothing to requests without Origin",
        "    vary_header=False,  # it forgets strangers, and single origins: see above",
    ]


def _is_text(origin: str) -> bool:
    """Tell whether the library takes *origin* for text: brackets make an expression of it."""
    return not set(origin) & set("*\\]?$^[]()")
