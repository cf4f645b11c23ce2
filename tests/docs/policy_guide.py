"""The guide to `Policy` as text, and its tables as cells."""

import re
from pathlib import Path
from typing import Final

GUIDE: Final = Path(__file__).parents[2] / "docs" / "policy.md"
TEXT: Final = GUIDE.read_text(encoding="utf-8")
PAGE: Final = "https://app.example.com"


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the first table whose first row begins with *heading*."""
    lines = TEXT.partition(f"\n| {heading} |")[2].splitlines()[2:]
    table = lines[: next(number for number, line in enumerate(lines) if not line.startswith("|"))]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)
