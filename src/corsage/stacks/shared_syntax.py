"""Which of a policy's expressions other engines read as Python does: RE2, Java, PCRE, Ruby and .NET.

Only what all of them share is carried over, as it was written. Anything else may mean more to another engine: it is
left out, and the configuration says so.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from corsage.server import Policy
from corsage.server.draft import NULL
from corsage.server.linear_form import linear_form
from corsage.server.regexes import compile_regex
from corsage.stacks.origins import Origins, origins_of
from corsage.stacks.parts import LOOKUP_LOST

_SHOWN: Final = 80
# Escapes that are the same everywhere. \b is left out of sets, where it is a backspace.
_ESCAPE: Final = r"\\[dDwWsS.^$*+?()\[\]{}|\\/:@-]"
_SET_CHAR: Final = rf"(?:[A-Za-z0-9 !\"#$%'()*+,./:;<=>?@_`]|{_ESCAPE})"
# A hyphen stands between two characters, or where it can mean nothing else.
_SET: Final = rf"\[\^?-?(?:[A-Za-z0-9]-[A-Za-z0-9]|{_SET_CHAR}(?!-[^\]]))+-?\]"
_TOKEN: Final = re.compile(
    rf"""
      [A-Za-z0-9 !"#%',/:;<=>@_`~-]           # itself
    | \\[bB] | {_ESCAPE}
    | [.^$|)] | \((?:\?:|(?!\?))
    | (?:[*+?]|\{{[0-9]{{1,3}}(?:,[0-9]{{0,3}})?\}})\??(?![*+?{{])
    | {_SET}
    """,
    re.VERBOSE,
)
_LOOKAHEAD: Final = re.compile(r"\(\?[=!]")


@dataclass(frozen=True, slots=True)
class Carried:
    """The origins that another engine can be told of.

    Attributes:
        origins: without the expressions that are left out.
        limits: a sentence for all that is left out.
    """

    origins: Origins
    limits: tuple[str, ...]


def carried_over(policy: Policy, *, linear: bool = False) -> Carried:
    """Sort the origins of *policy*, and leave out the expressions that another engine may read otherwise.

    Args:
        policy: to be rendered.
        linear: whether the engine has neither look-ahead nor thousands of repetitions, as RE2.
    """
    origins = origins_of(policy)
    limits: list[str] = []
    kept: list[str] = []
    for each in origins.regexes:
        if compile_regex(each).fullmatch(NULL):
            # A policy asks its expressions about the origins of pages alone.
            limits.append(
                f"The expression {_short(each)} is left out: it would let in null, which the policy does not."
            )
        elif is_shared(each, linear=linear):
            kept.append(each)
        else:
            limits.append(
                f"The expression {_short(each)} is left out: its syntax is Python's, and may mean more here."
            )
    if origins.lookup:
        limits.append(LOOKUP_LOST)
    return Carried(replace(origins, regexes=tuple(kept)), tuple(limits))


def is_shared(pattern: str, *, linear: bool = False) -> bool:
    """Tell whether all engines read *pattern*, which Python can compile, in the same way. Takes linear time."""
    position = 0
    while position < len(pattern):
        found = _TOKEN.match(pattern, position)
        if found is None and not linear:
            found = _LOOKAHEAD.match(pattern, position)
        if found is None:
            return False
        position = found.end()
    return not linear or linear_form(pattern) is not None


def _short(text: str) -> str:
    printable = "".join(each if each.isprintable() else "?" for each in text)
    return printable if len(printable) <= _SHOWN else f"{printable[: _SHOWN - 1]}…"
