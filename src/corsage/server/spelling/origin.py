"""Read a misspelt origin from left to right, mending it on the way.

It is only called for what `parse_origin_pattern` refuses, so it must find a fault in everything.
"""

import json
import re
from functools import lru_cache
from typing import Final

from corsage.model.sites import is_loopback_host
from corsage.server.draft import NULL, WILDCARD
from corsage.server.origin_pattern import (
    DEFAULT_PORTS,
    OPAQUE_SCHEMES,
    WEB_SCHEMES,
    parse_origin_pattern,
)
from corsage.server.spelling.faults import Fault, Spelling
from corsage.server.spelling.hosts import Faults, bare_ipv6, mended_host, wildcard_regex
from corsage.server.spelling.lists import (
    has_blanks,
    looks_like_a_regex,
    split_origins,
    unquoted,
    without_blanks,
)

_LONGEST: Final = 1000
_SHAPE: Final = "an origin is scheme://host or scheme://host:port, and nothing else"
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.\-]{0,63}", re.ASCII)
_OPAQUE: Final = tuple(f"{scheme}:" for scheme in OPAQUE_SCHEMES)
_PRIVATE: Final = re.compile(r"(?:10|127|192\.168|172\.(?:1[6-9]|2[0-9]|3[01]))\.|0\.0\.0\.0", re.ASCII)
_EVERYONE: Final = frozenset({"all", "any", "everyone", "true", "**", "%", "*.*", ".*", "*:*"})
_HIGHEST_PORT: Final = 65_535


@lru_cache(maxsize=2048)
def spelling(text: str) -> Spelling:
    """Say what is wrong with *text*, which is no pattern; `Fault.OTHER` where nothing special is."""
    if len(text) > _LONGEST:
        return Spelling({Fault.OTHER: f"no origin has {len(text):,} characters"}, None)
    faults: Faults = {}
    mended = _read(text, faults)
    if not faults:
        faults[Fault.OTHER] = _SHAPE
    return Spelling(faults, mended)


def mended_origin(text: str) -> str:
    """Return *text* spelt right where that is possible, else as it is, without quotes."""
    bare = unquoted(text)
    if bare in (WILDCARD, NULL) or parse_origin_pattern(bare) is not None:
        return bare
    return spelling(bare).mended or bare


def _read(text: str, faults: Faults) -> str | None:
    bare = unquoted(text)
    if bare != text:
        faults[Fault.QUOTED] = "quotes and white space around an origin are taken for a part of it"
    if not bare:
        faults[Fault.OTHER] = "it is empty"
        return None
    if bare.lower() == NULL:
        faults[Fault.NULL] = "null is what every sandboxed frame and local file sends"
        return None
    if bare.lower() in _EVERYONE:
        faults[Fault.OTHER] = 'everyone is written "*"'
    if bare == WILDCARD or bare.lower() in _EVERYONE:
        return WILDCARD
    pieces = split_origins(bare)
    if pieces != (bare,):
        faults[Fault.SEVERAL] = "each origin of a list is a text of its own"
        return json.dumps([mended_origin(piece) for piece in pieces], ensure_ascii=False)
    if has_blanks(bare):
        faults[Fault.QUOTED] = "there is white space in it"
        bare = without_blanks(bare)
    if looks_like_a_regex(bare):
        faults[Fault.REGEX] = "it is compared as it is; regular expressions belong into origin_regexes"
        return _in_regexes(bare)
    return _mended(bare, faults)


def _mended(bare: str, faults: Faults) -> str | None:
    scheme, rest = _scheme(bare, faults)
    if scheme is None:
        return None
    authority = _without_path(rest, faults)
    host, port = _port(scheme.lower(), _without_userinfo(authority, faults), faults)
    if re.search("[A-Z]", scheme + host):
        faults[Fault.UPPER_CASE] = "browsers send origins in lower case, and they are compared as they are"
        scheme, host = scheme.lower(), host.lower()
    if not _SCHEME.fullmatch(scheme):
        faults[Fault.OTHER] = f"{scheme[:64]} is no scheme"
        return None
    right = mended_host(host, faults) if scheme in DEFAULT_PORTS or re.search(r"[*+]|[^!-~]", host) else host
    if right is None:
        return _for_wildcard(scheme, host, port) if Fault.MISPLACED_WILDCARD in faults else None
    mended = f"{scheme}://{right}{port}"
    return mended if parse_origin_pattern(mended) is not None else None


