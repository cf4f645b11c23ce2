"""The features of a report: its words, its products, its facts. `tools/learn` learns what they tell."""

import re
from collections.abc import Iterator
from typing import Final

from corsage.model.evidence import Answer
from corsage.rules import Case

LONGEST_TEXT: Final = 4000
_WORD: Final = re.compile(r"[a-z][a-z0-9_-]*|[0-9]{3}\b|<img>|\*")
_PRODUCT: Final = re.compile(r"[a-z][a-z0-9.+-]+")
_ENDINGS: Final = ("ing", "ed", "es", "s")
_SHORTEST_STEM: Final = 3
# Words that every report has.
_COMMON_WORDS: Final = (
    "a all an and any are as at be but by can cannot did do does for from had has have i if in into is it its my no "
    "not of on only or our out so that the then there they this to up was we were what when which with you"
)
_COMMON: Final = frozenset(_COMMON_WORDS.split())


def features(case: Case) -> frozenset[str]:
    """Return the features of *case*: words as they are, all else with its kind before a colon."""
    return frozenset(_features(case))


def _features(case: Case) -> Iterator[str]:
    evidence = case.evidence
    words = map(_stem, _WORD.findall(evidence.notes[:LONGEST_TEXT].lower()))
    yield from (word for word in words if word not in _COMMON and len(word) > 1)
    for product in evidence.products:
        yield from (f"product:{_stem(word)}" for word in _PRODUCT.findall(product[:LONGEST_TEXT].lower()))
    yield from (f"stack:{stack}" for stack in case.stacks)
    yield from (f"kind:{kind}" for kind in case.kinds)
    yield from (f"says:{says}" for says in case.says)
    if not evidence.messages:
        yield "says:nothing"
    yield from _of_answer("preflight", evidence.preflight)
    yield from _of_answer("actual", evidence.actual)
    yield f"method:{evidence.method.upper()[:10]}"
    yield f"credentials:{evidence.credentials}"
    yield f"mode:{case.mode[:20]}"
    yield f"element:{case.element[:20]}"
    yield from (f"header:{name[:40]}" for name in evidence.request_headers.names())
    yield f"page:{evidence.origin.partition(':')[0][:20]}"
    yield f"url:{evidence.url.partition(':')[0][:20]}"


def _of_answer(which: str, answer: Answer | None) -> Iterator[str]:
    if answer is None:
        yield f"{which}:none"
        return
    yield f"{which}:{answer.status}"
    if answer.status is not None:
        yield f"{which}:{answer.status // 100}xx"
    yield from (f"{which} header:{name[:40]}" for name in answer.headers.names())


def _stem(word: str) -> str:
    """Take the usual English endings off: nearly enough that "fails" and "failed" are one."""
    for ending in _ENDINGS:
        if len(word) > len(ending) + _SHORTEST_STEM and word.endswith(ending):
            return word.removesuffix(ending)
    return word
