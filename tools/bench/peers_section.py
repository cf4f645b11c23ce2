"""The npm peers beside Corsage: speed, and next to it how many verdicts are right."""

from typing import Final

from bench import node, peer_speed, peer_verdicts
from bench.corpus import recordings
from bench.rows import NotMeasured, Section

_COMMANDS: Final = (
    "node tools/bench/peers/run.mjs --peer PEER --speed GET|PUT --seconds 3 --transport in-process|loopback",
    "node tools/bench/peers/run.mjs --peer PEER --scenarios CORPUS > RESULTS",
    "node tools/bench/peers/score.mjs --peer PEER --recordings CORPUS --results RESULTS",
)
_REMARKS: Final = (
    "happy-dom preflights the simple GET, too; jsdom has XMLHttpRequest alone and judges less than a browser.",
    "A verdict of theirs is right if the page can read what Chromium's page could: status and body, or nothing.",
    "One of Corsage's must also have Chromium's response type, URL and exception.",
    "Corsage was built with these recordings at hand; the peers were not.",
)


def measure() -> Section:
    """Measure every peer that is installed or can be."""
    title = f"Peers: fetches a second of processor time ({peer_speed.SECONDS} s each), and right verdicts"
    try:
        versions = node.ensure_peers(tuple(dict.fromkeys(peer.name for peer in peer_speed.PEERS)))
        speed = peer_speed.rows(versions)
        verdicts = peer_verdicts.rows(versions, recordings())
        remarks = (*_REMARKS, f"Node.js {node.node_version()}")
    except NotMeasured as reason:
        return Section("peers", title, _COMMANDS, remarks=(f"skipped: {reason}",))
    return Section("peers", title, _COMMANDS, (*speed, *verdicts), remarks)