def _for_wildcard(scheme: str, host: str, port: str) -> str | None:
    if host == WILDCARD:
        return WILDCARD if scheme in WEB_SCHEMES else None
    expression = wildcard_regex(host)
    if expression is None:
        return None
    return _in_regexes(f"{scheme}://{expression}{port.replace('*', '[0-9]+')}")


def _in_regexes(expression: str) -> str:
    return f"origin_regexes = {json.dumps([expression], ensure_ascii=False)}"


def _scheme(bare: str, faults: Faults) -> tuple[str | None, str]:
    lower = bare.lower()
    if lower.startswith("file:"):
        faults[Fault.FILE] = (
            "no browser sends the address of a file: pages of files send null, in some apps file://"
        )
        return None, ""
    if lower.startswith(_OPAQUE):
        faults[Fault.OTHER] = (
            f"{lower.partition(':')[0]}: pages send null, or the origin of whoever made them"
        )
        return None, ""
    scheme, separator, rest = bare.partition("://")
    if separator and re.search(r"[*+]$|^\*", scheme):
        faults[Fault.MISPLACED_WILDCARD] = "a scheme cannot be a wildcard: write one origin for each scheme"
        return "https", rest
    if separator and scheme and not re.search(r"[./?#@\[:*]", scheme):
        return scheme, rest
    known = re.match(r"(https?)(?::[/\\]{0,2}|//)(?=[^0-9/\\])", bare, re.IGNORECASE)
    if known is not None:
        faults[Fault.NO_SCHEME] = f"after {known[1].lower()} comes ://"
        return known[1], bare[known.end() :]
    faults[Fault.NO_SCHEME] = (
        "an origin begins with its scheme: without it this is a host, which no browser sends"
    )
    rest = bare.partition("://")[2] if bare.startswith("://") else bare.removeprefix("//")
    host = rest.partition("/")[0]
    name = host if host.startswith("[") else host.partition(":")[0]
    return ("http" if is_loopback_host(name) or _PRIVATE.match(name) or "::1" in name else "https"), rest


def _without_path(rest: str, faults: Faults) -> str:
    found = re.search(r"[/?#\\]", rest)
    if found is None:
        return rest
    if rest[found.start() :] == "/":
        faults[Fault.TRAILING_SLASH] = (
            "an origin has no slash at its end: with one it is a URL, and never matches"
        )
    else:
        faults[Fault.PATH] = "an origin has no path, query or fragment: browsers do not send them"
    return rest[: found.start()]


def _without_userinfo(authority: str, faults: Faults) -> str:
    if "@" not in authority:
        return authority
    faults[Fault.USERINFO] = "an origin has no user name and no password: browsers leave them out"
    return authority.rpartition("@")[2]


def _port(scheme: str, authority: str, faults: Faults) -> tuple[str, str]:
    """Split *authority* into its host and its port, colon included, mended."""
    if authority.count(":") > 1 and not authority.startswith("["):
        address = bare_ipv6(authority)
        if address is not None:
            faults[Fault.ODD_ADDRESS] = "an IPv6 address stands in brackets"
            return address, ""
    if authority.startswith("["):
        address, _, after = authority.partition("]")
        host, colon, port = f"{address}]", after[:1], after[1:]
        if colon not in {"", ":"}:
            faults[Fault.OTHER] = _SHAPE
            return authority, ""
    else:
        host, colon, port = authority.partition(":")
    return host, _mended_port(scheme, port, faults) if colon else ""


def _mended_port(scheme: str, port: str, faults: Faults) -> str:
    if port == WILDCARD:
        return ":*"
    if "*" in port:
        faults[Fault.MISPLACED_WILDCARD] = 'the wildcard of a port is "*" alone: any port'
        return ":*"
    if not port:
        faults[Fault.OTHER] = "there is no port after the colon"
        return ""
    if not (port.isascii() and port.isdigit()) or not 0 < int(port[:_LONGEST]) <= _HIGHEST_PORT:
        faults[Fault.OTHER] = f"{port[:64]} is no port: a port is a number from 1 to {_HIGHEST_PORT:,}"
        return ":"
    number = port.lstrip("0")
    if DEFAULT_PORTS.get(scheme) == number:
        faults[Fault.DEFAULT_PORT] = f"browsers leave out {number}, the port that {scheme} has anyway"
        return ""
    if number != port:
        faults[Fault.OTHER] = "a port has no zeros before it"
    return f":{number}"
