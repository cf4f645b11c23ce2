"""Caddy: headers that are set when the answer is written, so that they replace the application's.

Facts of Caddy 2.6: its documentation, and seen by running it.
"""

from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.proxies.answers import ORIGIN, Answers, Pairs, answers_of
from corsage.stacks.proxies.caddy_pitfalls import PITFALLS
from corsage.stacks.told import Tell, ToldStack

_FILE: Final = "Caddyfile"
_ASKED: Final = ("method OPTIONS", "header Access-Control-Request-Method *")
_STEPS: Final = (
    "Write the snippets at the top of the Caddyfile.",
    "In the site's block put everything into `route { … }`, and `import cors` first: Caddy sorts directives "
    "outside of "
    "`route`, and would ask for a password before it answers preflights.",
    "Beside `route` say `handle_errors { import cors_headers }`: errors of Caddy's own, such as 502, have "
    "them, too.",
    "Remove every other `header` of Access-Control-*.",
    "Check with `caddy validate`, load with `caddy reload`.",
)


class Caddy(ToldStack):
    """Caddy, as a server or before an application."""

    name: ClassVar = "caddy"
    title: ClassVar = "Caddy"
    kind: ClassVar = Kind.PROXY
    words: ClassVar[tuple[str, ...]] = ("caddy", "caddyfile", "caddy server")
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.ADDS_HEADERS, Trait.NEEDS_RELOAD, Trait.ERRORS_LOSE_HEADERS}
    )
    executed: ClassVar[str] = "Caddy 2.6.2"
    order: ClassVar[str] = (
        "Caddy sorts directives: `basicauth` and `forward_auth` come before `respond` and `handle`. Within "
        "`route` they "
        "stand as they are written, and CORS stands first."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = PITFALLS
    sources: ClassVar[tuple[str, ...]] = (
        "https://caddyserver.com/docs/caddyfile/directives/header",
        "https://caddyserver.com/docs/caddyfile/directives/route",
        "https://caddyserver.com/docs/caddyfile/matchers",
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, "server", "caddy"),
        Tell(0.9, "via", "caddy"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as two snippets: headers alone, and headers with the answer to preflights."""
        answers = answers_of(policy, linear=True)
        text = "".join(f"{line}\n" for line in (*_headers(answers), *_whole(answers)))
        return Rendered(self.name, (File(_FILE, "caddyfile", text),), _STEPS, answers.limits, self.executed)


def _headers(answers: Answers) -> Iterator[str]:
    yield "(cors_headers) {"
    if answers.expression is not None:
        yield "\t# Who may read the answers."
        yield f"\t@cors_allowed header_regexp Origin {_quoted(answers.expression)}"
    yield from _matcher("@cors_preflight", _ASKED, answers)
    if answers.always:
        yield from _set("", answers.always)
    if answers.allowed:
        yield from _set("@cors_allowed ", answers.allowed)
    if answers.preflight:
        yield from _set("@cors_preflight ", answers.preflight)
    yield "\t# The application may have set these itself. What stands last here is done first."
    yield "\theader {"
    yield "\t\tdefer"
    for name in answers.hidden:
        yield f"\t\t-{name}"
    if answers.varies:
        yield "\t\t# Caches must keep the answers for different origins apart."
        yield "\t\t+Vary Origin"
    yield "\t}"
    yield "}"


def _whole(answers: Answers) -> Iterator[str]:
    yield "(cors) {"
    # In Caddy 2.6 a snippet cannot begin with an import.
    yield from _matcher("@cors_asked", _ASKED)
    yield "\timport cors_headers"
    if answers.status is not None:
        yield "\t# Preflights come without credentials: they are answered before any authentication."
        yield f"\trespond @cors_asked {answers.status}"
    yield "}"


def _matcher(name: str, lines: tuple[str, ...], answers: Answers | None = None) -> Iterator[str]:
    if answers is not None and not answers.preflight:
        return
    yield f"\t{name} {{"
    for line in lines:
        yield f"\t\t{line}"
    if answers is not None and answers.expression is not None:
        yield f"\t\theader_regexp Origin {_quoted(answers.expression)}"
    yield "\t}"


def _set(matcher: str, pairs: Pairs) -> Iterator[str]:
    yield f"\theader {matcher}{{"
    yield "\t\tdefer"
    for name, value in pairs:
        yield f"\t\t{name} {'{http.request.header.Origin}' if value == ORIGIN else _quoted(value)}"
    yield "\t}"


def _quoted(text: str) -> str:
    """Quote *text*. Caddy reads ``{$NAME}`` even within quotes, so no brace stays next to a dollar."""
    escaped = text.replace(r"\{", r"\x7b").replace(r"\}", r"\x7d").replace('"', '\\"')
    return f'"{escaped}"'
