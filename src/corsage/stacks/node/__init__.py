"""Stacks: frameworks of Node.js."""

from typing import Final

from corsage.stacks.base import Stack
from corsage.stacks.node.apollo import ApolloServer
from corsage.stacks.node.express import Express
from corsage.stacks.node.fastify import Fastify
from corsage.stacks.node.hapi import Hapi
from corsage.stacks.node.hono import Hono
from corsage.stacks.node.koa import Koa
from corsage.stacks.node.nestjs import NestJs
from corsage.stacks.node.nextjs import NextJs
from corsage.stacks.node.plain import PlainNode
from corsage.stacks.node.socketio import SocketIo

STACKS: Final[tuple[Stack, ...]] = (
    Express(),
    Fastify(),
    NestJs(),
    Koa(),
    Hono(),
    Hapi(),
    NextJs(),
    SocketIo(),
    ApolloServer(),
    PlainNode(),
)
