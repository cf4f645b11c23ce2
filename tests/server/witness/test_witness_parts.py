"""The parts of the witness finder, each held against something simpler that says the same."""

from __future__ import annotations

import re
import warnings
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.server import split_serialized_origin
from corsage.server.witness.ambiguity import Ambiguity
from corsage.server.witness.automaton import TooLargeError, automaton_of
from corsage.server.witness.domains import DomainOrigins
from corsage.server.witness.meaning import meaning_of
from corsage.server.witness.search import UnfinishedError, accepts, search
from corsage.server.witness.shapes import AnyOrigin, Shape
from corsage.server.witness.spelt import HOLE, spelt
from corsage.server.witness.text import alternatives, with_escaped_dots
from corsage.server.witness.tree import read, with_dots

if TYPE_CHECKING:
    from collections.abc import Hashable

ATOMS = [
    "a", "b", "x", ".", r"\.", "com", r"\d", r"\w", r"\W", "[a-c]", "[^/]", "https://", ":", "1", "/", "|", "(?:", "(",
    ")", "*", "+", "?", "{2}", "{1,3}", "{0,9}", "*?", "(?=a", "(?!b", r"\1", r"\b", "(?i)", "A", "^", "$",
]  # fmt: skip
PATTERNS = st.lists(st.sampled_from(ATOMS), max_size=12).map("".join)
PIECES = [
    "https://",
    "http://",
    "app",
    "a",
    "b",
    "x",
    ".",
    ":",
    "1",
    "443",
    "80",
    "65535",
    "-",
    "_",
    "[::1]",
    "com",
    "0",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=7).map("".join)


def matches(shape: Shape, text: str) -> bool:
    state: Hashable | None = shape.start
    for char in text:
        state = None if state is None else shape.step(state, char)
    return state is not None and shape.is_done(state)


@given(PATTERNS, TEXTS)
def test_the_automaton_accepts_what_the_expression_does(pattern: str, text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            regex = re.compile(pattern, re.ASCII)
        except (re.error, OverflowError):
            return
    tree = read(pattern)
    automaton = automaton_of(tree.root)
    if regex.fullmatch(text):
        assert accepts(automaton, text)
    # Anchors inside of an expression, and long counted loops, are widened.
    if tree.is_exact and not set(pattern) & set("^$9") and accepts(automaton, text):
        assert regex.fullmatch(text)


@given(TEXTS)
def test_any_origin_is_what_is_split(text: str) -> None:
    assert matches(AnyOrigin(), text) == (split_serialized_origin(text) is not None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a", True),
        ("https://[::1]:8080", True),
        ("https://a:443", False),
        ("https://a:44", True),
        ("https://a:4433", True),
        ("http://a:443", True),
        ("http://a:80", False),
        ("https://a:65535", True),
        ("https://a:65536", False),
        ("https://a:70000", False),
        ("https://a:7000", True),
        ("https://a:07", False),
        ("https://a:", False),
        ("https://a..b", False),
        ("https://a.", True),
        ("1a://b", False),
        ("a+b://c", True),
        ("://c", False),
        ("null", False),
        ("https://A", False),
    ],
)
def test_origins_and_what_is_none(text: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert matches(AnyOrigin(), text) is expected


@pytest.mark.parametrize(
    ("shape", "yes", "no"),
    [
        (
            DomainOrigins(),
            ["https://a.b", "http://a-b.c:8080"],
            ["https://a", "ftp://a.b", "https://a.1", "https://a-.b"],
        ),
        (
            DomainOrigins(outside=("b.c",)),
            ["https://xb.c", "https://b.c.d"],
            ["https://b.c", "https://a.b.c", "https://a.b.c:81"],
        ),
        (DomainOrigins(under=("b.c",)), ["https://b.c", "https://a.b.c"], ["https://xb.c"]),
        (DomainOrigins(glued=("b.c",)), ["https://xb.c", "https://b.c", "https://xb.c:81"], ["https://b.cd"]),
        (DomainOrigins(unglued=("b.c",)), ["https://b.cd"], ["https://xb.c"]),
        (
            DomainOrigins(at_end=("b.c",)),
            ["https://xb.c", "https://a.d", "https://b.c:81"],
            ["https://b.c.d", "https://b.cd.e"],
        ),
        (
            DomainOrigins(beyond=("b.c",)),
            ["https://b.c.d", "https://a.b.c.d"],
            ["https://b.c", "https://xb.c.d"],
        ),
        (DomainOrigins(endings=(".net",)), ["https://a.net"], ["https://anet.a", "https://a.net.b"]),
        (DomainOrigins(word="evil"), ["https://evil.a", "https://a.xevilx"], ["https://evi.l"]),
        (DomainOrigins(schemes=("http",)), ["http://a.b"], ["https://a.b"]),
    ],
    ids=str,
)
def test_domains(shape: DomainOrigins, yes: list[str], no: list[str]) -> None:
    assert [text for text in yes if not matches(shape, text)] == []
    assert [text for text in no if matches(shape, text)] == []


def test_the_shortest_is_found_first() -> None:
    automaton = automaton_of(read(r"https://.*example\.com").root)
    shape = DomainOrigins(outside=("example.com",), word="evil")
    assert next(search(automaton, shape)) == "https://evilexample.com"


def test_a_search_that_is_too_long_says_so() -> None:
    automaton = automaton_of(
        read("|".join(f"https://{chr(97 + n)}.*{chr(98 + n)}.*" for n in range(24))).root
    )
    with pytest.raises(UnfinishedError):
        list(
            search(
                automaton,
                DomainOrigins(word="never-there-at-all", endings=tuple(f".x{n}" for n in range(50))),
            )
        )


@pytest.mark.parametrize(
    "pattern", ["((){1000}){1000}", "((((){1000}){1000}){1000}){1000}", "[a-z]{2000}", "(a{50}){50}"]
)
def test_an_automaton_that_is_too_large_says_so(pattern: str) -> None:
    with pytest.raises(TooLargeError):
        automaton_of(read(pattern).root)


@pytest.mark.parametrize(
    ("pattern", "loop"),
    [
        (r"(a*)*b", "a"),
        (r"(a+)+", "aa"),
        (r"([a-z]+)+x", "xx"),
        (r"(a|b|ab)*c", "aba"),
        (r"(.*\.)*com", ".x"),
        (r"(a?a?)*", "a"),
        (r"(x+x+)+y", "xxx"),
        (r"(a*|b)*", "a"),
        (r"([a-z0-9-]+\.)+com", None),
        (r"(a{3})*", None),
        (r"(a|b)*c", None),
        (r".*.*.*", None),
        (r"(ab)*(a|b)*", None),
        (r"(a|a)*", "a"),
        (r"(?:a|ab|b)*c", "aba"),
        (r"(()|())*(?:a()|a())*", "a"),
        (r"(a(|))*", "a"),
        (r"(/|/)*", None),
        (r"(a[a-z0-9-]{0,61}\.)+", None),
    ],
)
def test_ambiguous_loops(pattern: str, loop: str | None) -> None:
    found = Ambiguity(automaton_of(read(pattern).root)).exponential
    assert (found.text if found else None) == loop


@pytest.mark.parametrize(
    ("pattern", "passed"),
    [
        (r"a*b*c*", []),
        (r"a*a*", ["a"]),
        (r"[a-z]*[a-z]*[a-z]*\.", ["x", "x"]),
        (r"(?:ab)*c?(?:ab)*(?:ab)*", ["ba", "ba"]),
        (r".*\.dev.*\.dev.*", [".devx", ".devx"]),
        (r"[a-z]+\.[a-z]+\.[a-z]+\.", []),
        (r"a*b*a*b*", ["a"]),
        (r"a*(?:b*|a*c)a*", ["a"]),
    ],
)
def test_texts_that_loops_pass_on(pattern: str, passed: list[str]) -> None:
    chain = Ambiguity(automaton_of(read(pattern).root)).chain
    assert ["".join(sorted(loop.text)) for loop in chain] == ["".join(sorted(text)) for text in passed]


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        (r"https?://a\.b", {"https://a.b", "http://a.b"}),
        (r"https://a.b", {"https://a.b"}),
        (r"(a|b)(c|d)?", {"a", "ac", "ad", "b", "bc", "bd"}),
        (r".*\.a", {f"{HOLE}.a"}),
        (r"x[12]", {"x1", "x2"}),
        (r"x\d+", {f"x{HOLE}"}),
        (r"([a-z]+\.)?a", {f"{HOLE}.a", "a"}),
        (r"(ab){2}", {"abab"}),
        (r".*.*", {HOLE}),
    ],
)
def test_what_literal_parts_spell(pattern: str, texts: set[str]) -> None:
    assert spelt(with_dots(read(pattern).root)) == texts


