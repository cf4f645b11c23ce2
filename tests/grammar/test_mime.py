"""MIME types, as https://mimesniff.spec.whatwg.org/ parses them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.grammar import FAILURE, MimeType, parse_mime_type

Parameters = tuple[tuple[str, str], ...]

PARSED: dict[str, tuple[str, str, Parameters, str]] = {
    "bare": ("text/plain", "text/plain", (), "no parameters"),
    "upper case": ("TEXT/Plain", "text/plain", (), "type and subtype are lower-cased"),
    "outer whitespace": ("\t\r\n text/plain \n", "text/plain", (), "HTTP whitespace around it goes"),
    "blank before the semicolon": ("text/plain ;a=b", "text/plain", (("a", "b"),), "after the subtype"),
    "odd tokens": ("!/*", "!/*", (), "any token will do"),
    "subtype with a suffix": ("image/svg+xml", "image/svg+xml", (), "a plus is tchar"),
    "charset": ("text/html;charset=UTF-8", "text/html", (("charset", "UTF-8"),), "values keep their case"),
    "name in upper case": ("text/html;CHARSET=gbk", "text/html", (("charset", "gbk"),), "names do not"),
    "blank before the name": ("text/html; charset=gbk", "text/html", (("charset", "gbk"),), "skipped"),
    "blank after the value": ("text/html;charset=gbk ", "text/html", (("charset", "gbk"),), "skipped"),
    "blank after the name": ("text/html;charset =gbk", "text/html", (), "the name is no token then"),
    "blank before the value": ("text/html;charset= gbk", "text/html", (("charset", " gbk"),), "kept"),
    "two parameters": ("a/b;x=1;y=2", "a/b", (("x", "1"), ("y", "2")), "in order"),
    "repeated": ("a/b;x=1;x=2", "a/b", (("x", "1"),), "the first one counts"),
    "repeated in another case": ("a/b;x=1;X=2", "a/b", (("x", "1"),), "names are lower-cased first"),
    "quoted": ('a/b;x="1"', "a/b", (("x", "1"),), "the quotes go"),
    "quoted and empty": ('a/b;x=""', "a/b", (("x", ""),), "an empty quoted value is a value"),
    "unquoted and empty": ("a/b;x=", "a/b", (), "an empty value is none"),
    "empty before another": ("a/b;x=;y=2", "a/b", (("y", "2"),), "the rest is still read"),
    "quoted semicolon": ('a/b;x="1;y=2"', "a/b", (("x", "1;y=2"),), "a semicolon inside quotes"),
    "escaped quote": (r'a/b;x="1\"2"', "a/b", (("x", '1"2'),), "a backslash escapes in quotes"),
    "escaped letter": (r'a/b;x="\a"', "a/b", (("x", "a"),), "any character may be escaped"),
    "backslash at the end": ('a/b;x="1\\', "a/b", (("x", "1\\"),), "a lone backslash stands for itself"),
    "unclosed quote": ('a/b;x="1', "a/b", (("x", "1"),), "the end closes it"),
    "text after the quote": ('a/b;x="1"z;y=2', "a/b", (("x", "1"), ("y", "2")), "ignored"),
    "unquoted with a quote inside": ('a/b;x=1"2"', "a/b", (("x", '1"2"'),), "only a leading quote quotes"),
    "single quotes": ("a/b;x='1'", "a/b", (("x", "'1'"),), "single quotes are characters"),
    "no equals sign": ("a/b;x", "a/b", (), "a name alone is no parameter"),
    "no equals sign before another": ("a/b;x;y=2", "a/b", (("y", "2"),), "the rest is still read"),
    "empty parameters": ("a/b;;;;x=1;", "a/b", (("x", "1"),), "skipped"),
    "trailing semicolon": ("a/b;", "a/b", (), "nothing follows"),
    "no name": ("a/b;=1", "a/b", (), "an empty name is no token"),
    "name that is no token": ("a/b;(=1;y=2", "a/b", (("y", "2"),), "skipped alone"),
    "comma in a value": ("a/b;x=1, text/plain", "a/b", (("x", "1, text/plain"),), "no list here"),
    "byte above 0x7f": ("a/b;x=\xff", "a/b", (("x", "\xff"),), "a quoted-string code point"),
    "tab in a value": ('a/b;x="\t"', "a/b", (("x", "\t"),), "a quoted-string code point"),
    "control character": ("a/b;x=\x01;y=2", "a/b", (("y", "2"),), "no quoted-string code point"),
    "character above U+00FF": ("a/b;x=\u0100;y=2", "a/b", (("y", "2"),), "no quoted-string code point"),
}


@pytest.mark.parametrize(("text", "essence", "parameters", "why"), PARSED.values(), ids=PARSED)
def test_mime_types(text: str, essence: str, parameters: Parameters, why: str) -> None:
    mime = parse_mime_type(text)
    assert isinstance(mime, MimeType), why
    assert mime.essence == essence, why
    assert f"{mime.type}/{mime.subtype}" == essence
    assert mime.parameters == parameters, why


FAILURES = {
    "empty": ("", "a type is needed"),
    "only whitespace": (" \t", "a type is needed"),
    "no slash": ("text", "a subtype is needed"),
    "no type": ("/plain", "an empty type is no token"),
    "no subtype": ("text/", "an empty subtype is no token"),
    "only a slash": ("/", "both are empty"),
    "no subtype but parameters": ("text/;charset=gbk", "an empty subtype is no token"),
    "slash after the semicolon": ("text;a/b", "the type ends at the slash, and holds a semicolon"),
    "two slashes": ("text/plain/x", "a slash is no tchar"),
    "blank in the type": ("text /plain", "a blank is no tchar"),
    "blank before the subtype": ("text/ plain", "only what follows the subtype is stripped"),
    "list": ("text/plain, text/html", "two lines joined are no MIME type"),
    "list of one type": ("text/plain, text/plain", "not even of the same"),
    "parenthesis": ("text/plain(x)", "no token"),
    "control character": ("text/pl\x01ain", "no token"),
    "byte above 0x7f": ("text/pl\xe4in", "no token"),
    "vertical tab before": ("\x0btext/plain", "it is no HTTP whitespace"),
    "form feed after": ("text/plain\x0c", "it is no HTTP whitespace"),
    "wildcard without subtype": ("*", "a subtype is needed"),
}


@pytest.mark.parametrize(("text", "why"), FAILURES.values(), ids=FAILURES)
def test_what_is_no_mime_type(text: str, why: str) -> None:
    assert parse_mime_type(text) is FAILURE, why


@given(st.text(alphabet='ab/;="\\ \t\n,\xff\x00', max_size=24))
def test_no_text_makes_the_parser_raise(text: str) -> None:
    mime = parse_mime_type(text)
    if isinstance(mime, MimeType):
        assert mime.essence == mime.essence.lower()
        names = [name for name, _ in mime.parameters]
        assert len(set(names)) == len(names), "every name once"
