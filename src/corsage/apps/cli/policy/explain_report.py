"""The report of ``corsage policy explain``, for people."""

from collections.abc import Iterator

from corsage.apps.cli.document import Line, Section, bullet, line
from corsage.apps.cli.policy.explained import Explained, View
from corsage.apps.cli.terminal import Glyphs
from corsage.apps.cli.text import LONGEST_MESSAGE, escaped, shown
from corsage.model import WireKind
from corsage.pair import Exchange


def explain_sections(found: Explained, glyphs: Glyphs) -> Iterator[Section]:
    """Lay out what was found: the verdict, the policy's words, the answers, the browsers."""
    yield Section("", (_verdict(found, glyphs),))
    yield Section("What the policy says", tuple(_policy(found, glyphs)))
    exchanges = found.views[0].simulation.exchanges
    yield Section("What the server answers", tuple(row for each in exchanges for row in _exchange(each)))
    yield Section(
        "What browsers make of it", tuple(row for view in found.views for row in _view(view, glyphs))
    )


def _verdict(found: Explained, glyphs: Glyphs) -> Line:
    if found.readable:
        return line((glyphs.yes, "green"), f" {found.views[0].verdict.sentence}", indent=0)
    worst = next(view for view in found.views if not view.is_good)
    return line((glyphs.no, "red"), f" {worst.verdict.sentence}", indent=0)


def _policy(found: Explained, glyphs: Glyphs) -> Iterator[Line]:
    explanation = found.explanation
    choice = explanation.choice
    if choice is not None and (choice.pattern or choice.near or choice.contested):
        for sentence in choice.sentences:
            yield bullet(glyphs.dot, shown(sentence, LONGEST_MESSAGE))
    if explanation.policy is None:
        yield bullet(glyphs.no, explanation.sentences[-1])
    for finding in explanation.findings:
        sign, style = (glyphs.yes, "green") if finding.allowed else (glyphs.no, "red")
        text = shown(finding.says, LONGEST_MESSAGE)
        yield bullet(sign, (text, style) if not finding.allowed else text)
    for name in found.unasked:
        yield bullet(glyphs.dot, f"{shown(name)} needs no leave.")
    for name in found.dropped:
        yield bullet(glyphs.dot, f"{shown(name)} cannot be set by pages; browsers leave it out.")


def _exchange(exchange: Exchange) -> Iterator[Line]:
    request, response = exchange.request, exchange.response
    what = "preflight " if request.kind is WireKind.PREFLIGHT else ""
    status = f"{response.status} " if request.kind is WireKind.PREFLIGHT else ""
    headers = exchange.decision.headers if exchange.decision is not None else ()
    yield line(
        (f"{what}{shown(request.method)}: ", "bold"), f"{status}{'' if headers else 'no CORS headers'}"
    )
    for name, value in headers:
        yield line(f"{escaped(name)}: {shown(value)}", indent=4, copied=True)


def _view(view: View, glyphs: Glyphs) -> Iterator[Line]:
    sign, style = (glyphs.yes, "green") if view.is_good else (glyphs.no, "red")
    code = f" ({view.report.code or view.verdict.code})" if not view.is_good else ""
    yield line((sign, style), (f" {view.name}: ", "bold"), f"{view.verdict.kind.value}{code}")
    for text in view.report.lines:
        yield line(shown(text, LONGEST_MESSAGE), indent=4, copied=True)
