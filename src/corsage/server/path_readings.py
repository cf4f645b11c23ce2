"""A path that can be read in more than one way: with empty segments, dots or backslashes in it, after decoding.

``/public/..%2fprivate`` arrives as ``/public/../private``. Some routers take it as it is; others drop empty segments,
resolve dots, or take a backslash for a slash before they look for a file or a route. Which of them stands behind the
policy nobody can know, so that a policy holds for such a path only where all of them would choose it.
"""

from collections.abc import Iterator, Sequence


def is_plain(path: str) -> bool:
    """Tell whether there is one way to read *path*. Quick, and wrong about ``/.well-known`` on the safe side."""
    return not path or (path[0] == "/" and "//" not in path and "/." not in path and "\\" not in path)


def as_written(path: str) -> str:
    """Return *path* as patterns are compared with it: without one slash at its end, which never matters."""
    return path.removesuffix("/")


def readings(path: str) -> tuple[str, ...]:
    """Return the ways to read *path*, each without its last slash; as it is written comes first."""
    return tuple(dict.fromkeys([as_written(path), *_tidied(path)]))


def shown_reading(reading: str) -> str:
    """Return one of the `readings` for people."""
    return reading or "/"


def _tidied(path: str) -> Iterator[str]:
    for text in dict.fromkeys((path, path.replace("\\", "/"))):
        segments = text.removeprefix("/").removesuffix("/").split("/")
        for kept in (segments, [segment for segment in segments if segment]):
            yield _joined(kept)
            yield _joined(_resolved(kept))


def _resolved(segments: Sequence[str]) -> list[str]:
    """Resolve dots as URLs do: no further up than the root, and an empty segment is one."""
    found: list[str] = []
    for segment in segments:
        if segment == "..":
            if found:
                found.pop()
        elif segment != ".":
            found.append(segment)
    return found


def _joined(segments: Sequence[str]) -> str:
    return "".join(f"/{segment}" for segment in segments).removesuffix("/")
