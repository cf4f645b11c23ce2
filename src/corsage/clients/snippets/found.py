"""A snippet that was found in a text."""

from dataclasses import dataclass

from corsage.clients.snippets.asked import Asked


@dataclass(slots=True)
class Found:
    """One snippet, and where it stands.

    Attributes:
        kind: ``curl``, ``fetch``, ``axios``, ``PowerShell`` …
        start: its first character's place in the text.
        end: the place behind its last.
        asked: what it asks for.
    """

    kind: str
    start: int
    end: int
    asked: Asked
