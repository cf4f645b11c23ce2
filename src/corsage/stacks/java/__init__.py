"""Stacks: Java."""

from typing import Final

from corsage.stacks.base import Stack
from corsage.stacks.java.spring_boot import SpringBoot
from corsage.stacks.java.spring_gateway import SpringGateway
from corsage.stacks.java.spring_webflux import SpringWebFlux
from corsage.stacks.java.tomcat import Tomcat

STACKS: Final[tuple[Stack, ...]] = (SpringBoot(), SpringWebFlux(), SpringGateway(), Tomcat())
