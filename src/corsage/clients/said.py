"""What consoles and servers said: the one door to the reader of messages."""

from corsage.clients.console import read_messages
from corsage.clients.written import text_of
from corsage.model.evidence import Message


def read_said(said: object) -> tuple[tuple[Message, ...], str]:
    """Return the messages in *said*, and what of it no reader understood."""
    text = text_of(said).strip()
    messages = read_messages(text)
    return messages, "" if messages else text
