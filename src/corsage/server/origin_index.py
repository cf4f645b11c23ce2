"""Origins in dictionaries: a million exact ones or ten thousand patterns cost what one costs.

Exact origins are keys. A wildcard is a key of scheme, port and suffix; an origin is looked up once for each number of
labels that some pattern's suffix has, however long its own name is.
"""

from collections.abc import Iterable

from corsage.server.origin_pattern import Breadth, OriginPattern
from corsage.server.serialized_origin import split_serialized_origin

_Suffix = tuple[str, str, str]


class OriginIndex:
    """Which origins are allowed.

    Attributes:
        exact: serialised origins.
        has_patterns: whether anything but exact origins is allowed.
    """

    __slots__ = ("_any_depth", "_any_port", "_depths", "_one_label", "exact", "has_patterns")

    def __init__(self, patterns: Iterable[OriginPattern]) -> None:
        exact: set[str] = set()
        self._any_port: set[tuple[str, str]] = set()
        self._one_label: set[_Suffix] = set()
        self._any_depth: set[_Suffix] = set()
        depths: set[int] = set()
        for pattern in patterns:
            port = pattern.port or ""
            if pattern.is_exact:
                exact.add(pattern.text)
            elif pattern.breadth is Breadth.EXACT:
                self._any_port.add((pattern.scheme, pattern.host))
            else:
                wild = self._one_label if pattern.breadth is Breadth.ONE_LABEL else self._any_depth
                wild.add((pattern.scheme, pattern.host, port))
                depths.add(pattern.host.count("."))
        self.exact = frozenset(exact)
        self._depths = tuple(sorted(depths))
        self.has_patterns = bool(self._any_port or depths)

    def allows(self, origin: str) -> bool:
        """Tell whether *origin*, as a browser serialises it, is allowed. Never raises, whatever it is given."""
        if origin in self.exact:
            return True
        if not self.has_patterns:
            return False
        parts = split_serialized_origin(origin)
        return parts is not None and self._matches(*parts)

    def _matches(self, scheme: str, host: str, port: str) -> bool:
        if (scheme, host) in self._any_port:
            return True
        labels = host.count(".")
        for depth in self._depths:
            if depth >= labels:
                return False
            # What follows the wildcard has *depth* dots; the dot before it is one more.
            prefix, *tail = host.rsplit(".", depth + 1)
            suffix = ".".join(tail)
            if self._has(self._any_depth, scheme, suffix, port):
                return True
            if "." not in prefix and self._has(self._one_label, scheme, suffix, port):
                return True
        return False

    @staticmethod
    def _has(wild: set[_Suffix], scheme: str, suffix: str, port: str) -> bool:
        return (scheme, suffix, port) in wild or (scheme, suffix, "*") in wild
