"""``docs/peers.md``: the table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peers.rows import GROUPS, ROWS, Cell


@dataclass(frozen=True, slots=True)
class Column:
    """What one peer did.

    Attributes:
        versions: of its packages.
        cells: in the order of the rows.
    """

    versions: list[str]
    cells: list[Cell]


def page(columns: Sequence[Column]) -> str:
    """Return the page as Markdown. Ours is the last of *columns*."""
    heads = ["<br>".join(column.versions) for column in columns]
    lines = [
        "# The Python peers, asked the same",
        "",
        "Written by `make peers`, which runs every peer of the head and Corsage's middleware, each in front of the",
        "same site and configured as its own documentation says, and gives each the same requests. Whether a page",
        "passes, reads or is stopped is what Corsage's browser engine makes of the bytes that came back, with its",
        "`standard` profile. ✓ is what the source says, ✗ something else, ○ what the peer has no option for;",
        "`refused` is an error before the first request. Corsage is right in every row, the same under ASGI and WSGI:",
        "else this page is not written.",
        "",
        "Unless a row says otherwise: two origins, `https://app.example` and `https://second.example`; methods GET and",
        "PUT; request header X-Token; exposed header X-Rate; credentials; max age 600.",
    ]
    start = 0
    for group, rows in GROUPS.items():
        lines += ["", f"## {group}", ""]
        lines += [_line(["", "right", *heads]), _line(["---"] * (len(columns) + 2))]
        for index, row in enumerate(rows, start):
            cells = [column.cells[index].shown for column in columns]
            lines.append(_line([_escaped(row.name), f"{row.right} ({row.source})", *cells]))
        start += len(rows)
    lines += ["", "## Right answers", "", *_sums(columns)]
    return "\n".join(lines) + "\n"


def _sums(columns: Sequence[Column]) -> Iterator[str]:
    yield _line([f"of {len(ROWS)} rows", *("<br>".join(column.versions) for column in columns)])
    yield _line(["---"] * (len(columns) + 1))
    for mark, right in (("right", True), ("wrong", False), ("not offered", None)):
        counts = [str(sum(cell.right is right for cell in column.cells)) for column in columns]
        yield _line([mark, *counts])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
