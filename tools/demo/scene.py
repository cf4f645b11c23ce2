"""What a scene is: an API's behaviour, a page's request, and what must come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Answer:
    """What the API sends for one method and path. ``{page}`` and the like in header values are filled in."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""


# "GET /ping" -> its answer. Anything else is answered 404.
Answers: TypeAlias = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a request, as far as the demonstration looks at it.

    Attributes:
        exit_code: of ``corsage check``.
        kind: ``readable``, ``blocked`` or ``network-failure``.
        cause: the stable error code.
        sent: how many requests went out, preflights included.
        hidden: the custom response headers that the page cannot read.
    """

    exit_code: int
    kind: str
    cause: str | None = None
    sent: int = 1
    hidden: tuple[str, ...] = ()

    def __str__(self) -> str:
        words = [
            f"exit {self.exit_code}: {self.kind}",
            self.cause or "",
            *(f"{name} hidden" for name in self.hidden),
        ]
        return ", ".join(word for word in [*words, f"{self.sent} sent"] if word)


@dataclass(frozen=True, slots=True)
class Scene:
    """One classic situation.

    Attributes:
        title: its name.
        lead: what the page and the API do, for people.
        url: what the page asks for; ``{api}`` and the like are filled in.
        expected: what must come of it.
        conclusion: what to take home.
        request: the further arguments of ``corsage check``.
        origin: of the page.
        answers: how the API behaves.
        origins: of the policy that stands before the API, which allows them PUT, JSON and cookies; empty for none.
        shown: the headings of the report that are shown below its verdict; ``None`` is all of it.
    """

    title: str
    lead: str
    url: str
    expected: Verdict
    conclusion: str
    request: tuple[str, ...] = ()
    origin: str = "{page}"
    answers: Answers = field(default_factory=dict)
    origins: tuple[str, ...] = ()
    shown: tuple[str, ...] | None = ("What the page can read", "What to change")
