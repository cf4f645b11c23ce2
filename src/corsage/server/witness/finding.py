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
    SLOW = "slow"  # it can take exponential time
    UNREAD = "unread"  # too large to be studied


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        kind: what.
        witness: an origin that is accepted; for `Kind.SLOW` one that takes long; empty where there is none.
        about: the domain or suffix that the writer meant.
        is_sold: whether anyone could have the witness's name today.
    """

    kind: Kind
    witness: str = ""
    about: str = ""
    is_sold: bool = True
