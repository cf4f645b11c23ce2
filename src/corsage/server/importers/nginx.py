"""nginx: its configuration, as text.

Facts of nginx 1.22: its documentation, and seen by running it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corsage.server.importers.answered import policy_of
from corsage.server.importers.asked import Asked, Server, Told, without_signs
from corsage.server.importers.budget import TooLargeError
from corsage.server.importers.imported import Imported
from corsage.server.importers.nginx_play import Block, Play
from corsage.server.importers.nginx_syntax import Directive, UnreadableError, parse_nginx
from corsage.server.importers.translation import Translation, nothing
from corsage.server.importers.unread import with_unread

_PEER: Final = "nginx"
_OPTION: Final = "add_header"
_ALLOW: Final = "access-control-allow-origin"
_PASSES: Final = ("proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass")
_MOST_PLACES: Final = 200
_MOST_ASKED: Final = 40


@dataclass(frozen=True, slots=True)
class _Place:
    """A server block, or a location."""

    name: str
    chain: tuple[Block, ...]


def from_nginx(text: str) -> Imported:
    """Translate the configuration *text*: a file, several put together, or a piece of one."""
    translation = Translation()
    try:
        return _imported(parse_nginx(without_signs(text)), translation)
    except (UnreadableError, TooLargeError) as error:
        translation.lost(_PEER, None, f"It cannot be read: {error}.", "Nothing is taken over.")
        return nothing(_PEER, translation)


def _imported(root: Block, translation: Translation) -> Imported:
    play = Play(root)
    places = list(_places(root, (), "configuration"))[:_MOST_PLACES]
    chosen = next((each for each in places if _speaks(play, each)), places[0])

    def answer(asked: Asked) -> Told:
        return play.answer(chosen.chain, asked)

    server = Server(_PEER, answer, tuple(play.tests), _OPTION, places=play.tests)
    _others(play, places, chosen, translation)
    if chosen.name.startswith("location ") and chosen.name != "location /":
        says = "Its headers held for this part of the server alone."
        translation.different(
            chosen.name, None, says, "The policy is for all paths: give it to fewer if need be."
        )
    _remarks(root, translation)
    return with_unread(policy_of(server, translation), play.unread)


def _places(block: Block, around: tuple[Block, ...], name: str) -> Iterator[_Place]:
    """Return every place that answers, inner ones after those around them."""
    chain = (*around, block)
    yield _Place(name, chain)
    for each in block:
        if each.block is not None and each.name in {"http", "server", "location"}:
            inner = each.name if each.name != "location" else f"location {' '.join(each.words)}"
            yield from _places(each.block, chain, inner)


def _signature(play: Play, place: _Place) -> tuple[Told, ...]:
    asked = [Asked(), Asked(preflight=True)]
    for test in play.tests:
        asked += [Asked(test), Asked(test, preflight=True)]
    return tuple(play.answer(place.chain, each) for each in asked[:_MOST_ASKED])


def _speaks(play: Play, place: _Place) -> bool:
    return any(told.value(_ALLOW) for told in _signature(play, place))


def _others(play: Play, places: Sequence[_Place], chosen: _Place, translation: Translation) -> None:
    """Remark on the places that answer otherwise than the one that is taken."""
    taken = _signature(play, chosen)
    for place in places:
        if place is chosen or place.name in {"configuration", "http"} or _signature(play, place) == taken:
            continue
        if _speaks(play, place):
            says = "It has CORS headers of its own, which differ."
            translation.lost(place.name, None, says, "They are left out: import it by itself.")
        elif any(each is chosen.chain[-1] for each in place.chain) and _has_headers(place.chain[-1]):
            says = (
                "It has an add_header of its own, and so inherited none: the CORS headers were missing there."
            )
            translation.different(
                place.name, None, says, "The policy holds there, too.", f"GET in {place.name}"
            )
        elif place.name != "server":
            says = "It had no CORS headers."
            translation.different(
                place.name, None, says, "The policy is for all paths: give it to fewer if need be."
            )


def _has_headers(block: Block) -> bool:
    return any(each.name == "add_header" for each in block)


def _remarks(root: Block, translation: Translation) -> None:
    directives = list(_all(root))
    names = {each.name for each in directives}
    hidden = {
        word.lower() for each in directives if each.name.endswith("_hide_header") for word in each.words
    }
    if "include" in names:
        shown = next(" ".join(each.words) for each in directives if each.name == "include")
        translation.lost("include", shown, "Included files were not read.", "Put their text in its place.")
    lua = next(
        (
            name
            for name in names
            if name.endswith(("_by_lua", "_by_lua_block", "_by_lua_file")) or name.startswith("js_")
        ),
        "",
    )
    if lua:
        translation.lost(lua, None, "It is code, which was not read.", "See whether it sets CORS headers.")
    passes = next((name for name in _PASSES if name in names), "")
    added = any(each.name == _OPTION for each in directives)
    if passes and added and _ALLOW not in hidden:
        says = "Where the application sends CORS headers, too, there were two of each: browsers refused the answers."
        translation.different(
            passes, None, says, "The application's own are replaced.", "Origin: of any page"
        )


def _all(block: Block) -> Iterator[Directive]:
    for each in block:
        yield each
        if each.block is not None:
            yield from _all(each.block)
