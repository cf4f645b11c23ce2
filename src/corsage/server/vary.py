"""``Vary``: add the fields that an answer depends on to those that the application names."""

from collections.abc import Iterable


def merged_vary(present: str, wanted: Iterable[str]) -> str:
    """Return *present* with those of *wanted* that it lacks. ``*`` already says everything.

    Source: https://httpwg.org/specs/rfc9110.html#field.vary
    """
    names = [name for written in present.split(",") if (name := written.strip(" \t"))]
    # By the lower-case name, as first written.
    merged = {name.lower(): name for name in reversed([*names, *wanted])}
    if "*" in merged:
        return "*"
    return ", ".join(reversed(merged.values()))
