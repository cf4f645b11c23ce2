"""Akamai: a network of caches with a firewall."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class Akamai(RecognisedStack):
    """CORS is the origin server's, unless a property sets it."""

    name: ClassVar[str] = "akamai"
    title: ClassVar[str] = "Akamai"
    kind: ClassVar[Kind] = Kind.CDN
    words: ClassVar[tuple[str, ...]] = (
        "akamai",
        "akamai edge",
        "akamaized.net",
        "edgesuite.net",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.CACHES, Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://techdocs.akamai.com/property-mgr/docs/cors-protocol-control",
    )
    advice: ClassVar[str] = (
        "Configure CORS at the origin server, keep answers apart by Origin in the property (cache "
        "key), and purge; a property that adds the headers must replace those of the server."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "access-denied",
            "The firewall answers 403 Access Denied with a reference number, without CORS headers.",
            "Ask with the reference number; exempt OPTIONS and the API's paths.",
        ),
        Pitfall(
            "doubled",
            "The property adds the headers beside those of the server: browsers refuse two values.",
            "Let it modify the headers, not add them.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, header="server", holds="akamai"),
        Tell(0.9, header="x-akamai-*"),
        Tell(0.8, header="akamai-*"),
        Tell(0.85, bodies=("Reference&#32;&#35;",)),
        Tell(0.85, bodies=("errors.edgesuite.net",)),
    )
