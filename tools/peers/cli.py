"""The command line: ask one peer, or all and write the page."""

import argparse
import sys
from pathlib import Path
from typing import Final

from peers.adapters import OURS, OURS_WSGI, PEERS, Peer
from peers.page import Column, page
from peers.rows import ROWS, Cell
from peers.run import in_a_process, print_cells
from peers.verdict import faults

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "peers.md"


def main(arguments: list[str]) -> int:
    """Return 0 where ours wins or matches on every row, 1 where not, 2 where a peer is not installed."""
    options = _parser().parse_args(arguments)
    peers = {peer.name: peer for peer in (*PEERS, OURS, OURS_WSGI)}
    if options.ask is not None:
        print_cells(peers[options.ask])
        return 0
    missing = [name for peer in PEERS if (name := peer.missing) is not None]
    if missing:
        print(
            f"peers: not installed: {', '.join(missing)}; try: pip install 'corsage[peers]'", file=sys.stderr
        )
        return 2
    columns = [*(Column(peer.versions(), _asked(peer)) for peer in PEERS), Column(["Corsage"], _asked(OURS))]
    found = faults([column.cells for column in columns], _asked(OURS_WSGI))
    for fault in found:
        print(f"peers: {fault}", file=sys.stderr)
    if not found:
        PAGE.write_text(page(columns), encoding="utf-8")
        print(f"docs/{PAGE.name} written: {len(ROWS)} rows, {len(PEERS)} peers; ours is right in all")
    return 1 if found else 0


def _asked(peer: Peer) -> list[Cell]:
    print(f"asking {peer.name} ...", file=sys.stderr, flush=True)
    return in_a_process(peer)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="peers", description="Ask every Python peer what it does.")
    names = [peer.name for peer in (*PEERS, OURS, OURS_WSGI)]
    parser.add_argument("--ask", choices=names, metavar="PEER", help=f"one only, as JSON: {', '.join(names)}")
    return parser
