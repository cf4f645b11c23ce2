"""Fetches a second on one core: from the script's arguments to what the page sees, nothing remembered between.

Every fetch has its own request, its own header lists in every response, its own preflight cache and its own trace.
"""

import gc
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Final

from bench.rows import Goal, Row, Section
from bench.stats import in_turns, median, ratio
from corsage.browser import CHROMIUM, STANDARD, Profile, drive, fetch, new_request
from corsage.model import (
    NO_TRACE,
    HeaderList,
    RequestInit,
    Trace,
    WireKind,
    WireRequest,
    WireResponse,
    page,
)

ROUNDS: Final = 9
FETCHES: Final = 2000
TRACED_FETCHES: Final = Goal(30_000, at_least=True)

# The same scenario as the npm peers': see peers/lib/speed.mjs.
_CLIENT: Final = page("http://client.test:8000/page.html")
_URL: Final = "http://api.test:9000/s/speed/0"
_ALLOW_PAGE: Final = ("Access-Control-Allow-Origin", "http://client.test:8000")
_RESPONSE: Final = (("Content-Type", "text/plain"), _ALLOW_PAGE)
_PREFLIGHT: Final = (
    _ALLOW_PAGE,
    ("Access-Control-Allow-Methods", "GET, PUT"),
    ("Access-Control-Allow-Headers", "x-token"),
)
_HEADERS: Final = {"GET": (), "PUT": (("X-Token", "1"),)}
METHODS: Final = tuple(_HEADERS)
_NAMES: Final = {"GET": "simple GET", "PUT": "preflighted PUT"}

_numbers = count()


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to make the same fetch.

    Attributes:
        method: ``GET``, which is simple, or ``PUT`` with a header, which is preflighted: two requests.
        profile: the browser.
        traced: whether the steps are kept.
        new_urls: whether each fetch has a URL that was never parsed before.
    """

    method: str
    profile: Profile
    traced: bool = True
    new_urls: bool = False

    @property
    def label(self) -> str:
        """The variant in words."""
        words = [_NAMES[self.method], self.profile.name, "traced" if self.traced else "untraced"]
        return ", ".join([*words, "a new URL each time"] if self.new_urls else words)


def fetches_per_second(variant: Variant, fetches: int = FETCHES) -> float:
    """Make *fetches* fetches; return how many a second of processor time allows.

    Raises:
        RuntimeError: a fetch was refused, which is quicker than an answered one and must not be counted.
    """
    gc.collect()
    start = time.process_time()
    for _ in range(fetches):
        _fetch_once(variant)
    return fetches / (time.process_time() - start)


def _fetch_once(variant: Variant) -> None:
    trace = Trace() if variant.traced else NO_TRACE
    url = f"{_URL}?{next(_numbers)}" if variant.new_urls else _URL
    init = RequestInit(url, variant.method, _HEADERS[variant.method])
    request = new_request(init, _CLIENT, variant.profile, trace)
    outcome = drive(fetch(request, profile=variant.profile, trace=trace), _answer)
    if outcome.response is None or outcome.response.body != b"hello":
        raise RuntimeError(f"{variant.label}: the fetch was refused")


def _answer(request: WireRequest) -> WireResponse:
    if request.kind is WireKind.PREFLIGHT:
        return WireResponse(204, HeaderList(_PREFLIGHT))
    return WireResponse(200, HeaderList(_RESPONSE), b"hello")


def variants() -> Iterator[Variant]:
    """Yield every variant, each after those that it is compared with."""
    for method in METHODS:
        for profile in (STANDARD, CHROMIUM):
            yield Variant(method, profile, traced=False)
            yield Variant(method, profile)
        yield Variant(method, CHROMIUM, new_urls=True)


def measure(rounds: int = ROUNDS, fetches: int = FETCHES) -> Section:
    """Measure all variants in turns."""
    found = list(variants())
    actions = {each.label: partial(fetches_per_second, each, fetches) for each in found}
    figures = in_turns(rounds, actions)
    return Section(
        "engine",
        f"Engine: fetches a second of processor time, on one core (medians of {rounds} rounds in turns)",
        (
            "python: drive(fetch(new_request(init, page, profile, trace), profile=profile, trace=trace), answer)",
        ),
        tuple(_row(each, figures) for each in found),
        ("A preflighted PUT is two HTTP requests and two responses.",),
    )


def _row(variant: Variant, figures: dict[str, list[float]]) -> Row:
    mine = figures[variant.label]
    other, words = _compared_with(variant)
    return Row(
        variant.label,
        median(mine),
        "/s",
        ratio(mine, figures[other.label]) if other else None,
        words,
        TRACED_FETCHES if variant.traced and not variant.new_urls else None,
    )


def _compared_with(variant: Variant) -> tuple[Variant | None, str]:
    if variant.new_urls:
        return Variant(variant.method, variant.profile), "of a known URL's"
    if variant.traced:
        return Variant(variant.method, variant.profile, traced=False), "of untraced"
    return None, ""
