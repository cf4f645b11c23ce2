"""CORS101: a value of the wrong type."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from corsage.model.rule import Problem
from corsage.server.draft import FIELDS, Draft
from corsage.server.rules.base import PolicyRule, example
from corsage.server.rules.type_repair import right_value

_MOST: Final = 20


class WrongType(PolicyRule):
    """A text in the place of a list is the classic: it is a list of letters to most programs."""

    code = "CORS101"
    name = "wrong-type"
    what = 'A value that is not of the field\'s type: a text where a list belongs, `"true"` where `true` belongs.'
    why = (
        'A text in the place of a list is taken for a list of letters by most programs, and the text `"false"` '
        "for true by many. Here nothing is guessed."
    )
    fix = "Write the value in the type that the field has."
    bad = example(origins="https://shop.example.com", credentials="true")
    good = example(origins=["https://shop.example.com"], credentials=True)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report the values that `draft_of` could not read."""
        for field, value, wanted in draft.misfits:
            if not wanted:
                continue
            strangers = _strangers(value) if FIELDS[field] in "sw" else ()
            for index, stranger in strangers:
                yield self.problem(
                    f"{field}[{index}]",
                    stranger,
                    f"this is {_type(stranger)}, a text is wanted",
                    suggestion=right_value("t", stranger),
                )
            if not strangers:
                yield self.problem(
                    field,
                    value,
                    f"this is {_type(value)}, {wanted} is wanted",
                    suggestion=right_value(FIELDS[field], value),
                )


def _strangers(value: object) -> tuple[tuple[int, object], ...]:
    """Return the entries of a list that are no texts."""
    if isinstance(value, str | bytes) or not isinstance(value, Sequence):
        return ()
    wrong = ((index, entry) for index, entry in enumerate(value) if not isinstance(entry, str))
    return tuple(islice(wrong, _MOST))


def _type(value: object) -> str:
    names = {
        "str": "a text",
        "bool": "true or false",
        "int": "a whole number",
        "float": "a number",
        "list": "a list",
        "tuple": "a list",
        "dict": "a table",
        "bytes": "bytes",
        "NoneType": "nothing",
    }
    name = type(value).__name__
    return names.get(name, f"of type {name[:64]}")
