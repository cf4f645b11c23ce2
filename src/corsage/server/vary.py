"""``Vary``: add the fields that an answer depends on to those that the application names."""

from collections.abc import Iterable


def merged_vary(present: str, wanted: Iterable[str]) -> str:
    """Return *present* with those of *wanted* that it lacks. ``*`` already says everything.

    Source: https://httpwg.org/specs/rfc9110.html#field.vary
    """
    written = (name.strip(" \t") for name in present.split(","))
    merged: dict[str, str] = {}
    for name in [*written, *wanted]:
        if name:
            merged.setdefault(name.lower(), name)
    return "*" if "*" in merged else ", ".join(merged.values())
