"""lighttpd: Lua scripts of mod_magnet, for fixed headers neither name who asked nor answer preflights.

Facts of lighttpd 1.4.69: its documentation, and seen by running it. ``attract-response-start-to`` came with 1.4.56.
"""

from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.proxies.answers import ORIGIN, Answers, Pairs, answers_of
from corsage.stacks.proxies.lighttpd_pitfalls import PITFALLS
from corsage.stacks.told import Tell, ToldStack

_PLACE: Final = "/etc/lighttpd"
_CONFIG: Final = f"{_PLACE}/conf-available/90-cors.conf"
_PREFLIGHT: Final = f"{_PLACE}/cors-preflight.lua"
_ALLOWED: Final = f"{_PLACE}/cors-allowed.lua"
_OTHERS: Final = f"{_PLACE}/cors-others.lua"
_STEPS: Final = (
    "Install mod_magnet (Debian: lighttpd-modules-lua).",
    f"Write the scripts and {_CONFIG}, and enable it: `lighty-enable-mod cors`.",
    "Remove every other Access-Control-* from setenv.set-response-header and setenv.add-response-header.",
    "Check with `lighttpd -tt -f /etc/lighttpd/lighttpd.conf`, load with `systemctl restart lighttpd`.",
)


class Lighttpd(ToldStack):
    """lighttpd, as a server or before an application."""

    name: ClassVar = "lighttpd"
    title: ClassVar = "lighttpd"
    kind: ClassVar = Kind.PROXY
    words: ClassVar[tuple[str, ...]] = ("lighttpd", "lighty")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.NEEDS_RELOAD, Trait.ADDS_HEADERS})
    executed: ClassVar[str] = "lighttpd 1.4.69"
    order: ClassVar[str] = "attract-raw-url-to runs before mod_auth and mod_proxy, and so answers preflights."
    pitfalls: ClassVar[tuple[Pitfall, ...]] = PITFALLS
    sources: ClassVar[tuple[str, ...]] = (
        "https://redmine.lighttpd.net/projects/lighttpd/wiki/Mod_magnet",
        "https://redmine.lighttpd.net/projects/lighttpd/wiki/Mod_setenv",
    )
    tells: ClassVar[tuple[Tell, ...]] = (Tell(0.95, "server", "lighttpd"),)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as conditions on the origin, and scripts."""
        answers = answers_of(policy)
        files = [
            File(_CONFIG, "lighttpd", _text(_conditions(answers))),
            File(_OTHERS, "lua", _text(_script(answers, answers.always, allowed=answers.origins.everyone))),
        ]
        if answers.varies:
            own = (*answers.always, *answers.allowed)
            files.append(File(_ALLOWED, "lua", _text(_script(answers, own, allowed=True))))
        if answers.status is not None:
            files.append(File(_PREFLIGHT, "lua", _text(_answer(answers.status))))
        return Rendered(self.name, tuple(files), _STEPS, answers.limits, self.executed)


def _text(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _conditions(answers: Answers) -> Iterator[str]:
    yield 'server.modules += ("mod_magnet")'
    yield f'magnet.attract-response-start-to = ("{_OTHERS}")'
    if answers.expression is not None:
        yield "# Who may read the answers."
        yield f'$REQUEST_HEADER["Origin"] =~ {_quoted(answers.expression)} {{'
        yield f'    magnet.attract-response-start-to = ("{_ALLOWED}")'
        yield "}"
    if answers.status is not None:
        yield "# Preflights come without credentials: they are answered before any authentication."
        yield '$HTTP["request-method"] == "OPTIONS" {'
        yield f'    magnet.attract-raw-url-to = ("{_PREFLIGHT}")'
        yield "}"


def _script(answers: Answers, pairs: Pairs, *, allowed: bool) -> Iterator[str]:
    yield "local request, headers = lighty.r.req_header, lighty.r.resp_header"
    yield "-- The application may have set these itself."
    yield "for _, name in ipairs({"
    for name in answers.hidden:
        yield f'    "{name}",'
    yield "}) do"
    yield "    headers[name] = nil"
    yield "end"
    yield from _set(pairs, "")
    if allowed and answers.preflight:
        yield 'if lighty.r.req_attr["request.method"] == "OPTIONS"'
        yield '    and request["Access-Control-Request-Method"] then'
        yield from _set(answers.preflight, "    ")
        yield "end"
    if answers.varies:
        yield "-- Caches must keep the answers for different origins apart."
        yield 'local vary = headers["Vary"]'
        yield 'headers["Vary"] = vary and vary ~= "" and vary .. ", Origin" or "Origin"'


def _set(pairs: Pairs, indent: str) -> Iterator[str]:
    for name, value in pairs:
        written = 'request["Origin"]' if value == ORIGIN else _quoted(value)
        yield f'{indent}headers["{name}"] = {written}'


def _answer(status: int) -> Iterator[str]:
    yield 'if lighty.r.req_header["Access-Control-Request-Method"] then'
    yield f"    return {status}"
    yield "end"


def _quoted(text: str) -> str:
    """Quote *text*: an expression for lighttpd, where a backslash stands for itself; lists have neither."""
    escaped = text.replace('"', r"\x22")
    return f'"{escaped}"'
