"""The verdict on one line, and why on the next."""

from typing import Final

from corsage.apps.cli.checking.reasons import reasons
from corsage.apps.cli.checking.run import Checked
from corsage.apps.cli.checking.verdict import Kind, Verdict, judge
from corsage.apps.cli.document import Section, line
from corsage.apps.cli.terminal import Glyphs

BROWSER_NAMES: Final = {
    "chrome": "Chrome",
    "chromium": "Chromium",
    "firefox": "Firefox",
    "webkit": "Safari",
    "standard": "the standard",
}
STYLES: Final = {
    Kind.READABLE: "green",
    Kind.LOADED: "green",
    Kind.OPAQUE: "yellow",
    Kind.BLOCKED: "red",
    Kind.UNUSABLE: "red",
    Kind.THROWN: "red",
    Kind.NETWORK_FAILURE: "magenta",
}


def sign(kind: Kind, glyphs: Glyphs) -> str:
    """Return the sign of a verdict."""
    if kind in (Kind.READABLE, Kind.LOADED):
        return glyphs.yes
    return {Kind.OPAQUE: glyphs.half, Kind.NETWORK_FAILURE: "!"}.get(kind, glyphs.no)


def verdict_section(checked: Checked, verdict: Verdict, glyphs: Glyphs) -> Section:
    """Say what came of it, and why."""
    style = STYLES[verdict.kind]
    parts: list[str | tuple[str, str]] = [
        (f"{sign(verdict.kind, glyphs)} {verdict.sentence}", f"bold {style}")
    ]
    if verdict.code is not None and verdict.kind is not Kind.THROWN:
        parts.append((f" {glyphs.long_dash} {verdict.code}", style))
    lines = [line(*parts, indent=0, copied=True)]
    lines += [line(sentence) for sentence in reasons(checked)]
    lines += [line((sentence, "yellow")) for sentence in disagreements(checked, verdict)]
    return Section("", tuple(lines))


def disagreements(checked: Checked, verdict: Verdict) -> list[str]:
    """Name the browsers in which the page fares otherwise."""
    sentences = []
    for view in checked.views:
        other = verdict if view.outcome is None else judge(checked.question, view.outcome)
        if other.kind.exit_code != verdict.kind.exit_code:
            why = f" ({other.code})" if other.code else ""
            sentences.append(f"Not so in {BROWSER_NAMES[view.profile.name]}: {other.kind}{why}.")
    return sentences
