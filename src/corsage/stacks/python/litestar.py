"""Litestar, with its own `CORSConfig`."""

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.origins import Origins, origins_of
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of, request_headers_of
from corsage.stacks.python.answers import body_is, is_bare_refusal, says
from corsage.stacks.python.limits import Can, limits_of
from corsage.stacks.python.lint import litestar as lint
from corsage.stacks.python.literals import listed, quoted, raw
from corsage.stacks.python.regexes import Expressions, alternatives
from corsage.stacks.python.starlette_code import exact_request_headers

_SECONDS_OF_BROWSERS = 5
_OWN_VARY = "CORSConfig replaces the Vary of your handlers in answers to allowed origins."

_ERROR: Final = re.compile(r'\{"status_code":[0-9]{3},"detail":"')
_REFUSAL: Final = re.compile(r"Disallowed CORS (?:method, )?Origin")


class Litestar(Stack):
    """Litestar."""

    name: ClassVar[str] = "litestar"
    title: ClassVar[str] = "Litestar"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = ("litestar", "starlite")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.DROPS_ALL_WHEN_REFUSED})
    executed: ClassVar[str] = "Litestar 2.25"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = lint.PITFALLS
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.litestar.dev/2/reference/config.html#litestar.config.cors.CORSConfig",
        "https://docs.litestar.dev/2/usage/applications.html",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """JSON with ``status_code`` and ``detail``, and its word for a refused origin."""
        if body_is(answer, _ERROR):
            yield says(0.95, "a body of JSON with status_code and detail")
        if body_is(answer, _REFUSAL):
            yield says(0.9, "a body that says: Disallowed CORS Origin")
        if is_bare_refusal(answer):
            yield says(0.8, "a refused preflight without any list of what is allowed")

    def render(self, policy: Policy) -> Rendered:
        """Write `CORSConfig`, and what makes its answers strict."""
        origins = origins_of(policy)
        expressions = alternatives(origins, beside_others=True)
        hook = _hook(policy, origins)
        text = [
            "from litestar import Litestar",
            "from litestar.config.cors import CORSConfig",
            *(["from litestar.datastructures import MutableScopeHeaders"] if hook else []),
            "",
            *_config(policy, origins, expressions),
            "",
            *hook,
            "app = Litestar(",
            "    route_handlers=[],  # yours",
            "    cors_config=cors,",
            *(["    before_send=[strictly],"] if hook else []),
            ")",
        ]
        limits = [*limits_of(policy, origins, Can.RESOURCE_POLICY), *expressions.limits]
        if not origins.everyone:
            limits.append(_OWN_VARY)
        if policy.max_age is None:
            limits.append(
                "Without max_age the library says 600: 5 is written, which is what browsers do by themselves."
            )
        return Rendered(
            self.name,
            (File("app.py", "python", "\n".join(text) + "\n"),),
            ("Give your own Litestar the arguments; where it has a before_send, add the function to it.",),
            tuple(limits),
            self.executed,
        )


def _config(policy: Policy, origins: Origins, expressions: Expressions) -> list[str]:
    age = _SECONDS_OF_BROWSERS if policy.max_age is None else max(policy.max_age, 0)
    names = [name for name in request_headers_of(policy) if name != "*"]
    lines = ["cors = CORSConfig("]
    lines += listed("    allow_origins=", ("*",) if origins.everyone else origins.exact, ",")
    if expressions.kept:
        lines.append(f"    allow_origin_regex={raw(expressions.kept[0])},")
    if policy.credentials:
        lines.append("    allow_credentials=True,")
    lines += listed("    allow_methods=", methods_of(policy), ",")
    lines += listed("    allow_headers=", ("*",) if is_any(policy.request_headers) else names, ",")
    if policy.exposed_headers:
        lines += listed("    expose_headers=", exposed_headers_of(policy), ",")
    return [*lines, f"    max_age={age},", ")"]


def _hook(policy: Policy, origins: Origins) -> list[str]:
    """Return a function that is called before each answer is sent, preflights' too."""
    body = []
    if not origins.everyone:
        body += [
            '    if "Origin" not in headers.get("Vary", ""):',
            '        headers.extend_header_value("Vary", "Origin")  # for caches, whoever asks',
            '    if "Access-Control-Allow-Origin" not in headers:',
            '        for name in [name for name in headers if name.lower().startswith("access-control-")]:',
            "            del headers[name]  # strangers are told nothing",
        ]
    exact = exact_request_headers(policy)
    if exact is not None:
        body += [
            '    if scope["method"] == "OPTIONS" and "Access-Control-Allow-Headers" in headers:',
            f'        headers["Access-Control-Allow-Headers"] = {quoted(exact)}  # the library would send more',
        ]
    if policy.resource_policy is not None:
        body.append(f'    headers["Cross-Origin-Resource-Policy"] = {quoted(policy.resource_policy)}')
    if not body:
        return []
    return [
        "",
        "async def strictly(message, scope):",
        '    if message["type"] != "http.response.start":',
        "        return",
        "    headers = MutableScopeHeaders.from_message(message)",
        *body,
        "",
        "",
    ]
