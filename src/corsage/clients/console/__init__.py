"""The reader of messages: what consoles, programs and servers say of a failed request."""

from corsage.clients.console.reading import read_messages

__all__ = ["read_messages"]