@pytest.mark.parametrize(
    ("pattern", "domains", "suffixes"),
    [
        (r"https://.*\.example\.com", ("example.com",), ()),
        (r"https://a\.example\.(com|co\.uk)", ("example.co.uk", "example.com"), ()),
        (r"https://.*example\.com", ("example.com",), ()),
        (r"https://www\.example\.com.*", ("example.com",), ()),
        (r"https://.*\.github\.io", (), ("github.io",)),
        (r"https://shop\.github\.io", ("shop.github.io",), ()),
        (r"https://.*-x\.vercel\.app", (), ("vercel.app",)),
        (r"https?://localhost(:\d+)?", ("localhost",), ()),
        (r"http://.*\.localhost", ("localhost",), ()),
        (r"http://192\.168\.1\.\d+", ("192.168.1",), ()),
        (r"https://.*", (), ()),
        (r"https://example\.[a-z]+", (), ()),
    ],
)
def test_what_was_meant(pattern: str, domains: tuple[str, ...], suffixes: tuple[str, ...]) -> None:
    found = meaning_of(spelt(with_dots(read(pattern).root)))
    assert (found.domains, found.suffixes) == (domains, suffixes)


@pytest.mark.parametrize(
    ("pattern", "escaped"),
    [
        ("a.b.c", r"a\.b\.c"),
        (r"a\.b.c", r"a\.b\.c"),
        (r".*.example.com", r".*\.example\.com"),
        (r"a.+b[.]c[^.].d", r"a.+b[.]c[^.]\.d"),
        (r"pr-..x", r"pr-..x"),
        (r"[]a.]b.c\\.d", r"[]a.]b\.c\\\.d"),
    ],
)
def test_dots_are_escaped_where_they_are_dots(pattern: str, escaped: str) -> None:
    assert with_escaped_dots(pattern) == escaped


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("a|b", ("a", "b")),
        ("(a|b)|c", ("(a|b)", "c")),
        (r"a\|b|[|]", (r"a\|b", "[|]")),
        ("a", ("a",)),
        ("|", ("", "")),
    ],
)
def test_alternatives(pattern: str, parts: tuple[str, ...]) -> None:
    assert alternatives(pattern) == parts


def test_every_text_of_a_search_is_accepted() -> None:
    automaton = automaton_of(read(r"https?://([a-z]+\.)+example\.(com|net)(:[0-9]{1,5})?").root)
    for text in islice(search(automaton, DomainOrigins()), 50):
        assert accepts(automaton, text)
        assert split_serialized_origin(text) is not None
