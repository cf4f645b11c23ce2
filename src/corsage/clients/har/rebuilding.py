"""The page's request, rebuilt from what went over the wire."""

from dataclasses import replace

from corsage.clients.har.page_headers import page_headers
from corsage.clients.har.pairing import Conversation, Hop
from corsage.clients.har.who_asked import who_asked
from corsage.model import NO_HEADERS, AddressSpace, Client, Credentials, Initiator, Mode, Request

_SCRIPTED = frozenset({Initiator.FETCH, Initiator.XHR, Initiator.BEACON})
# net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS, and its name until 2025
_NO_LOCAL_NETWORK = ("LOCAL_NETWORK_ACCESS", "PRIVATE_NETWORK_ACCESS")
_EITHER = (Credentials.SAME_ORIGIN, Credentials.INCLUDE)


def requests_of(conversation: Conversation) -> tuple[Request, ...]:
    """Return the requests that the page may have made: what nobody recorded is tried both ways, the likelier first.

    None where it cannot be told what asked, and for navigations, which are no business of CORS.
    """
    first = conversation.hops[0]
    if conversation.is_preflight_alone:
        return _of_preflight(conversation, first)
    who = who_asked(first.entry)
    if who is None or who[1] is Mode.NAVIGATE:
        return ()
    initiator, mode = who
    asked = first.preflight.request_headers if first.preflight is not None else None
    scripted = initiator in _SCRIPTED
    return tuple(
        Request(
            url=first.entry.url,
            client=_client(conversation),
            initiator=initiator,
            method=first.entry.method,
            headers=page_headers(first.entry.request_headers if scripted else NO_HEADERS, asked),
            mode=mode,
            credentials=credentials,
            unsafe_request=scripted,
            use_cors_preflight=asked is not None,
        )
        for credentials in _credentials(conversation, mode)
    )


def _client(conversation: Conversation) -> Client:
    """Return the page; one that may not reach the local network where the browser said that."""
    client = conversation.client
    if not any(word in conversation.last.error for word in _NO_LOCAL_NETWORK):
        return client
    # Only pages from elsewhere need leave.
    space = AddressSpace.PUBLIC if client.address_space is AddressSpace.LOOPBACK else client.address_space
    return replace(client, address_space=space, local_network_permission=False)


def knows_credentials(conversation: Conversation, request: Request) -> bool:
    """Tell whether the recording shows the credentials mode, so that it is no guess."""
    return len(_credentials(conversation, request.mode)) == 1


def _credentials(conversation: Conversation, mode: Mode) -> tuple[Credentials, ...]:
    if mode is Mode.NO_CORS:
        return (Credentials.INCLUDE,)
    origin = conversation.client.origin
    crossed = (hop.entry for hop in conversation.hops if not origin.same_origin(hop.entry.url.origin))
    if not conversation.is_preflight_alone and any(entry.has_cookies for entry in crossed):
        return (Credentials.INCLUDE,)
    return _EITHER


def _of_preflight(conversation: Conversation, hop: Hop) -> tuple[Request, ...]:
    asked = hop.entry.request_headers
    return tuple(
        Request(
            url=hop.entry.url,
            client=conversation.client,
            initiator=Initiator.FETCH,
            method=asked.get("access-control-request-method") or "GET",
            headers=page_headers(NO_HEADERS, asked),
            credentials=credentials,
            unsafe_request=True,
            use_cors_preflight=True,
        )
        for credentials in _EITHER
    )
