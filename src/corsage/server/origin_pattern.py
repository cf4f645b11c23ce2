"""Origin patterns: what one entry of ``origins`` may say.

====================================  ==========================================================
``https://example.com``               this origin
``https://*.example.com``             every subdomain of any depth; not ``https://example.com``
``https://+.example.com``             every subdomain of one label
``http://localhost:*``                any port, and none
``capacitor://localhost``, ``app://-``  custom schemes: compared as they are
``app://``, ``file://``               what some apps send that have no host: likewise
====================================  ==========================================================

A pattern is written as browsers serialise origins (https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin):
lower case, punycode, no default port, no slash at the end. Everything else does not parse; the rules say why.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from corsage.model.sites import is_loopback_host, is_public_suffix
from corsage.server.host_names import LONGEST_HOST, LONGEST_WILD_HOST, is_punycode, serialized_ipv6

DEFAULT_PORTS: Final = {"http": "80", "https": "443", "ws": "80", "wss": "443", "ftp": "21"}
WEB_SCHEMES: Final = frozenset({"http", "https"})
# Their pages send null, or the origin of whoever made them.
OPAQUE_SCHEMES: Final = frozenset({"data", "blob", "about", "javascript", "filesystem"})
# Those of files on the user's device. Engines that send them at all send no host: one file is as good as another.
FILE_SCHEMES: Final = frozenset({"file", "content"})

_SHAPE: Final = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.\-]{0,63})://"
    r"(?P<wild>[*+]\.)?"
    r"(?P<host>\[[0-9a-f:.]+\]|[a-z0-9._\-]+)"
    r"(?::(?P<port>\*|[1-9][0-9]{0,4}))?",
    re.ASCII,
)
_HOSTLESS: Final = re.compile(r"([a-z][a-z0-9+.\-]{0,63})://", re.ASCII)
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?", re.ASCII)
_OCTET: Final = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4: Final = re.compile(rf"(?:{_OCTET}\.){{3}}{_OCTET}", re.ASCII)
_NUMERIC: Final = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?", re.ASCII)
_HIGHEST_PORT: Final = 65_535


class Breadth(StrEnum):
    """How many hosts a pattern covers."""

    EXACT = "exact"
    ONE_LABEL = "one label"
    ANY_DEPTH = "any depth"


@dataclass(frozen=True, slots=True)
class OriginPattern:
    """One parsed entry.

    Attributes:
        scheme: lower-case, without the colon.
        breadth: which hosts below *host* are meant.
        host: the host, or what follows the wildcard; empty where a custom scheme has none.
        port: as written; ``None`` for the scheme's default, ``*`` for any.
    """

    scheme: str
    breadth: Breadth
    host: str
    port: str | None

    @property
    def text(self) -> str:
        """The pattern as it is written."""
        wild = {Breadth.EXACT: "", Breadth.ONE_LABEL: "+.", Breadth.ANY_DEPTH: "*."}[self.breadth]
        port = "" if self.port is None else f":{self.port}"
        return f"{self.scheme}://{wild}{self.host}{port}"

    @property
    def is_exact(self) -> bool:
        """Whether it names a single origin."""
        return self.breadth is Breadth.EXACT and self.port != "*"

    @property
    def is_loopback(self) -> bool:
        """Whether it names this machine alone."""
        return is_loopback_host(self.host)

    @property
    def is_insecure(self) -> bool:
        """Whether someone on the network can speak in its name: ``http``, other than on this machine."""
        return self.scheme in {"http", "ws", "ftp"} and not self.is_loopback

    @property
    def is_of_files(self) -> bool:
        """Whether every file that a user opens may speak in its name: ``file://``, ``content://``."""
        return self.scheme in FILE_SCHEMES and not self.host

    @property
    def covers_strangers(self) -> bool:
        """Whether the wildcard spans names that anyone may register (``https://*.com``, ``https://*.github.io``)."""
        return self.breadth is not Breadth.EXACT and not self.is_loopback and is_public_suffix(self.host)

    def example(self) -> str:
        """Return an origin that the pattern accepts."""
        host = self.host if self.breadth is Breadth.EXACT else f"sub.{self.host}"
        port = "" if self.port is None else f":{'8080' if self.port == '*' else self.port}"
        return f"{self.scheme}://{host}{port}"


def parse_origin_pattern(text: str) -> OriginPattern | None:
    """Read one entry of ``origins``; ``None`` where it is none (``*`` and ``null`` are not patterns)."""
    match = _SHAPE.fullmatch(text)
    if match is None:
        return _hostless(text)
    scheme, wild, host, port = match["scheme"], match["wild"], match["host"], match["port"]
    if scheme == "file" or not _is_port(scheme, port):
        return None
    if not (_is_host(host) if scheme in DEFAULT_PORTS or wild else _is_custom_host(host)):
        return None
    if wild and (host.startswith("[") or _NUMERIC.fullmatch(host) or _is_too_long_for_subdomains(host)):
        return None
    breadth = {None: Breadth.EXACT, "*.": Breadth.ANY_DEPTH, "+.": Breadth.ONE_LABEL}[wild]
    return OriginPattern(scheme, breadth, host, port)


def _hostless(text: str) -> OriginPattern | None:
    match = _HOSTLESS.fullmatch(text)
    if match is None or match[1] in DEFAULT_PORTS or match[1] in OPAQUE_SCHEMES:
        return None
    return OriginPattern(match[1], Breadth.EXACT, "", None)


def _is_port(scheme: str, port: str | None) -> bool:
    if port is None or port == "*":
        return True
    return int(port) <= _HIGHEST_PORT and DEFAULT_PORTS.get(scheme) != port


def _is_host(host: str) -> bool:
    if host.startswith("["):
        return serialized_ipv6(host) == host
    if _NUMERIC.fullmatch(host):
        return _IPV4.fullmatch(host) is not None
    name = host.removesuffix(".")
    return len(name) <= LONGEST_HOST and all(map(_is_label, name.split(".")))


def _is_label(label: str) -> bool:
    return _LABEL.fullmatch(label) is not None and (not label.startswith("xn--") or is_punycode(label))


def _is_custom_host(host: str) -> bool:
    # Hosts of other schemes are opaque: Electron's app://- and extensions' identifiers are not domain names.
    return len(host) <= LONGEST_HOST and (host.startswith("[") is False or _is_host(host))


def _is_too_long_for_subdomains(host: str) -> bool:
    return len(host.removesuffix(".")) > LONGEST_WILD_HOST
