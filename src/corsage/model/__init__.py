"""Floor 1: the standard's nouns, immutable."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from corsage.model.cause import Cause
from corsage.model.headers import NO_HEADERS, HeaderList
from corsage.model.messages import FailureKind, NetworkFailure, WireKind, WireRequest, WireResponse
from corsage.model.modes import (
    AddressSpace,
    Cache,
    Credentials,
    EmbedderPolicy,
    Initiator,
    Mode,
    Redirect,
    ReferrerPolicy,
    ResponseType,
    Tainting,
)
from corsage.model.origin import OpaqueOrigin, Origin, TupleOrigin
from corsage.model.url import URL, parse_url

if TYPE_CHECKING:
    from corsage.model.client import Client, page
    from corsage.model.outcome import Outcome, Refusal, Response
    from corsage.model.request import Body, BodyKind, ElementInit, Request, RequestInit, Thrown, XhrInit
    from corsage.model.trace import NO_TRACE, NOTE, OK, REFUSED, Algorithm, Step, Trace, Verdict

# What only the engine needs is imported when it is asked for: who explains a message plays no request.
_MODULES: Final = {
    "client": ("Client", "page"),
    "outcome": ("Outcome", "Refusal", "Response"),
    "request": ("Body", "BodyKind", "ElementInit", "Request", "RequestInit", "Thrown", "XhrInit"),
    "trace": ("NO_TRACE", "NOTE", "OK", "REFUSED", "Algorithm", "Step", "Trace", "Verdict"),
}
_HOMES: Final = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import what the engine needs, when it asks for it, and keep it here."""
    module = _HOMES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = found
    return found


__all__ = [
    "NOTE",
    "NO_HEADERS",
    "NO_TRACE",
    "OK",
    "REFUSED",
    "URL",
    "AddressSpace",
    "Algorithm",
    "Body",
    "BodyKind",
    "Cache",
    "Cause",
    "Client",
    "Credentials",
    "ElementInit",
    "EmbedderPolicy",
    "FailureKind",
    "HeaderList",
    "Initiator",
    "Mode",
    "NetworkFailure",
    "OpaqueOrigin",
    "Origin",
    "Outcome",
    "Redirect",
    "ReferrerPolicy",
    "Refusal",
    "Request",
    "RequestInit",
    "Response",
    "ResponseType",
    "Step",
    "Tainting",
    "Thrown",
    "Trace",
    "TupleOrigin",
    "Verdict",
    "WireKind",
    "WireRequest",
    "WireResponse",
    "XhrInit",
    "page",
    "parse_url",
]
