"""What a recording holds that nobody needs for CORS and nobody should show: credentials."""

from typing import Final

_REMOVED: Final = "removed"


def without_secrets(name: str, value: str) -> str:
    """Return *value* of the header *name* (lower-case) without the credentials in it."""
    if name == "cookie":
        return "; ".join(_name_alone(pair) for pair in value.split("; "))
    if name == "set-cookie":
        pair, mark, attributes = value.partition(";")
        return f"{_name_alone(pair)}{mark}{attributes}"
    scheme, _, rest = value.partition(" ")
    return f"{scheme} {_REMOVED}" if rest else _REMOVED


def _name_alone(pair: str) -> str:
    name, mark, _ = pair.partition("=")
    return f"{name}={_REMOVED}" if mark else _REMOVED


SECRET_HEADERS: Final = frozenset({"authorization", "cookie", "proxy-authorization", "set-cookie"})
