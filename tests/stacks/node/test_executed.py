"""What is rendered for each framework, started and asked everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.node import applications
from tests.stacks.node.programs import completed, started

from corsage.stacks import find_stack

if TYPE_CHECKING:
    from corsage.server import Policy


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
    "hono": Framework("hono", "index.mjs", applications.HONO, FOR_STRANGERS),
}


def served(name: str, policy: Policy) -> dict[str, str]:
    framework = FRAMEWORKS[name]
    stack = find_stack(name)
    assert stack is not None
    return {framework.file: completed(stack.render(policy), framework.routes), **dict(framework.more)}


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", FRAMEWORKS)
def test_it_does_what_the_policy_says(name: str, policy: str) -> None:
    framework = FRAMEWORKS[name]
    with started(framework.package, served(name, POLICIES[policy])) as url:
        assert complaints(url, POLICIES[policy], quirks=framework.quirks) == []
