"""Stacks: finished programs with CORS settings, and identity providers."""

from typing import Final

from corsage.stacks.base import Stack

STACKS: Final[tuple[Stack, ...]] = ()
