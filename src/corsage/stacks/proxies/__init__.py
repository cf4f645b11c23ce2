"""Stacks: servers and caches that one runs before an application."""

from typing import Final

from corsage.stacks.base import Stack

STACKS: Final[tuple[Stack, ...]] = ()
