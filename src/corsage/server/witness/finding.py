"""What can be wrong with an expression."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is wrong with an expression."""

    NEVER = "never"  # it matches no origin
    DOT = "dot"  # a dot stands for any character
    OPEN_START = "open start"  # anything may stand before a domain
    OPEN_END = "open end"  # anything may stand after a domain
    ANY_HOST = "any host"
    STRANGER = "stranger"  # it accepts others, for another reason
    SUFFIX = "suffix"  # anything may stand below a public suffix
    INSECURE = "insecure"  # it accepts http
    LOOPBACK = "loopback"  # it accepts the user's own machine
    ANY_PORT = "any port"  # it accepts whatever listens on a host
    SLOW = "slow"  # it can take exponential time, or as good as that
    HEAVY = "heavy"  # it can take time that grows with the third power of the length
    UNREAD = "unread"  # too large to be studied


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        kind: what.
        witness: an origin that is accepted, or for `Kind.SLOW` and `Kind.HEAVY` one that takes long; empty where there
            is none.
        about: the domain or suffix that the writer meant; ``extension``; ``time`` if nobody knows how long it takes.
        is_sold: whether anyone could have the witness's name today.
    """

    kind: Kind
    witness: str = ""
    about: str = ""
    is_sold: bool = True
