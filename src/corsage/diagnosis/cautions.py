"""What people try and should not: why it does not help, or opens a hole, and what to do instead."""

from dataclasses import dataclass
from typing import Final

from corsage.rules import Case


@dataclass(frozen=True, slots=True)
class Caution:
    """One usual wrong way.

    Attributes:
        name: short, lower-case, with hyphens.
        tried: how people say that they do it: as `Case.said` takes it.
        why_not: what it does, and what to do instead.
    """

    name: str
    tried: tuple[str | tuple[str, ...], ...]
    why_not: str


CAUTIONS: Final = (
    Caution(
        "no-cors",
        ("no-cors", ("mode:", "no-cors")),
        "Mode no-cors switches nothing off: the response becomes opaque, without status, headers or body. "
        "Leave the mode alone and let the server allow the page's origin.",
    ),
    Caution(
        "web-security-off",
        ("disable-web-security", "web security off", "disable web security", "web-security: false"),
        "A browser without web security lets every site that it visits read every other. If at all, then in a "
        "throw-away profile (--user-data-dir) that visits nothing else; your users have no such flag. Mend the server.",
    ),
    Caution(
        "unblock-extension",
        ("unblock", "cors extension", "allow cors", "moesif", "cors everywhere"),
        "An extension that adds CORS headers mends one browser, hides the fault from its developer, and lets every "
        "site read the others while it runs. Switch it off before you judge anything; mend the server.",
    ),
    Caution(
        "reflect-with-credentials",
        (
            ("origin: true", "credentials"),
            ("reflect", "credentials"),
            ("origin => true",),
            ("setisoriginallowed", "true"),
            ("any origin", "credentials"),
            ("cors_allow_all_origins true", "cors_allow_credentials true"),
            ("cors_origin_allow_all true", "cors_allow_credentials true"),
            ("allow_origins *", "allow_credentials true"),
            ("allowedoriginpatterns *", "allowcredentials true"),
            ("setallowedoriginpatterns list of *", "setallowcredentials true"),
            ("access-control-allow-origin http_origin", "access-control-allow-credentials true"),
            ("supports_credentials true", "origins *"),
        ),
        "Reflecting every origin with credentials lets any site read what its visitors may read here. "
        "Compare the origin with a list, and answer with the one that is on it.",
    ),
    Caution(
        "allow-null",
        (
            ("allow", "null origin"),
            ("origin", "'null'", "allow"),
            ("access-control-allow-origin: null",),
            ("access-control-allow-origin", "'null'"),
        ),
        "null is the origin of every sandboxed frame and every local file, a stranger's too. "
        "Serve the page over http, or give the frame a real origin.",
    ),
    Caution(
        "websocket-check-off",
        (
            ("check_origin", "true"),
            ("checkorigin", "return true"),
            ("check_origin", "lambda"),
            ("cors_allowed_origins", "*"),
        ),
        "A WebSocket server that takes every origin lets any site use the visitor's session. "
        "List the origins of your pages.",
    ),
    Caution(
        "public-proxy",
        ("cors-anywhere", "corsproxy.io", "allorigins", "thingproxy", "crossorigin.me", "cors.sh"),
        "A public CORS proxy sees and may keep all that goes through it, tokens among it, and drops cookies. "
        "Put a small proxy of your own on the page's origin, or let the API allow the page.",
    ),
    Caution(
        "headers-on-the-request",
        (
            ("headers:", "access-control-allow-origin"),
            ("request", "access-control-allow-origin", "added"),
            ("axios.defaults", "access-control"),
        ),
        "Access-Control-Allow-* belong to responses. On a request they do nothing but make a preflight.",
    ),
)

_SEEN_REFLECTING: Final = (
    "Leave it so: asked as a stranger, this server named the stranger, and allowed credentials."
)
_BY_NAME: Final = {each.name: each.why_not for each in CAUTIONS}


def cautions(case: Case) -> tuple[str, ...]:
    """Return why not, for each wrong way that *case* shows somebody to try."""
    found = [each.why_not for each in CAUTIONS if case.said(*each.tried)]
    if _reflects_with_credentials(case):
        found.insert(0, f"{_SEEN_REFLECTING} {_BY_NAME['reflect-with-credentials']}")
    if case.mode == "no-cors" and case.element in ("", "fetch"):
        found.insert(0, CAUTIONS[0].why_not)
    own = any(name.startswith("access-control-allow-") for name in case.headers.names())
    if own:
        found.append(CAUTIONS[-1].why_not)
    return tuple(dict.fromkeys(found))


def _reflects_with_credentials(case: Case) -> bool:
    """Tell whether the server, asked as a stranger, let the stranger read with credentials."""
    asked = case.probed("other-origin").headers
    named = asked.get("access-control-allow-origin")
    # A server that names one origin to everybody does not reflect.
    reflected = named not in (None, "", "*", "null", case.origin, case.allow_origin)
    return reflected and asked.get("access-control-allow-credentials") == "true"
