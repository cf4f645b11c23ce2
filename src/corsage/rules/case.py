"""A case: evidence, asked the questions that rules ask."""

from collections.abc import Collection
from functools import cached_property
from typing import Final

from corsage.model import Cause, FailureKind, HeaderList
from corsage.model.evidence import Answer, Evidence, Message
from corsage.model.origin import TupleOrigin
from corsage.model.symptom import Symptom
from corsage.model.url import URL, parse_url
from corsage.rules.words import find_words, plain_code, plain_words

_CORS_HEADERS: Final = "access-control-allow-"
_GATEWAYS: Final = (
    "ingress",
    "api management",
    "kong ",
    "istio",
    "apigee",
    "endpoints esp",
    "apisix",
    "krakend",
)
_IN_FRONT: Final = frozenset({"proxy", "gateway", "platform", "cdn", "storage"})
_NOBODY: Final = Answer()


class Case:
    """Evidence and what follows from it. Everything is worked out once, when a rule asks.

    Attributes:
        evidence: what is known.
    """

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence

    # -- what people say

    @cached_property
    def notes(self) -> str:
        """The reporter's words, and those of their products: lower-case, single spaces, one at either end."""
        evidence = self.evidence
        return plain_words(" . ".join((evidence.notes, *evidence.products)))

    @cached_property
    def _code(self) -> str:
        """The notes and the products, with their marks."""
        return plain_code(" . ".join(filter(None, (self.evidence.notes, *self.evidence.products))))

    @cached_property
    def _code_of_remarks(self) -> str:
        return plain_code(self.evidence.notes)

    @cached_property
    def _code_of_products(self) -> str:
        places = (place.stack for place in self.evidence.places)
        return plain_code(" . ".join((*self.evidence.products, *places)))

    @cached_property
    def products(self) -> str:
        """The words of the products alone, likewise."""
        places = (place.stack for place in self.evidence.places)
        return plain_words(" . ".join((*self.evidence.products, *places)))

    @cached_property
    def remarks(self) -> str:
        """The words of the notes alone, likewise."""
        return plain_words(self.evidence.notes)

    def said(self, *wanted: str | tuple[str, ...]) -> str | None:
        """Return the first of *wanted* that the notes or products say.

        Each is looked for at the start of a word; those of up to three letters are whole words.

        A tuple is said where all of its parts are. ``None`` where nothing is.
        """
        return find_words(self.notes, self._code, wanted)

    def noted(self, *wanted: str | tuple[str, ...]) -> str | None:
        """Return the first of *wanted* that the notes say, as `said` does."""
        return find_words(self.remarks, self._code_of_remarks, wanted)

    def uses(self, *wanted: str | tuple[str, ...]) -> str | None:
        """Return the first of *wanted* that the products are called, as `said` does."""
        return find_words(self.products, self._code_of_products, wanted)

    def observed(self, part: str) -> str | None:
        """Return the first sentence of our readers on what was pasted that has *part*."""
        return next((each for each in self.evidence.observed if part in each), None)

    # -- who took part

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What took part: ``app``, ``proxy``, ``gateway``, ``cdn`` and so on."""
        found = frozenset(place.kind for place in self.evidence.places)
        return found | {"gateway"} if self.said(*_GATEWAYS) else found

    @cached_property
    def stacks(self) -> frozenset[str]:
        """The names of the stacks that took part."""
        return frozenset(place.stack for place in self.evidence.places)

    @cached_property
    def traits(self) -> frozenset[str]:
        """What is peculiar to any of them."""
        return frozenset(trait for place in self.evidence.places for trait in place.traits)

    @cached_property
    def traits_in_front(self) -> frozenset[str]:
        """What is peculiar to those that stand before the application."""
        before = (place for place in self.evidence.places if place.kind in _IN_FRONT)
        return frozenset(trait for place in before for trait in place.traits)

    def layer_among(self, *kinds: str, otherwise: str) -> str:
        """Return the first of *kinds* that took part, or *otherwise*."""
        return next((kind for kind in kinds if kind in self.kinds), otherwise)

    def slipped(self, names: Collection[str]) -> str | None:
        """Return what goes wrong in a configuration that was pasted, by the first mistake that is one of *names*."""
        found = (slip for slip in self.evidence.slips if slip.name in names)
        return next((f"{slip.stack}: {slip.says.rstrip('.')}" for slip in found), None)

    # -- what was printed

    @cached_property
    def says(self) -> frozenset[Cause | Symptom]:
        """All that the messages say; of the CORS check, without regard to which answer it judged."""
        return frozenset(_plain_cause(message.says) for message in self.evidence.messages)

    def message(self, *says: Cause | Symptom) -> Message | None:
        """Return the first message that says one of *says*, on the preflight or on the response."""
        return next((each for each in self.evidence.messages if _plain_cause(each.says) in says), None)

    def failed(self, *kinds: FailureKind) -> FailureKind | None:
        """Return how the network failed, if it did so in one of the ways *kinds*."""
        found = [message.failure for message in self.evidence.messages]
        found += [answer.failure for answer in (self.preflight, self.actual)]
        return next((each for each in found if each is not None and each in kinds), None)

    @cached_property
    def on_preflight(self) -> bool:
        """Whether it was the preflight that failed."""
        if any(_preflight_failed(message) for message in self.evidence.messages):
            return True
        says_actual = any(isinstance(message.says, Cause) for message in self.evidence.messages)
        return self.evidence.preflight is not None and self.evidence.actual is None and not says_actual

    @property
    def silent(self) -> bool:
        """Whether nothing was printed, or nothing that says more than that it failed."""
        vague = {Symptom.FETCH_FAILED, Symptom.CORS_UNSPECIFIC, Symptom.PREFLIGHT_UNSPECIFIC}
        return self.says <= vague

    # -- what was answered

    @property
    def preflight(self) -> Answer:
        """What is known of the answer to the preflight; nothing, where nothing is."""
        return self.evidence.preflight or _NOBODY

    @property
    def actual(self) -> Answer:
        """What is known of the actual response, likewise."""
        return self.evidence.actual or _NOBODY

    @cached_property
    def preflight_status(self) -> int | None:
        """The status of the preflight's answer."""
        if self.preflight.status is not None:
            return self.preflight.status
        named = [each for each in self.evidence.messages if each.status and _is_of_preflight(each)]
        # A log has many preflights: that which failed is meant.
        failed = (each for each in named if _preflight_failed(each))
        return next((each.status for each in (*failed, *named)), None)

    @cached_property
    def status(self) -> int | None:
        """The status of the actual response."""
        if self.actual.status is not None:
            return self.actual.status
        named = (each for each in self.evidence.messages if each.status and not _is_of_preflight(each))
        return next((each.status for each in named), None)

    def header(self, name: str) -> str | None:
        """Return *name* (lower-case) of the response that was judged, or of the other."""
        first, second = (self.preflight, self.actual) if self.on_preflight else (self.actual, self.preflight)
        found = first.headers.get(name)
        return found if found is not None else second.headers.get(name)

    @cached_property
    def allow_origin(self) -> str | None:
        """``Access-Control-Allow-Origin``, from a response or from a message about it."""
        value = self.header("access-control-allow-origin")
        if value is not None:
            return value
        told = self.message(
            Cause.MULTIPLE_ALLOW_ORIGIN, Cause.INVALID_ALLOW_ORIGIN, Cause.ALLOW_ORIGIN_MISMATCH
        )
        if told is not None:
            return told.parameter
        return "*" if self.message(Cause.WILDCARD_WITH_CREDENTIALS) else None

    @cached_property
    def has_cors_headers(self) -> bool:
        """Whether any response is known to have had a CORS header."""
        answers = (self.preflight, self.actual)
        return any(
            name.startswith(_CORS_HEADERS) for answer in answers for name in answer.headers.names()
        ) or bool(self.allow_origin)

    @property
    def body(self) -> str:
        """What is known of the bodies, lower-case."""
        return f"{self.preflight.body}\n{self.actual.body}".lower()

    def probed(self, name: str) -> Answer:
        """Return the answer to the probe *name*; nothing is known of one that was not made."""
        return next((each.answer for each in self.evidence.probes if each.name == name), _NOBODY)

    # -- what was asked

    @cached_property
    def origin(self) -> str:
        """The page's origin, as written; empty where nobody said."""
        given = self.evidence.origin or next(
            (each.origin for each in self.evidence.messages if each.origin), ""
        )
        return given.strip()

    @cached_property
    def url(self) -> str:
        """The URL, as written; empty likewise."""
        given = self.evidence.url or next((each.url for each in self.evidence.messages if each.url), "")
        return given.strip()

    @cached_property
    def urls(self) -> tuple[str, ...]:
        """Every URL that the report or a message names, as written, in small letters."""
        named = (self.url, *(each.url for each in self.evidence.messages))
        return tuple(dict.fromkeys(each.strip().lower() for each in named if each))

    @cached_property
    def target(self) -> URL | None:
        """The URL, if it is one."""
        return parse_url(self.url) if self.url else None

    @cached_property
    def page(self) -> TupleOrigin | None:
        """The page's origin, if it has scheme and host."""
        parsed = parse_url(self.origin) if self.origin else None
        origin = parsed.origin if parsed is not None else None
        return origin if isinstance(origin, TupleOrigin) else None

    @cached_property
    def element(self) -> str:
        """What loaded it: ``fetch``, ``font``, ``script`` …; lower-case, empty where nobody said."""
        _, bracket, inside = self.evidence.mode.partition("(")
        if bracket:
            return inside.rstrip(") ").lower()
        if self.evidence.mode in ("", "cors", "no-cors", "same-origin", "navigate"):
            return next((each.api.lower() for each in self.evidence.messages if each.api), "")
        return self.evidence.mode.lower()

    @property
    def mode(self) -> str:
        """The request mode, without what stands in brackets."""
        return self.evidence.mode.partition("(")[0].strip().lower()

    @cached_property
    def method(self) -> str:
        """The request's method, as written, or as a message names it."""
        told = self.message(Cause.METHOD_DISALLOWED)
        return self.evidence.method or (told.parameter if told is not None else "")

    @property
    def headers(self) -> HeaderList:
        """The headers that the page set."""
        return self.evidence.request_headers

    @cached_property
    def with_credentials(self) -> bool:
        """Whether the request is known to carry credentials."""
        return self.evidence.credentials == "include"


