"""`python -m record`."""

import sys

from record.cli import main

sys.exit(main(sys.argv[1:]))
