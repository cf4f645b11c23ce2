"""Recognises the products that took part: by what people call them, by their hosts, by the look of their answers."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from corsage.model.evidence import Answer, Evidence, Place, Slip
from corsage.stacks import Stack, all_stacks
from corsage.stacks.hosts import stack_of_host
from corsage.stacks.marks import MARKS

_NAMED: Final = 0.95
_NOTED: Final = 0.6
_HOSTED: Final = 0.9
_WRITTEN: Final = 0.75
_LINTED: Final = 0.5
_MOST_PIECES: Final = 20
_OF_CODE: Final = "=[({:"
_NOT_A_WORD: Final = re.compile(r"[^a-z0-9.+#]+")
LONGEST_NOTES: Final = 20_000


def recognise(evidence: Evidence) -> tuple[Place, ...]:
    """Return the products that took part in *evidence*, the surest first; each once."""
    found: dict[str, Place] = {}
    for place in _all(evidence):
        known = found.get(place.stack)
        if known is None or known.sure < place.sure:
            found[place.stack] = place
    return tuple(sorted(found.values(), key=lambda place: -place.sure))


def slips_in(evidence: Evidence) -> tuple[Slip, ...]:
    """Return the usual mistakes that configurations in the notes of *evidence* make, by the stacks that took part."""
    text = evidence.notes[:LONGEST_NOTES]
    if not any(mark in text for mark in _OF_CODE):
        return ()
    stacks = [_by_name()[place.stack] for place in evidence.places if place.sure >= _LINTED]
    # People quote a line of code amid their own words: each piece may be one.
    pieces = (text, *text.replace("\n", ";").split(";")[:_MOST_PIECES])
    found = (
        Slip(stack.name, each.name, each.says, each.instead)
        for stack in stacks
        for piece in pieces
        for each in stack.lint(piece)
    )
    return tuple(dict.fromkeys(found))


def _all(evidence: Evidence) -> Iterator[Place]:
    yield from evidence.places
    for text, sure in [(product, _NAMED) for product in evidence.products] + [(evidence.notes, _NOTED)]:
        for stack, word in _named(text[:LONGEST_NOTES]):
            yield _place(stack, sure, f"you name {word}")
    text = evidence.notes[:LONGEST_NOTES]
    for name, marks in MARKS.items():
        mark = next((each for each in marks if each in text), None)
        if mark is not None:
            yield _place(_by_name()[name], _WRITTEN, f"{mark.strip()} stands in what you pasted")
    for url in {evidence.url, *(message.url for message in evidence.messages)}:
        yield from _hosting(url)
    for message in evidence.messages:
        speaker = _by_name().get(message.stack) if message.stack else None
        if speaker is not None:
            yield _place(speaker, _HOSTED, "the message is its own")
    for answer in (evidence.preflight, evidence.actual, *evidence.hops):
        if answer is not None:
            yield from _signed(answer)


def _named(text: str) -> Iterator[tuple[Stack, str]]:
    """Find the words of stacks in *text*; a longer word of one stack outweighs a shorter one inside of it."""
    if not text.strip():
        return
    words = f" {_NOT_A_WORD.sub(' ', text.lower()).strip()} "
    for length, word, stack in _words():
        if length and f" {word} " in words:
            yield stack, word
            words = words.replace(f" {word} ", "  ")


@cache
def _words() -> tuple[tuple[int, str, Stack], ...]:
    rows = {
        (len(plain), plain, stack)
        for stack in all_stacks()
        for word in (stack.name, stack.title, *stack.words)
        if (plain := _NOT_A_WORD.sub(" ", word.lower()).strip())
    }
    return tuple(sorted(rows, key=lambda row: (-row[0], row[1], row[2].name)))


@cache
def _by_name() -> dict[str, Stack]:
    return {stack.name: stack for stack in all_stacks()}


def _hosting(text: str) -> Iterator[Place]:
    host = text.lower().partition("//")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
    name = stack_of_host(host) if host else None
    stack = _by_name().get(name) if name is not None else None
    if stack is not None:
        yield _place(stack, _HOSTED, f"the host is {host}")


def _signed(answer: Answer) -> Iterator[Place]:
    for stack in all_stacks():
        for sign in stack.signs(answer):
            yield _place(stack, sign.sure, sign.why)


def _place(stack: Stack, sure: float, why: str) -> Place:
    return Place(stack.name, stack.kind.value, frozenset(trait.value for trait in stack.traits), why, sure)
