"""``python tools/peers``: ask every peer, write ``docs/peers.md``, and fail where ours does not win or match."""

import sys
from pathlib import Path

if not __package__:
    # Run as a folder: Python then puts the folder on the path, where its parent is wanted.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from peers.cli import main

sys.exit(main(sys.argv[1:]))
