"""Which entry of a policy allows an origin, or how near the entries come to it. For people: slow, and in words."""

from collections.abc import Iterator
from typing import Final

from corsage.server.draft import NULL, WILDCARD
from corsage.server.origin_index import OriginIndex
from corsage.server.origin_pattern import Breadth, OriginPattern, parse_origin_pattern
from corsage.server.policy import Policy
from corsage.server.regexes import compile_regex
from corsage.server.serialized_origin import split_serialized_origin

_MOST_NEAR: Final = 3
_MOST_COMPARED: Final = 10_000


def allowing_entry(policy: Policy, origin: str) -> str | None:
    """Return the entry that allows *origin*, as ``origins[1] https://*.example.com``; the lookup is not asked."""
    if WILDCARD in policy.origins:
        return f"origins {WILDCARD}"
    if origin == NULL:
        return "dangerously_allow_null_origin" if policy.dangerously_allow_null_origin else None
    if split_serialized_origin(origin) is None and origin not in policy.origins:
        return None
    for number, text in enumerate(policy.origins):
        pattern = parse_origin_pattern(text)
        if text == origin or (
            pattern is not None and not pattern.is_exact and OriginIndex([pattern]).allows(origin)
        ):
            return f"origins[{number}] {text}"
    for number, text in enumerate(policy.origin_regexes):
        if compile_regex(text).fullmatch(origin) is not None:
            return f"origin_regexes[{number}] {text}"
    return None


def near_entries(policy: Policy, origin: str) -> tuple[str, ...]:
    """Say of the entries that nearly allow *origin* what keeps them from it; at most three."""
    parts = split_serialized_origin(origin)
    if parts is None:
        return ()
    found: list[str] = []
    for text, pattern in _patterns(policy):
        difference = _difference(pattern, *parts)
        if difference is not None:
            found.append(f"{text} {difference}")
            if len(found) == _MOST_NEAR:
                break
    return tuple(found)


def _patterns(policy: Policy) -> Iterator[tuple[str, OriginPattern]]:
    for number, text in enumerate(policy.origins[:_MOST_COMPARED]):
        pattern = parse_origin_pattern(text)
        if pattern is not None:
            yield f"origins[{number}] {text}", pattern


def _difference(pattern: OriginPattern, scheme: str, host: str, port: str) -> str | None:
    """Say the one thing in which they differ; ``None`` where there is more than one."""
    port_fits = pattern.port == "*" or (pattern.port or "") == port
    if _host_fits(pattern, host):
        if port_fits:
            return f"is for {pattern.scheme}, and this is {scheme}"
        if pattern.scheme == scheme:
            return f"is for {_port(pattern.port or '')}, and this has {_port(port)}"
        return None
    if pattern.scheme != scheme or not port_fits:
        return None
    return _host_difference(pattern, host)


def _host_difference(pattern: OriginPattern, host: str) -> str | None:
    if pattern.breadth is not Breadth.EXACT and host == pattern.host:
        return f"is for subdomains, and not for {host} itself"
    if host.endswith(f".{pattern.host}"):
        if pattern.breadth is Breadth.EXACT:
            return "is for this host alone, without its subdomains"
        return "is for subdomains of one label"
    if pattern.breadth is Breadth.EXACT and f"www.{host}" == pattern.host:
        return "is for www alone"
    return None


def _host_fits(pattern: OriginPattern, host: str) -> bool:
    if pattern.breadth is Breadth.EXACT:
        return host == pattern.host
    if not host.endswith(f".{pattern.host}"):
        return False
    label = host.removesuffix(f".{pattern.host}")
    return bool(label) and (pattern.breadth is Breadth.ANY_DEPTH or "." not in label)


def _port(port: str) -> str:
    return f"port {port}" if port else "the default port"
