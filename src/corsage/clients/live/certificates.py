"""Reads the server's certificate from ``CURLINFO_CERTINFO``."""

from collections.abc import Iterable
from typing import Final

from corsage.clients.live.exchange import Certificate

_NAMES: Final = b"X509v3 Subject Alternative Name"
_KINDS: Final = ("DNS:", "IP Address:")


def read_certificate(chain: Iterable[Iterable[tuple[bytes, bytes]]]) -> Certificate | None:
    """Return the first certificate of *chain*, the server's own; ``None`` for an empty chain.

    Source: https://curl.se/libcurl/c/CURLINFO_CERTINFO.html
    """
    for rows in chain:
        fields = dict(rows)
        return Certificate(
            subject=_text(fields, b"Subject"),
            issuer=_text(fields, b"Issuer"),
            not_before=_text(fields, b"Start date"),
            not_after=_text(fields, b"Expire date"),
            alternative_names=_alternative_names(_text(fields, _NAMES)),
        )
    return None


def _text(fields: dict[bytes, bytes], name: bytes) -> str:
    return fields.get(name, b"").decode("utf-8", "replace")


def _alternative_names(text: str) -> tuple[str, ...]:
    names = (name.strip() for name in text.split(","))
    return tuple(name.removeprefix(kind) for name in names for kind in _KINDS if name.startswith(kind))
