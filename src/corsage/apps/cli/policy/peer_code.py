"""Code in the place of options: it is known as such, and not read, for only running it would tell what it does."""

import re
from collections.abc import Mapping
from typing import Final

_ENDINGS: Final = (
    *(
        ".js",
        ".cjs",
        ".mjs",
        ".ts",
        ".cts",
        ".mts",
        ".jsx",
        ".tsx",
        ".py",
        ".java",
        ".kt",
        ".go",
        ".rb",
        ".php",
        ".cs",
    ),
)
_BEGINS: Final = re.compile(
    r"(?:const|let|var|function|async function|class|public|package|using|def|export) [\w$({.]|import [\w${*\"'(.]"
    r"|from [\w.]{1,100} import |require\(|module\.exports|app\.|@[A-Z]|['\"]use strict|\w{1,40}\(|.{0,80}= require\("
)
_MOST_ROWS: Final = 20

_EXAMPLES: Final[Mapping[str, tuple[str, str]]] = {
    "express": ("options of cors()", '{"origin": ["https://app.example.com"], "credentials": true}'),
    "starlette": ("arguments of CORSMiddleware", '{"allow_origins": ["https://app.example.com"]}'),
    "fastapi": ("arguments of CORSMiddleware", '{"allow_origins": ["https://app.example.com"]}'),
    "flask-cors": ("arguments of CORS(app)", '{"origins": ["https://app.example.com"]}'),
    "django-cors-headers": (
        "settings that begin with CORS_",
        '{"CORS_ALLOWED_ORIGINS": ["https://app.example.com"]}',
    ),
    "aiohttp-cors": ("defaults of setup()", '{"https://app.example.com": {"allow_credentials": true}}'),
    "litestar": ("arguments of CORSConfig", '{"allow_origins": ["https://app.example.com"]}'),
}


def is_code(name: str, text: str) -> bool:
    """Tell whether the file *name* holds code, by its name, or by how its first lines begin."""
    if name.lower().endswith(_ENDINGS):
        return True
    rows = [row.strip() for row in text[:20_000].split("\n")]
    return any(_BEGINS.match(row) for row in [row for row in rows if row][:_MOST_ROWS])


def advice_for(peer: str) -> str:
    """Say what is read in its place, with an example in one line where there is one."""
    what, example = _EXAMPLES.get(peer, ("options", ""))
    says = f"Give the {what} as JSON"
    if not example:
        return f"{says}: corsage policy import --list says which."
    return f"{says}: echo '{example}' | corsage policy import {peer} -"
