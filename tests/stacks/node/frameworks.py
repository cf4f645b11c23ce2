"""Frameworks of Node.js: how the text that is rendered for each becomes a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.stacks.node import applications
from tests.stacks.node.programs import completed

from corsage.stacks.node import STACKS

if TYPE_CHECKING:
    from corsage.server import Policy
    from corsage.stacks import Stack


@dataclass(frozen=True)
class Framework:
    """How a stack's rendered text becomes a server.

    Attributes:
        package: which must be installed.
        file: what the text is saved as.
        routes: what goes into it.
        more: other files.
    """

    package: str
    file: str
    routes: str
    quirks: frozenset[str] = frozenset()
    more: tuple[tuple[str, str], ...] = ()


MODULES: Final = ("package.json", '{"type": "module"}')
# npm's cors and @fastify/cors and Hono grant credentials before they know who asks.
FOR_STRANGERS: Final = frozenset({"credentials-for-strangers"})
HAPI_QUIRKS: Final = frozenset({"no-preflight-on-missing-paths", "no-vary-on-preflight", "max-age"})
FRAMEWORKS: Final = {
    "express": Framework("express", "app.cjs", applications.EXPRESS, FOR_STRANGERS),
    "fastify": Framework("fastify", "server.cjs", applications.FASTIFY, FOR_STRANGERS),
    "nestjs": Framework(
        "@nestjs/core",
        "main.js",
        "",
        FOR_STRANGERS,
        (MODULES, ("app.module.js", applications.NEST_MODULE)),
    ),
    "koa": Framework("koa", "app.cjs", applications.KOA),
    "hapi": Framework("@hapi/hapi", "server.cjs", applications.HAPI, HAPI_QUIRKS),
    "apollo-server": Framework(
        "@apollo/server",
        "index.js",
        applications.EXPRESS,
        FOR_STRANGERS,
        (MODULES, ("schema.js", applications.APOLLO_SCHEMA)),
    ),
    "node": Framework("", "server.cjs", applications.PLAIN),
    "hono": Framework("hono", "index.mjs", applications.HONO, FOR_STRANGERS),
}


# Node.js 20 reads no types.
TYPES: Final = (
    "import type { ServerResponse } from 'node:http';\n",
    ": unknown",
    ": ServerResponse",
    ": () => void",
)


def served(name: str, policy: Policy) -> dict[str, str]:
    """Return the files of a server with *policy*, the program first."""
    framework = FRAMEWORKS[name]
    text = completed(stack_of(name).render(policy), framework.routes)
    for types in TYPES if name == "nestjs" else ():
        text = text.replace(types, "")
    return {framework.file: text, **dict(framework.more)}


def stack_of(name: str) -> Stack:
    """Return the stack of that name."""
    return next(each for each in STACKS if each.name == name)
