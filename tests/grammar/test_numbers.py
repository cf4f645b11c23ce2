"""Delta seconds, numbers as C++ code bases read them, and single byte ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.grammar import (
    FAILURE,
    ByteRange,
    Failure,
    delta_seconds,
    parse_single_range,
    parsed_like_a_c_integer,
)

# RFC 9111 (1.2.2): whoever cannot hold a number takes 2**31 or the largest it can hold.
BOUND = 2**31

# text, as delta-seconds, as a C integer, reason
NUMBERS: dict[str, tuple[str, int | None, int | None, str]] = {
    "zero": ("0", 0, 0, "a number"),
    "sixty": ("60", 60, 60, "a number"),
    "leading zeros": ("0060", 60, 60, "1*DIGIT, not octal"),
    "just below the bound": (str(BOUND - 1), BOUND - 1, BOUND - 1, "held exactly"),
    "the bound": (str(BOUND), BOUND, BOUND, "held exactly"),
    "over the bound": (str(BOUND + 1), BOUND, BOUND, "the bound stands for anything larger"),
    "twenty digits": ("9" * 20, BOUND, BOUND, "more digits than a machine word"),
    "five thousand digits": ("9" * 5000, BOUND, BOUND, "more digits than Python's int() takes"),
    "many zeros": ("0" * 30, 0, 0, "long, and still zero"),
    "minus one": ("-1", None, -1, "no sign in delta-seconds"),
    "plus sixty": ("+60", None, 60, "no sign in delta-seconds"),
    "huge and negative": ("-" + "9" * 40, None, -BOUND, "the bound on the other side"),
    "two signs": ("--1", None, None, "one sign at most"),
    "only a sign": ("-", None, None, "a digit is needed"),
    "empty": ("", None, None, "a digit is needed"),
    "fraction": ("5.5", None, None, "whole numbers alone"),
    "exponent": ("1e3", None, None, "digits alone"),
    "hexadecimal": ("0x10", None, None, "digits alone"),
    "underscore": ("1_000", None, None, "Python's int() would take it"),
    "word": ("abc", None, None, "digits alone"),
    "blank before": (" 60", None, None, "Python's int() would take it"),
    "newline after": ("60\n", None, None, "Python's int() would take it, and so would `$`"),
    "two values": ("60, 60", None, None, "two lines joined are no number"),
    "Arabic digits": ("\u0666\u0660", None, None, "Python's \\d and int() would take them"),
    "superscript": ("\u00b2", None, None, "str.isdigit() would take it"),
}


@pytest.mark.parametrize(("text", "delta", "signed", "why"), NUMBERS.values(), ids=NUMBERS)
def test_numbers(text: str, delta: int | None, signed: int | None, why: str) -> None:
    assert delta_seconds(text) == delta, why
    assert parsed_like_a_c_integer(text) == signed, why


@given(st.integers(min_value=-(10**25), max_value=10**25))
def test_every_integer_is_read_within_the_bounds(number: int) -> None:
    bounded = max(-BOUND, min(BOUND, number))
    assert parsed_like_a_c_integer(str(number)) == bounded
    assert delta_seconds(str(number)) == (bounded if number >= 0 else None)


@given(st.text(max_size=30))
def test_no_text_makes_the_readers_raise(text: str) -> None:
    delta, signed = delta_seconds(text), parsed_like_a_c_integer(text)
    assert delta is None or delta == signed


RANGES: dict[str, tuple[str, ByteRange | Failure, str]] = {
    "first and last": ("bytes=0-10", ByteRange(0, 10), "both ends"),
    "one byte": ("bytes=5-5", ByteRange(5, 5), "start and end may be equal"),
    "open end": ("bytes=10-", ByteRange(10, None), "the end may be left out"),
    "suffix": ("bytes=-500", ByteRange(None, 500), "the start may be left out"),
    "leading zeros": ("bytes=007-010", ByteRange(7, 10), "decimal numbers"),
    "large": ("bytes=0-99999999999999999999", ByteRange(0, 99999999999999999999), "no upper bound"),
    "both left out": ("bytes=-", FAILURE, "one end is needed"),
    "backwards": ("bytes=10-0", FAILURE, "the start is after the end"),
    "no hyphen": ("bytes=0", FAILURE, "a hyphen is needed"),
    "no equals sign": ("bytes 0-10", FAILURE, "an equals sign is needed"),
    "only the unit": ("bytes", FAILURE, "an equals sign is needed"),
    "empty": ("", FAILURE, "the unit is needed"),
    "upper-case unit": ("BYTES=0-10", FAILURE, "the unit is matched byte for byte"),
    "other unit": ("items=0-10", FAILURE, "bytes alone"),
    "two ranges": ("bytes=0-10,20-30", FAILURE, "a single range"),
    "blank after the equals sign": ("bytes= 0-10", FAILURE, "no whitespace where it is not allowed"),
    "blank before the equals sign": ("bytes =0-10", FAILURE, "no whitespace where it is not allowed"),
    "blank around the hyphen": ("bytes=0 - 10", FAILURE, "no whitespace where it is not allowed"),
    "blank at the end": ("bytes=0-10 ", FAILURE, "nothing may follow"),
    "newline at the end": ("bytes=0-10\n", FAILURE, "nothing may follow"),
    "plus sign": ("bytes=+0-10", FAILURE, "digits alone"),
    "minus sign": ("bytes=--10", FAILURE, "digits alone"),
    "hexadecimal": ("bytes=0x0-0xa", FAILURE, "digits alone"),
    "Arabic digits": ("bytes=\u0660-\u0661", FAILURE, "ASCII digits alone"),
}


@pytest.mark.parametrize(("value", "want", "why"), RANGES.values(), ids=RANGES)
def test_single_ranges(value: str, want: ByteRange | Failure, why: str) -> None:
    assert parse_single_range(value) == want, why


@given(st.none() | st.integers(0, 10**9), st.none() | st.integers(0, 10**9))
def test_a_written_range_is_read_again(start: int | None, end: int | None) -> None:
    text = f"bytes={'' if start is None else start}-{'' if end is None else end}"
    backwards = start is not None and end is not None and start > end
    empty = start is None and end is None
    assert parse_single_range(text) == (FAILURE if backwards or empty else ByteRange(start, end))


@given(st.text(max_size=20).map("bytes=".__add__) | st.text(max_size=20))
def test_no_text_makes_the_range_parser_raise(value: str) -> None:
    parsed = parse_single_range(value)
    assert parsed is FAILURE or isinstance(parsed, ByteRange)
