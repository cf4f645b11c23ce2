"""The report on a diagnosis as Markdown, to be pasted in an issue."""

import re
from collections.abc import Iterator
from typing import Final

from corsage.apps.cli.text import code_row, escaped
from corsage.diagnosis.report import Block, Code, Items, Report, Text

# What would be markup, a mention or HTML: reports hold words of strangers.
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|@~$!])")
_LANGUAGE: Final = re.compile(r"[a-z0-9+-]{0,20}")


def markdown_of(report: Report) -> str:
    """Return *report* as Markdown, with a line feed at its end."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"**{_prose(report.verdict)}**"
    if report.cause:
        yield from ("", f"- Cause: {_prose(report.cause)}", f"- Layer: {_prose(report.layer)}")
    for chapter in report.chapters:
        yield from ("", f"### {_prose(chapter.title)}")
        for block in chapter.blocks:
            yield from ("", *_block(block))


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Text):
        yield _prose(block.text)
    elif isinstance(block, Items):
        yield from (f"- {_prose(item)}" for item in block.items)
    else:
        yield from _code(block)


def _code(block: Code) -> Iterator[str]:
    if block.name:
        yield from (f"{_prose(block.name)}:", "")
    rows = [code_row(row) for row in block.text.split("\n")]
    fence = "`" * max(3, 1 + max((_longest_run(row) for row in rows), default=0))
    language = block.language if _LANGUAGE.fullmatch(block.language) else ""
    yield f"{fence}{language}"
    yield from rows
    yield fence


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)


def _prose(text: str) -> str:
    return _MARKUP.sub(r"\\\1", escaped(" ".join(text.split())))
