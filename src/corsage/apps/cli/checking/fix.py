"""What to change on the server."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corsage.apps.cli.checking.run import Checked
from corsage.apps.cli.checking.verdict_line import BROWSER_NAMES
from corsage.apps.cli.document import Line, Section, bullet, line
from corsage.apps.cli.terminal import Glyphs
from corsage.apps.cli.text import LONGEST_MESSAGE, escaped, listed, shown
from corsage.model import WireKind

if TYPE_CHECKING:
    from corsage.pair.repair import Change


def fix(checked: Checked, glyphs: Glyphs) -> Section:
    """Show the smallest change of the server's answers that lets the request through."""
    repair = checked.repair
    if repair is None:
        return Section("What to change")
    lines: list[Line] = []
    place = None
    for change in repair.changes:
        if place != (change.method, change.url, change.preflight):
            place = (change.method, change.url, change.preflight)
            lines.append(_place(checked, change))
        lines += _change(change)
    if repair.changes:
        lines.append(_proof(checked, repair.passes_in, glyphs))
    lines += [bullet(glyphs.dot, shown(note, LONGEST_MESSAGE)) for note in repair.notes]
    return Section("What to change", tuple(lines))


def _place(checked: Checked, change: "Change") -> Line:
    what = (
        "the preflight (OPTIONS)" if change.preflight else f"the request itself ({shown(change.method, 40)})"
    )
    kind = WireKind.PREFLIGHT if change.preflight else WireKind.ACTUAL
    seen = any(
        exchange.request.kind is kind
        and exchange.request.method == change.method
        and exchange.request.url.href == change.url
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


def _proof(checked: Checked, passes_in: Sequence[str], glyphs: Glyphs) -> Line:
    names = {view.profile.name: BROWSER_NAMES[view.profile.name] for view in checked.views}
    passing = listed([name for key, name in names.items() if key in passes_in], "and")
    refusing = listed([name for key, name in names.items() if key not in passes_in], "and")
    if not refusing:
        return line(
            (f"{glyphs.yes} Proven: with these answers, every browser lets the request through.", "green")
        )
    if not passing:
        return line((f"{glyphs.unknown} Not proven: with these answers, browsers still refuse.", "yellow"))
    text = f"Proven for {passing}: with these answers, the request is let through. Not for {refusing}."
    return line((f"{glyphs.unknown} {text}", "yellow"))
