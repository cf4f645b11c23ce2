"""Origins that a log names: anybody may have written them there, so somebody has to say which are one's own."""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corsage.apps.cli.document import Line, Section, bullet, line
from corsage.apps.cli.policy.reading import UnusableError
from corsage.apps.cli.terminal import Glyphs
from corsage.apps.cli.text import counted, escaped, shown
from corsage.model import parse_url
from corsage.pair.observed import Observed

_MOST_LISTED: Final = 50
_OPAQUE: Final = "null"

# Each origin, and how many requests name it.
Seen = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the user says about origins.

    Attributes:
        origins: that are one's own, as written on the command line.
        everything: whether all of them are.
    """

    origins: tuple[str, ...] = ()
    everything: bool = False

    @property
    def said(self) -> bool:
        """Whether anything was said at all."""
        return self.everything or bool(self.origins)

    def serialized(self) -> frozenset[str]:
        """Return the origins as browsers write them.

        Raises:
            UnusableError: one is none.
        """
        return frozenset(map(_serialized, self.origins))


def of_these(observed: Sequence[Observed], vouched: Vouched) -> tuple[Observed, ...]:
    """Return what pages of the origins asked that somebody vouched for; all of it where no origin is named.

    Raises:
        UnusableError: what is named is no origin, or asked nothing.
    """
    wanted = vouched.serialized()
    if vouched.everything or not wanted:
        return tuple(observed)
    kept = tuple(each for each in observed if each.origin in wanted)
    if not kept:
        raise UnusableError(
            "no page of an origin that --origin names asked anything; there is nothing to allow"
        )
    return kept


def unvouched(seen: Seen, vouched: Vouched) -> Seen:
    """Return those of *seen* that nobody vouched for; ``null`` is nobody's, and never allowed."""
    if vouched.everything:
        return ()
    own = vouched.serialized()
    return tuple((origin, times) for origin, times in seen if origin not in own and origin != _OPAQUE)


def command(name: str, server: str, seen: Seen) -> tuple[str, ...]:
    """Return the command that allows all of *seen*, one origin a row, to be deleted where it is not one's own."""
    first = f"corsage policy learn {shlex.quote(name)} --server {shlex.quote(server)}"
    rows = (first, *(f"    --origin {shlex.quote(origin)}" for origin, _ in seen[:_MOST_LISTED]))
    return tuple(f"{row} \\" for row in rows[:-1]) + rows[-1:]


def question(name: str, server: str, seen: Seen, glyphs: Glyphs) -> Iterator[Section]:
    """Ask whose the origins *seen* are, and say how to answer."""
    says = "No policy is written yet: anybody can write an Origin or a Referer, so a log does not say whose these are."
    yield Section("", (line(says, indent=0),))
    yield Section("Is it yours?", tuple(listed_origins(seen, glyphs)))
    rows = (line(escaped(row), copied=True) for row in command(name, server, seen))
    yield Section("Delete the rows of those that are not yours, and run", tuple(rows))


def left_out(seen: Seen, glyphs: Glyphs) -> Section:
    """List the origins that are not allowed, nobody having vouched for them."""
    return Section(
        "Not allowed, since no --origin names it: is it yours?", tuple(listed_origins(seen, glyphs))
    )


def listed_origins(seen: Seen, glyphs: Glyphs) -> Iterator[Line]:
    """Write each origin with how often it was seen."""
    for origin, times in seen[:_MOST_LISTED]:
        yield bullet(glyphs.dot, (shown(origin), "bold"), f": {counted(times, 'request')}")
    rest = len(seen) - _MOST_LISTED
    if rest > 0:
        yield bullet(glyphs.dot, f"and {counted(rest, 'more origin')}, seen less often")


def _serialized(text: str) -> str:
    url = parse_url(text)
    if url is None or not url.is_http or url.path not in ("", "/") or url.query:
        raise UnusableError(f"--origin {shown(text)}: it must be an origin, as https://app.example.com")
    return url.origin.serialized
