"""The only two loops that run a conversation: one plain, one asynchronous."""

from collections.abc import Awaitable, Callable

from corsage.browser.fetch import Conversation
from corsage.model import NetworkFailure, Outcome, WireRequest, WireResponse


def drive(
    conversation: Conversation, send: Callable[[WireRequest], WireResponse | NetworkFailure]
) -> Outcome:
    """Run *conversation* to its end with a transport that answers at once."""
    try:
        request = next(conversation)
        while True:
            request = conversation.send(send(request))
    except StopIteration as end:
        outcome: Outcome = end.value
        return outcome


async def adrive(
    conversation: Conversation, send: Callable[[WireRequest], Awaitable[WireResponse | NetworkFailure]]
) -> Outcome:
    """Run *conversation* to its end with an asynchronous transport."""
    try:
        request = next(conversation)
        while True:
            request = conversation.send(await send(request))
    except StopIteration as end:
        outcome: Outcome = end.value
        return outcome
