"""Varnish: headers put on what it delivers, from the cache or not.

Facts of Varnish 7.1: its documentation, and seen by running it.
"""

from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.proxies.answers import ORIGIN, Answers, Pairs, answers_of
from corsage.stacks.proxies.varnish_pitfalls import PITFALLS
from corsage.stacks.told import Tell, ToldStack

_FILE: Final = "/etc/varnish/cors.vcl"
_ASKED: Final = 'req.method == "OPTIONS" && req.http.Origin && req.http.Access-Control-Request-Method'
_STEPS: Final = (
    f'Write {_FILE} and say `include "cors.vcl";` in default.vcl, before your own subroutines: of one name, '
    f"all run in "
    "the order of the file.",
    "Remove every other line that sets Access-Control-*.",
    "Check with `varnishd -C -f /etc/varnish/default.vcl`, load with `systemctl reload varnish`.",
    "What was cached before keeps the application's Vary: ban it where an application answered for one "
    "origin alone.",
)


class Varnish(ToldStack):
    """Varnish, a cache before an application."""

    name: ClassVar = "varnish"
    title: ClassVar = "Varnish"
    kind: ClassVar = Kind.PROXY
    words: ClassVar[tuple[str, ...]] = ("varnish", "varnish cache")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.CACHES, Trait.NEEDS_RELOAD})
    executed: ClassVar[str] = "Varnish 7.1"
    order: ClassVar[str] = (
        "Subroutines of one name run in the order of the file until one returns: the one of CORS comes first."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = PITFALLS
    sources: ClassVar[tuple[str, ...]] = (
        "https://varnish-cache.org/docs/7.1/reference/vcl.html",
        "https://varnish-cache.org/docs/7.1/users-guide/increasing-your-hitrate.html#http-vary",
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, "x-varnish"),
        Tell(0.95, bodies=("<p>Varnish cache server</p>",)),
        Tell(0.9, bodies=("<h3>Guru Meditation:</h3>",)),
        Tell(0.8, "via", "varnish"),
    )
    # Fastly grew out of Varnish and says so in Via.
    unless: ClassVar[tuple[Tell, ...]] = (Tell(1, "x-served-by", "cache-"),)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as subroutines."""
        answers = answers_of(policy)
        text = "".join(f"{line}\n" for line in (*_headers(answers), *_calls(answers)))
        return Rendered(self.name, (File(_FILE, "vcl", text),), _STEPS, answers.limits, self.executed)


def _headers(answers: Answers) -> Iterator[str]:
    yield "sub cors_headers {"
    yield "    # The application may have set these itself, for whoever asked first."
    for name in answers.hidden:
        yield f"    unset resp.http.{name};"
    yield from _set(answers.always, 1)
    if answers.expression is not None:
        yield f"    if (req.http.Origin ~ {_quoted(answers.expression)}) {{"
        yield from _set(answers.allowed, 2)
        yield from _of_preflights(answers, 2)
        yield "    }"
        yield "    # Caches and browsers must keep the answers for different origins apart."
        yield "    if (!resp.http.Vary) {"
        yield '        set resp.http.Vary = "Origin";'
        yield '    } elsif (resp.http.Vary !~ "(?i)(^|,)\\s*(origin|\\*)\\s*(,|$)") {'
        yield '        set resp.http.Vary = resp.http.Vary + ", Origin";'
        yield "    }"
    else:
        yield from _of_preflights(answers, 1)
    yield "}"


def _of_preflights(answers: Answers, depth: int) -> Iterator[str]:
    if answers.preflight:
        indent = "    " * depth
        yield f"{indent}if ({_ASKED}) {{"
        yield from _set(answers.preflight, depth + 1)
        yield f"{indent}}}"


def _set(pairs: Pairs, depth: int) -> Iterator[str]:
    for name, value in pairs:
        written = "req.http.Origin" if value == ORIGIN else _quoted(value)
        yield f"{'    ' * depth}set resp.http.{name} = {written};"


def _calls(answers: Answers) -> Iterator[str]:
    if answers.status is not None:
        yield "sub vcl_recv {"
        yield "    # Preflights come without credentials: they are answered before any authentication."
        yield f"    if ({_ASKED}) {{"
        yield f"        return (synth({answers.status}));"
        yield "    }"
        yield "}"
    yield "sub vcl_deliver {"
    yield "    call cors_headers;"
    yield "}"
    yield "sub vcl_synth {"
    yield "    call cors_headers;"
    if answers.status is not None:
        yield f"    if ({_ASKED}) {{"
        yield "        return (deliver);"
        yield "    }"
    yield "}"


def _quoted(text: str) -> str:
    """Quote *text*. Within quotes everything stands for itself, but there is no way to write a quote."""
    escaped = text.replace('"', r"\x22")
    return f'"{escaped}"'
