"""Messages that say the same failure twice, joined."""

from corsage.model.evidence import Message


def without_echoes(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """Join what belongs together."""
    return messages
