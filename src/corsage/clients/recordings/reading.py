"""Read scenario files: JSON lines, plain or xz, bare scenarios or whole recordings."""

import io
import json
import lzma
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

XZ_MAGIC = b"\xfd7zXZ\x00"
LONGEST_LINE = 16 * 1024 * 1024


class BadScenario(ValueError):  # noqa: N818 - it names what is bad
    """A line that is not a scenario: which file and line, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a scenario file.

    Attributes:
        scenario: the scenario, decoded from JSON.
        recorded: browser name to what was recorded in it; empty for a bare scenario.
        where: file and line, for messages.
    """

    scenario: dict[str, Any]
    recorded: dict[str, Any]
    where: str


def read_rows(path: str, on_bad: Callable[[BadScenario], None] | None = None) -> Iterator[Row]:
    """Read the rows of *path* (``-`` is standard input), one at a time.

    Args:
        path: the file.
        on_bad: told of each line that is no scenario, after which the next line is read. Without it, the first ends
            the reading.

    Raises:
        BadScenario: a line is not what it should be, or nothing can be read after it; the message says where and what.
        OSError: the file cannot be read.
    """
    if path == "-":
        yield from _rows(_text(io.BufferedReader(_Stdin())), "standard input", on_bad)
        return
    with Path(path).open("rb") as raw, _text(raw) as lines:
        yield from _rows(lines, path, on_bad)


class _Stdin(io.RawIOBase):
    """Standard input, whose first bytes can be looked at without being consumed."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any writable buffer
        data = sys.stdin.buffer.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _text(raw: io.BufferedReader) -> TextIO:
    packed = raw.peek(len(XZ_MAGIC)).startswith(XZ_MAGIC)
    return io.TextIOWrapper(lzma.LZMAFile(raw) if packed else raw, encoding="utf-8")


def _rows(lines: TextIO, name: str, on_bad: Callable[[BadScenario], None] | None) -> Iterator[Row]:
    number = 0
    while True:
        number += 1
        where = f"{name}, line {number}"
        try:
            line = lines.readline(LONGEST_LINE + 1)
        except (UnicodeDecodeError, lzma.LZMAError, EOFError) as error:
            raise BadScenario(f"{where}: cannot be decoded: {error}") from error
        if not line:
            return
        if len(line) > LONGEST_LINE:
            raise BadScenario(f"{where}: longer than {LONGEST_LINE} characters")
        if not line.strip():
            continue
        try:
            row = _row(line, where)
        except BadScenario as error:
            if on_bad is None:
                raise
            on_bad(error)
            continue
        yield row


def _row(line: str, where: str) -> Row:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadScenario(f"{where}: not JSON: {error}") from error
    if not isinstance(value, dict):
        raise BadScenario(f"{where}: a scenario is a JSON object, this is a {type(value).__name__}")
    scenario = value.get("scenario", value)
    if not isinstance(scenario, dict):
        raise BadScenario(f'{where}: "scenario" is not an object')
    missing = [name for name in ("id", "client", "server") if name not in scenario]
    if "request" not in scenario and "sequence" not in scenario:
        missing.append("request")
    if missing:
        raise BadScenario(f"{where}: the scenario lacks {', '.join(missing)}")
    recorded = (
        {name: found for name, found in value.items() if name != "scenario"} if "scenario" in value else {}
    )
    return Row(scenario, recorded, where)
