"""Small questions about values, which several rules ask."""

from typing import Final

from corsage.model.origin import TupleOrigin
from corsage.model.sites import is_loopback_host
from corsage.model.url import URL, parse_url

# Statuses that servers in front give, not applications.
GATEWAY_STATUSES: Final = frozenset({413, 414, 429, 431, 494, 502, 503, 504, *range(520, 531)})
NULL_FIX: Final = (
    "Give the page an origin: serve it over http (python3 -m http.server) instead of opening the file, or take it "
    "out of the sandbox. Then let the server that answers this URL send Access-Control-Allow-Origin with that "
    "origin. Never allow null: it stands for every file and every sandboxed frame."
)
_LOGIN_WORDS: Final = (
    "/login",
    "/signin",
    "/sign_in",
    "/sign-in",
    "/oauth2/",
    "/oauth/",
    "/authorize",
    "/cdn-cgi/access",
    "/saml",
    "/sso",
    "/openid-connect/auth",
    "/.auth/",
    "/account/log",
    "login.microsoftonline",
    "accounts.google.com",
    "//auth.",
    "//login.",
    "//sso.",
    "//idp.",
)
# A request that fails only then carries something more: a cookie, a token; or its session has ended.
AFTER_LOGIN: Final = (
    "only after login",
    "only after the login",
    "only after logging in",
    "only after i log in",
    "only when logged in",
    "only if logged in",
    "only once logged in",
    "only for logged in users",
    "only for logged-in users",
)
_WEB_SCHEMES: Final = frozenset({"http", "https"})


def is_login(location: str) -> bool:
    """Tell whether *location* looks like a page on which one logs in."""
    lower = location.lower()
    return any(word in lower for word in _LOGIN_WORDS)


def is_loopback(url: URL | None) -> bool:
    """Tell whether *url* is of this machine."""
    return url is not None and is_loopback_host(url.host)


def is_file(text: str) -> bool:
    """Tell whether *text* is the URL of a file, or a path on a disk."""
    lower = text.lower()
    return lower.startswith(("file:", "content:")) or lower[1:3] == ":\\"


def is_app_scheme(origin: str) -> bool:
    """Tell whether *origin* is one of an app or an extension: ``capacitor://localhost``, ``app://obsidian.md``."""
    scheme, mark, _ = origin.partition("://")
    return bool(mark) and scheme.lower() not in (*_WEB_SCHEMES, "file", "ws", "wss", "ftp", "null")


def members(value: str) -> list[str]:
    """Split a header's value at commas and spaces; a remark in brackets in its place is no value."""
    if value.startswith("("):
        return []
    return value.replace(",", " ").split()


def near_origins(page: TupleOrigin | None, value: str) -> str | None:
    """Say in what an allowed origin *value* differs from the *page*'s: ``host``, ``port`` or ``scheme``.

    ``None`` where they are equal, differ in more than is a likely slip, or *value* is no origin.
    """
    parsed = parse_url(value)
    other = parsed.origin if parsed is not None else None
    if page is None or not isinstance(other, TupleOrigin):
        return None
    hosts = {page.host, other.host}
    same_host = len(hosts) == 1
    if same_host and page.scheme == other.scheme:
        return "port" if page.port != other.port else None
    if same_host and page.scheme != other.scheme:
        return "scheme"
    twins = all(is_loopback_host(host) for host in hosts) or _bare(page.host) == _bare(other.host)
    return "host" if twins else None


def _bare(host: str) -> str:
    return host.removeprefix("www.")
