"""Stacks: Java."""

from typing import Final

from corsage.stacks.base import Stack
from corsage.stacks.java.tomcat import Tomcat

STACKS: Final[tuple[Stack, ...]] = (Tomcat(),)
