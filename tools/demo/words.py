"""What the demonstration itself says, around the reports."""

import shlex
import shutil
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from demo.check import Checked
from demo.places import Places
from demo.scene import Scene
from demo.shorten import shortened
from demo.stage import API_PORT, PAGE_PORT


@dataclass(frozen=True, slots=True)
class Voice:
    """How to print: with or without colour, everything or the essentials."""

    color: bool
    everything: bool

    def opening(self, places: Places) -> None:
        """Say who is where, and which port is not the tutorials' one."""
        print(
            f"A page on {places.fill('{page}')} and an API on {places.fill('{api}')}, both real, on this machine."
        )
        for name, wanted, port in (("page", PAGE_PORT, places.page_port), ("API", API_PORT, places.api_port)):
            if port != wanted:
                print(f"Port {wanted} is taken, so the {name} is on {port}.")

    def before(self, number: int, scene: Scene, places: Places) -> None:
        """Announce a scene, with the command that a person would type."""
        fill = places.fill
        print(f"\n{self._bold(f'{number}. {scene.title}')}")
        _say(fill(scene.lead))
        command = [
            "corsage",
            "check",
            fill(scene.url),
            "--origin",
            fill(scene.origin),
            *map(fill, scene.request),
        ]
        print(f"\n$ {shlex.join(command)}", flush=True)

    def after(self, scene: Scene, checked: Checked) -> None:
        """Show the report and say what to take home."""
        headings = None if self.everything else scene.shown
        report = checked.report if headings is None else shortened(checked.report, headings)
        print(report.strip("\n"), end="\n\n")
        _say(f"=> {scene.conclusion}")

    def summary(self, results: Sequence[tuple[Scene, Checked]]) -> None:
        """Hold what was expected against what ``corsage check`` said."""
        rows = [("", "Scene", "expected", "corsage check says")]
        for scene, checked in results:
            agrees = checked.verdict == scene.expected
            said = "the same" if agrees else f"OTHERWISE: {checked.verdict}"
            rows.append((str(len(rows)), scene.title, str(scene.expected), said))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        print(f"\n{self._bold('Summary')}")
        for number, *cells in rows:
            padded = (cell.ljust(width) for cell, width in zip(cells, widths[1:], strict=True))
            print("  ".join([number.rjust(widths[0]), *padded]).rstrip())
        right = sum(checked.verdict == scene.expected for scene, checked in results)
        print(f"{right} of {len(results)} as expected.", flush=True)

    def _bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.color else text


def _say(text: str) -> None:
    width = max(min(shutil.get_terminal_size().columns, 100), 40)
    print(textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False))
