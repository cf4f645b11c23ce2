"""HTTPie: ``http POST :8080/x Name:value key=value`` (https://httpie.io/docs/cli)."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corsage.clients.snippets.asked import Asked
from corsage.clients.snippets.found import Found
from corsage.clients.snippets.words import posix_words
from corsage.clients.written import is_address

_COMMAND: Final = re.compile(
    r"^[ \t>]*(?:[\w.@~:/\\-]{0,80}[$#%>][ \t]*)?(?P<name>https?|xhs?)[ \t]+(?=\S)", re.MULTILINE | re.ASCII
)
_ITEM: Final = re.compile(
    r"(?P<name>(?:[^:=@\\]|\\.){1,200}?)(?P<mark>:=@|:=|==|=@|=|@|:)(?P<value>.*)", re.DOTALL
)
_NAMES: Final = """
    -a --auth -A --auth-type --session --session-read-only --verify --cert --cert-key --proxy --timeout
    --max-redirects -p --print -o --output --pretty -s --style --format-options --raw --boundary
    --response-charset --response-mime --ssl --ciphers --default-scheme --max-headers
"""
_WITH_VALUE: Final = frozenset(_NAMES.split())
_MOST: Final = 20


def find_httpie(text: str) -> Iterator[Found]:
    """Find HTTPie's command lines in *text*."""
    for number, command in enumerate(_COMMAND.finditer(text)):
        if number >= _MOST:
            return
        read = posix_words(text, command.end())
        asked = _asked(read.words, secure=command.group("name").endswith("s"))
        if asked is not None:
            yield Found("HTTPie", command.start(), read.end, asked)


def _asked(given: Sequence[str], *, secure: bool) -> Asked | None:
    asked = Asked()
    positional, form = _options(given, asked)
    if positional and positional[0].isalpha() and positional[0].isupper():
        asked.method = positional.pop(0)
    if not positional:
        return None
    url, *items = positional
    if not (is_address(url) or url.startswith(":")) or (
        not asked.method and any(not _ITEM.fullmatch(item) for item in items)
    ):
        return None
    asked.url = _url(url, secure=secure)
    data = _items(asked, items)
    asked.method = asked.method or ("POST" if data else "GET")
    if data and not form and not asked.has("content-type"):
        asked.headers += [("Content-Type", "application/json")]
        asked.body = "{" + ", ".join(data) + "}"
    return asked


def _options(given: Sequence[str], asked: Asked) -> tuple[list[str], bool]:
    """Take the options out, and tell whether data is sent as a form."""
    positional: list[str] = []
    form = False
    rest = iter(given)
    for word in rest:
        if not word.startswith("-"):
            positional.append(word)
            continue
        name, equals, value = word.partition("=")
        if name in _WITH_VALUE and not equals:
            value = next(rest, "")
        form = form or name in ("-f", "--form", "--multipart")
        if name in ("-a", "--auth"):
            asked.headers.append(("Authorization", "Basic (set)"))
        elif name == "--verify" and value in ("no", "false"):
            asked.remarks.append("HTTPie was told not to verify the certificate (--verify=no)")
    return positional, form


def _items(asked: Asked, items: Sequence[str]) -> list[str]:
    """Read the items; returns those of the body as JSON members."""
    data: list[str] = []
    for item in items:
        found = _ITEM.fullmatch(item)
        if found is None:
            continue
        name, mark, value = found.group("name"), found.group("mark"), found.group("value")
        if mark == ":":
            asked.headers.append((name, value))
        elif mark == "==":
            asked.url += f"{'&' if '?' in asked.url else '?'}{name}={value}"
        else:
            data.append(f'"{name}": {value}' if mark == ":=" else f'"{name}": "{value}"')
    return data


def _url(url: str, *, secure: bool) -> str:
    if url.startswith(":"):
        port, slash, path = url[1:].partition("/")
        url = f"localhost{':' if port else ''}{port}{slash}{path}"
    return url if "://" in url else f"{'https' if secure else 'http'}://{url}"