_ACTUAL_CAUSES: Final = {
    each.on_preflight: each
    for each in (
        Cause.MISSING_ALLOW_ORIGIN,
        Cause.MULTIPLE_ALLOW_ORIGIN,
        Cause.INVALID_ALLOW_ORIGIN,
        Cause.ALLOW_ORIGIN_MISMATCH,
        Cause.WILDCARD_WITH_CREDENTIALS,
        Cause.INVALID_ALLOW_CREDENTIALS,
    )
}


def _plain_cause(says: Cause | Symptom) -> Cause | Symptom:
    if says is Symptom.ALLOW_ORIGIN_UNSPECIFIC:
        return Cause.MISSING_ALLOW_ORIGIN
    return _ACTUAL_CAUSES.get(says, says) if isinstance(says, Cause) else says


def _is_of_preflight(message: Message) -> bool:
    """Tell whether *message* is about a preflight, its success included: a log names each request."""
    if isinstance(message.says, Cause):
        return message.says.is_preflight
    if message.says is Symptom.SERVER_STATUS:
        return message.parameter == "OPTIONS"
    return message.says in (
        Symptom.PREFLIGHT_UNSPECIFIC,
        Symptom.SERVER_REFUSED_PREFLIGHT,
        Symptom.PRIVATE_NETWORK_HEADER,
    )


def _preflight_failed(message: Message) -> bool:
    if message.says is Symptom.SERVER_STATUS and message.status in range(200, 300):
        return False
    return _is_of_preflight(message)
