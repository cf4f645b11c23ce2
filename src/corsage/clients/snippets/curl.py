"""curl's command line, copied from a browser or written by hand."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corsage.clients.snippets.asked import Asked
from corsage.clients.snippets.cmd_words import cmd_words, is_cmd
from corsage.clients.snippets.curl_options import (
    DATA_OPTIONS,
    LONG_WITH_VALUE,
    SHORT_FLAGS,
    SHORT_WITH_VALUE,
)
from corsage.clients.snippets.found import Found
from corsage.clients.snippets.words import LONGEST_COMMAND, posix_words
from corsage.clients.written import is_address

_COMMAND: Final = re.compile(r"\bcurl(?:\.exe)?[ \t]+(?=[^\s:])", re.ASCII)
_GLOBBED: Final = re.compile(r"\\([\[\]{}])")
_FROM_FILE: Final = "@"
_MOST_COMMANDS: Final = 20


def find_curl(text: str) -> Iterator[Found]:
    """Find curl's command lines in *text*: those whose first argument is an option or an address."""
    at = 0
    for _ in range(_MOST_COMMANDS):
        command = _COMMAND.search(text, at)
        if command is None:
            return
        start, stop = command.end(), _inline_end(text, command.start())
        words = cmd_words(text, start, stop) if is_cmd(text, start) else posix_words(text, start, stop)
        plausible = bool(words.words) and (words.words[0].startswith("-") or is_address(words.words[0]))
        asked = read_curl(words.words) if plausible else None
        if asked is not None:
            yield Found("curl", command.start(), max(words.end, start), asked)
        at = max(words.end, start) if asked is not None else start


def _inline_end(text: str, start: int) -> int | None:
    """Where a command within Markdown's backticks ends."""
    if start and text[start - 1] == "`":
        closing = text.find("`", start, start + LONGEST_COMMAND)
        return closing if closing >= 0 else None
    return None


def read_curl(words: Sequence[str]) -> Asked | None:
    """Read curl's arguments; ``None`` where they name no address."""
    command = _Curl()
    for name, value in _options(words):
        if name == "next":
            break
        command.read(name, value)
    return command.asked()


def _options(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Part arguments into options by their long names, and addresses as ``url``."""
    rest = iter(words)
    for word in rest:
        if word.startswith("--") and len(word) > len("--"):
            name, equals, value = word[2:].partition("=")
            if name in LONG_WITH_VALUE and not equals:
                value = next(rest, "")
            yield name, value
        elif word.startswith("-") and len(word) > 1:
            yield from _short(word[1:], rest)
        else:
            yield "url", word


def _short(letters: str, rest: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Part ``-sSLX POST``: flags, and at most one option whose value follows at once or as the next word."""
    for index, letter in enumerate(letters):
        if letter == ":":
            yield "next", ""
        if letter in SHORT_WITH_VALUE:
            value = letters[index + 1 :] or next(rest, "")
            # -X=POST and -H=… are mistakes that are easily understood.
            yield SHORT_WITH_VALUE[letter], value.removeprefix("=") if letter in "XH" else value
            return
        yield SHORT_FLAGS.get(letter, ""), ""


class _Curl:
    def __init__(self) -> None:
        self.urls: list[str] = []
        self.method = ""
        self.data: list[str] = []
        self.query: list[str] = []
        self.form = self.upload = self.head = self.get = False
        self.out = Asked()

    def read(self, name: str, value: str) -> None:
        if name in DATA_OPTIONS:
            self._data(name, value)
        elif name in ("head", "get"):
            setattr(self, name, True)
        elif name in ("form", "form-string"):
            self.form = True
            self.data.append(value)
        elif name == "header":
            self._header(value)
        else:
            self._other(name, value)

    def _other(self, name: str, value: str) -> None:
        if name == "url" and value:
            self.urls.append(_GLOBBED.sub(r"\1", value))
        elif name == "request":
            self.method = value.strip()
        elif name == "cookie":
            self.out.headers.append(("Cookie", value))
        elif name == "referer":
            self.out.page = value.partition(";")[0]
        elif name == "user":
            self.out.headers.append(("Authorization", "Basic (set)"))
        elif name == "oauth2-bearer":
            self.out.headers.append(("Authorization", f"Bearer {value}"))
        elif name == "upload-file":
            self.upload = True
        elif name == "url-query":
            self.query.append(value)
        elif name == "insecure":
            self.out.remarks.append("curl was told not to verify the certificate (--insecure)")

    def _header(self, line: str) -> None:
        name, colon, value = line.partition(":")
        if name.startswith(_FROM_FILE):
            return
        if line.startswith(":"):  # HTTP/2's own, copied with the others
            name, colon, value = line[1:].partition(":")
        if colon and value.strip():
            self.out.headers.append((name.strip(), value.strip()))
        elif not colon and name.rstrip().endswith(";"):
            self.out.headers.append((name.strip().rstrip(";"), ""))

    def _data(self, name: str, value: str) -> None:
        self.data.append(f"({value[1:]})" if value.startswith(_FROM_FILE) and name != "data-raw" else value)
        if name == "json":
            self.out.headers += [("Content-Type", "application/json"), ("Accept", "application/json")]

    def asked(self) -> Asked | None:
        urls = [url for url in self.urls if is_address(url) or "." in url or "$" in url]
        if not urls:
            return None
        out = self.out
        out.url = urls[0]
        if self.get:
            self.query += self.data
            self.data = []
        if self.query:
            out.url += ("&" if "?" in out.url else "?") + "&".join(self.query)
        out.body = "&".join(self.data) if self.data and not self.form else None
        out.method = self.method or self._implied()
        out.remarks += [f"curl also asked {url}" for url in urls[1:5]]
        return out

    def _implied(self) -> str:
        if self.head:
            return "HEAD"
        if self.upload:
            return "PUT"
        return "POST" if self.data else "GET"
