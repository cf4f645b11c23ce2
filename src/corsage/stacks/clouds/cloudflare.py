"""Cloudflare's network: a proxy and a cache, which answers itself when it refuses or fails."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class Cloudflare(RecognisedStack):
    """CORS is the origin server's; what Cloudflare answers itself has none."""

    name: ClassVar[str] = "cloudflare"
    title: ClassVar[str] = "Cloudflare (its network)"
    kind: ClassVar[Kind] = Kind.CDN
    words: ClassVar[tuple[str, ...]] = (
        "cloudflare",
        "cloudflare proxy",
        "cloudflare waf",
        "cloudflare tunnel",
        "cloudflared",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.CACHES, Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://developers.cloudflare.com/cache/concepts/cache-control/",
        "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/",
    )
    advice: ClassVar[str] = (
        "Cloudflare passes the origin server's CORS headers on. Configure the server, or put a Worker"
        " before it (cloudflare-workers); then purge the cache."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "challenge",
            "A challenge, a block of the firewall or a rate limit (403, 429, 503) is answered by "
            "Cloudflare, without CORS headers, to preflights as well.",
            "Exempt the API's paths and OPTIONS from challenges and from bot rules; look at Security,"
            " Events.",
        ),
        Pitfall(
            "server-down",
            "520 to 526 are Cloudflare's: the server did not answer, not in time, or with a bad certificate.",
            "Mend the server; the browser's word on CORS is a consequence.",
        ),
        Pitfall(
            "cache-without-origin",
            "The cache does not keep answers apart by Vary: Origin: the first origin's answer is "
            "given to all.",
            "Put Origin in a custom cache key, send the star where all may read, or bypass the cache.",
        ),
        Pitfall(
            "upload-limit",
            "Bodies of more than 100 MB (plans differ) are answered 413 without CORS headers.",
            "Upload in parts, or past the proxy.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, header="cf-ray"),
        Tell(0.9, header="server", holds="cloudflare"),
        Tell(0.8, header="cf-cache-status"),
        Tell(0.9, header="cf-mitigated"),
        Tell(0.9, bodies=("Attention Required! | Cloudflare",)),
        Tell(
            0.9,
            bodies=(
                "Just a moment...",
                "challenges.cloudflare.com",
            ),
        ),
        Tell(0.8, bodies=("Cloudflare Ray ID",)),
    )
