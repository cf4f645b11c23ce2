"""Parses what MiniBrowser writes of its console to standard output."""

import re

_LEVELS = "ERROR|WARN|LOG|INFO|DEBUG"
_GLIB = re.compile(r"^\(\S+:\d+\): \S+-\w+ \*\*: |^\tUsing the fallback 'C' locale")
_HEAD = re.compile(rf"^(?:\S+?:\d+(?::\d+)?: )?CONSOLE (?:[A-Z]+ )?(?:{_LEVELS}) (?P<text>.*)$")


def messages(text: str, scenario: str) -> list[str]:
    """The console messages between the page's two marks for a scenario, without where they came from."""
    found = _all(text.splitlines())
    begin, end = f"record:begin:{scenario}", f"record:end:{scenario}"
    start = found.index(begin) + 1 if begin in found else 0
    return found[start : found.index(end)] if end in found else found[start:]


def _all(lines: list[str]) -> list[str]:
    """Every message; lines without a head of their own continue the one before, unless they are GLib's."""
    found: list[str] = []
    for line in lines:
        if head := _HEAD.match(line):
            found.append(head["text"])
        elif found and line and not _GLIB.match(line):
            found[-1] += f"\n{line}"
    return found
