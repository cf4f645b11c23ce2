"""What is said of path patterns that cover other paths than the expression that they stand for."""

from collections.abc import Sequence

from corsage.server.importers.path_expressions import path_gained, path_witness
from corsage.server.importers.translation import Translation


def remark_on_paths(translation: Translation, option: str, expression: str, patterns: Sequence[str]) -> None:
    """Remark on a path that *expression* alone covers, and on one that *patterns* alone do."""
    are = (
        f"The pattern is {patterns[0]}." if len(patterns) == 1 else f"The patterns are {', '.join(patterns)}."
    )
    lost = path_witness(expression, patterns)
    if lost is not None:
        says = "It is an expression that was matched from the start alone: paths beside the one it names were covered."
        translation.danger(option, expression, says, are, f"GET {lost}")
    gained = path_gained(expression, patterns)
    if gained is not None:
        says = f"It did not cover {gained}."
        translation.different(option, expression, says, f"{are} It covers {gained}, too.", f"GET {gained}")
