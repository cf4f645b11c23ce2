"""Mistakes in pasted configurations of Python's frameworks: read with `ast`, never executed."""
