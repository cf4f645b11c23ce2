"""The command with which Corsage asks the server itself what the evidence does not say."""

from typing import Final

from corsage.diagnosis.curl import quoted
from corsage.model import WireKind, WireResponse
from corsage.rules import Case

_LONGEST: Final = 2000
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MOST_HEADERS: Final = 20
# Their values are nobody's business, and decide nothing: that they are there does.
_SECRET: Final = ("authorization", "cookie", "token", "key", "secret", "session", "password")
# What the browser sets by itself.
_ITS_OWN: Final = (
    "origin",
    "referer",
    "host",
    "user-agent",
    "connection",
    "content-length",
    "accept-encoding",
)
_ITS_OWN_BEGIN: Final = ("sec-", "proxy-", "access-control-request-", ":")


def check_line(case: Case) -> str | None:
    """Return the call of ``corsage check`` that makes the request of *case*.

    ``None`` where the URL or the page is unknown, or where the server was asked already.
    """
    target = case.target
    asked = case.evidence.exchanges or case.evidence.probes
    if asked or target is None or not target.is_http or case.page is None:
        return None
    parts = ["corsage check", quoted(target.href), "--origin", quoted(case.page.serialized)]
    method = case.method.upper()
    if method.isalpha() and method not in ("GET", "OPTIONS"):
        parts.append(f"-X {method}")
    own = [(name, value) for name, value in case.headers if not _is_of_the_browser(name.lower())]
    for name, value in own[:_MOST_HEADERS]:
        shown = "x" if any(word in name.lower() for word in _SECRET) else value
        parts.append(f"-H {quoted(f'{name}: {shown}')}")
    if case.with_credentials:
        parts.append("--credentials include")
    line = " ".join([*parts, "--diagnose"])
    return line if len(line) <= _LONGEST else None


def _is_of_the_browser(name: str) -> bool:
    return name in _ITS_OWN or name.startswith(_ITS_OWN_BEGIN)


def is_redirected(case: Case) -> bool:
    """Tell whether the actual request is known to have been redirected."""
    answers = (answer for wire, answer in case.evidence.exchanges if wire.kind is WireKind.ACTUAL)
    seen = any(isinstance(each, WireResponse) and each.status in _REDIRECTS for each in answers)
    return seen or bool(case.evidence.hops)
