"""What a report is made of."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or two."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """What is copied: a configuration, a command, headers.

    Attributes:
        text: without a line feed at its end.
        language: ``nginx``, ``python``, ``sh``, ``http``; empty for plain text.
        name: of the file it goes to; empty where it is none.
    """

    text: str
    language: str = ""
    name: str = ""


Block = Text | Items | Code


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole.

    Attributes:
        verdict: is it CORS, in a sentence.
        is_cors: ``None`` where nobody can tell yet.
        cause: code, name and confidence of the first finding; empty where there is none.
        layer: what has to change; empty likewise.
        chapters: the rest.
    """

    verdict: str
    is_cors: bool | None
    cause: str
    layer: str
    chapters: tuple[Chapter, ...] = field(default=())
