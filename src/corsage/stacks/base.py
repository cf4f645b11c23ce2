"""What every stack is: how it is recognised, how its CORS is configured, what goes wrong with it. One file a stack."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from corsage.model.evidence import Answer

if TYPE_CHECKING:
    from corsage.server import Policy

NOT_EXECUTED: Final = ""


class Kind(StrEnum):
    """What a stack is in the path of a request."""

    APP = "app"  # a framework, or a library of one
    PROXY = "proxy"  # a server or a cache that one runs oneself, before the application
    GATEWAY = "gateway"  # an API gateway or ingress: routes, authenticates, limits
    CDN = "cdn"
    STORAGE = "storage"  # buckets
    PLATFORM = "platform"  # runs one's code, and answers in its place when it likes
    IDP = "idp"  # an identity provider
    SERVICE = "service"  # a finished program with CORS settings: Ollama, Elasticsearch


class Trait(StrEnum):
    """What is peculiar to a stack, as far as a diagnosis asks for it."""

    LAST_ADDED_OUTERMOST = "last-added-outermost"  # FastAPI: CORS must be added last
    FIRST_LISTED_OUTERMOST = "first-listed-outermost"  # Django, Rails: CORS must stand first
    RUNS_IN_ORDER = "runs-in-order"  # Express: CORS before routes and authentication
    BETWEEN_ROUTING_AND_AUTH = "between-routing-and-auth"  # ASP.NET Core
    ERRORS_LOSE_HEADERS = "errors-lose-headers"  # its own or the application's errors go without CORS headers
    ANSWERS_PREFLIGHTS = "answers-preflights"  # itself, whatever the application would say
    REFUSES_STRANGERS = "refuses-strangers"  # 403 for origins that are not allowed, on actual requests too
    DROPS_ALL_WHEN_REFUSED = "drops-all-when-refused"  # no CORS header at all when one thing is not allowed
    REFLECTS_BY_DEFAULT = "reflects-by-default"
    CACHES = "caches"
    HEADERS_FROM_CODE = "headers-from-code"  # a function must return the headers itself
    OVERWRITES_HEADERS = "overwrites-headers"  # of the application
    ADDS_HEADERS = "adds-headers"  # beside those of the application, so that there are two
    NEEDS_RELOAD = "needs-reload"  # a change counts after a restart, a deployment or a cleared cache
    WEBSOCKET_CHECK = "websocket-check"  # checks the origin of WebSockets by itself
    NO_PREFLIGHT = "no-preflight"  # cannot answer OPTIONS at all: Apps Script
    INTERSTITIAL = (
        "interstitial"  # shows a page of its own before it passes anything on: ngrok, port forwarders
    )
    FORWARDS_ORIGIN = "forwards-origin"  # a development proxy that hands the page's Origin on


@dataclass(frozen=True, slots=True)
class Sign:
    """Something about an answer that points to a stack.

    Attributes:
        sure: from 0 to 1.
        why: what was seen, as ``Server: nginx``.
    """

    sure: float
    why: str


@dataclass(frozen=True, slots=True)
class File:
    """A file, or a piece of one, to be written.

    Attributes:
        name: where it goes: ``/etc/nginx/conf.d/cors.conf``, ``main.py``.
        language: for highlighting: ``nginx``, ``python``, ``json``.
        text: with a line feed at its end.
    """

    name: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A policy as the configuration of a stack.

    What the stack cannot say is left out so that less is allowed, never more; `limits` has a sentence for each.

    Attributes:
        stack: its name.
        files: to be written; empty where the stack cannot express the policy at all: then `limits` says why.
        steps: what else is to be done, in order: what it replaces, how to check it and how to load it.
        limits: what the configuration does not do of what the policy says, each in a sentence.
        executed: with what the tests run such configurations: ``nginx 1.22``; empty where they cannot: then every
            report says "not executed".
    """

    stack: str
    files: tuple[File, ...]
    steps: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    executed: str = NOT_EXECUTED


@dataclass(frozen=True, slots=True)
class Pitfall:
    """A usual mistake.

    Attributes:
        name: short, lower-case, with hyphens.
        says: what goes wrong, in a sentence or two.
        instead: what to do, in a sentence or two.
        seen: finds it in a configuration's text (`re.search`, or a function of the text); ``None`` where text does not
            show it.
    """

    name: str
    says: str
    instead: str
    seen: re.Pattern[str] | Callable[[str], bool] | None = None

    def is_in(self, text: str) -> bool:
        """Tell whether *text* has it."""
        if self.seen is None:
            return False
        return self.seen.search(text) is not None if isinstance(self.seen, re.Pattern) else self.seen(text)


class Stack:
    """One server, framework, gateway or service.

    Attributes:
        name: lower-case, with hyphens: what ``--for`` and ``--stack`` take.
        title: as its makers write it.
        kind: what it is in the path of a request.
        words: what people call it, lower-case, each at least so long that it means nothing else:
            ``django-cors-headers``, ``corsheaders``. Matched as whole words in what users say of their products.
        traits: what is peculiar to it.
        executed: with what the tests run `render`'s configurations; empty where they cannot.
        pitfalls: the usual mistakes.
        order: where CORS stands among its other parts, in a sentence; empty where there is no such question.
        sources: addresses of its documentation.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    kind: ClassVar[Kind]
    words: ClassVar[tuple[str, ...]]
    traits: ClassVar[frozenset[Trait]] = frozenset()
    executed: ClassVar[str] = NOT_EXECUTED
    pitfalls: ClassVar[tuple[Pitfall, ...]] = ()
    order: ClassVar[str] = ""
    sources: ClassVar[tuple[str, ...]] = ()

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Find what in *answer* points to this stack: ``Server``, ``Via``, ``X-Powered-By``, its error pages."""
        del answer
        yield from ()

    def render(self, policy: "Policy") -> Rendered:
        """Write *policy* as a complete, correct configuration. Never raises; never allows more than the policy."""
        raise NotImplementedError

    def lint(self, text: str) -> tuple[Pitfall, ...]:
        """Return the pitfalls that the configuration *text* has."""
        return tuple(pitfall for pitfall in self.pitfalls if pitfall.is_in(text))
