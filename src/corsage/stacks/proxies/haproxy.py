"""HAProxy: rules that come after every answer, its own errors included.

Facts of HAProxy 2.6: its documentation, and seen by running it. ``http-after-response`` came with 2.2.
"""

from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.origins import pattern_expression
from corsage.stacks.proxies.answers import ORIGIN, Answers, Pairs, answers_of
from corsage.stacks.proxies.haproxy_pitfalls import PITFALLS
from corsage.stacks.told import Tell, ToldStack

_FILE: Final = "/etc/haproxy/haproxy.cfg"
_ASKED: Final = "{ req.hdr(Access-Control-Request-Method) -m found }"
_STEPS: Final = (
    "Write these lines into the frontend, before its other http-request rules: authentication would refuse "
    "preflights.",
    "Remove every other http-response rule of Access-Control-*, in backends, too.",
    "HAProxy must have been built with PCRE for expressions with (?: (`haproxy -vv` says so; Debian's is).",
    "Check with `haproxy -c -f /etc/haproxy/haproxy.cfg`, load with `systemctl reload haproxy`.",
)


class HAProxy(ToldStack):
    """HAProxy, before an application."""

    name: ClassVar = "haproxy"
    title: ClassVar = "HAProxy"
    kind: ClassVar = Kind.PROXY
    words: ClassVar[tuple[str, ...]] = ("haproxy", "ha-proxy")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ADDS_HEADERS, Trait.NEEDS_RELOAD})
    executed: ClassVar[str] = "HAProxy 2.6"
    order: ClassVar[str] = (
        "http-request rules run as they are written: the answer to preflights stands before `http-request "
        "auth`."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = PITFALLS
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.haproxy.org/2.6/configuration.html#4.2-http-after-response",
        "https://docs.haproxy.org/2.6/configuration.html#4.2-http-request%20return",
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(
            0.95,
            bodies=("<h1>503 Service Unavailable</h1>", "No server is available to handle this request."),
        ),
        Tell(0.9, bodies=("<h1>504 Gateway Time-out</h1>", "The server didn't respond in time.")),
        Tell(
            0.9,
            bodies=("<h1>502 Bad Gateway</h1>", "The server returned an invalid or incomplete response."),
        ),
        Tell(0.9, "server", "haproxy"),
        Tell(0.6, "x-haproxy-*"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as rules for a frontend."""
        answers = answers_of(policy)
        text = "".join(f"    {line}\n" for line in _lines(answers))
        return Rendered(self.name, (File(_FILE, "haproxy", text),), _STEPS, answers.limits, self.executed)


def _lines(answers: Answers) -> Iterator[str]:
    allowed = ""
    if answers.expression is not None:
        yield "# Who may read the answers. Kept, for the request is forgotten when the answer comes."
        yield "http-request set-var(txn.cors_origin) req.fhdr(Origin)"
        yield from _acls(answers)
        yield "http-request unset-var(txn.cors_origin) unless cors_allowed"
        allowed = "{ var(txn.cors_origin) -m found }"
    if answers.preflight:
        condition = " ".join(filter(None, ("METH_OPTIONS", _ASKED, allowed)))
        yield f"http-request set-var(txn.cors_preflight) bool(true) if {condition}"
    yield "# The application may have set these itself: two of one header are one too many."
    for name in answers.hidden:
        yield f"http-after-response del-header {name}"
    yield from _set(answers.always, "")
    yield from _set(answers.allowed, f" if {allowed}")
    yield from _set(answers.preflight, " if { var(txn.cors_preflight) -m found }")
    if answers.varies:
        yield "# Caches must keep the answers for different origins apart."
        yield "http-after-response add-header Vary Origin"
    if answers.status is not None:
        yield "# Preflights come without credentials: they are answered before any authentication."
        yield f"http-request return status {answers.status} if METH_OPTIONS {_ASKED}"


def _acls(answers: Answers) -> Iterator[str]:
    for text in answers.origins.exact:
        yield f"acl cors_allowed var(txn.cors_origin) -m str {text}"
    for pattern in answers.origins.patterns:
        yield f"acl cors_allowed var(txn.cors_origin) -m reg {_quoted(f'^{pattern_expression(pattern)}$')}"
    for regex in answers.origins.regexes:
        yield f"acl cors_allowed var(txn.cors_origin) -m reg {_quoted(f'^(?:{regex})$')}"


def _set(pairs: Pairs, condition: str) -> Iterator[str]:
    for name, value in pairs:
        written = "%[var(txn.cors_origin)]" if value == ORIGIN else value.replace("%", "%%")
        yield f"http-after-response set-header {name} {_quoted(written)}{condition}"


def _quoted(text: str) -> str:
    """Quote *text* as shells do: within single quotes everything stands for itself."""
    escaped = text.replace("'", "'\\''")
    return f"'{escaped}'"
