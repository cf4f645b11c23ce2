"""The two ways in which the standard reads comma-separated values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.grammar import FAILURE, Failure, extract_header_list_values, get_decode_and_split

# The first seven are the examples of the standard itself; lines of one header are joined with ", ".
SPLITS = {
    "trailing comma": ("nosniff,", ("nosniff", ""), "what follows the last comma counts, empty or not"),
    "two lines, one empty": ("nosniff, ", ("nosniff", ""), "the same, as two lines"),
    "empty": ("", ("",), "an empty value has one empty member"),
    "unclosed quote": ('text/html;", x/x', ('text/html;", x/x',), "the quoted string runs to the end"),
    "quoted parameter": ('x/x;test="hi",y/y', ('x/x;test="hi"', "y/y"), "the quotes are kept"),
    "empty members": ("x / x,,,1", ("x / x", "", "", "1"), "empty members are kept"),
    "comma in quotes": ('"1,2", 3', ('"1,2"', "3"), "a quoted comma does not split"),
    "one": ("a", ("a",), "no comma, one member"),
    "blanks and tabs": (" a ,\tb\t, c ", ("a", "b", "c"), "members lose outer blanks and tabs"),
    "newlines stay": ("a\n,b", ("a\n", "b"), "only blank and tab are stripped"),
    "only a comma": (",", ("", ""), "two empty members"),
    "only blanks": ("  ", ("",), "one member, trimmed to nothing"),
    "escaped quote": (r'"a\",b",c', (r'"a\",b"', "c"), "an escaped quote does not close"),
    "escaped backslash": (r'"a\\",b', (r'"a\\"', "b"), "an escaped backslash escapes nothing"),
    "backslash outside quotes": (r"a\,b", ("a\\", "b"), "outside quotes a backslash is a character"),
    "backslash before a quote": (r'a\"b,c"', (r'a\"b,c"',), "outside quotes it does not hide a quote"),
    "escape at the end": ('"a\\', ('"a\\',), "a lone backslash ends the value"),
    "two strings in one member": ('"a,"b"c,",d', ('"a,"b"c,"', "d"), "quotes open and close repeatedly"),
    "string amid text": ('a"b,c"d,e', ('a"b,c"d', "e"), "a string may stand inside a member"),
    "blanks in quotes": ('" a "', ('" a "',), "blanks inside quotes are kept"),
    "quoted then comma at the end": ('"a",', ('"a"', ""), "the member after the last comma is empty"),
}


@pytest.mark.parametrize(("value", "want", "why"), SPLITS.values(), ids=SPLITS)
def test_get_decode_and_split(value: str, want: tuple[str, ...], why: str) -> None:
    assert get_decode_and_split(value) == want, why


@given(st.lists(st.text(alphabet="ab\t \\", max_size=4), min_size=1, max_size=5))
def test_without_quotes_it_splits_on_every_comma(parts: list[str]) -> None:
    assert get_decode_and_split(",".join(parts)) == tuple(part.strip("\t ") for part in parts)


@given(st.text(alphabet='a",\\ ', max_size=12))
def test_members_joined_again_split_the_same(value: str) -> None:
    members = get_decode_and_split(value)
    if not value.endswith("\\"):
        assert get_decode_and_split(",".join(members)) == members


# `|` marks where the value is cut into lines; every row is run as one line and as several.
EXTRACTED: dict[str, tuple[str, tuple[str, ...] | Failure, str]] = {
    "one": ("PUT", ("PUT",), "one member"),
    "two": ("PUT,|DELETE", ("PUT", "DELETE"), "members in order"),
    "blanks": (" PUT , |\tDELETE ", ("PUT", "DELETE"), "outer blanks and tabs are not part of a member"),
    "case": ("put,|Put", ("put", "Put"), "nothing is upper-cased"),
    "repeated": ("A,|A", ("A", "A"), "duplicates are kept"),
    "wildcard": ("*", ("*",), "the wildcard is a token"),
    "wildcard among others": ("*,|PUT", ("*", "PUT"), "the wildcard has no special place"),
    "empty": ("", (), "present, and lists nothing: not None"),
    "only commas": (",|,", (), "empty members are skipped"),
    "leading comma": (",|PUT", ("PUT",), "empty members are skipped"),
    "trailing comma": ("PUT,|", ("PUT",), "empty members are skipped"),
    "blanks between commas": ("A, |, B", ("A", "B"), "a blank member is an empty member"),
    "at sign": ("@", FAILURE, "no token"),
    "one bad among good": ("PUT,|@,|DELETE", FAILURE, "one bad member spoils the list"),
    "bad line last": ("PUT,|D E", FAILURE, "a blank inside a member"),
    "quoted": ('"PUT"', FAILURE, "no quoted strings here"),
    "quoted comma": ('"a,|b"', FAILURE, "quotes protect nothing: two bad members"),
    "semicolon": ("PUT; q=1", FAILURE, "no parameters here"),
    "slash": ("text/plain", FAILURE, "no token"),
    "byte above 0x7f": ("caf\xe9", FAILURE, "no token"),
    "newline": ("PUT\n", FAILURE, "only blanks and tabs are outside a member"),
    "no-break space": ("PUT,|\xa0", FAILURE, "it is not whitespace, and no token"),
    "parentheses": ("(PUT)", FAILURE, "no token"),
}


@pytest.mark.parametrize(("value", "want", "why"), EXTRACTED.values(), ids=EXTRACTED)
@pytest.mark.parametrize("as_lines", [False, True], ids=["one line", "split across lines"])
def test_extract_header_list_values(
    value: str, want: tuple[str, ...] | Failure, why: str, *, as_lines: bool
) -> None:
    lines = value.split("|") if as_lines else [value.replace("|", "")]
    assert extract_header_list_values(lines) == want, why


def test_no_line_is_absent() -> None:
    assert extract_header_list_values([]) is None


def test_absent_failure_and_empty_are_three_things() -> None:
    absent, failure, empty = (extract_header_list_values(lines) for lines in ([], ["@"], [""]))
    assert (absent, failure, empty) == (None, FAILURE, ())
    assert failure is Failure.FAILURE
    assert failure is not None


def test_failure_is_false_but_not_none() -> None:
    assert not FAILURE
    assert repr(FAILURE).startswith("<Failure.FAILURE")


@given(st.lists(st.text(alphabet="aB*-, \t", max_size=6), min_size=1, max_size=4))
def test_where_the_lines_are_cut_makes_no_difference(lines: list[str]) -> None:
    assert extract_header_list_values(lines) == extract_header_list_values([", ".join(lines)])
