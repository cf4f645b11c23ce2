"""Lines of files that strangers wrote: one that never ends takes neither all memory nor all time."""

from collections.abc import Iterable, Iterator
from io import TextIOBase
from typing import Final

# So much of one line is passed over before the file is taken to have no lines at all.
_MOST_PASSED_OVER: Final = 64 * 1024 * 1024


def bounded_lines(lines: Iterable[str], longest: int) -> Iterator[str]:
    """Yield *lines*, those of an open file by pieces.

    Args:
        lines: an open text file, or lines that are in memory already: these are yielded as they are.
        longest: of longer lines no more than one character beyond is yielded; behind an endless one nothing is read.
    """
    if not isinstance(lines, TextIOBase):
        yield from lines
        return
    while line := lines.readline(longest + 1):
        yield line
        passed_over = 0
        while line and not line.endswith("\n"):
            line = lines.readline(longest + 1)
            passed_over += len(line)
            if passed_over > _MOST_PASSED_OVER:
                return
