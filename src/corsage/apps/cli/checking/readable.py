"""What of the response the page can read."""

from typing import Final

from corsage.apps.cli.checking.run import Checked
from corsage.apps.cli.document import Section, line
from corsage.apps.cli.text import counted, shown

_MOST_HEADERS: Final = 40
_PLUMBING: Final = frozenset({"connection", "keep-alive", "set-cookie", "transfer-encoding", "vary"})


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
