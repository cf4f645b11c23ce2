"""The commands that repeat the conversation."""

from corsage.apps.cli.checking.curl import curl_line
from corsage.apps.cli.checking.run import Checked
from corsage.apps.cli.document import Line, Section, line
from corsage.clients.live import LiveOptions
from corsage.model import WireKind


def repeat(checked: Checked, options: LiveOptions) -> Section:
    """Give the ``curl`` line of every exchange, numbered as in the diagram."""
    lines: list[Line] = []
    for number, exchange in enumerate(checked.exchanges, 1):
        if len(checked.exchanges) > 1:
            kind = " (preflight)" if exchange.request.kind is WireKind.PREFLIGHT else ""
            lines.append(line((f"# {number}{kind}", "dim")))
        lines.append(line(curl_line(exchange.request, options), copied=True))
    return Section("Repeat it", tuple(lines))
