"""Next.js: CORS in ``proxy.ts``, which runs before pages and route handlers.

Facts of Next.js 16.4: read in its documentation and seen by running it.
"""

from collections.abc import Iterator
from typing import ClassVar

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.node.allowed import allowed_by, is_allowed_function
from corsage.stacks.node.header_code import Words, statements
from corsage.stacks.node.limits import limits_of
from corsage.stacks.node.nextjs_pitfalls import NEXT_PITFALLS
from corsage.stacks.node.pages import next_signs

_CAN = ("preflight_status", "preflight_continue", "timing", "private_network")
_WORDS = Words(
    set_header="response.headers.set",
    vary="response.headers.append('Vary', 'Origin');",
    origin="request.headers.get('origin') ?? ''",
)
_VARY_LOST = (
    "Pages that Next.js renders itself, its 404 among them, lose Vary: Origin, for it writes one of its own. Route "
    "handlers keep it: answer unknown paths of an API with app/api/[...path]/route.ts."
)


class NextJs(Stack):
    """Next.js."""

    name: ClassVar[str] = "nextjs"
    title: ClassVar[str] = "Next.js"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = (
        "nextjs api routes",
        "next js",
        "next.config",
        "next.config.js",
        "next api",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.HEADERS_FROM_CODE, Trait.CACHES})
    executed: ClassVar[str] = "Next.js 16.4"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = NEXT_PITFALLS
    order: ClassVar[str] = (
        "Headers and redirects of next.config come first, then proxy.ts (middleware.ts before 16), then the routes."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://nextjs.org/docs/app/api-reference/file-conventions/proxy#cors",
        "https://nextjs.org/docs/app/api-reference/file-conventions/route#cors",
        "https://nextjs.org/docs/app/api-reference/config/next-config-js/headers",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Find what in *answer* points to Next.js."""
        yield from next_signs(answer)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as ``proxy.ts``."""
        allowed = allowed_by(policy)
        parts = [_HEAD]
        if not allowed.everyone:
            parts.append(f"{is_allowed_function(allowed, typed=True)}\n")
        parts += [*_answer(policy), *statements(policy, allowed, _WORDS), _TAIL]
        limits = (
            *allowed.limits,
            *limits_of(policy, "Next.js", _CAN),
            *(() if allowed.everyone else (_VARY_LOST,)),
        )
        return Rendered(
            stack=self.name,
            files=(File("proxy.ts", "typescript", "".join(parts)),),
            steps=_STEPS,
            limits=limits,
            executed=self.executed,
        )


def _answer(policy: Policy) -> list[str]:
    status = f"new NextResponse(null, {{ status: {policy.preflight_status} }})"
    answer = (
        "NextResponse.next()"
        if policy.preflight_continue
        else f"isPreflight ? {status} : NextResponse.next()"
    )
    return [
        "export function proxy(request: NextRequest) {\n",
        "  const isPreflight =\n"
        "    request.method === 'OPTIONS' && request.headers.has('access-control-request-method');\n",
        f"  const response = {answer};\n",
    ]


_HEAD = """\
import { NextResponse, type NextRequest } from 'next/server';

"""
_TAIL = """\
  return response;
}
"""
_STEPS = (
    "Put the file beside app or pages. Before Next.js 16 it is middleware.ts, and its function middleware.",
    "If only the API is meant, add: export const config = { matcher: '/api/:path*' };",
    "Remove what else sets Access-Control-* headers: headers() in next.config, vercel.json, OPTIONS in route handlers.",
    "Build and deploy again. Ask for paths without a slash at the end: the redirect to them comes before this file.",
)
