"""Reads the origins, and makes of each the page that asks."""

from dataclasses import replace
from typing import Final

from corsage.apps.cli.checking.arguments import Arguments
from corsage.apps.cli.checking.urls import with_scheme
from corsage.apps.cli.text import shown
from corsage.browser.address_spaces import implied_address_space
from corsage.model import (
    URL,
    AddressSpace,
    Client,
    EmbedderPolicy,
    OpaqueOrigin,
    TupleOrigin,
    page,
    parse_url,
)

EXAMPLE: Final = "--origin http://localhost:3000"

_PERMISSIONS: Final = {"granted": True, "denied": False, "ask": None}
# What a file: page, a data: frame and a sandboxed frame have in common is all that "null" says.
_NULL_PAGE: Final = "file:///page.html"


def read_pages(arguments: Arguments, problems: list[str], notes: list[str]) -> list[Client]:
    """Return the pages that ask, one for each origin."""
    whole = _read_page(arguments.page, problems)
    if not arguments.origins:
        if whole is not None:
            return [_settled(_client(whole, sandboxed=arguments.sandboxed), arguments)]
        if arguments.page is None:
            problems.append(
                f"--origin is missing: the origin of the page that asks, as in {EXAMPLE} (or null for a "
                "sandboxed frame or a file: page)"
            )
        return []
    clients = [_read_origin(text, whole, arguments, problems, notes) for text in arguments.origins]
    return [_settled(client, arguments) for client in clients if client is not None]


def _read_page(text: str | None, problems: list[str]) -> URL | None:
    if text is None:
        return None
    url = parse_url(text)
    if url is None or not (url.host or url.scheme == "file"):
        problems.append(f"--page {shown(text)}: not the URL of a page; write it in full, with its scheme")
        return None
    return url


def _read_origin(
    text: str, whole: URL | None, arguments: Arguments, problems: list[str], notes: list[str]
) -> Client | None:
    if text.strip().lower() == "null":
        return _null_client(whole)
    origin = _parse_origin(text.strip(), problems, notes)
    if origin is None:
        return None
    client = _client(origin, sandboxed=arguments.sandboxed)
    if whole is None:
        return client
    of_page = _client(whole, sandboxed=arguments.sandboxed)
    if of_page.top_level_origin.serialized == client.top_level_origin.serialized:
        return of_page
    problems.append(
        f"--page {shown(str(whole))} is not a page of --origin {client.top_level_origin.serialized}; leave one out"
    )
    return None


def _null_client(whole: URL | None) -> Client:
    return page(_NULL_PAGE) if whole is None else _client(whole, sandboxed=True)


def _parse_origin(text: str, problems: list[str], notes: list[str]) -> URL | None:
    """Parse ``scheme://host[:port]``; more than that is cut off with a note."""
    if "*" in text:
        problems.append(
            f"--origin {shown(text)}: one page asks, not a pattern; give one origin, as in {EXAMPLE}"
        )
        return None
    url = parse_url(text)
    if url is not None and url.scheme == "file":
        return url
    if url is None or "://" not in text or not url.host:
        suggestion = with_scheme(text)
        hint = f"did you mean {shown(suggestion)} ?" if suggestion else f"as in {EXAMPLE}"
        problems.append(f"--origin {shown(text)}: an origin is scheme://host[:port]; {hint}")
        return None
    origin = _tuple_origin(url).serialized
    if text.lower() != origin:
        notes.append(f"--origin {shown(text)}: an origin is scheme://host[:port]; checking {origin}")
    return parse_url(f"{origin}/")


def _tuple_origin(url: URL) -> TupleOrigin:
    # Apps and extensions have tuple origins, too, though the URL standard knows none for their schemes.
    return url.origin if isinstance(url.origin, TupleOrigin) else TupleOrigin(url.scheme, url.host, url.port)


def _client(url: URL, *, sandboxed: bool) -> Client:
    if url.scheme == "file" or not url.host:
        return page(url.href, sandboxed=sandboxed)
    origin = _tuple_origin(url)
    return Client(url=url, origin=OpaqueOrigin() if sandboxed else origin, top_level_origin=origin)


def _settled(client: Client, arguments: Arguments) -> Client:
    """Add what does not follow from the origin."""
    return replace(
        client,
        address_space=_address_space(client.url, arguments.address_space),
        local_network_permission=_PERMISSIONS[arguments.local_network_permission],
        embedder_policy=EmbedderPolicy(arguments.embedder_policy),
    )


def _address_space(url: URL, wanted: str | None) -> AddressSpace:
    if wanted is not None:
        return AddressSpace(wanted)
    # Files, apps and extensions come from this machine.
    if not url.is_http:
        return AddressSpace.LOOPBACK
    return implied_address_space(url) or AddressSpace.PUBLIC
