"""Stacks: Ruby."""

from typing import Final

from corsage.stacks.base import Stack
from corsage.stacks.ruby.rack import Rack
from corsage.stacks.ruby.rails import Rails

STACKS: Final[tuple[Stack, ...]] = (Rails(), Rack())
