"""The parts of a report below the diagram, each a heading and its lines."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from corsage.apps.cli.checking.curl import curl_line
from corsage.apps.cli.checking.run import Checked, View
from corsage.apps.cli.checking.verdict import judge
from corsage.apps.cli.checking.verdict_line import BROWSER_NAMES
from corsage.apps.cli.checking.words import WARNINGS
from corsage.apps.cli.document import Line, Section, bullet, line
from corsage.apps.cli.terminal import Glyphs
from corsage.apps.cli.text import LONGEST_MESSAGE, counted, escaped, listed, shown
from corsage.clients.live import LiveOptions
from corsage.model import OK, REFUSED, Step, TupleOrigin, WireKind

if TYPE_CHECKING:
    from corsage.pair.repair import Change

_MOST_HEADERS: Final = 40
_PLUMBING: Final = frozenset({"connection", "keep-alive", "set-cookie", "transfer-encoding", "vary"})


def failing_step(checked: Checked) -> Section:
    """Name the step of the standard that refused."""
    step = checked.trace.refusal
    refusal = checked.outcome.refusal
    if step is None or (checked.outcome.thrown is None and (refusal is None or refusal.failure is not None)):
        return Section("Where it fails")
    lines = (
        line(f"{step.algorithm.name}, step {step.number}: ", (says(step), "bold")),
        line((step.url, "dim"), copied=True),
    )
    return Section("Where it fails", lines)


def says(step: Step) -> str:
    """Return a step's sentence, fit for a terminal; sets of names in alphabetical order."""
    return step.template.format(*(_value(value) for value in step.values))


def _value(value: object) -> str:
    if isinstance(value, (set, frozenset)):
        names = sorted(map(str, value))
        more = len(names) - _MOST_HEADERS
        shortened = [*names[:_MOST_HEADERS], f"{more:,} more"] if more > 0 else names
        return shown(", ".join(shortened), LONGEST_MESSAGE) or "none"
    return shown(str(value))


def browsers(checked: Checked) -> Section:
    """Show what each browser prints, or that it lets the request through."""
    if all(view.outcome is not None and view.outcome.thrown is not None for view in checked.views):
        return Section("What the browsers print")  # the script gets the exception, and may print it
    title = "What the browsers print"
    silent = [
        BROWSER_NAMES[view.profile.name] for view in checked.views if _lets_through_silently(checked, view)
    ]
    if silent and len(silent) == len(checked.views):
        return Section(title, (line(f"Nothing: {listed(silent)} let it through."),))
    return Section(title, tuple(each for view in checked.views for each in _view(checked, view)))


def _lets_through_silently(checked: Checked, view: View) -> bool:
    if view.outcome is None or view.report is None or view.report.lines:
        return False
    return not judge(checked.question, view.outcome).kind.exit_code


def _view(checked: Checked, view: View) -> Iterator[Line]:
    name = BROWSER_NAMES[view.profile.name]
    if view.outcome is None or view.report is None:
        unsent = "" if view.unsent is None else f"{shown(view.unsent.method)} {shown(view.unsent.url.href)}"
        yield line((f"{name}: ", "bold"), f"not known: it would send {unsent}, which was not sent.")
        return
    if not view.report.lines:
        good = not judge(checked.question, view.outcome).kind.exit_code
        yield line((f"{name}: ", "bold"), "nothing: it lets this through." if good else "nothing.")
        return
    yield line((f"{name}:", "bold"))
    for text in view.report.lines:
        yield line(shown(text, LONGEST_MESSAGE), indent=4, copied=True)


def fix(checked: Checked, glyphs: Glyphs) -> Section:
    """Show the smallest change of the server's answers that lets the request through."""
    repair = checked.repair
    if repair is None:
        return Section("What to change")
    lines: list[Line] = []
    place = None
    for change in repair.changes:
        if place != (change.url, change.preflight):
            place = (change.url, change.preflight)
            lines.append(_place(checked, change))
        lines += _change(change)
    if repair.changes:
        lines.append(_proof(proven=repair.proven, glyphs=glyphs))
    lines += [bullet(glyphs.dot, shown(note, LONGEST_MESSAGE)) for note in repair.notes]
    return Section("What to change", tuple(lines))


def _place(checked: Checked, change: "Change") -> Line:
    what = "the preflight (OPTIONS)" if change.preflight else "the request itself"
    kind = WireKind.PREFLIGHT if change.preflight else WireKind.ACTUAL
    seen = any(
        exchange.request.kind is kind and exchange.request.url.href == change.url
        for exchange in checked.exchanges
    )
    # What was never sent has no answer yet: the server may do it right already.
    unsent = "" if seen else ", which was not sent yet"
    return line(f"The response to {what} at {shown(change.url)}{unsent}:")


def _change(change: "Change") -> Iterator[Line]:
    status = change.header == ":status"
    name = "status" if status else escaped(change.header)
    if change.old is not None:
        yield line((f"- {name}: {shown(change.old)}", "red"), indent=4, copied=True)
    if change.new is not None:
        yield line((f"+ {name}: {shown(change.new)}", "green"), indent=4, copied=True)
    if change.why:
        yield line((shown(change.why, LONGEST_MESSAGE), "dim"), indent=8)


