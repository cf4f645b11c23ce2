"""The report on a diagnosis as data: terminal, Markdown, HTML and JSON are renderings of it.

Every report says: is it CORS, which layer, what to change, how that is written, how to see that it is mended.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from corsage.diagnosis.asking import check_line, is_redirected
from corsage.diagnosis.blocks import Block, Chapter, Code, Items, Report, Text
from corsage.diagnosis.curl import curl_line
from corsage.diagnosis.finding import Diagnosis, Finding
from corsage.diagnosis.secrets import hide_secrets
from corsage.diagnosis.words import how_to_name_a_stack, layer_words, verdict_of
from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules import Case

if TYPE_CHECKING:
    from corsage.pair.amend import Amendment
    from corsage.pair.repair import Change, Repair

_MOST_REASONS: Final = 3
_MOST_RIVALS: Final = 2
_MOST_MISTAKES: Final = 5
_PERCENT: Final = 100
_INTRODUCTIONS: Final = {
    True: "The smallest policy that lets this request through",
    False: "The smallest policy with which the page can read the error, too",
}
_HEADERS_UNKNOWN: Final = (
    "Nobody said which headers the page sets: add those that it does to the allowed request headers, "
    "such as Content-Type for JSON and Authorization."
)
_NO_MORE: Final = "Keep what you already allow for other requests."


def report_of(diagnosis: Diagnosis, *, verbose: bool = False) -> Report:
    """Lay *diagnosis* out; *verbose* adds every reason, every rival and the engine's whole reasoning.

    What looks secret is left out: reports are pasted in public issues.
    """
    return hide_secrets(_report(diagnosis, verbose=verbose))


def _report(diagnosis: Diagnosis, *, verbose: bool) -> Report:
    first = diagnosis.findings[0] if diagnosis.findings else None
    if first is None:
        return Report(
            verdict_of(diagnosis),
            diagnosis.is_cors_problem,
            "",
            "",
            tuple(chapter for chapter in _chapters_without_cause(diagnosis) if chapter.blocks),
        )
    return Report(
        verdict=verdict_of(diagnosis),
        is_cors=diagnosis.is_cors_problem,
        cause=f"{first.rule.code} {first.rule.name}, {_percent(first)} sure",
        layer=layer_words(first.layer),
        chapters=tuple(each for each in _chapters(diagnosis, first, verbose=verbose) if each.blocks),
    )


def _chapters(diagnosis: Diagnosis, first: Finding, *, verbose: bool) -> Iterator[Chapter]:
    most = None if verbose else _MOST_REASONS
    reasons = tuple(f"{reason}." for reason in first.reasons[:most])
    yield Chapter("What happened", (Text(first.rule.what), *([Items(reasons)] if reasons else [])))
    if verbose:
        yield Chapter("Why", (Text(first.rule.why),))
    yield Chapter("Change", (Text(first.fix), *_proven_changes(diagnosis)))
    yield Chapter("In your configuration", _mistakes(diagnosis, most=None if verbose else _MOST_MISTAKES))
    yield from _snippets(diagnosis, first)
    yield Chapter("How to verify", (Text(diagnosis.verify), *_verifying(diagnosis)))
    yield _ask(diagnosis)
    yield _warnings(diagnosis)
    yield _rivals(diagnosis, verbose=verbose)
    if verbose:
        yield _steps(diagnosis)
        yield Chapter("Read on", (Items(first.rule.sources),) if first.rule.sources else ())


def _chapters_without_cause(diagnosis: Diagnosis) -> Iterator[Chapter]:
    yield Chapter("Change", (Text(diagnosis.fix),) if diagnosis.fix else ())
    yield Chapter("In your configuration", _mistakes(diagnosis, most=None))
    yield _ask(diagnosis)
    yield _warnings(diagnosis)


def _percent(finding: Finding) -> str:
    return f"{round(finding.confidence * _PERCENT)} %"


def _proven_changes(diagnosis: Diagnosis) -> Iterator[Block]:
    repair = diagnosis.repair
    if repair is not None and repair.changes:
        yield Text(f"{_proof(repair)}:")
        elsewhere = len({change.url for change in repair.changes}) > 1 or is_redirected(
            Case(diagnosis.evidence)
        )
        yield Code("\n".join(_change(change, elsewhere=elsewhere) for change in repair.changes), "http")
    if repair is not None and repair.notes:
        yield Items(repair.notes)
    proven = tuple(_amendment(each) for each in diagnosis.amendments if each.proven)
    if proven:
        yield Text("Or change the request; each of these alone lets it through:")
        yield Items(proven)
    untried = tuple(_amendment(each) for each in diagnosis.amendments if not each.proven)
    if untried:
        yield Text("Or ask elsewhere; nobody has asked there yet, so it is not proven:")
        yield Items(untried)


def _proof(repair: "Repair") -> str:
    if repair.proven:
        return "These answers let the request through, seen in the engine of every browser"
    if repair.passes_in:
        return f"These answers let the request through in {', '.join(repair.passes_in)}, though not in every browser"
    return "These changes of the answers are needed, and are not enough yet"


def _mistakes(diagnosis: Diagnosis, *, most: int | None) -> tuple[Block, ...]:
    """List what is wrong in what was pasted, whether it explains this failure or the next one."""
    found = tuple(f"{each.says} {each.instead}".strip() for each in diagnosis.evidence.slips)
    return (Items(tuple(dict.fromkeys(found))[:most]),) if found else ()


def _change(change: "Change", *, elsewhere: bool) -> str:
    which = "preflight" if change.preflight else "response"
    if elsewhere:
        which = f"{which} of {change.url}"
    if change.header == ":status":
        return f"{which}: status {change.new} instead of {change.old}"
    if change.new is None:
        return f"{which}: no {change.header}"
    return f"{which}: {change.header}: {change.new}"


def _amendment(change: "Amendment") -> str:
    if change.part.value == "header":
        to = f"{change.name} goes" if change.new is None else f"{change.name}: {change.new}"
        return f"{to}: {change.why}"
    return f"{change.part.value} {change.new} instead of {change.old}: {change.why}"


def _snippets(diagnosis: Diagnosis, first: Finding) -> Iterator[Chapter]:
    wanted = how_to_name_a_stack(diagnosis, first)
    yield Chapter("For your stack", (Text(wanted),) if wanted else ())
    cure = diagnosis.remedy
    for snippet in diagnosis.snippets:
        rendered = snippet.rendered
        ran = f"run by our tests with {rendered.executed}" if rendered.executed else "not executed by us"
        blocks: list[Block] = [Text(f"{_introduction(first)}; {ran}. {_NO_MORE}")]
        if cure is not None and cure.guessed:
            blocks.append(Text(f"Put your page's origin in the place of {cure.policy.origins[0]}."))
        if _headers_are_unknown(Case(diagnosis.evidence)):
            blocks.append(Text(_HEADERS_UNKNOWN))
        blocks += [Code(each.text.rstrip("\n"), each.language, each.name) for each in rendered.files]
        if rendered.steps:
            blocks.append(Items(rendered.steps))
        if rendered.limits:
            blocks += [Text("What it does not do:"), Items(rendered.limits)]
        yield Chapter(f"For {snippet.title}", tuple(blocks))


def _introduction(first: Finding) -> str:
    if first.root_cause is RootCause.WEBSOCKET_ORIGIN_CHECK:
        return "With this list of origins the page may open the WebSocket"
    return _INTRODUCTIONS[first.is_cors]


def _headers_are_unknown(case: Case) -> bool:
    """Tell whether the request may have headers to allow, of which the evidence says nothing."""
    sends = case.on_preflight or case.method.upper() not in ("", "GET", "HEAD")
    return sends and not case.headers and not case.evidence.exchanges


def _verifying(diagnosis: Diagnosis) -> Iterator[Block]:
    case = Case(diagnosis.evidence)
    line = curl_line(case)
    if line is not None and " -X " not in line and is_redirected(case):
        # The answer at fault may be the one behind the redirect.
        line = line.replace("curl -si", "curl -siL", 1)
    if line is not None:
        yield Code(line, "sh")


def _ask(diagnosis: Diagnosis) -> Chapter:
    if not diagnosis.ask:
        return Chapter("What would decide", ())
    line = check_line(Case(diagnosis.evidence))
    asking = (Text("Or let Corsage ask the server itself:"), Code(line, "sh")) if line is not None else ()
    return Chapter("What would decide", (Text(diagnosis.ask), *asking))


def _warnings(diagnosis: Diagnosis) -> Chapter:
    return Chapter("Do not", (Items(diagnosis.warnings),) if diagnosis.warnings else ())


def _rivals(diagnosis: Diagnosis, *, verbose: bool) -> Chapter:
    rest = diagnosis.findings[1:] if verbose else diagnosis.findings[1 : 1 + _MOST_RIVALS]
    items = tuple(
        f"{each.rule.code} {each.rule.name}, {_percent(each)}: {each.reasons[0] if each.reasons else each.rule.what}"
        for each in rest
    )
    return Chapter("It may also be", (Items(items),) if items else ())


def _steps(diagnosis: Diagnosis) -> Chapter:
    played = diagnosis.replay
    if played is None:
        return Chapter("The engine's reasoning", ())
    steps = tuple(f"{step.algorithm.name}, step {step.number}: {step.says}" for step in played.trace)
    refusal = played.outcome.refusal
    ends = refusal.cause.value if refusal is not None else "the page can read the response"
    ends = "no response" if refusal is not None and refusal.cause is Cause.NETWORK_FAILURE else ends
    return Chapter("The engine's reasoning", (Items(steps), Text(f"So Chrome ends with: {ends}.")))


__all__ = ["Block", "Chapter", "Code", "Items", "Report", "Text", "layer_words", "report_of"]
