"""Corsage: the CORS workbench for Python.

What an application needs is here::

    from corsage import CORS, Policy, load_policy

    app = CORS(Policy(origins=["https://example.com"], credentials=True)).asgi(app)

The engine is pure and lives on the lower floors; import what you need from there::

    from corsage.browser import drive, fetch, new_request
    from corsage.model import Client, RequestInit, Trace

See ``ARCHITECTURE.md`` for the floors and ``corsage --help`` for the tools.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from corsage._version import __version__

if TYPE_CHECKING:
    from corsage.middleware import CORS, Denial
    from corsage.middleware.files import load_policy, policy_from_environment
    from corsage.middleware.watching import WatchedPolicy
    from corsage.server import Policy, PolicyError, PolicySet, Reason

# Imported when they are asked for: the tools need none of them, and an application only some.
_ROOMS: Final = {
    "CORS": "corsage.middleware",
    "Denial": "corsage.middleware",
    "Policy": "corsage.server",
    "PolicyError": "corsage.server",
    "PolicySet": "corsage.server",
    "Reason": "corsage.server",
    "WatchedPolicy": "corsage.middleware.watching",
    "load_policy": "corsage.middleware.files",
    "policy_from_environment": "corsage.middleware.files",
}


def __getattr__(name: str) -> object:
    """Import what applications need, when they ask for it."""
    room = _ROOMS.get(name)
    if room is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(room), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)


__all__ = [
    "CORS",
    "Denial",
    "Policy",
    "PolicyError",
    "PolicySet",
    "Reason",
    "WatchedPolicy",
    "__version__",
    "load_policy",
    "policy_from_environment",
]
