"""Loads that markup makes: scripts, images, style sheets, fonts, media, and the small APIs beside fetch().

Source: https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request
"""

from typing import Final

from corsage.browser.body_types import implied_content_type
from corsage.browser.profile import Profile
from corsage.browser.profiles import STANDARD
from corsage.model import (
    NO_TRACE,
    OK,
    REFUSED,
    Algorithm,
    Client,
    Credentials,
    ElementInit,
    HeaderList,
    Initiator,
    Mode,
    Request,
    Thrown,
    Trace,
    parse_url,
)

POTENTIAL_CORS: Final = Algorithm(
    "create a potential-CORS request",
    "https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request",
)

# These are always fetched under the CORS protocol, crossorigin attribute or not.
ALWAYS_CORS: Final = frozenset(
    {Initiator.MODULE, Initiator.FONT, Initiator.EVENTSOURCE, Initiator.BEACON, Initiator.MANIFEST}
)


def new_element_request(
    init: ElementInit, client: Client, profile: Profile = STANDARD, trace: Trace = NO_TRACE
) -> Request | Thrown:
    """Make the request of an element, an ``EventSource`` or a beacon."""
    url = parse_url(init.url, client.url.href)
    if url is None:
        trace.record(POTENTIAL_CORS, "1", REFUSED, "cannot parse the URL {}", init.url)
        return Thrown("SyntaxError", f"cannot parse the URL {init.url!r}")
    if init.initiator is Initiator.BEACON:
        return _beacon(init, client, profile, trace)
    mode = _mode(init, profile)
    credentials = _credentials(init, mode)
    trace.record(
        POTENTIAL_CORS,
        "1",
        OK,
        "<{}> fetches with mode {}, credentials {}",
        init.initiator,
        mode,
        credentials,
    )
    return Request(url=url, client=client, initiator=init.initiator, mode=mode, credentials=credentials)


def _mode(init: ElementInit, profile: Profile) -> Mode:
    if init.initiator is Initiator.TRACK and init.crossorigin is None and not profile.tracks_may_be_foreign:
        return Mode.SAME_ORIGIN
    if init.initiator is Initiator.NAVIGATION:
        return Mode.NAVIGATE
    cors = init.initiator in ALWAYS_CORS or init.crossorigin is not None
    return Mode.CORS if cors else Mode.NO_CORS


def _credentials(init: ElementInit, mode: Mode) -> Credentials:
    # https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-settings-attribute
    if init.initiator is Initiator.EVENTSOURCE:
        return Credentials.INCLUDE if init.with_credentials else Credentials.SAME_ORIGIN
    if mode is Mode.NO_CORS or mode is Mode.NAVIGATE:
        return Credentials.INCLUDE
    if init.crossorigin is not None and init.crossorigin.lower() == "use-credentials":
        return Credentials.INCLUDE
    return Credentials.SAME_ORIGIN


def _beacon(init: ElementInit, client: Client, profile: Profile, trace: Trace) -> Request:
    """``navigator.sendBeacon`` (https://w3c.github.io/beacon/#sendbeacon-method)."""
    url = parse_url(init.url, client.url.href)
    assert url is not None  # noqa: S101 - the caller has parsed it
    content_type = implied_content_type(init.body, profile) if init.body is not None else None
    headers = [("Content-Type", content_type)] if content_type is not None else []
    trace.record(POTENTIAL_CORS, "1", OK, "a beacon is a POST with mode cors, credentials include")
    return Request(
        url=url,
        client=client,
        initiator=Initiator.BEACON,
        method="POST",
        headers=HeaderList(headers),
        body=init.body,
        credentials=Credentials.INCLUDE,
        unsafe_request=True,
        keepalive=True,
    )
