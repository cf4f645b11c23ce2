"""The claim that the page makes, checked: ours is right in every row, and the same under ASGI and WSGI."""

from collections.abc import Iterator, Sequence

from peers.rows import ROWS, Cell


def faults(columns: Sequence[Sequence[Cell]], ours_wsgi: Sequence[Cell]) -> list[str]:
    """Say where the claim does not hold. Ours is the last of *columns*."""
    return [*_wrong(columns[-1]), *_unlike(columns[-1], ours_wsgi)]


def _wrong(ours: Sequence[Cell]) -> Iterator[str]:
    for row, cell in zip(ROWS, ours, strict=True):
        if cell.right is not True:
            yield f"ours is not right: {row.name}: {cell.shown}, right would be: {row.right}"


def _unlike(asgi: Sequence[Cell], wsgi: Sequence[Cell]) -> Iterator[str]:
    for row, one, other in zip(ROWS, asgi, wsgi, strict=True):
        if one != other:
            yield f"ours differs: {row.name}: {one.shown} under ASGI, {other.shown} under WSGI"
