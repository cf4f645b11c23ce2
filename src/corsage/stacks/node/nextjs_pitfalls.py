"""Usual mistakes with Next.js."""

import re
from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.node import common_pitfalls as common
from corsage.stacks.node import header_lint
from corsage.stacks.node.plain_pitfalls import LIST_IN_HEADER, STAR_WITH_CREDENTIALS

NEXT_PITFALLS: Final = (
    *common.ORIGINS,
    LIST_IN_HEADER,
    STAR_WITH_CREDENTIALS,
    Pitfall(
        "one-origin-for-all",
        "headers() knows one value for everybody: pages of a second origin cannot be allowed.",
        "Set the header in proxy.ts.",
    ),
    Pitfall(
        "no-options",
        "Headers that a handler sets are on its own answers only: the one to the preflight is written by Next.js.",
        "Export OPTIONS with the same headers, or set them in proxy.ts for every path.",
        header_lint.sets_headers_without_options,
    ),
    Pitfall(
        "slash-redirect",
        "A path with a slash at its end is redirected (308) before proxy.ts runs: preflights fail at redirects.",
        "Ask for the path without the slash, or set skipTrailingSlashRedirect.",
    ),
    Pitfall(
        "middleware-after-16",
        "Next.js 16 calls the file proxy.ts and its function proxy: middleware is an old name.",
        "Rename file and function; npx @next/codemod@latest middleware-to-proxy . does it.",
        re.compile(r"export (?:async )?function middleware\b"),
    ),
    Pitfall(
        "no-cors-mode",
        "mode: 'no-cors' hides the answer from the page: nothing of it can be read.",
        "Allow the origin on the server.",
        re.compile(r"mode\s{0,9}:\s{0,9}['\"]no-cors['\"]"),
    ),
)
