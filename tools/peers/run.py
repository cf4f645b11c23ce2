"""Ask one peer everything. Each peer runs in a process of its own: frameworks change what belongs to all."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from peers.adapters import Peer
from peers.rows import ROWS, Cell, Row
from peers.setup import NotOfferedError, Setup
from peers.wire import Send

_TOOLS: Final = Path(__file__).resolve().parents[1]
_SECONDS: Final = 240
NOT_OFFERED: Final = Cell("not offered", None)
REFUSED: Final = Cell("refused", False)


def in_a_process(peer: Peer) -> list[Cell]:
    """Ask *peer* all rows in a new process.

    Raises:
        RuntimeError: the process failed, with the end of what it said.
    """
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "peers", "--ask", peer.name],
        env={**os.environ, "PYTHONPATH": str(_TOOLS)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{peer.name}: {done.stderr.strip()[-600:]}")
    return [Cell(text, right) for text, right in json.loads(done.stdout.splitlines()[-1])]


def print_cells(peer: Peer) -> None:
    """Ask *peer* all rows here, and print the cells as JSON."""
    logging.disable(logging.CRITICAL)
    print(json.dumps([(cell.text, cell.right) for cell in cells(peer)]))


def cells(peer: Peer) -> list[Cell]:
    """Ask *peer* all rows."""
    build = peer.build()
    made: dict[object, Send | Cell] = {}
    found: list[Cell] = []
    for row in ROWS:
        if row.setup not in made:
            made[row.setup] = _made(build, row)
        send = made[row.setup]
        found.append(_refused(row, send) if isinstance(send, Cell) else row.check(send))
    return found


def _made(build: Callable[[Setup], Send], row: Row) -> Send | Cell:
    try:
        return build(row.setup)
    except NotOfferedError:
        return NOT_OFFERED
    except Exception:  # noqa: BLE001 - whatever a peer raises at its start, it refuses to start
        return REFUSED


def _refused(row: Row, cell: Cell) -> Cell:
    return Cell(cell.text, row.refusing_is_right) if cell is REFUSED else cell
