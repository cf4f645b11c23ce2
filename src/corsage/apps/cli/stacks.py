"""Stacks that the user names on the command line."""

from collections.abc import Sequence
from typing import Final

from corsage.apps.cli.text import listed, shown
from corsage.model.evidence import Evidence, Place

_LONGEST_NAME: Final = 64
_MOST_MATCHES: Final = 3
_MOST_RELATED: Final = 6
# ngnix is nginx; what is less like a name may be a product that we do not know.
_LIKENESS: Final = 0.8


def places_of(names: Sequence[str]) -> tuple[Place, ...]:
    """Return the stacks *names*, as products that took part; unknown ones are left out."""
    found = {place.stack: place for name in names for place in _places(name)}
    return tuple(found.values())


def misspelt_stacks(names: Sequence[str]) -> str | None:
    """Say which of *names* are nearly those of stacks, and of which; ``None`` where none is."""
    near = {name: _near(name) for name in _unknown(names)}
    misspelt = [shown(name, _LONGEST_NAME) for name, matches in near.items() if matches]
    if not misspelt:
        return None
    meant = list(dict.fromkeys(match for matches in near.values() for match in matches))
    return f"--stack {listed(misspelt, 'or')}: there is no such stack; did you mean {listed(meant, 'or')}?"


def unknown_stacks(names: Sequence[str]) -> str | None:
    """Say which of *names* are of no stack that is known; ``None`` where all are."""
    unknown = _unknown(names)
    if not unknown:
        return None
    related = list(dict.fromkeys(each for name in unknown for each in _related(name)))[:_MOST_RELATED]
    every = "'corsage policy render --list' names all that are known"
    advice = f"it may be {listed(related, 'or')}" if related else every
    named = listed([shown(name, _LONGEST_NAME) for name in unknown], "or")
    return f"--stack {named}: there is no such stack, and nothing is written for it; {advice}"


def _unknown(names: Sequence[str]) -> list[str]:
    return [name for name in names if not _places(name)]


def _near(name: str) -> list[str]:
    from corsage.stacks import all_stacks

    known = [stack.name for stack in all_stacks()]
    from difflib import get_close_matches  # only for a name that nobody has

    return get_close_matches(name.lower()[:_LONGEST_NAME], known, n=_MOST_MATCHES, cutoff=_LIKENESS)


def _related(name: str) -> list[str]:
    """Return the stacks that have *name* as a word in what they are called: Azure has several."""
    from corsage.stacks import all_stacks

    word = f" {name.strip().lower()} "
    return [
        stack.name
        for stack in all_stacks()
        if any(
            word in f" {called.lower().replace('-', ' ')} "
            for called in (stack.name, stack.title, *stack.words)
        )
    ]


def _places(name: str) -> tuple[Place, ...]:
    """Return the stack of that name, or those that are recognised by the words of it, as in ``spring boot 3``."""
    from corsage.stacks import find_stack  # a hundred files: only who names one waits for them
    from corsage.stacks.recognise import recognise

    stack = find_stack(name)
    if stack is None:
        return recognise(Evidence(products=(name,)))
    traits = frozenset(trait.value for trait in stack.traits)
    return (Place(stack.name, stack.kind.value, traits, "you name it"),)
