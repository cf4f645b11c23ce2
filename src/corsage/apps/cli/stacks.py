"""Stacks that the user names on the command line."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from corsage.apps.cli.text import listed, shown
from corsage.model.evidence import Place

_LONGEST_NAME: Final = 64
_MOST_MATCHES: Final = 3


def places_of(names: Sequence[str]) -> tuple[Place, ...]:
    """Return the stacks *names*, as products that took part; unknown ones are left out."""
    if not names:
        return ()
    from corsage.stacks import find_stack  # a hundred files: only who names one waits for them

    found = [stack for name in names if (stack := find_stack(name)) is not None]
    return tuple(
        Place(each.name, each.kind.value, frozenset(trait.value for trait in each.traits), "you name it")
        for each in found
    )


def unknown_stacks(names: Sequence[str]) -> str | None:
    """Say which of *names* are no stacks, and which ones may be meant; ``None`` where all are known."""
    if not names:
        return None
    from corsage.stacks import all_stacks, find_stack

    unknown = [name for name in names if find_stack(name) is None]
    if not unknown:
        return None
    known = [stack.name for stack in all_stacks()]
    near = {
        match: None
        for name in unknown
        for match in get_close_matches(name.lower()[:_LONGEST_NAME], known, n=_MOST_MATCHES)
    }
    advice = (
        f"did you mean {listed(list(near), 'or')}?"
        if near
        else "'corsage policy render --list' names them all"
    )
    return f"--stack {listed([shown(name, _LONGEST_NAME) for name in unknown], 'or')}: there is no such stack; {advice}"
