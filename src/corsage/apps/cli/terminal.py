"""Where output goes: how wide, with or without colour, in which characters."""

import os
import sys
from dataclasses import dataclass
from typing import IO, Any, Final, Literal

from rich.console import Console

Color = Literal["auto", "always", "never"]

# Narrower than this, nothing can be laid out; the terminal may fold the lines itself.
NARROWEST: Final = 24


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The few signs that ASCII lacks."""

    yes: str = "✔"
    no: str = "✘"
    unknown: str = "?"
    half: str = "◐"
    line: str = "│"
    dash: str = "─"
    right: str = "▶"
    left: str = "◀"
    starts: str = "├"
    ends: str = "┤"
    dot: str = "·"
    long_dash: str = "—"


ASCII_GLYPHS: Final = Glyphs(
    yes="v",
    no="x",
    half="~",
    line="|",
    dash="-",
    right=">",
    left="<",
    starts="+",
    ends="+",
    dot="-",
    long_dash="-",
)


class Terminal(Console):
    """A rich console that interprets nothing: no markup, no emoji, no guessed highlights."""

    def __init__(self, color: Color, file: IO[str] | None = None) -> None:
        stream = file or sys.stdout
        _never_fail_to_encode(stream)
        wanted = _wants_color(color)
        super().__init__(
            file=file,
            stderr=file is None and stream is sys.stderr,
            markup=False,
            emoji=False,
            highlight=False,
            force_terminal=True if color == "always" else None,
            color_system="auto" if wanted else None,
            no_color=False if wanted else None,
            legacy_windows=False,
        )

    @property
    def glyphs(self) -> Glyphs:
        """The signs that the output's encoding has."""
        return Glyphs() if self.encoding.startswith("utf") else ASCII_GLYPHS

    @property
    def columns(self) -> int:
        """The width to lay out for."""
        return max(self.width, NARROWEST)

    def on_broken_pipe(self) -> None:
        """Pass the broken pipe on to `main`; rich would end with exit code 1, which is a verdict here."""
        raise BrokenPipeError


def _wants_color(color: Color) -> bool:
    # https://no-color.org/: present and not empty, whatever the value; an explicit option beats it.
    if color == "auto":
        return not os.environ.get("NO_COLOR")
    return color == "always"


def _never_fail_to_encode(stream: Any) -> None:  # noqa: ANN401 - some streams cannot be reconfigured
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
