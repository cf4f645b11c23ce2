"""RFC 9110 tokens and the standard's header values."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.grammar import is_header_name, is_header_value, is_method, is_token, normalize_value

TCHAR = "!#$%&'*+-.^_`|~" + string.digits + string.ascii_letters

TOKENS = {
    "letters": ("abc", True, "ALPHA is tchar"),
    "digits": ("123", True, "DIGIT is tchar"),
    "star": ("*", True, "the wildcard is a token like any other"),
    "every mark": ("!#$%&'*+-.^_`|~", True, "the fifteen marks of tchar"),
    "header name": ("Access-Control-Allow-Origin", True, "hyphens are tchar"),
    "empty": ("", False, "a token has one character at least"),
    "blank": (" ", False, "a blank is no tchar"),
    "inner blank": ("X A", False, "a blank ends a token"),
    "leading blank": (" X", False, "nothing is trimmed"),
    "trailing blank": ("X ", False, "nothing is trimmed"),
    "tab": ("X\tA", False, "a tab is no tchar"),
    "line feed at the end": ("PUT\n", False, "`$` in a regular expression would let it pass"),
    "carriage return": ("PUT\r", False, "a control character"),
    "NUL": ("\0", False, "a control character"),
    "DEL": ("\x7f", False, "a control character"),
    "comma": ("a,b", False, "the list delimiter"),
    "colon": ("a:b", False, "a delimiter"),
    "slash": ("text/plain", False, "a delimiter"),
    "at sign": ("@", False, "a delimiter"),
    "quote": ('"a"', False, "a delimiter"),
    "parentheses": ("a()", False, "delimiters"),
    "brackets": ("[a]", False, "delimiters"),
    "braces": ("{a}", False, "delimiters"),
    "equals": ("a=b", False, "a delimiter"),
    "question mark": ("a?", False, "a delimiter"),
    "backslash": ("a\\b", False, "a delimiter"),
    "byte above 0x7f": ("caf\xe9", False, "obs-text is no tchar"),
    "full-width letter": ("\uff21", False, "letters are ASCII letters alone"),
    "Arabic digit": ("\u0661", False, "digits are ASCII digits alone"),
    "Kelvin sign": ("\u212a", False, "it lower-cases to k, yet is no letter of tchar"),
}


@pytest.mark.parametrize(("text", "want", "why"), TOKENS.values(), ids=TOKENS)
def test_what_a_token_is(text: str, *, want: bool, why: str) -> None:
    assert is_token(text) is want, why
    assert is_header_name(text) is want, "a header name is a token"
    assert is_method(text) is want, "a method is a token"


@given(st.text(alphabet=st.characters(max_codepoint=0x17F), max_size=8))
def test_a_token_is_made_of_tchar_alone(text: str) -> None:
    assert is_token(text) is (bool(text) and set(text) <= set(TCHAR))


VALUES = {
    "plain": ("text/plain", True, "no restriction on printable characters"),
    "empty": ("", True, "an empty value is a value"),
    "inner blanks": ("a \t b", True, "only the ends may not be blank"),
    "byte above 0x7f": ("caf\xe9", True, "obs-text is allowed"),
    "control character": ("a\x01b", True, "only NUL and newlines are excluded"),
    "DEL": ("a\x7fb", True, "only NUL and newlines are excluded"),
    "vertical tab at an end": ("\x0ba\x0c", True, "neither is HTTP whitespace"),
    "no-break space at an end": ("\xa0a\xa0", True, "Python would strip it, HTTP does not"),
    "leading blank": (" a", False, "no blank at the start"),
    "trailing tab": ("a\t", False, "no tab at the end"),
    "only a blank": (" ", False, "it is leading and trailing"),
    "NUL": ("a\0b", False, "NUL is excluded"),
    "line feed": ("a\nb", False, "it would begin another header"),
    "carriage return": ("a\rb", False, "it would begin another header"),
    "line feed at the end": ("a\n", False, "newlines are excluded anywhere"),
}


@pytest.mark.parametrize(("text", "want", "why"), VALUES.values(), ids=VALUES)
def test_what_a_header_value_is(text: str, *, want: bool, why: str) -> None:
    assert is_header_value(text) is want, why


NORMALIZED = {
    "nothing to do": ("a", "a", "a value without outer whitespace stays"),
    "all four kinds": ("\t\r\n a\r\n \t", "a", "tab, LF, CR and blank are HTTP whitespace"),
    "inner whitespace": ("a \n b", "a \n b", "the inside is kept, and refused later"),
    "only whitespace": (" \t\r\n", "", "nothing is left"),
    "vertical tab": ("\x0ba", "\x0ba", "it is no HTTP whitespace"),
    "form feed": ("a\x0c", "a\x0c", "it is no HTTP whitespace"),
    "no-break space": ("\xa0a\x85", "\xa0a\x85", "bytes above 0x7f are no HTTP whitespace"),
    "NUL": ("\0", "\0", "it is no HTTP whitespace"),
}


@pytest.mark.parametrize(("text", "want", "why"), NORMALIZED.values(), ids=NORMALIZED)
def test_normalizing_strips_http_whitespace_from_the_ends(text: str, want: str, why: str) -> None:
    assert normalize_value(text) == want, why


@given(st.text(max_size=12))
def test_normalizing_twice_changes_nothing_more(text: str) -> None:
    once = normalize_value(text)
    assert normalize_value(once) == once
