"""Words of strangers, made fit for a terminal: servers, files and command lines are not to be trusted."""

from typing import Final

# Enough for every header that means something, and no more than a few lines on a screen.
LONGEST_VALUE: Final = 200
LONGEST_MESSAGE: Final = 2_000

_ONE_BYTE: Final = 0xFF
_TWO_BYTES: Final = 0xFFFF


def escaped(text: str) -> str:
    r"""Write control, format and other invisible characters as ``\x1b``, ``\u202e``: none reaches the terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escape(ord(char)) for char in text)


def code_row(text: str) -> str:
    """Return a row of what people copy, escaped but for its tabs: Go and Caddyfiles have them."""
    return "\t".join(map(escaped, text.split("\t")))


def _escape(number: int) -> str:
    if number <= _ONE_BYTE:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= _TWO_BYTES else f"\\U{number:08x}"


def shown(text: str, longest: int = LONGEST_VALUE) -> str:
    """Return *text* escaped, and cut with a note where it is longer than *longest* characters."""
    if len(text) <= longest:
        return escaped(text)
    return f"{escaped(text[:longest])}… ({len(text) - longest:,} more characters)"


def counted(number: int, noun: str) -> str:
    """Return ``1 header``, ``2 headers``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(words: list[str], last: str = "and") -> str:
    """Join *words* as a sentence does: ``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no conjunction
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
