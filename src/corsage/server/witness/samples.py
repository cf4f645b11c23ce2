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
# Two of each. Those of Chrome's extensions are their own for ever; the others differ on every machine.
_UUIDS: Final = ("01234567-89ab-4cde-8f01-23456789abcd", "fedcba98-7654-4321-a0fe-dcba98765432")
EXTENSIONS: Final = (
    (("chrome-extension",), ("abcdefghijklmnopabcdefghijklmnop", "ponmlkjihgfedcbaponmlkjihgfedcba")),
    (("moz-extension", "safari-web-extension"), _UUIDS),
)


def strangers_of(domain: str) -> tuple[str, ...]:
    """Return origins that only look like those of *domain*."""
    hosts = (
        f"evil{domain}",
        f"evil-{domain}",
        f"{domain}.evil.com",
        f"{domain}evil.com",
        f"evil.com.{domain}.evil.com",
    )
    return tuple(f"{scheme}://{host}" for scheme in _WEB for host in hosts)
