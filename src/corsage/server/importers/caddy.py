"""Caddy: a Caddyfile, as text.

Facts of Caddy 2.6: its documentation, and seen by running it.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from corsage.server.importers.answered import policy_of
from corsage.server.importers.asked import Asked, Server, without_signs
from corsage.server.importers.budget import Budget, TooLargeError
from corsage.server.importers.caddy_play import Play
from corsage.server.importers.caddy_syntax import Entry, UnreadableError, parse_caddy
from corsage.server.importers.imported import Imported
from corsage.server.importers.translation import Translation, nothing
from corsage.server.importers.unread import with_unread

_PEER: Final = "caddy"
_ALLOW: Final = "access-control-allow-origin"
_DIRECTIVES: Final = frozenset({"header", "respond", "route", "handle", "reverse_proxy", "import"})
_MOST_SITES: Final = 100


def from_caddy(text: str) -> Imported:
    """Translate the Caddyfile *text*, or a piece of one."""
    translation = Translation()
    try:
        return _imported(parse_caddy(without_signs(text)), translation)
    except (UnreadableError, TooLargeError) as error:
        translation.lost(_PEER, None, f"It cannot be read: {error}.", "Nothing is taken over.")
        return nothing(_PEER, translation)


def _imported(root: list[Entry], translation: Translation) -> Imported:
    budget = Budget()
    snippets = {_snippet(each): each.block for each in root if _snippet(each) and each.block is not None}
    sites = list(_sites(root, snippets))[:_MOST_SITES]
    plays = [Play(site, snippets, budget) for site in sites]
    chosen = next((each for each in plays if _speaks(each)), plays[0])
    if sum(map(_speaks, plays)) > 1 and len({str(_answers(each)) for each in plays if _speaks(each)}) > 1:
        says = "Several sites have CORS headers that differ."
        translation.lost(_PEER, None, says, "The first is taken: import the others by themselves.")
    _doubled(root, translation)
    server = Server(_PEER, chosen.answer, tuple(chosen.tests), "header", places=chosen.tests)
    return with_unread(policy_of(server, translation), chosen.unread)


def _snippet(entry: Entry) -> str:
    name = entry.words[0] if len(entry.words) == 1 else ""
    return name[1:-1] if name.startswith("(") and name.endswith(")") else ""


def _sites(root: Sequence[Entry], snippets: dict[str, list[Entry]]) -> Iterator[Sequence[Entry]]:
    """Return every site; directives without one, and a file of snippets alone, count as one."""
    loose = [
        each
        for each in root
        if each.words[:1] and (each.words[0] in _DIRECTIVES or each.words[0].startswith("@"))
    ]
    found = [
        each.block
        for each in root
        if each.block is not None and each.words and not _snippet(each) and each not in loose
    ]
    yield from found
    if loose or not found:
        yield loose or [Entry(["import", name], 0) for name in list(snippets)[-1:]]


def _answers(play: Play) -> list[object]:
    return [play.answer(Asked()), *(play.answer(Asked(test)) for test in play.tests)]


def _speaks(play: Play) -> bool:
    return any(play.answer(asked).value(_ALLOW) for asked in (Asked(), *map(Asked, play.tests)))


def _doubled(root: Sequence[Entry], translation: Translation) -> None:
    """Remark where the application's own headers stay beside those that are set before it is asked."""
    entries = list(_all(root))
    names = {each.words[0] for each in entries}
    words = {word for each in entries for word in each.words}
    sets = any(_ALLOW in word.lower() for word in words)
    removes = "defer" in names or any(word.lower().startswith("-access-control") for word in words)
    if sets and not removes and names & {"reverse_proxy", "php_fastcgi"}:
        says = "Where the application sends CORS headers, too, there were two of each: browsers refused the answers."
        translation.different(
            "header", None, says, "The application's own are replaced.", "Origin: of any page"
        )


def _all(block: Sequence[Entry]) -> Iterator[Entry]:
    for each in block:
        if each.words:
            yield each
        yield from _all(each.block or ())
