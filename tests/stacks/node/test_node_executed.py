"""What is rendered for each framework, started and asked everything."""

from __future__ import annotations

from typing import Final

import pytest
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.node.asking import ask
from tests.stacks.node.frameworks import FRAMEWORKS, served, stack_of
from tests.stacks.node.programs import completed, started

from corsage.server import Policy


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", FRAMEWORKS)
def test_it_does_what_the_policy_says(name: str, policy: str) -> None:
    framework = FRAMEWORKS[name]
    with started(framework.package, served(name, POLICIES[policy])) as url:
        assert complaints(url, POLICIES[policy], quirks=framework.quirks) == []


RARE: Final = {
    # What is no list of names: everything that the standard lets one allow without credentials.
    "wide": Policy(
        origins="*",
        methods="*",
        request_headers="*",
        exposed_headers="*",
        max_age=0,
        public=True,
        resource_policy="cross-origin",
    ),
    "rest": Policy(
        origins=["https://app.example", "null"],
        origin_regexes=[r"https://[a-z]+\.one\.example|.*/;process\.exit\(1\)//'"],
        methods=["PUT"],
        request_headers=["X-Token", "Content-Type"],
        max_age=-1,
        preflight_status=200,
        resource_policy="same-site",
        timing=True,
        private_network=True,
        dangerously_allow_null_origin=True,
    ),
}


# What the same text runs in as well, and what is changed for it: Express 4, and NestJS on Fastify.
VARIANTS: Final = {
    "express": ("express4", (("require('express')", "require('express4')"),)),
    "nestjs": (
        "@nestjs/platform-fastify",
        (
            ("NestFactory.create(AppModule)", "NestFactory.create(AppModule, new FastifyAdapter())"),
            (
                "import { AppModule",
                "import { FastifyAdapter } from '@nestjs/platform-fastify';\nimport { AppModule",
            ),
        ),
    ),
}


@pytest.mark.parametrize("policy", ["exact", "patterns", "nothing"])
@pytest.mark.parametrize("name", VARIANTS)
def test_the_same_text_runs_elsewhere(name: str, policy: str) -> None:
    framework, (package, changes) = FRAMEWORKS[name], VARIANTS[name]
    files = served(name, POLICIES[policy])
    for old, new in changes:
        assert old in files[framework.file]
        files[framework.file] = files[framework.file].replace(old, new)
    with started(package, files) as url:
        assert complaints(url, POLICIES[policy], quirks=framework.quirks) == []


@pytest.mark.parametrize("policy", RARE)
@pytest.mark.parametrize("name", FRAMEWORKS)
def test_it_does_what_rare_policies_say(name: str, policy: str) -> None:
    framework = FRAMEWORKS[name]
    # Koa and Hono have a status of their own, as a limit of theirs says.
    quirks = framework.quirks | ({"preflight-status"} if name in {"koa", "hono"} else set())
    with started(framework.package, served(name, RARE[policy])) as url:
        found = complaints(url, RARE[policy], quirks=quirks)
        # Node.js itself answers 400 to methods that it has never heard of.
        assert [each for each in found if not each.startswith("a bad method ")] == []
        for path in ("/ok", "/missing", "/boom", "/moved"):
            response = ask(url + path, Origin="https://app.example")
            wanted = RARE[policy].resource_policy
            assert response.headers.lines("cross-origin-resource-policy") == [wanted], path


LOGINS: Final = {
    "express": "app.use((req, res) => res.status(401).end());",
    "fastify": "fastify.addHook('onRequest', async (request, reply) => reply.code(401).send());",
    "koa": "app.use((ctx) => ctx.throw(401));",
    "hono": "app.use('*', async (c) => c.text('', 401));",
    "node": "  return response.writeHead(401).end();",
    "hapi": "server.ext('onPreAuth', (request, h) => h.response().code(401).takeover());",
}


@pytest.mark.parametrize("name", LOGINS)
def test_preflights_go_before_a_login(name: str) -> None:
    """Whatever follows in the place that is left for it may refuse what it likes."""
    framework = FRAMEWORKS[name]
    more = dict(framework.more)
    text = completed(stack_of(name).render(POLICIES["exact"]), LOGINS[name] + framework.routes)
    with started(framework.package, {framework.file: text, **more}) as url:
        page = {"Origin": "https://app.example"}
        preflight = ask(f"{url}/ok", "OPTIONS", **page, **{"Access-Control-Request-Method": "PUT"})
        refused = ask(f"{url}/ok", **page)
    assert preflight.status == 204
    assert refused.status == 401
    assert refused.headers.get("access-control-allow-origin") == "https://app.example"
