"""Draws a sequence diagram of three parties in characters: page, browser, server."""

import textwrap
from dataclasses import dataclass, field
from typing import Final

from rich.text import Text

from corsage.apps.cli.terminal import Glyphs

# Columns of the page's and the browser's lifelines; the server's is near the right edge.
_PAGE: Final = 3
_BROWSER: Final = 13
_MARGIN: Final = 4
# Narrower terminals get arrows without lifelines.
NARROWEST: Final = 64
# Wider diagrams are no easier to read.
WIDEST: Final = 110


@dataclass(slots=True)
class Canvas:
    """Rows of a diagram, from top to bottom."""

    columns: int
    glyphs: Glyphs
    rows: list[Text] = field(default_factory=list)

    @property
    def _is_narrow(self) -> bool:
        return self.columns < NARROWEST

    @property
    def _server(self) -> int:
        return min(self.columns, WIDEST) - _MARGIN

    def heads(self) -> None:
        """Name the parties."""
        if self._is_narrow:
            return
        row = "page".rjust(_PAGE + 2).ljust(_BROWSER - 3) + "browser"
        self._add(row.ljust(self._server - 3) + "server", "bold")
        self.gap()

    def gap(self) -> None:
        """Leave a row of lifelines alone."""
        if self._is_narrow:
            self._add("")
        else:
            self._row("", "")

    def page_asks(self, words: str) -> None:
        """Draw an arrow from the page to the browser."""
        arrow = self.glyphs.starts + self.glyphs.dash * (_BROWSER - _PAGE - 2) + self.glyphs.right
        self._page_arrow(arrow, self.glyphs.line, words, f"page {self.glyphs.right} {words}", "")

    def page_gets(self, words: str, style: str) -> None:
        """Draw an arrow from the browser to the page."""
        arrow = self.glyphs.line + self.glyphs.left + self.glyphs.dash * (_BROWSER - _PAGE - 2)
        self._page_arrow(arrow, self.glyphs.ends, words, f"page {self.glyphs.left} {words}", style)

    def request(self, words: str) -> None:
        """Draw an arrow from the browser to the server."""
        self._server_arrow(words, self.glyphs.starts, self.glyphs.right, self.glyphs.line, "bold")

    def response(self, words: str, style: str, mark: str = "") -> None:
        """Draw an arrow from the server to the browser."""
        self._server_arrow(words, self.glyphs.line + self.glyphs.left, "", self.glyphs.ends, style, mark)

    def text(self, words: str, style: str = "", mark: str = "") -> None:
        """Write *words* between browser and server, folded; *mark* stands before them."""
        width = self.columns - 6 if self._is_narrow else self._server - _BROWSER - 5
        for index, row in enumerate(_folded(words, width)):
            self._row(f"{mark if index == 0 else '':1} {row}", style)

    def _page_arrow(self, arrow: str, end: str, words: str, narrow: str, style: str) -> None:
        if self._is_narrow:
            for index, row in enumerate(_folded(narrow, self.columns - 4)):
                self._add(f"  {'  ' if index else ''}{row}", style)
            return
        first, *rest = _folded(words, self._server - _BROWSER - 5)
        left = f"{' ' * _PAGE}{arrow}{end}"
        self._add_parts(
            (left, ""), (f"   {first}".ljust(self._server - len(left)), style), (self.glyphs.line, "")
        )
        for row in rest:
            self._row(f"  {row}", style)

    def _server_arrow(self, words: str, start: str, tip: str, end: str, style: str, mark: str = "") -> None:
        dash = self.glyphs.dash
        if self._is_narrow:
            sign = self.glyphs.right if tip else self.glyphs.left
            self.text(words, style, mark or sign)
            return
        width = self._server - _BROWSER - len(start) - len(tip)
        first, *rest = _folded(words, width - 8)
        label = f" {mark} {first} " if mark else f" {first} "
        left = f"{' ' * _PAGE}{self.glyphs.line}".ljust(_BROWSER) + start + dash
        line = dash * (width - len(label) - 1) + tip
        self._add_parts((left, ""), (label, style), (line + end, ""))
        for row in rest:
            self._row(f"  {row}", style)

    def _row(self, words: str, style: str) -> None:
        if self._is_narrow:
            self._add(f"    {words}".rstrip(), style)
            return
        line = self.glyphs.line
        left = f"{' ' * _PAGE}{line}".ljust(_BROWSER) + line
        self._add_parts((left, ""), (f" {words}".ljust(self._server - _BROWSER - 1), style), (line, ""))

    def _add(self, row: str, style: str = "") -> None:
        self.rows.append(Text(row, style))

    def _add_parts(self, *parts: tuple[str, str]) -> None:
        # Blanks after the words would be underlined or coloured with them: they are kept plain.
        plain = [(words.rstrip(), style) if style else (words, style) for words, style in parts]
        row = Text()
        for (words, style), (whole, _) in zip(plain, parts, strict=True):
            row.append(words, style)
            row.append(" " * (len(whole) - len(words)))
        self.rows.append(row)


def _folded(words: str, width: int) -> list[str]:
    return textwrap.wrap(
        words, max(width, 8), break_long_words=True, break_on_hyphens=False, subsequent_indent="  "
    ) or [""]
