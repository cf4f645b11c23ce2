"""A small application of Next.js, to be started with a rendered ``proxy.ts``."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from tests.stacks.node.programs import folder, installed
from tests.stacks.serving import running

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
