"""What each browser prints in its console."""

from collections.abc import Iterator

from corsage.apps.cli.checking.run import Checked, View
from corsage.apps.cli.checking.verdict import judge
from corsage.apps.cli.checking.verdict_line import BROWSER_NAMES
from corsage.apps.cli.document import Line, Section, line
from corsage.apps.cli.text import LONGEST_MESSAGE, listed, shown


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
