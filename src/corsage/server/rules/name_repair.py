"""What somebody who wrote a malformed method or header name must have meant."""

import json
from typing import Final

from corsage.grammar import is_token
from corsage.server.spelling.lists import unquoted

_LONGEST: Final = 1000


def mended_names(text: str) -> str | None:
    """Return the names in *text*, as one name or as a list; ``None`` where there are none."""
    if len(text) > _LONGEST:
        return None
    names = [name for part in unquoted(text).strip("[]").split(",") if (name := unquoted(part))]
    if len(names) == 1:
        names = _pieces(unquoted(names[0].partition(":")[0]).split())  # X-Token: 1
    if not names or not all(is_token(name) for name in names):
        return None
    return names[0] if len(names) == 1 else json.dumps(names)


def _pieces(words: list[str]) -> list[str]:
    """Tell ``X-Token X-Trace``, which is two names, from ``Content Type``, which is one."""
    return words if all("-" in word or word.isupper() for word in words) else ["-".join(words)]
