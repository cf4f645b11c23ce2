"""Requests and responses as they were found in a text, before anybody paired them."""

from dataclasses import dataclass, field

from corsage.clients.snippets.asked import Asked
from corsage.model.evidence import Answer
from corsage.model.headers import HeaderList
from corsage.model.messages import FailureKind


@dataclass(slots=True)
class Request:
    """A request that was sent, as far as the text shows it.

    Attributes:
        method: as written; empty where it is not shown.
        target: the URL, or its path.
        headers: in order.
        shown: whether its headers are shown, so that what is absent was absent.
        secure: whether it went over TLS; ``None`` where nothing tells.
        body: its beginning.
    """

    method: str = ""
    target: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    shown: bool = False
    secure: bool | None = None
    body: str | None = None

    def header(self, name: str) -> str:
        """Return the first value of *name* (lower-case); empty where there is none."""
        return Asked(headers=self.headers).header(name)

    @property
    def is_preflight(self) -> bool:
        """Whether it is a CORS preflight, or an OPTIONS request of which the headers are unknown."""
        if self.method.upper() != "OPTIONS":
            return False
        return bool(self.header("access-control-request-method")) or not self.shown


@dataclass(slots=True)
class Response:
    """A response that came, or why none did.

    Attributes:
        status: ``None`` where it is not shown.
        headers: in order.
        headed: whether a status line stands before the headers.
        cut: whether the writer left some out.
        body: its beginning.
        failure: why none came.
        words: the program's own words for the failure.
    """

    status: int | None = None
    headers: list[tuple[str, str]] = field(default_factory=list)
    headed: bool = False
    cut: bool = False
    body: str = ""
    failure: FailureKind | None = None
    words: str = ""

    def header(self, name: str) -> str:
        """Return the first value of *name* (lower-case); empty where there is none."""
        return Asked(headers=self.headers).header(name)

    @property
    def whole(self) -> bool:
        """Whether all headers are shown: some that are not about CORS are, too."""
        usual = {
            "date",
            "server",
            "content-type",
            "content-length",
            "transfer-encoding",
            "connection",
            "via",
            "vary",
        }
        names = {name.lower() for name, _ in self.headers}
        return not self.cut and (self.headed or len(names) > len(usual) // 2) and bool(names & usual)

    def answer(self) -> Answer:
        """Return it as evidence."""
        return Answer(self.status, HeaderList(self.headers), self.whole, self.body, self.failure)


Head = Request | Response
