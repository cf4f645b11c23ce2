"""flask-cors: the paths of its ``resources``, which are texts or expressions."""

from collections.abc import Mapping, Sequence
from typing import Final

from corsage.server.importers.options import Options
from corsage.server.importers.path_expressions import path_patterns_of, without_twins
from corsage.server.importers.path_remarks import remark_on_paths
from corsage.server.importers.translation import Translation
from corsage.server.path_rules import check_paths

# A text with one of these counts as a regular expression.
HINTS: Final = frozenset("*\\]?$^[]()")


def paths_of(resources: object, known: Sequence[str], translation: Translation) -> dict[str, Options]:
    """Return the path patterns of *resources* with the options of their own, of which those *known* are read."""
    if isinstance(resources, Mapping):
        given = {str(path): own if isinstance(own, Mapping) else {} for path, own in resources.items()}
    else:
        given = {
            str(path): {} for path in (resources if isinstance(resources, list | tuple) else [resources])
        }
    found: dict[str, Options] = {}
    # The first that matches decides: texts are asked first, then what has the most slashes, then the longest.
    for path in sorted(given, key=lambda each: (bool(HINTS & set(each)), -each.count("/"), -len(each))):
        own = given[path]
        translation.unknown(own, known, "It is no option of flask-cors, which writes a line to the log.")
        patterns = _patterns(path, translation)
        new = without_twins([*found, *patterns])[len(found) :]
        if len(new) < len(patterns) and any(own != other for other in found.values()):
            says = "Another entry, which is asked first, has a path of this one."
            translation.different(
                "resources", path, says, "The other decides, with a slash at the end and without."
            )
        found |= dict.fromkeys(new, own)
    return found


def _patterns(path: str, translation: Translation) -> tuple[str, ...]:
    """Return the path patterns of an entry, which is a text or an expression."""
    if not HINTS & set(path):
        if path.startswith("/") and not {"{", "}"} & set(path) and not check_paths([path]):
            return (path,)
        translation.lost("resources", path, "It is no path that a pattern can be made of.", "It is left out.")
        return ()
    patterns = path_patterns_of(path)
    if patterns is None:
        says = "It is an expression over paths."
        translation.lost("resources", path, says, "It is left out: write a path pattern for it.")
        return ()
    remark_on_paths(translation, "resources", path, patterns)
    return patterns
