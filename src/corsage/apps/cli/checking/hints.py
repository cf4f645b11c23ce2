"""What the answer itself gives away about the mistake behind it; guesses are worded as such."""

from collections.abc import Callable, Iterator
from typing import Final

from corsage.apps.cli.text import shown
from corsage.model import Cause, HeaderList, Refusal, parse_url

_KNOWN: Final = frozenset(
    {
        "access-control-allow-credentials",
        "access-control-allow-headers",
        "access-control-allow-methods",
        "access-control-allow-origin",
        "access-control-allow-private-network",
        "access-control-expose-headers",
        "access-control-max-age",
    }
)
_ASKING: Final = frozenset({"access-control-request-headers", "access-control-request-method"})
_MISSING: Final = frozenset({Cause.MISSING_ALLOW_ORIGIN, Cause.PREFLIGHT_MISSING_ALLOW_ORIGIN})
_FOREIGN: Final = frozenset({Cause.ALLOW_ORIGIN_MISMATCH, Cause.PREFLIGHT_ALLOW_ORIGIN_MISMATCH})
_FIRST_ERROR: Final = 400
_LOGIN: Final = frozenset({401, 403})
_NO_ROUTE: Final = frozenset({404, 405, 501})
_MOST: Final = 3


def hints(refusal: Refusal) -> Iterator[str]:
    """Yield what may be behind *refusal*."""
    headers = refusal.headers or HeaderList()
    for hint in _HINTS:
        yield from hint(refusal, headers)


def _misspelt(_: Refusal, headers: HeaderList) -> Iterator[str]:
    names = [name for name in headers.names() if name.startswith("access-control-") and name not in _KNOWN]
    for name in names[:_MOST]:
        if name in _ASKING:
            yield f"The server answers {name}, which belongs in requests."
        else:
            yield f"The server answers {shown(name)}, which no browser knows: a misspelling?"


def _error_page(refusal: Refusal, _: HeaderList) -> Iterator[str]:
    status = refusal.status or 0
    if refusal.cause is Cause.MISSING_ALLOW_ORIGIN and status >= _FIRST_ERROR:
        yield (
            f"The status is {status}: find that error first. Error pages often come from a proxy or a framework "
            "that adds no CORS headers to them."
        )


def _preflight_status(refusal: Refusal, _: HeaderList) -> Iterator[str]:
    if not refusal.cause.is_preflight:
        return
    if refusal.status in _LOGIN:
        yield f"{refusal.status} to a preflight: something asks for a login before CORS is looked at."
    elif refusal.status in _NO_ROUTE:
        yield f"{refusal.status} to a preflight: the server seems to have no answer to OPTIONS at this URL."


def _near_miss(refusal: Refusal, _: HeaderList) -> Iterator[str]:
    if refusal.cause not in _FOREIGN:
        return
    value, origin = refusal.parameter, refusal.origin
    allowed, asking = parse_url(value), parse_url(origin)
    if allowed is None or asking is None:
        return
    if allowed.origin == asking.origin:
        yield f"{shown(value)} is meant for this page, but must be written {origin}: without path, slash or capitals."
        return
    if allowed.host == asking.host:
        yield f"Only the {'port' if allowed.scheme == asking.scheme else 'scheme'} differs."
    elif (allowed.scheme, allowed.port) == (asking.scheme, asking.port):
        yield "Only the host differs: localhost and 127.0.0.1 are two, and so are a domain with www and without."


def _cached(refusal: Refusal, headers: HeaderList) -> Iterator[str]:
    if refusal.cause not in _FOREIGN | _MISSING:
        return
    age = headers.get("age")
    if age is not None and age != "0":
        yield (
            f"The answer is {shown(age)} seconds old, from a cache: it may have been made for another page. "
            "Vary: Origin keeps them apart."
        )


_HINTS: Final[tuple[Callable[[Refusal, HeaderList], Iterator[str]], ...]] = (
    _misspelt,
    _error_page,
    _preflight_status,
    _near_miss,
    _cached,
)
