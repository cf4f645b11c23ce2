"""What the rules about the spelling of an origin have in common: each looks for one fault."""

from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, place
from corsage.server.sorted_origins import sorted_origins
from corsage.server.spelling import Fault, spelling

ORIGIN_SERIALISATION = "https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin"
ORIGIN_HEADER = "https://fetch.spec.whatwg.org/#origin-header"
# Each is read with care, which takes its time: a generated list is wrong in every entry.
MOST_SPELT: Final = 1000


class SpellingRule(PolicyRule):
    """An entry of ``origins`` is misspelt in one certain way."""

    fault: ClassVar[Fault]
    sources: ClassVar[tuple[str, ...]] = (ORIGIN_SERIALISATION,)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find the entries with the rule's fault."""
        for index, text in sorted_origins(draft.origins).misspelt[:MOST_SPELT]:
            found = spelling(text)
            reason = found.faults.get(self.fault)
            if reason is not None:
                yield self.problem(place(draft, "origins", index), text, reason, suggestion=found.mended)
