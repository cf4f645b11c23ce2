"""The path that an application's router reads."""

from collections.abc import MutableMapping
from typing import Any


def path_in_app(scope: MutableMapping[str, Any]) -> str:
    """Return the path without what a proxy or a mount has put before it."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "").rstrip("/")
    below = path[len(root) :]
    return below if root and path.startswith(root) and below[:1] in {"", "/"} else path
