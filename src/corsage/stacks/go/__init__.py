"""Stacks: Go."""

from typing import Final

from corsage.stacks.base import Stack

STACKS: Final[tuple[Stack, ...]] = ()
