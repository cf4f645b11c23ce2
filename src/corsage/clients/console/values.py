"""Cut out what messages name: addresses, header values, status codes."""

from typing import Final

from corsage.clients.console.page import QUOTES, one_line, unquoted

_STATUS_DIGITS: Final = 3
_CLOSERS: Final = " \t\x0b.,;:)]}>\n\r\xa0\u3002\uff09"
_AROUND_URL: Final = QUOTES + " \t\x0b\xa0\u202f"
# What a sentence that follows an address may begin with, where the address has no quotes.
_NEXT_SENTENCE: Final = (
    "the",
    "no",
    "a",
    "it",
    "is",
    "origin",
    "because",
    "has",
    "been",
    "header",
    "was",
    "to",
)


def url_of(raw: str) -> str:
    """Return the address in *raw*: unwrapped, without quotes, Markdown or the full stop of its sentence."""
    value = one_line(raw).strip(_AROUND_URL)
    value = value.rstrip("( \t\xa0").rstrip(_AROUND_URL)
    if value.endswith((".", ":")) and not value.endswith(("..", "://")):
        value = value[:-1].rstrip(_AROUND_URL)
    if value.startswith("[") and "](" in value:
        value = value[1 : value.index("](")]
    if value.startswith("<http") and value.endswith(">"):
        value = value[1:-1]
    return value


def url_before_sentence(raw: str) -> str:
    """Return an address that the beginning of another sentence follows: ``https://a.example/x. The '``."""
    value = raw.rstrip(_AROUND_URL + "\n\r")
    while True:
        head, gap, last = _last_word(value)
        if not gap or last.strip(QUOTES + ".:").lower() not in _NEXT_SENTENCE:
            return url_of(value)
        value = head.rstrip(_AROUND_URL + "\n\r")


def _last_word(value: str) -> tuple[str, str, str]:
    cut = max(value.rfind(" "), value.rfind("\n"), value.rfind("\t"))
    return (value[:cut], value[cut], value[cut + 1 :]) if cut >= 0 else (value, "", "")


def value_of(raw: str) -> str:
    """Return a header's value in *raw*, whose own blanks stay; the comma or full stop after its quotes does not."""
    value = one_line(raw, gap=" ").strip().removeprefix(":").strip()
    if value[-1:] in (",", ".") and value[-2:-1] in QUOTES:
        value = value[:-1]
    return unquoted(value)


def quoted_first(raw: str) -> str:
    """Return the value in quotes, or the word, that *raw* begins with."""
    text = raw.lstrip(" \t\n\r\x0b\xa0:>|(")
    if not text:
        return ""
    if text[0] not in QUOTES:
        words = text.split(None, 1)
        return words[0].rstrip(".,;:)") if words else ""
    for index in range(1, len(text)):
        if text[index] in QUOTES and (index + 1 == len(text) or text[index + 1] in _CLOSERS):
            return one_line(text[1:index], gap=" ").strip("\xa0 \u202f")
    return one_line(text[1:], gap=" ").strip()


def last_word(raw: str) -> str:
    """Return the last word of *raw*, without quotes."""
    words = raw.split()
    return words[-1].strip(QUOTES + ".,;:()") if words else ""


def status_in(raw: str) -> int | None:
    """Return the first number of three digits in *raw* that can be a status."""
    digits = ""
    for char in raw + " ":
        if "0" <= char <= "9":
            digits += char
            continue
        if len(digits) == _STATUS_DIGITS and digits[0] in "12345":
            return int(digits)
        # A line may be broken within the number.
        if char not in "\n\r":
            digits = ""
    return None