def _proof(*, proven: bool, glyphs: Glyphs) -> Line:
    if proven:
        return line(
            (f"{glyphs.yes} Proven: with these answers, every browser lets the request through.", "green")
        )
    return line((f"{glyphs.unknown} Not proven: with these answers, some browser still refuses.", "yellow"))


def readable(checked: Checked) -> Section:
    """Show which response headers the page can read, and which it cannot."""
    response = checked.outcome.response
    if response is None or not checked.outcome.readable:
        return Section("What the page can read")
    body = "no body" if response.body is None else f"body ({counted(len(response.body), 'byte')})"
    names = [name for name, _ in response.headers]
    lines = [
        line(f"status {response.status}, {body}"),
        line("headers: ", _names(list(dict.fromkeys(names))) or ("none", "dim")),
    ]
    if response.redirected:
        lines.insert(0, line(f"from {shown(response.url)}, after a redirect"))
    hidden = [name for name in response.hidden_headers if not _is_plumbing(name)]
    if hidden:
        lines.append(line("hidden: ", (_names(hidden), "yellow")))
        lines.append(line(("To show one, name it in Access-Control-Expose-Headers.", "dim"), indent=10))
    return Section("What the page can read", tuple(lines))


def _is_plumbing(name: str) -> bool:
    """Tell whether no page ever asks for the header: the protocols' own, and cookies, which none may read."""
    return name in _PLUMBING or name.startswith("access-control-")


def _names(names: list[str]) -> str:
    more = len(names) - _MOST_HEADERS
    words = [shown(name, 60) for name in names[:_MOST_HEADERS]]
    return ", ".join([*words, f"and {more:,} more"] if more > 0 else words)


def cautions(checked: Checked, glyphs: Glyphs) -> Section:
    """Show what worked, or went missing, without a word from the browser."""
    found = [*_dropped(checked), *_warnings(checked), *_cookies(checked), *_vary(checked)]
    return Section("Worth knowing", tuple(bullet(glyphs.dot, text) for text in found))


def _dropped(checked: Checked) -> Iterator[str]:
    request = checked.outcome.request
    for name in request.dropped_headers if request is not None else ():
        advice = "; --cookie says what the browser has stored" if name.lower() == "cookie" else ""
        yield f"The browser drops the header {shown(name)}: this request may not set it{advice}."


def _warnings(checked: Checked) -> Iterator[str]:
    for code in dict.fromkeys(checked.outcome.warnings):
        yield WARNINGS.get(code, code)


def _cookies(checked: Checked) -> Iterator[str]:
    withheld = [text for step in checked.trace if " withheld: " in (text := says(step))]
    yield from dict.fromkeys(f"{text[:1].upper()}{text[1:]}." for text in withheld)
    request, jar = checked.outcome.request, checked.question.cookies
    sent = any("cookie" in exchange.request.headers for exchange in checked.exchanges)
    if jar and request is not None and not sent and not withheld and checked.exchanges:
        yield f"No cookie was sent: the request's credentials mode is {request.credentials}."


def _vary(checked: Checked) -> Iterator[str]:
    response = checked.outcome.response
    if response is None or not checked.outcome.readable:
        return
    headers = response.internal.headers
    allowed = headers.get("access-control-allow-origin")
    vary = {name.strip().lower() for name in (headers.get("vary") or "").split(",")}
    origin = checked.question.client.origin
    if isinstance(origin, TupleOrigin) and allowed == origin.serialized and not vary & {"origin", "*"}:
        yield (
            "The server names this origin and does not say Vary: Origin: a cache may hand this answer to another "
            "origin, which is then refused. (Not needed if only one origin is ever allowed.)"
        )


def repeat(checked: Checked, options: LiveOptions) -> Section:
    """Give the ``curl`` line of every exchange, numbered as in the diagram."""
    lines: list[Line] = []
    for number, exchange in enumerate(checked.exchanges, 1):
        if len(checked.exchanges) > 1:
            kind = " (preflight)" if exchange.request.kind is WireKind.PREFLIGHT else ""
            lines.append(line((f"# {number}{kind}", "dim")))
        lines.append(line(curl_line(exchange.request, options), copied=True))
    return Section("Repeat it", tuple(lines))


def whole_trace(checked: Checked, glyphs: Glyphs) -> Section:
    """Show every step, with its number and its place in the standard."""
    return Section("Every step", tuple(each for step in checked.trace for each in _step(step, glyphs)))


def _step(step: Step, glyphs: Glyphs) -> Iterator[Line]:
    sign, style = {OK: (glyphs.yes, "green"), REFUSED: (glyphs.no, "red")}.get(
        step.verdict, (glyphs.dot, "dim")
    )
    yield line((f"{sign} ", style), f"{step.algorithm.name}, {step.number}: ", says(step))
    yield line((step.url, "dim"), indent=4, copied=True)
