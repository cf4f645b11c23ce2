"""What is rendered for Next.js, started and asked everything."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

import pytest
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.node.asking import ask
from tests.stacks.node.programs import folder, installed
from tests.stacks.serving import running

from corsage.stacks.node.nextjs import NextJs

if TYPE_CHECKING:
    from collections.abc import Iterator

OK: Final = """
const answer = () => new Response('ok', { headers: { 'X-Total': '1', 'Content-Type': 'text/plain' } });
export { answer as GET, answer as POST, answer as PUT, answer as PATCH, answer as DELETE };
"""
BOOM: Final = "export function GET() { throw new Error('boom'); }\n"
MOVED: Final = "export const GET = () => new Response(null, { status: 302, headers: { Location: '/ok' } });\n"
# As the renderer's limit advises: Next.js's own page of a 404 loses Vary.
MISSING: Final = "export const GET = () => new Response('missing', { status: 404 });\n"
LAYOUT: Final = "export default ({ children }) => <html><body>{children}</body></html>;\n"
# The packages are elsewhere: a bundler that stays beneath the project does not find them.
CONFIG: Final = "export default { turbopack: { root: '/' } };\n"
APPLICATION: Final = {
    "package.json": '{"private": true}',
    "next.config.mjs": CONFIG,
    "app/layout.js": LAYOUT,
    "app/ok/route.js": OK,
    "app/boom/route.js": BOOM,
    "app/moved/route.js": MOVED,
    "app/[...path]/route.js": MISSING,
}
NEXT: Final = "node_modules/next/dist/bin/next"
ENVIRONMENT: Final = {"NEXT_TELEMETRY_DISABLED": "1", "NODE_ENV": "development"}


@contextlib.contextmanager
def served(proxy: str, application: dict[str, str] = APPLICATION) -> Iterator[str]:
    """Start it for development: what it runs then is the same, and it need not be built first."""
    node = installed("next")

    def command(port: int) -> list[str]:
        return [node, NEXT, "dev", "--hostname", "127.0.0.1", "--port", str(port)]

    with (
        folder({**application, "proxy.ts": proxy}) as place,
        running(command, cwd=place, env=ENVIRONMENT) as url,
    ):
        yield url


@pytest.mark.parametrize("name", ["exact", "regex"])
def test_nextjs_does_what_the_policy_says(name: str) -> None:
    policy = POLICIES[name]
    with served(NextJs().render(policy).files[0].text) as url:
        assert complaints(url, policy) == []


def test_nextjs_answers_everyone_where_everyone_is_meant() -> None:
    with served(NextJs().render(POLICIES["public"]).files[0].text) as url:
        for answer in (ask(f"{url}/ok"), ask(f"{url}/boom", Origin="https://x.example")):
            assert answer.headers.lines("access-control-allow-origin") == ["*"]
        preflight = ask(
            f"{url}/ok", "OPTIONS", Origin="https://x.example", Access_Control_Request_Method="PUT"
        )
    assert preflight.status == 204
    assert preflight.headers.get("access-control-allow-methods") == "GET, HEAD, POST, PUT, DELETE"


def test_the_page_of_a_404_loses_vary() -> None:
    """What a limit says of it; the day it does not, the limit goes."""
    without = {name: text for name, text in APPLICATION.items() if "path" not in name}
    with served(NextJs().render(POLICIES["exact"]).files[0].text, without) as url:
        missing = ask(f"{url}/missing", Origin="https://app.example")
    assert missing.headers.get("access-control-allow-origin") == "https://app.example"
    assert "origin" not in (missing.headers.get("vary") or "").lower().split(", ")
    assert any("Vary: Origin" in limit for limit in NextJs().render(POLICIES["exact"]).limits)
    assert NextJs().render(POLICIES["public"]).limits == ()
