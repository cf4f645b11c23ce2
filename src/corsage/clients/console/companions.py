"""One failure makes several lines: they are joined to one message.

WebKit says why in one line and what in the next; Firefox repeats a failed preflight as a failed request; Chromium adds
``net::ERR_FAILED`` to whatever it refused; and people paste the same line twice.
"""

from dataclasses import replace
from typing import Final

from corsage.clients.console.preflight import ON_PREFLIGHT
from corsage.model.cause import Cause
from corsage.model.evidence import Message, Speaker
from corsage.model.symptom import Symptom

_EMPTY: Final = ("", None)
_FIELDS: Final = ("url", "first_url", "origin", "api", "parameter", "status", "failure", "stack")
# Dropped by the browser before anything was sent: the request went on without it.
_BY_THE_WAY: Final = frozenset(
    {Symptom.FORBIDDEN_REQUEST_HEADER, Symptom.COOKIE_BLOCKED, Symptom.WILDCARD_AUTHORIZATION}
)
# What WebKit says in the words of others.
_ENGINES_ALIKE: Final = frozenset({Symptom.UNSAFE_LOAD, Cause.LOCAL_RESOURCE, Cause.MIXED_CONTENT})
_NOT_REFUSED: Final = _BY_THE_WAY | {
    Symptom.FETCH_FAILED,
    Symptom.SERVER_STATUS,
    Symptom.HTML_FOR_JSON,
    Symptom.NETWORK,
    Cause.ABORTED,
}
_REDIRECTS: Final = range(300, 400)


def without_echoes(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """Join what belongs together, in the order of what came first."""
    joined: list[Message] = []
    for message in messages:
        if joined and (one := _webkit(joined[-1], message) or _firefox(joined[-1], message)):
            joined[-1] = one
        else:
            joined.append(message)
    return tuple(_without_net_errors(_without_repeats(joined)))


def _without_repeats(messages: list[Message]) -> list[Message]:
    kept: list[Message] = []
    for message in messages:
        place = _known(kept, message)
        if place is None:
            kept.append(message)
        else:
            kept[place] = _richer(kept[place], message)
    return kept


def _webkit(before: Message, after: Message) -> Message | None:
    """Put what could not be loaded into the message that says why."""
    if after.speaker is not Speaker.WEBKIT or before.says in _BY_THE_WAY:
        return None
    if before.speaker is not Speaker.WEBKIT and before.says not in _ENGINES_ALIKE:
        return None
    explains = after.says is Symptom.CORS_UNSPECIFIC and before.says is not Symptom.CORS_UNSPECIFIC
    repeats = after.says is before.says and not before.url
    if not explains and not repeats:
        return None
    if before.url and before.api and after.url not in ("", before.url, before.first_url):
        return None
    first_url = after.url if after.url != before.url and before.url else ""
    return replace(
        before,
        speaker=Speaker.WEBKIT,
        url=before.url or after.url,
        first_url=before.first_url or first_url,
        api=before.api or after.api,
    )


def _firefox(before: Message, after: Message) -> Message | None:
    if not before.speaker is after.speaker is Speaker.FIREFOX or before.says in _BY_THE_WAY:
        return None
    if (
        after.says is Symptom.CORS_UNSPECIFIC
        and after.api
        and after.url in ("", before.url, before.first_url)
    ):
        return replace(before, api=before.api or after.api)
    if not before.url or before.url != after.url:
        return None
    if after.api == "EventSource":
        return replace(before, api=before.api or after.api)
    if before.says is Cause.PREFLIGHT_DISALLOWED_REDIRECT:
        return before  # a redirected preflight is judged again, as a response
    if after.says is not Symptom.DID_NOT_SUCCEED or after.status is not None:
        return None
    if before.says is Symptom.DID_NOT_SUCCEED or not isinstance(before.says, Cause):
        return None
    # Firefox says so of preflights, and of redirects, whose status it often names.
    on_preflight = before.status not in _REDIRECTS
    return replace(before, says=ON_PREFLIGHT.get(before.says, before.says) if on_preflight else before.says)


def _known(joined: list[Message], message: Message) -> int | None:
    """Return where a message stands that says the same, or the same and more, or less."""
    for place in range(len(joined) - 1, max(len(joined) - 20, 0) - 1, -1):
        before = joined[place]
        if _alike(before, message) and (_covers(before, message) or _covers(message, before)):
            return place
    return None


def _alike(one: Message, other: Message) -> bool:
    if one.speaker is not other.speaker:
        return False
    if one.says is other.says:
        return True
    # A category or a code, which knows of no preflight, beside the message itself.
    return not other.url and isinstance(other.says, Cause) and ON_PREFLIGHT.get(other.says) is one.says


def _covers(more: Message, less: Message) -> bool:
    return all(
        getattr(less, name) in _EMPTY or getattr(less, name) == getattr(more, name) for name in _FIELDS
    )


def _richer(one: Message, other: Message) -> Message:
    return one if _covers(one, other) or one.says is not other.says else other


def _without_net_errors(messages: list[Message]) -> list[Message]:
    """Leave out each ``net::ERR_FAILED`` that another message explains; its status goes there."""
    kept = list(messages)
    for message in messages:
        if message.parameter != "ERR_FAILED" or message.says is not Symptom.FETCH_FAILED:
            continue
        place = next((place for place, other in enumerate(kept) if _explains(other, message)), None)
        if place is not None:
            kept[place] = replace(kept[place], status=kept[place].status or message.status)
            kept = [other for other in kept if other is not message]
    return kept


def _explains(refusal: Message, error: Message) -> bool:
    if refusal.speaker is not Speaker.CHROMIUM or refusal.says in _NOT_REFUSED:
        return False
    if not refusal.url or not error.url:
        return True
    return error.url in (refusal.url, refusal.first_url) or refusal.url.endswith(error.url)
