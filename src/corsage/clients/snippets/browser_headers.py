"""Which headers of a copied request the page set, and which the browser added."""

from typing import Final

# Beside the forbidden ones (`corsage.model.names`), which no page can set.
_ADDED: Final = frozenset(
    {
        "accept-charset",
        "accept-encoding",
        "accept-language",
        "access-control-request-headers",
        "access-control-request-local-network",
        "access-control-request-method",
        "access-control-request-private-network",
        "authority",
        "connection",
        "content-length",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "idempotency-key",
        "if-modified-since",
        "if-none-match",
        "keep-alive",
        "method",
        "origin",
        "path",
        "priority",
        "purpose",
        "referer",
        "referrer-policy",
        "save-data",
        "scheme",
        "service-worker",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "upgrade-insecure-requests",
        "user-agent",
        "via",
        "x-client-data",
    }
)
_ADDED_PREFIXES: Final = (":", "proxy-", "sec-")
_ELEMENTS_ACCEPT: Final = (
    "text/html,application/xhtml",
    "image/",
    "text/css,*/*",
    "*/*;q=",
    "text/event-stream",
)
# What "Disable cache" in the developer tools and a reload add.
_RELOADS: Final = frozenset(
    {("cache-control", "no-cache"), ("cache-control", "max-age=0"), ("pragma", "no-cache")}
)
_TELLTALES: Final = ("sec-fetch-", "sec-ch-")


def looks_copied(names: set[str]) -> bool:
    """Tell whether headers of these *names* (lower-case) were copied from a browser's developer tools."""
    if any(name.startswith(_TELLTALES) for name in names):
        return True
    return "accept-language" in names and bool(
        names & {"user-agent", "referer", "accept-encoding", "connection"}
    )


def is_added_by_browser(name: str, value: str, *, copied: bool) -> bool:
    """Tell whether the browser, not the page, is the author of a header.

    Args:
        name: lower-case.
        value: of the header.
        copied: whether it was copied from developer tools, which show both kinds.
    """
    if name in _ADDED or name.startswith(_ADDED_PREFIXES):
        return True
    plain = value.strip().lower()
    if name == "accept":
        return plain in ("", "*/*") or plain.startswith(_ELEMENTS_ACCEPT)
    if name == "content-type":
        return _is_default_type(plain, copied=copied)
    return copied and ((name, plain) in _RELOADS or name == "range")


def _is_default_type(plain: str, *, copied: bool) -> bool:
    """Whether `fetch` gives a body this type by itself: of strings, forms and search parameters."""
    if plain.startswith("multipart/form-data") and "boundary=" in plain:
        return True
    defaults = ("text/plain;charset=utf-8", "application/x-www-form-urlencoded;charset=utf-8")
    return copied and plain.replace(" ", "") in defaults
