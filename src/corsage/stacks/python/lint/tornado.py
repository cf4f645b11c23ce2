"""x."""

PITFALLS = ()
