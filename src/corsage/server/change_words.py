"""The words for what changes between two policies."""

from typing import Final

_WILD: Final = {
    "origins": "pages of every origin",
    "methods": "every method",
    "request_headers": "every request header but Authorization",
    "exposed_headers": "every response header",
}
_ONE: Final = {
    "origins": "pages of {}",
    "origin_regexes": "pages of origins that match {}",
    "methods": "{} requests",
    "request_headers": "the request header {}",
    "exposed_headers": "the response header {}",
}
_COMES: Final = {
    "origins": "may read the answers",
    "origin_regexes": "may read the answers",
    "methods": "may be made",
    "request_headers": "may be set",
    "exposed_headers": "may be read",
}
_GOES: Final = {
    "origins": "may no longer read the answers",
    "origin_regexes": "may no longer read the answers",
    "methods": "may no longer be made",
    "request_headers": "may no longer be set",
    "exposed_headers": "may no longer be read",
}

# Field -> which value allows more (None: neither), and the sentences for false and true.
_FLAGS: Final[dict[str, tuple[bool | None, str, str]]] = {
    "credentials": (
        True,
        "Pages may no longer send cookies and read the answer.",
        "Pages may send cookies and read the answer.",
    ),
    "private_network": (
        True,
        "Preflights of Private Network Access are no longer answered.",
        "Preflights of Private Network Access are answered.",
    ),
    "timing": (
        True,
        "The timing of resources is hidden from the allowed origins.",
        "The timing of resources is shown to the allowed origins.",
    ),
    "preflight_continue": (
        None,
        "Preflights are answered here.",
        "Preflights are handed to the application.",
    ),
    "guard_websockets": (
        False,
        "WebSocket handshakes of every page reach the application.",
        "WebSocket handshakes of pages that are not allowed are refused.",
    ),
    "public": (None, "Everyone is no longer meant.", "Everyone is meant."),
    "dangerously_allow_null_origin": (
        True,
        "Pages without an origin (null) may no longer read the answers.",
        "Pages without an origin (null) may read the answers.",
    ),
    "dangerously_allow_file_origins": (
        True,
        "Origins of files on the users' devices are refused.",
        "Origins of files on the users' devices are let through.",
    ),
    "dangerously_allow_insecure_origins": (
        True,
        "http origins are refused together with credentials.",
        "http origins are let through together with credentials.",
    ),
    "dangerously_allow_public_suffixes": (
        True,
        "Wildcards over names that anyone may register are refused.",
        "Wildcards over names that anyone may register are let through.",
    ),
    "dangerously_allow_loopback_in_production": (
        True,
        "Origins on the users' own machines are refused in production.",
        "Origins on the users' own machines are let through in production.",
    ),
}


def for_entry(field: str, entry: str, *, comes: bool, by: str | None) -> str:
    """Say that *entry* of a list comes or goes.

    Args:
        field: of the list.
        entry: one of it.
        comes: whether it comes.
        by: what allows the same on the other side.
    """
    subject = _WILD[field] if entry == "*" else _ONE[field].format(entry)
    subject = subject[:1].upper() + subject[1:] if not subject.startswith(entry) else subject
    if by is not None:
        return f"{subject} {_COMES[field]} as before: {by} {'allowed' if comes else 'allows'} it."
    return f"{subject} {(_COMES if comes else _GOES)[field]}."


def for_flag(field: str, *, now: bool) -> tuple[bool | None, str]:
    """Return which value of a flag allows more, and what its new value means."""
    allowing, off, on = _FLAGS[field]
    return allowing, on if now else off


def for_value(field: str, old: object, new: object) -> str:
    """Say that a number, a word or the lookup changes."""
    if field == "max_age":
        return f"Browsers keep the answer to a preflight {_age(new)} instead of {_age(old)}."
    if field == "origin_lookup":
        return "Origins that the lists do not have are looked up in another way."
    if field == "environment":
        return f"The environment is {new or 'none'} instead of {old or 'none'}."
    if field == "resource_policy":
        return f"Cross-Origin-Resource-Policy is {new or 'not sent'} instead of {old or 'not sent'}."
    return f"{field} is {new} instead of {old}."


def _age(seconds: object) -> str:
    if seconds is None:
        return "for as long as they like (5 seconds)"
    if isinstance(seconds, int) and seconds > 0:
        return f"for {seconds:,} seconds"
    return "not at all"
