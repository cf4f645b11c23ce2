"""Reads and plays the rows of files; what is bad is reported, and what follows it played."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import click

from corsage.apps.cli.text import LONGEST_MESSAGE, shown
from corsage.browser import Profile
from corsage.clients.recordings import BadScenario, Row, play, read_rows

# Often enough to look alive, seldom enough to cost nothing.
_ROWS_BETWEEN_SIGNS_OF_LIFE: Final = 500


def _is_watched() -> bool:
    return sys.stderr.isatty()


@dataclass(slots=True)
class Player:
    """Plays files in the browser of *profile*.

    Attributes:
        profile: the browser.
        bad: how many complaints went to standard error.
        played: how many scenarios were played.
    """

    profile: Profile
    bad: int = 0
    played: int = 0
    _shows_progress: bool = field(default_factory=_is_watched)

    def play_all(self, files: Sequence[str]) -> Iterator[tuple[Row, dict[str, Any]]]:
        """Yield each row with its result, in order; bad ones are reported and left out."""
        for name in files:
            for row in self._rows(name):
                try:
                    result = play(row, self.profile)
                except BadScenario as error:
                    self._complain(error)
                    continue
                self._sign_of_life()
                yield row, result

    def _rows(self, name: str) -> Iterator[Row]:
        try:
            yield from read_rows(name, self._complain)
        except BadScenario as error:
            self._complain(f"{error}; the rest of the file is not read")
        except OSError as error:
            self._complain(f"{name}: {error.strerror or error}")

    def _complain(self, what: object) -> None:
        self.bad += 1
        self.clear_progress()
        click.echo(f"corsage simulate: {shown(str(what), LONGEST_MESSAGE)}", err=True)

    def _sign_of_life(self) -> None:
        self.played += 1
        if self._shows_progress and self.played % _ROWS_BETWEEN_SIGNS_OF_LIFE == 0:
            click.echo(f"\r{self.played:,} scenarios", nl=False, err=True)

    def clear_progress(self) -> None:
        """Wipe the sign of life, so that nothing of it stays on the screen."""
        if self._shows_progress:
            click.echo("\r\x1b[K", nl=False, err=True)


@contextmanager
def playing(profile: Profile) -> Iterator[Player]:
    """Lend a player, and tidy up the terminal after it."""
    player = Player(profile)
    try:
        yield player
    finally:
        player.clear_progress()
