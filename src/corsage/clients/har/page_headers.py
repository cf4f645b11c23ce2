"""Which of the recorded request headers the page set: those that the browser adds need nobody's leave."""

from typing import Final

from corsage.browser.forbidden import is_forbidden_request_header
from corsage.model import HeaderList
from corsage.model.headers import NO_HEADERS

# Browsers add these themselves; a page may set some of them, and then a preflight names them.
_ADDED: Final = frozenset(
    {
        "accept",
        "accept-language",
        "cache-control",  # "Disable cache" in the developer tools adds it, and Pragma, without a preflight
        "if-modified-since",
        "if-none-match",
        "last-event-id",
        "pragma",
        "priority",
        "purpose",
        "range",
        "upgrade-insecure-requests",
        "user-agent",
        "x-client-data",
        "x-devtools-emulate-network-conditions-client-id",
    }
)
# Of a name that the preflight asked for and nobody recorded a value.
_STAND_IN: Final = {"authorization": "Bearer removed", "content-type": "application/json"}


def page_headers(recorded: HeaderList, preflight: HeaderList | None) -> HeaderList:
    """Return the headers that the page set.

    Args:
        recorded: of the actual request.
        preflight: of its preflight: what Access-Control-Request-Headers names was set by the page for certain.
    """
    asked = requested_names(preflight)
    kept = [
        (name, value)
        for name, value in recorded
        if name.lower() in asked
        or (name.lower() not in _ADDED and not is_forbidden_request_header(name, value))
    ]
    known = {name.lower() for name, _ in kept}
    missing = [(name, _STAND_IN.get(name, "x")) for name in asked if name not in known]
    return HeaderList([*kept, *missing]) if kept or missing else NO_HEADERS


def requested_names(preflight: HeaderList | None) -> tuple[str, ...]:
    """Return the lower-case names that a preflight's Access-Control-Request-Headers lists."""
    if preflight is None:
        return ()
    value = preflight.get("access-control-request-headers") or ""
    return tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
