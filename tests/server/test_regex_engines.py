"""An expression means the same with re2 and without: what is checked is what runs."""

from __future__ import annotations

import re
import warnings

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from corsage.server import problems_of
from corsage.server.linear_form import linear_form
from corsage.server.regex_chars import chars_of
from corsage.server.regexes import compile_regex

re2 = pytest.importorskip("re2")

ATOMS = [
    "a", "b", "K", "s", "1", ".", "-", "_", ":", "/", "]", "{", "}", ",", " ", "#", "&", "~",
    r"\.", r"\-", r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", r"\b", r"\B", r"\A", r"\Z", r"\n", r"\x61", r"\u0061",
    r"\061", r"\0", r"\1", r"\141", r"\N{LATIN SMALL LETTER A}", r"\z", r"\C", r"\h", r"\pN", r"\Qa.b\E", r"\a",
    "^", "$", "\u00e9", "\u017f", "\u212a",
    "[ab]", "[^a]", "[a-z]", "[]a]", "[^]a]", "[[:alpha:]]", "[[:^digit:]]", "[a&&b]", "[a--b]", "[a||b]", "[[a]b]",
    r"[\w.-]", r"[\d-a]", r"[^\W\d]", r"[\b]", "[\u00e9-\u017f]", "[!-~]", "[^ -~]",
    "(?:", "(", "(?P<n>", "(?P=n)", "(?P>n)", "(?i:", "(?-i:", "(?iu:", "(?s-i:", "(?m:", "(?x:", "(?>", "(?=", "(?!",
    "(?<=a", "(?<!a", "(?(1)a|b)", "(?#a)", "(?i)", "(?s)", "(?m)", "(?x)", "(?U)", "(?a)", "(?<n>", ")", ")", ")", "|",
    "*", "+", "?", "*?", "+?", "??", "*+", "++", "?+", "{2}", "{1,2}", "{,2}", "{2,}", "{,}", "{0}", "{1,2}?", "{ 1}",
    "{1,2}+",
]  # fmt: skip
PATTERNS = st.lists(st.sampled_from(ATOMS), min_size=1, max_size=8).map("".join)
LETTERS = "aabbKks1.-_:/[]{},#&|~^ 2CAn"
TEXTS = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=4, max_size=12)


def plain(pattern: str) -> re.Pattern[str] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return re.compile(pattern, re.ASCII)
        except (re.error, OverflowError, ValueError):
            return None


@settings(max_examples=600)
@given(PATTERNS, TEXTS)
def test_both_engines_match_the_same(pattern: str, texts: list[str]) -> None:
    expected = plain(pattern)
    if expected is None:
        return
    compiled = compile_regex(pattern)
    for text in texts:
        assert bool(compiled.fullmatch(text)) == bool(expected.fullmatch(text)), (
            pattern,
            linear_form(pattern),
            text,
        )


def test_that_test_finds_differences_by_itself() -> None:
    """The same expressions, given to re2 as they are written."""
    options = re2.Options()
    options.log_errors = False

    def differ(case: tuple[str, list[str]]) -> bool:
        pattern, texts = case
        expected = plain(pattern)
        try:
            as_written = re2.compile(pattern, options)
        except (re2.error, UnicodeError):
            return False
        return expected is not None and any(
            bool(as_written.fullmatch(text)) != bool(expected.fullmatch(text)) for text in texts
        )

    found = find(st.tuples(PATTERNS, TEXTS), differ, settings=settings(max_examples=20_000, derandomize=True))
    assert differ(found)


def test_expressions_that_re2_reads_otherwise() -> None:
    differing = [
        (r"[[:alpha:]]+", "evil"),
        (r"a{,3}", "a{,3}"),
        (r"[[:^space:]]+", "evil"),
    ]
    for pattern, text in differing:
        assert bool(re2.fullmatch(pattern, text)) != bool(plain(pattern).fullmatch(text)), pattern  # type: ignore[union-attr]
        assert bool(compile_regex(pattern).fullmatch(text)) == bool(plain(pattern).fullmatch(text))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "pattern",
    [
        r"https://[a-z0-9-]+\.example\.com(:\d+)?", r"(?i)https://App\.Example\.com", r"^https://(a|b)\.c$",
        r"\Ahttps://[^/]+\.example\.com\Z", r"https://[[:alnum:].-]+", r"https://[a-z]{,10}\.example\.com",
    ],
)  # fmt: skip
def test_plain_expressions_are_matched_in_linear_time(pattern: str) -> None:
    assert not isinstance(compile_regex(pattern), re.Pattern)


@pytest.mark.parametrize(
    "pattern",
    [r"(?=a)a", r"(?!b)a", r"(?<=a)b", r"(a)\1", r"(?>a)", r"a++", r"(a)?(?(1)b|c)", r"(a{40}){40}"],
)
def test_others_are_left_to_python(pattern: str) -> None:
    assert linear_form(pattern) is None
    assert isinstance(compile_regex(pattern), re.Pattern)


@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.IGNORECASE | re.ASCII, re.ASCII], ids=str)
@pytest.mark.parametrize(
    "source",
    [
        "a",
        "K",
        "s",
        "\u017f",
        "\u212a",
        "\u0130",
        "\u0131",
        "[^a]",
        "[a-k]",
        "[^K-S]",
        "[\u00e9-\u017f]",
        r"\w",
        r"[^\W_]",
        "[^\u00e9-\u017f]",
        r"\s",
        "[A-_]",
    ],
)
def test_sets_are_those_of_python(source: str, flags: int) -> None:
    from re import _parser  # type: ignore[attr-defined]

    alphabet = "".join(map(chr, range(0x20, 0x7F)))
    ((op, value),) = _parser.parse(source, flags)
    expected = {char for char in alphabet if re.fullmatch(source, char, flags)}
    assert chars_of(str(op), value, flags, alphabet) == expected


@pytest.mark.parametrize("pattern", [r"https://[[:alnum:].-]+", r"https://[[:^space:]]+"])
def test_what_is_checked_is_what_runs(pattern: str) -> None:
    found = problems_of({"origin_regexes": [pattern], "credentials": True})
    assert [problem.code for problem in found] == ["CORS142"]
    assert compile_regex(pattern).fullmatch("https://evil.com") is None
