"""URLs as browsers parse them (https://url.spec.whatwg.org/), by way of ada.

Parsing is cached: a conversation looks at the same few URLs many times.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import ada_url

from corsage.model.origin import OpaqueOrigin, Origin, TupleOrigin

# https://url.spec.whatwg.org/#special-scheme
DEFAULT_PORTS: Final = {"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21}
HTTP_SCHEMES: Final = frozenset({"http", "https"})

# Longer than any browser accepts (Chromium: 2 MiB); a bound for hostile redirects.
_LONGEST: Final = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class URL:
    """A parsed URL record with its serialisation.

    Attributes:
        href: the whole URL, serialised.
        scheme: without the colon, ``https``.
        host: lower-case, punycode or IP literal in its serialised form; empty where there is none.
        port: the effective port, defaults filled in; ``None`` for schemes without ports.
        path: as serialised, with its leading slash.
        query: without the question mark.
        fragment: without the number sign; ``None`` where there is none.
        username: percent-encoded.
        password: percent-encoded.
        origin: https://url.spec.whatwg.org/#concept-url-origin
    """

    href: str
    scheme: str
    host: str
    port: int | None
    path: str
    query: str
    fragment: str | None
    username: str
    password: str
    origin: Origin

    @property
    def includes_credentials(self) -> bool:
        """Whether a username or password is present (https://url.spec.whatwg.org/#include-credentials)."""
        return bool(self.username or self.password)

    @property
    def is_http(self) -> bool:
        """Whether the scheme is an HTTP(S) scheme (https://fetch.spec.whatwg.org/#http-scheme)."""
        return self.scheme in HTTP_SCHEMES

    @property
    def without_credentials(self) -> str:
        """The serialisation without username and password."""
        if not self.includes_credentials:
            return self.href
        scheme, _, rest = self.href.partition("//")
        return f"{scheme}//{rest.partition('@')[2]}"

    @property
    def without_credentials_and_fragment(self) -> str:
        """The form that goes on the wire."""
        return self.without_credentials.partition("#")[0]

    def __str__(self) -> str:
        return self.href


@lru_cache(maxsize=4096)
def parse_url(text: str, base: str | None = None) -> URL | None:
    """Parse *text*, relative to *base* where given; ``None`` is the standard's failure.

    Source: https://url.spec.whatwg.org/#concept-url-parser
    """
    if len(text) > _LONGEST:
        return None
    try:
        parsed = ada_url.URL(text, base=base) if base is not None else ada_url.URL(text)
    except (ValueError, UnicodeEncodeError):
        return None
    scheme = parsed.protocol[:-1]
    host = parsed.hostname
    port = int(parsed.port) if parsed.port else DEFAULT_PORTS.get(scheme)
    return URL(
        href=parsed.href,
        scheme=scheme,
        host=host,
        port=port,
        path=parsed.pathname,
        query=parsed.search[1:],
        fragment=parsed.hash[1:] if "#" in parsed.href else None,
        username=parsed.username,
        password=parsed.password,
        origin=_origin(scheme, host, port, parsed.pathname),
    )


def _origin(scheme: str, host: str, port: int | None, path: str) -> Origin:
    if scheme in DEFAULT_PORTS:
        return TupleOrigin(scheme, host, port)
    if scheme == "blob":
        inner = parse_url(path)
        if inner is not None and inner.scheme in {"http", "https", "file"}:
            return inner.origin
    return OpaqueOrigin()
