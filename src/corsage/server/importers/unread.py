"""What a configuration had that was not understood: said at the end of the report."""

from collections.abc import Mapping
from dataclasses import replace

from corsage.server.importers.imported import Imported
from corsage.server.importers.translation import Translation


def with_unread(found: Imported, unread: Mapping[str, str]) -> Imported:
    """Add to the report of *found* what could not be understood, by place."""
    translation = Translation()
    for place, text in unread.items():
        says = "It was not understood: what depends on it was taken not to hold."
        translation.lost(place, text, says, "Look at it yourself.")
    return replace(found, report=(*found.report, *translation.report))
