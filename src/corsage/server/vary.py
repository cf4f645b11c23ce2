"""``Vary``: add the fields that an answer depends on to those that the application names."""

from collections.abc import Iterable


def merged_vary(present: str, wanted: Iterable[str]) -> str:
    """Return *present* with those of *wanted* that it lacks. ``*`` already says everything.

    Source: https://httpwg.org/specs/rfc9110.html#field.vary
    """
    names = [name for written in present.split(",") if (name := written.strip(" \t"))]
    known = {name.lower() for name in names}
    if "*" in known:
        return "*"
    return ", ".join([*names, *(name for name in wanted if name.lower() not in known)])
