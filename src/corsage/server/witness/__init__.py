"""What a regular expression over origins accepts that its writer did not mean, with a witness.

An expression is read into a tree (`tree`), from which come the texts that its literal parts spell (`spelt`), the
domains that its writer must have meant (`meaning`), and an automaton (`automaton`). An automaton and the shape of an
unwanted origin (`shapes`, `domains`) are searched together for the shortest text that is both (`search`). Every witness
is then tried on the expression itself (`trial`).
"""

from corsage.server.witness.finding import Finding, Kind
from corsage.server.witness.mend import dead_alternatives, mended, mended_of, with_common_scheme
from corsage.server.witness.study import study

__all__ = [
    "Finding",
    "Kind",
    "dead_alternatives",
    "mended",
    "mended_of",
    "study",
    "with_common_scheme",
]
