"""The port of a serialised origin, read digit by digit."""

from dataclasses import dataclass
from typing import Final

_HIGHEST: Final = "65535"
DEFAULT_PORTS: Final = {"http": "80", "https": "443", "ws": "80", "wss": "443", "ftp": "21"}


@dataclass(frozen=True, slots=True)
class Port:
    """What has been read of a port.

    Attributes:
        default: the port that the scheme leaves out.
        digits: how many there were.
        as_default: whether they are those of the default so far.
        against: how they compare with those of 65535: below, equal or above.
    """

    default: str
    digits: int = 0
    as_default: bool = True
    against: int = 0

    def step(self, char: str) -> "Port | None":
        """Read one more character."""
        if not char.isdigit() or self.digits == len(_HIGHEST) or (char == "0" and not self.digits):
            return None
        limit = _HIGHEST[self.digits]
        against = self.against or (char > limit) - (char < limit)
        if self.digits == len(_HIGHEST) - 1 and against > 0:
            return None
        still = self.as_default and self.default[self.digits : self.digits + 1] == char
        return Port(self.default, self.digits + 1, still, against)

    @property
    def is_done(self) -> bool:
        """Whether it may end here."""
        return self.digits > 0 and not (self.as_default and self.digits == len(self.default))
