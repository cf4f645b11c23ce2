"""What a caller may choose about the network."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from corsage._version import __version__

# The form that search engines and checkers use: a browser's first word, then who it really is.
DEFAULT_USER_AGENT: Final = f"Mozilla/5.0 (compatible; Corsage/{__version__})"

# https://curl.se/libcurl/c/CURLOPT_RESOLVE.html: "[+]host:port:address[,address]", "-host:port".
_RESOLVE: Final = re.compile(
    r"\+?(?:\[[^\]]+\]|[^:\[\]]+):[0-9]+:.+|-(?:\[[^\]]+\]|[^:\[\]]+):[0-9]+", re.ASCII
)


class HttpVersion(StrEnum):
    """Which versions of HTTP may be spoken."""

    NEGOTIATE = "negotiate"
    HTTP_1_1 = "1.1"
    HTTP_2 = "2"


@dataclass(frozen=True, slots=True)
class LiveOptions:
    """How requests go out. All problems are reported together.

    Attributes:
        connect_timeout: seconds for name lookup, connection and TLS handshake together.
        timeout: seconds for the whole request.
        insecure: accept any certificate.
        resolve: answers that replace the name server's, each ``host:port:address``.
        proxy: URL of a proxy; ``None`` is none, whatever the environment says.
        user_agent: ``User-Agent``, unless the page set its own; empty sends none.
        max_header_bytes: a longer response head is a failure. Chromium allows 256 KiB, libcurl 300 KiB.
        max_body_bytes: the decoded body is cut there.
        http_version: by default HTTP/2 is negotiated over TLS and HTTP/1.1 is spoken without.
        ca_file: PEM file with the certificate authorities to trust, in place of the system's.

    Raises:
        ValueError: a value cannot be used; the message names every such value.
    """

    connect_timeout: float = 10.0
    timeout: float = 30.0
    insecure: bool = False
    resolve: tuple[str, ...] = ()
    proxy: str | None = None
    user_agent: str = DEFAULT_USER_AGENT
    max_header_bytes: int = 256 * 1024
    max_body_bytes: int = 1024 * 1024
    http_version: HttpVersion = HttpVersion.NEGOTIATE
    ca_file: str | None = None

    def __post_init__(self) -> None:
        problems = [*self._problems()]
        if problems:
            raise ValueError("; ".join(problems))

    def _problems(self) -> list[str]:
        problems = [
            f"{name} must be at least a millisecond, not {seconds!r}"
            for name, seconds in (("connect_timeout", self.connect_timeout), ("timeout", self.timeout))
            # libcurl reads 0 as "for ever".
            if not 0.001 <= seconds < 1_000_000  # noqa: PLR2004 - a millisecond, and what fits in a long
        ]
        problems += [
            f"{name} must not be negative, not {size!r}"
            for name, size in (
                ("max_header_bytes", self.max_header_bytes),
                ("max_body_bytes", self.max_body_bytes),
            )
            if size < 0
        ]
        problems += [
            f"resolve must have the form host:port:address, not {entry!r}"
            for entry in self.resolve
            if not _RESOLVE.fullmatch(entry)
        ]
        if any(ord(character) < ord(" ") or ord(character) > 0xFF for character in self.user_agent):  # noqa: PLR2004 - the largest byte
            problems.append(f"user_agent must be one line of latin-1 text, not {self.user_agent!r}")
        return problems
