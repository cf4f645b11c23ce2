"""A report without the parts that would make ten of them a wall."""

import re
from typing import Final

_COLOR: Final = re.compile(r"\x1b\[[0-9;]*m")


def shortened(report: str, headings: tuple[str, ...]) -> str:
    """Return the verdict, which is the first paragraph, and the paragraphs under *headings*."""
    first, *others = report.strip("\n").split("\n\n")
    return "\n\n".join([first, *(each for each in others if _heading(each) in headings)])


def _heading(paragraph: str) -> str:
    return _COLOR.sub("", paragraph.partition("\n")[0]).strip()
