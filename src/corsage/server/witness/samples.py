"""Origins that stand for many: strangers, addresses, the user's own machine."""

from typing import Final

_WEB: Final = ("https", "http")
MACHINE: Final = tuple(
    f"{scheme}://{host}{port}"
    for host in ("localhost", "127.0.0.1", "[::1]")
    for scheme in ("http", "https")
    for port in ("", ":3000", ":8000", ":8080", ":5173", ":4200", ":8888", ":5000")
)
# Two strangers, and addresses that are kept for examples (RFC 5737, RFC 3849).
ANYBODY: Final = tuple(
    tuple(
        f"{scheme}://{www}evil.{top}{port}"
        for scheme in _WEB
        for www in ("", "www.")
        for port in ("", ":8443")
    )
    for top in ("com", "net")
)
ADDRESSES: Final = tuple(
    f"{scheme}://{host}{port}"
    for scheme in _WEB
    for host in ("203.0.113.7", "[2001:db8::7]")
    for port in ("", ":8443")
)
