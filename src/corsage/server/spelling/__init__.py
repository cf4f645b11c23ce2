"""What is wrong with the spelling of an origin, and how it is spelt right."""

from corsage.server.spelling.faults import Fault, Spelling
from corsage.server.spelling.origin import spelling

__all__ = ["Fault", "Spelling", "spelling"]
