"""One door for everything that people paste."""

from corsage.clients.pasted.reader import read_pasted
from corsage.clients.pasted.result import Part, PartKind, Pasted

__all__ = ["Part", "PartKind", "Pasted", "read_pasted"]
