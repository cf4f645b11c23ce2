"""How much work a stranger's configuration may make."""

from typing import Final

_STEPS: Final = 400_000


class TooLargeError(ValueError):
    """The configuration makes too much work."""


class Budget:
    """Steps that may be taken. Each importer has its own, for all that it does."""

    __slots__ = ("_left",)

    def __init__(self, steps: int = _STEPS) -> None:
        self._left = steps

    def spend(self, steps: int = 1) -> None:
        """Take a step, or some.

        Raises:
            TooLargeError: there is none left.
        """
        self._left -= steps
        if self._left < 0:
            raise TooLargeError("it is too large")
