"""What a row of the table is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from peers.setup import STRICT, Setup
from peers.wire import Send

_FETCH: Final = "https://fetch.spec.whatwg.org/#"
_HTTP: Final = "https://httpwg.org/specs/rfc9110.html#"

CORS_CHECK: Final = f"[Fetch, CORS check]({_FETCH}concept-cors-check)"
PREFLIGHT_FETCH: Final = f"[Fetch, CORS-preflight fetch]({_FETCH}cors-preflight-fetch)"
REQUESTS: Final = f"[Fetch, HTTP requests]({_FETCH}http-requests)"
RESPONSES: Final = f"[Fetch, HTTP responses]({_FETCH}http-responses)"
SAFELISTED_METHOD: Final = f"[Fetch, CORS-safelisted method]({_FETCH}cors-safelisted-method)"
SAFELISTED_HEADER: Final = f"[Fetch, CORS-safelisted request-header]({_FETCH}cors-safelisted-request-header)"
CREDENTIALS: Final = f"[Fetch, CORS protocol and credentials]({_FETCH}cors-protocol-and-credentials)"
HTTP_CACHES: Final = f"[Fetch, CORS protocol and HTTP caches]({_FETCH}cors-protocol-and-http-caches)"
EXCEPTIONS: Final = f"[Fetch, CORS protocol exceptions]({_FETCH}cors-protocol-exceptions)"
FORCED: Final = f"[Fetch, use-CORS-preflight flag]({_FETCH}use-cors-preflight-flag)"
PREFLIGHT_CACHE: Final = f"[Fetch, CORS-preflight cache]({_FETCH}concept-cache)"
ORIGIN_HEADER: Final = f"[Fetch, Origin header]({_FETCH}origin-header)"
SERIALIZED: Final = (
    "[HTML, serialization of an origin](https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin)"
)
VARY: Final = f"[RFC 9110, 12.5.5]({_HTTP}field.vary)"
OPTIONS: Final = f"[RFC 9110, 9.3.7]({_HTTP}OPTIONS)"
LIST: Final = f"[RFC 9110, 5.6.1.2]({_HTTP}abnf.extension.recipient)"
LINES: Final = f"[RFC 9110, 5.3]({_HTTP}fields.order)"
NAMES: Final = f"[RFC 9110, 5.1]({_HTTP}fields.names)"
METHODS: Final = f"[RFC 9110, 9.1]({_HTTP}method.overview)"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one peer did.

    Attributes:
        text: in a word or two.
        right: whether the standard's answer; ``None`` where the peer has no option for it.
    """

    text: str
    right: bool | None

    @property
    def shown(self) -> str:
        """The cell in the table."""
        mark = {True: "✓", False: "✗", None: "○"}[self.right]
        return f"{mark} {self.text}"


@dataclass(frozen=True, slots=True)
class Row:
    """One point of behaviour.

    Attributes:
        name: the question, short.
        right: the right answer.
        source: who says so, as a link.
        check: asks a peer and judges.
        setup: what the peer is configured with.
        refusing_is_right: whether a peer may also say before it starts that the setup is wrong.
    """

    name: str
    right: str
    source: str
    check: Callable[[Send], Cell]
    setup: Setup = STRICT
    refusing_is_right: bool = False


def yes_if(right: bool, wrong: str = "no") -> Cell:  # noqa: FBT001 - it reads as a sentence
    """Return a plain yes, or *wrong*."""
    return Cell("yes" if right else wrong, right)


def no_unless(wrong: bool, shown: str = "yes") -> Cell:  # noqa: FBT001 - it reads as a sentence
    """Return a plain no, or what went wrong."""
    return Cell(shown if wrong else "no", not wrong)
