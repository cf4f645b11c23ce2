"""The comparison as a table of figures and lists of ids, in plain text."""

from collections.abc import Iterable, Iterator
from typing import Final

from corsage.apps.cli.simulating.deviations import Deviation, Mismatch
from corsage.apps.cli.text import escaped
from corsage.clients.recordings import Comparison
from corsage.clients.recordings.compare import FACETS

_COLUMNS: Final = (*FACETS, "all")
_TOTAL: Final = "TOTAL"


def table(comparison: Comparison, registered: frozenset[Mismatch]) -> Iterator[str]:
    """Yield the lines of the table: a row for each family, and the total."""
    rows = [_heads(comparison.browser)]
    rows += [_row(family, [family], comparison, registered) for family in sorted(comparison.totals, key=str)]
    rows.append(_row(_TOTAL, list(comparison.totals), comparison, registered))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for name, *figures in rows:
        cells = [name.ljust(widths[0]), *map(str.rjust, figures, widths[1:])]
        yield "  ".join(cells)


def _heads(browser: str) -> list[str]:
    return [browser, "n", *_COLUMNS, "registered"]


def _row(
    name: str, families: list[str], comparison: Comparison, registered: frozenset[Mismatch]
) -> list[str]:
    total = sum(comparison.totals[family] for family in families)
    hits = [sum(comparison.hits[family, facet] for family in families) for facet in _COLUMNS]
    known = {
        identifier
        for family in families
        for facet in FACETS
        for identifier in comparison.misses.get((family, facet), ())
        if (identifier, facet) in registered
    }
    return [escaped(name), str(total), *(f"{hit}/{total}" for hit in hits), str(len(known))]


def mismatches(comparison: Comparison, registered: frozenset[Mismatch]) -> Iterator[str]:
    """Yield what disagrees without being registered, by family and facet."""
    for (family, facet), ids in sorted(comparison.misses.items()):
        new = [identifier for identifier in ids if (identifier, facet) not in registered]
        if new:
            yield f"{escaped(family)} {facet}: {len(new)} missed: {escaped(' '.join(new))}"


def known(deviations: Iterable[Deviation], missed: frozenset[Mismatch]) -> Iterator[str]:
    """Yield the registered deviations that were met, with their reasons."""
    for deviation in deviations:
        met = {
            identifier: None for identifier, facet in deviation.mismatches() if (identifier, facet) in missed
        }
        if met:
            facets = ", ".join(deviation.facets)
            yield f"{escaped(deviation.reason)} ({facets}; since {escaped(deviation.since)}): {escaped(' '.join(met))}"


def lost(found: Iterable[tuple[Deviation, list[Mismatch]]]) -> Iterator[str]:
    """Yield the registered deviations that are none any more."""
    for deviation, pairs in found:
        what = " ".join(f"{identifier}:{facet}" for identifier, facet in pairs)
        yield f"{escaped(deviation.reason)} (since {escaped(deviation.since)}): {escaped(what)}"
