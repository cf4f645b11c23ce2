"""Apache httpd: its configuration, or a file ``.htaccess``, as text.

Facts of Apache 2.4: its documentation, and seen by running it.
"""

from typing import Final

from corsage.server.importers.answered import policy_of
from corsage.server.importers.apache_play import Play
from corsage.server.importers.apache_syntax import Line, UnreadableError, parse_apache
from corsage.server.importers.asked import Server, without_signs
from corsage.server.importers.budget import TooLargeError
from corsage.server.importers.imported import Imported
from corsage.server.importers.translation import Translation, nothing
from corsage.server.importers.unread import with_unread

_PEER: Final = "apache"
_ERRORS: Final = (
    "Errors of Apache's own, such as 401, 403, 413 and 502, had no CORS headers: "
    "pages saw a CORS error in their place."
)


def from_apache(text: str) -> Imported:
    """Translate the configuration *text*: a file, several put together, or a piece of one."""
    translation = Translation()
    try:
        return _imported(parse_apache(without_signs(text)), translation)
    except (UnreadableError, TooLargeError) as error:
        translation.lost(_PEER, None, f"It cannot be read: {error}.", "Nothing is taken over.")
        return nothing(_PEER, translation)


def _imported(root: list[Line], translation: Translation) -> Imported:
    play = Play(root)
    for section in play.sections:
        says = "Its headers held for this part of the server alone."
        translation.different(
            section, None, says, "The policy is for all paths: give it to fewer if need be."
        )
    for line in root:
        if line.name in {"include", "includeoptional"}:
            says = "Included files were not read."
            translation.lost("Include", " ".join(line.words), says, "Put their text in its place.")
    server = Server(_PEER, play.answer, tuple(play.tests), "Header", places=play.tests, errors=_ERRORS)
    return with_unread(policy_of(server, translation), play.unread)
