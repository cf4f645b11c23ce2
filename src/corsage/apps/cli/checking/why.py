"""What the diagnosis makes of a check: the cause, the layer, the change."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from corsage.apps.cli.checking.run import Checked
from corsage.apps.cli.checking.verdict import Kind, Verdict, judge
from corsage.apps.cli.document import Line, Section, bullet, line
from corsage.apps.cli.stacks import places_of
from corsage.apps.cli.terminal import Glyphs
from corsage.apps.cli.text import shown
from corsage.model import WireResponse

if TYPE_CHECKING:
    from corsage.diagnosis import Diagnosis

_FAILED: Final = (Kind.BLOCKED, Kind.NETWORK_FAILURE, Kind.UNUSABLE)
_PERCENT: Final = 100
_LONGEST: Final = 1000


def has_failed(checked: Checked) -> bool:
    """Tell whether there is something to diagnose."""
    return judge(checked.question, checked.outcome).kind in _FAILED


def has_answered(checked: Checked) -> bool:
    """Tell whether there is a server to ask more of."""
    return any(isinstance(each.response, WireResponse) for each in checked.exchanges)


def diagnosed(checked: Checked, stacks: Sequence[str]) -> "Diagnosis":
    """Diagnose *checked*, with the stacks that the user names."""
    from corsage.apps.cli.checking.evidence import (
        evidence_of,  # rules and stacks: only a failure waits for them
    )
    from corsage.diagnosis import diagnose

    return diagnose(evidence_of(checked, places_of(stacks), checked.probes))


def why(checked: Checked, verdict: Verdict) -> Section:
    """Say in a few lines what is behind a failure, and how to learn more."""
    if verdict.kind not in _FAILED:
        return Section("Most likely")
    return Section("Most likely", tuple(_lines(checked, diagnosed(checked, ()))))


def diagnosis_sections(checked: Checked, diagnosis: "Diagnosis", glyphs: Glyphs) -> Iterator[Section]:
    """Lay the whole diagnosis out, and what was asked for it."""
    asked = tuple(bullet(glyphs.dot, shown(each.says, _LONGEST)) for each in checked.probes)
    yield Section("What was asked beside it", asked)
    if diagnosis.findings:
        from corsage.apps.cli.diagnosing.terminal_report import report_sections
        from corsage.diagnosis.report import report_of

        yield from report_sections(report_of(diagnosis), glyphs)


def _lines(checked: Checked, diagnosis: "Diagnosis") -> Iterator[Line]:
    if not diagnosis.findings:
        return
    from corsage.diagnosis.report import layer_words

    first = diagnosis.findings[0]
    sure = f", {round(first.confidence * _PERCENT)} % sure"
    change = f"To change: {layer_words(first.layer)}."
    yield line((f"{first.rule.code} {first.rule.name}", "bold"), f"{sure}. {change}")
    yield line(shown(first.fix, _LONGEST))
    if diagnosis.ask:
        yield line(f"What would decide: {diagnosis.ask}")
    if has_answered(checked):
        yield line(("--diagnose asks the server what decides, and writes the fix for its stack.", "dim"))
