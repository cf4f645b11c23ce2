"""Stacks: frameworks of Node.js."""

from typing import Final

from corsage.stacks.base import Stack
from corsage.stacks.node.express import Express
from corsage.stacks.node.fastify import Fastify
from corsage.stacks.node.hono import Hono
from corsage.stacks.node.koa import Koa
from corsage.stacks.node.nestjs import NestJs

STACKS: Final[tuple[Stack, ...]] = (Express(), Fastify(), NestJs(), Koa(), Hono())
