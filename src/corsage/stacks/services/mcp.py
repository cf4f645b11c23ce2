"""MCP servers over HTTP, in Python: the SDK's application behind our own middleware."""

from typing import ClassVar, Final

from corsage.server import Policy
from corsage.server.formats import write_policies
from corsage.server.origin_pattern import Breadth
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.origins import Origins, origins_of
from corsage.stacks.parts import LOOKUP_LOST, is_any
from corsage.stacks.text_search import holds
from corsage.stacks.told import Tell, ToldStack

# What clients set, and what they read.
_REQUEST_HEADERS: Final = (
    "content-type",
    "accept",
    "authorization",
    "mcp-session-id",
    "mcp-protocol-version",
    "last-event-id",
)
_SESSION: Final = "mcp-session-id"
_SAFELISTED: Final = "accept"
_HOSTS: Final = '["127.0.0.1:*", "localhost:*", "YOUR-HOST"]'
_CHECKED: Final = """\
from corsage import load_policy
from corsage.middleware import CORS
from mcp.server.transport_security import TransportSecuritySettings

from server import mcp

# The SDK refuses every other origin and host with 403 and 421, against DNS rebinding.
security = TransportSecuritySettings(
    allowed_hosts=%(hosts)s,
    allowed_origins=%(origins)s,
)
# Outermost, so that those answers have CORS headers, too, and preflights need no token.
app = CORS(load_policy("cors.toml")).asgi(mcp.streamable_http_app(transport_security=security))
"""
_BY_HOST: Final = """\
from corsage import load_policy
from corsage.middleware import CORS
from mcp.server.transport_security import TransportSecuritySettings
from starlette.middleware.trustedhost import TrustedHostMiddleware

from server import mcp

# The SDK compares whole origins, and cannot know these. Against DNS rebinding the host is checked below.
security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
checked = TrustedHostMiddleware(
    mcp.streamable_http_app(transport_security=security),
    allowed_hosts=["127.0.0.1", "localhost", "YOUR-HOST"],
)
# Outermost, so that errors have CORS headers, too, and preflights need no token.
app = CORS(load_policy("cors.toml")).asgi(checked)
"""


class Mcp(ToldStack):
    """Clients in browsers set headers of their own, and read the session's."""

    name: ClassVar[str] = "mcp"
    title: ClassVar[str] = "MCP server over HTTP (Python)"
    kind: ClassVar[Kind] = Kind.SERVICE
    words: ClassVar[tuple[str, ...]] = (
        "model context protocol",
        "mcp server",
        "mcp inspector",
        "fastmcp",
        "streamable http",
        "modelcontextprotocol",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.REFUSES_STRANGERS, Trait.ERRORS_LOSE_HEADERS})
    executed: ClassVar[str] = "mcp 2.3"
    order: ClassVar[str] = "CORS outermost: the SDK's check of the token and of the origin comes after it."
    sources: ClassVar[tuple[str, ...]] = (
        "https://modelcontextprotocol.io/specification/2025-06-18/basic/transports",
        "https://github.com/modelcontextprotocol/python-sdk",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "session-not-exposed",
            "Mcp-Session-Id is not exposed: the page cannot read it, and its next request is answered 400.",
            "Expose Mcp-Session-Id.",
            holds(
                r"mcp|streamable_http_app",
                r"allow_origins|Access-Control-Allow-Origin",
                lacks=r"mcp-session-id",
            ),
        ),
        Pitfall(
            "headers-not-allowed",
            "Clients set Mcp-Protocol-Version, Mcp-Session-Id, Last-Event-ID, Authorization and Content-Type; a "
            "preflight that lacks one is refused.",
            "Allow all of them, and the methods GET, POST and DELETE.",
        ),
        Pitfall(
            "token-on-preflight",
            "The check of the token answers OPTIONS 401: preflights carry none.",
            "Put CORS outermost.",
        ),
        Pitfall(
            "origin-or-host-refused",
            "The SDK answers 403 Invalid Origin header or 421 Invalid Host header.",
            "Add the origin and the host to TransportSecuritySettings.",
        ),
        Pitfall(
            "metadata",
            "The page reads /.well-known/oauth-protected-resource and the like, which have no CORS headers.",
            "Put CORS around the whole application, not around /mcp alone.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.97, header="mcp-session-id"),
        Tell(0.9, bodies=("Invalid Origin header",)),
        Tell(0.9, bodies=("Invalid Host header",), status=421),
        Tell(0.8, bodies=('"jsonrpc":"2.0"', "Missing session ID")),
        Tell(0.5, bodies=('"jsonrpc":"2.0"', "Not Acceptable: Client must accept")),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write the policy as TOML, and the application."""
        origins = origins_of(policy)
        checked = _for_the_sdk(origins)
        code = _BY_HOST
        if checked is not None:
            code = _CHECKED % {"hosts": _HOSTS, "origins": "[" + ", ".join(map(ascii, checked)) + "]"}
        limits = (LOOKUP_LOST,) if origins.lookup else ()
        files = (File("cors.toml", "toml", write_policies(policy)), File("main.py", "python", code))
        return Rendered(self.name, files, _steps(policy), limits, self.executed)


def _for_the_sdk(origins: Origins) -> list[str] | None:
    """List the origins in the SDK's words; ``None`` where it has none for them."""
    plain = all(pattern.breadth is Breadth.EXACT for pattern in origins.patterns)
    if origins.everyone or origins.regexes or not plain:
        return None
    ports = [text for pattern in origins.patterns for text in (pattern.text, pattern.text.removesuffix(":*"))]
    return [*origins.exact, *ports]


def _steps(policy: Policy) -> tuple[str, ...]:
    hints = []
    if not is_any(policy.request_headers):
        lacking = [name for name in _REQUEST_HEADERS if name not in (*policy.request_headers, _SAFELISTED)]
        if lacking:
            hints.append(f"Clients in browsers also set {', '.join(lacking)}: the policy must name them.")
    if not is_any(policy.methods) and "DELETE" not in policy.methods:
        hints.append("Clients end a session with DELETE: the policy must name it.")
    if not is_any(policy.exposed_headers) and _SESSION not in policy.exposed_headers:
        hints.append("Clients read mcp-session-id: the policy must expose it.")
    return (
        "pip install corsage; server.py has the server as mcp (MCPServer; FastMCP before version 2, which takes "
        "transport_security itself).",
        "Write your server's public name for YOUR-HOST.",
        *hints,
        "uvicorn main:app",
    )
