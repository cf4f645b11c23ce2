"""Floor 1: the standard's nouns, immutable."""

from corsage.model.cause import Cause
from corsage.model.client import Client, page
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
from corsage.model.outcome import Outcome, Refusal, Response
from corsage.model.request import Body, BodyKind, ElementInit, Request, RequestInit, Thrown, XhrInit
from corsage.model.trace import NO_TRACE, NOTE, OK, REFUSED, Algorithm, Step, Trace, Verdict
from corsage.model.url import URL, parse_url

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
