"""What consoles and servers said: the one door to the reader of messages."""

import re
from typing import Final

from corsage.clients.console import read_messages
from corsage.clients.written import text_of
from corsage.model.evidence import Message, Speaker
from corsage.model.symptom import Symptom

_LONGEST: Final = 1024 * 1024
_AHEAD: Final = 4
_FEWEST_WORDS: Final = 2
_SENTENCE: Final = 6
# Where a message begins in a line that somebody wrote around it.
_OPENING: Final = re.compile(
    r"access to \S+ (?:\S+ )?at |cross-origin request blocked|failed to load \S|xmlhttprequest cannot load"
    r"|fetch api cannot|mixed content:|refused to |blocked loading |blocked a frame |font from origin"
    r"|script from origin|image from origin|redirect from |origin \S+ is not allowed|request header field "
    r"|no 'access-control|typeerror: |uncaught |net::err_|response to preflight |the '?access-control"
    r"|has been blocked by cors",
    re.IGNORECASE,
)
# What a message's own sentences speak of; a sentence of none of these is the reporter's.
_OF_MESSAGES: Final = re.compile(
    r"access-control|cors\b|origin|preflight|credential|'include'|\bmode|blocked|policy|reason:|status code|https?:"
    r"|wildcard|\bresource|requests?\b|header|\bpermission|net::|\berror|failed|refused|certificate|secure|spec\b",
    re.IGNORECASE,
)


def read_said(said: object) -> tuple[tuple[Message, ...], str]:
    """Return the messages in *said*, and what of it no reader understood."""
    text = text_of(said, _LONGEST).strip()
    messages = read_messages(text)
    if not messages:
        return (), text
    return messages, "\n".join(_left_over(text, messages)).strip()


def _left_over(text: str, messages: tuple[Message, ...]) -> list[str]:
    """Return the lines of *text* that are part of no message, and what stands around messages in theirs."""
    kept: list[str] = []
    shown = [_letters(message.text) for message in messages]
    current = 0
    for line in text.splitlines():
        bare = _letters(line)
        if not bare:
            continue
        place = next(
            (
                each
                for each in range(current, min(current + _AHEAD, len(shown)))
                if _covers(shown[each], bare)
            ),
            -1,
        )
        if place < 0:
            kept.append(line.strip())
        else:
            current = place
            kept += [line.strip()] if _is_prose(line, messages[place]) else _around(line)
    return kept


def _is_prose(line: str, message: Message) -> bool:
    """Tell whether the reporter says "CORS error" in a sentence: DevTools show no more than these two words."""
    vague = message.says is Symptom.CORS_UNSPECIFIC and message.speaker is Speaker.CHROMIUM
    return vague and "\t" not in line and _OPENING.search(line) is None and len(line.split()) >= _SENTENCE


def _covers(message: str, line: str) -> bool:
    return line in message or message in line


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum()).lower()


def _around(line: str) -> list[str]:
    """Return what the reporter wrote before and behind a message in its own line."""
    opening = _OPENING.search(line)
    before = line[: opening.start()].strip() if opening is not None else ""
    behind: list[str] = []
    for sentence in reversed(line[len(before) :].split(". ")[1:]):
        if _OF_MESSAGES.search(sentence):
            break
        behind.append(sentence.strip())
    around = (before, ". ".join(reversed(behind)))
    return [each for each in around if len(each.split()) >= _FEWEST_WORDS]
