"""Stacks: clouds: gateways, buckets, networks of caches, platforms."""

from typing import Final

from corsage.stacks.base import Stack

STACKS: Final[tuple[Stack, ...]] = ()
