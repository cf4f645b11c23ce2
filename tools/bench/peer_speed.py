"""The same fetch in Corsage and in the npm peers, one after the other."""

from dataclasses import dataclass
from typing import Final

from bench import engine, node
from bench.rows import Row
from bench.stats import median
from corsage.browser import CHROMIUM

# Node's compiler needs seconds to reach its full speed: one long run is fairer to the peers than rounds of short ones.
SECONDS: Final = 3


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer, and one way to feed it.

    Attributes:
        name: of the npm package.
        api: the request interface that it offers and is measured by.
        transport: ``in-process``, without sockets, or ``loopback``.
    """

    name: str
    api: str
    transport: str


# happy-dom decides below its own interceptors: with sockets is how it comes, without is its best case.
PEERS: Final = (
    Peer("happy-dom", "fetch", "loopback"),
    Peer("happy-dom", "fetch", "in-process"),
    Peer("jsdom", "XHR", "in-process"),
)


def rows(versions: dict[str, str]) -> list[Row]:
    """Measure both methods; the ratio says how many fetches Corsage makes in the time of one of theirs."""
    return [row for method in engine.METHODS for row in _method_rows(method, versions)]


def _method_rows(method: str, versions: dict[str, str]) -> list[Row]:
    variant = engine.Variant(method, CHROMIUM)
    engine.fetches_per_second(variant)
    ours = [engine.fetches_per_second(variant)]
    found: list[Row] = []
    for peer in PEERS:
        theirs = _fetches_per_second(peer, method)
        ours.append(engine.fetches_per_second(variant))
        label = f"{method}: {peer.name} {versions[peer.name]}, {peer.api}, {peer.transport}"
        # Corsage is measured on both sides of a peer: a machine that slows down meanwhile favours neither.
        found.append(Row(label, theirs, "/s", median(ours[-2:]) / theirs, "Corsage to it"))
    return [Row(f"{method}: Corsage, chromium, traced", median(ours), "/s"), *found]


def _fetches_per_second(peer: Peer, method: str) -> float:
    how = ("--speed", method, "--seconds", str(SECONDS), "--transport", peer.transport)
    (result,) = node.script("run.mjs", "--peer", peer.name, *how, seconds=60)
    return float(result["fetches"]) / float(result["cpu_seconds"])
