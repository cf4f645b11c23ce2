"""Whether a page of the server itself asks."""

from typing import Final

_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}


def is_own(origin: str, host: str) -> bool:
    """Tell whether *origin* is the server's own.

    Args:
        origin: as received. Its scheme is left out: a proxy may have ended TLS.
        host: the ``Host`` header, with the scheme's default port or without.
    """
    scheme, _, own = origin.partition("://")
    return own != "" and host.lower() in (own, own + _DEFAULT_PORTS.get(scheme, ""))
