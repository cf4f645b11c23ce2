"""The live network: the engine's requests through libcurl, with timings, certificates and what was sent.

libcurl keeps the order, the duplicates and the bytes of headers, both ways, which other clients do not.
"""

from corsage.clients.live.exchange import Certificate, Exchange, Timing
from corsage.clients.live.options import DEFAULT_USER_AGENT, HttpVersion, LiveOptions
from corsage.clients.live.transport import LiveTransport

__all__ = [
    "DEFAULT_USER_AGENT",
    "Certificate",
    "Exchange",
    "HttpVersion",
    "LiveOptions",
    "LiveTransport",
    "Timing",
]
