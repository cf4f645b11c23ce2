"""Reads options as JSON and TOML give them: of the right type, or with a remark that they are not."""

import re
from collections.abc import Mapping

from corsage.server.importers.translation import Translation

Options = Mapping[str, object]

_LEFT_OUT = "It is left out."


def flag(options: Options, name: str, translation: Translation, *, default: bool = False) -> bool:
    """Read yes or no; Python and JavaScript take every non-empty value for yes."""
    value = options.get(name, default)
    if not isinstance(value, bool):
        translation.lost(name, value, "It is neither true nor false.", _LEFT_OUT)
        return default
    return value


def number(options: Options, name: str, translation: Translation, default: int | None = None) -> int | None:
    """Read a whole number, which may be written as text."""
    value = options.get(name, default)
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,10}", value.strip()):
        return int(value)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    translation.lost(name, value, "It is not a whole number of seconds.", _LEFT_OUT)
    return default


def texts(options: Options, name: str, translation: Translation, default: list[str]) -> list[str]:
    """Read a list of texts."""
    value = options.get(name)
    if value is None:
        return list(default)
    if not isinstance(value, list | tuple):
        translation.lost(name, value, "It is not a list of texts.", _LEFT_OUT)
        return list(default)
    for position, each in enumerate(value):
        if not isinstance(each, str):
            translation.lost(f"{name}[{position}]", each, "It is not a text.", _LEFT_OUT)
    return [each for each in value if isinstance(each, str)]


def text(options: Options, name: str, translation: Translation) -> str | None:
    """Read a text."""
    value = options.get(name)
    if value is None or isinstance(value, str):
        return value
    translation.lost(name, value, "It is not a text.", _LEFT_OUT)
    return None


def split(value: str) -> list[str]:
    """Split a text that holds several names or origins."""
    return [each for each in re.split(r"[,;\s]+", value) if each]
