"""Expressions that are carried over mean to other engines what they mean to Python."""

from __future__ import annotations

import json
import re
import subprocess
import time
from typing import Final

import pytest
from tests.stacks.serving import program

from corsage.server import Policy
from corsage.stacks.narrowed import lower_case_lost, named_headers, named_methods, no_zero_age
from corsage.stacks.php.source import pcre
from corsage.stacks.ruby.source import ruby_regex
from corsage.stacks.shared_syntax import carried_over, is_shared

SHARED: Final = (
    r"https://pr-[0-9]+\.preview\.example",
    r"https://(?:red|blue)\.example",
    r"https://(red|blue)\.example|http://localhost:[0-9]{4}",
    r"https://[\w-]+\.example",
    r"https://[^.]+\.example(:\d{1,5})?",
    r"^https://a\.example$",
    r"https?://.*?\.example",
    r"https://\S+\.example\b",
    "https://a#b~c/d'\"`@example",
    r"https://[a-z/#]+\.example",
)
LOOK_AHEAD: Final = (r"https://(?!evil)[a-z]+\.example",)
NOT_SHARED: Final = (
    r"(?P<name>x)",
    r"(?i)x",
    r"(?:(?i:x))",
    r"a{,3}",
    r"a{2}{3}",
    r"a++",
    r"(?>a)b",
    r"a\Z",
    r"\Aa",
    r"(?<=a)b",
    r"(a)\1",
    r"(?#c)a",
    r"[[:alpha:]]",
    r"[]a[b]",
    r"[a&&b]",
    r"[a--b]",
    r"[\b]",
    r"[a-c-e]",
    r"\x41",
    r"\u0041",
    "é",
    "a\n",
    r"a{1001}",
    r"\p",
)
ORIGINS: Final = (
    "https://pr-1.preview.example",
    "https://pr-.preview.example",
    "https://red.example",
    "https://red.example.evil.com",
    "http://localhost:3000",
    "http://localhost:3000:3000",
    "https://a_b-c.example",
    "https://a.example:8443",
    "https://a.example",
    "https://evil.example",
    "https://evil.com?https://a.example",
    "https://a#b~c/d'\"`@example",
    "https://x/#y.example",
    "null",
)


@pytest.mark.parametrize("pattern", SHARED)
def test_all_engines_read_it(pattern: str) -> None:
    assert is_shared(pattern)
    assert is_shared(pattern, linear=True)


@pytest.mark.parametrize("pattern", LOOK_AHEAD)
def test_all_but_linear_ones_look_ahead(pattern: str) -> None:
    assert is_shared(pattern)
    assert not is_shared(pattern, linear=True)


@pytest.mark.parametrize("pattern", NOT_SHARED)
def test_some_engine_reads_it_otherwise(pattern: str) -> None:
    assert not is_shared(pattern)


def test_many_repetitions_are_too_many_for_linear_ones() -> None:
    assert not is_shared(r"(?:(?:a{100}){100}){100}", linear=True)


def test_it_takes_no_time() -> None:
    began = time.perf_counter()
    for text in ("[" + "a" * 990, "(" * 990, "a-" * 490 + "[", "[a-" * 330, "{" * 990, "\\" * 989):
        is_shared(text)
    assert time.perf_counter() - began < 1


EXPECTED: Final = [
    [bool(re.fullmatch(each, origin)) for origin in ORIGINS] for each in (*SHARED, *LOOK_AHEAD)
]


def test_php_means_the_same() -> None:
    code = (
        "[$e, $o] = json_decode($argv[1]);"
        " echo json_encode(array_map(fn($p) => array_map(fn($x) => preg_match($p, $x) === 1, $o), $e));"
    )
    expressions = [pcre(each) for each in (*SHARED, *LOOK_AHEAD)]
    command = [program("php", "php-cli"), "-n", "-r", code, json.dumps([expressions, ORIGINS])]
    assert json.loads(subprocess.run(command, capture_output=True, check=True).stdout) == EXPECTED


def test_ruby_means_the_same() -> None:
    expressions = ", ".join(ruby_regex(each) for each in (*SHARED, *LOOK_AHEAD))
    code = f"require 'json'; puts [{expressions}].map {{ |e| JSON.parse(ARGV[0]).map {{ |o| e.match?(o) }} }}.to_json"
    command = [program("ruby"), "-e", code, json.dumps(ORIGINS)]
    assert json.loads(subprocess.run(command, capture_output=True, check=True).stdout) == EXPECTED


def test_what_would_let_in_null_is_left_out() -> None:
    carried = carried_over(Policy(origins=["https://a.example"], origin_regexes=["[a-z:/.]+", "n.ll"]))
    assert carried.origins.regexes == ()
    assert all("null" in each for each in carried.limits)


def test_the_star_of_headers() -> None:
    assert named_headers(Policy(origins="*", public=True, request_headers=["*", "Authorization"])) == (
        ("*",),
        (),
    )
    names, limits = named_headers(Policy(origins="*", public=True, request_headers=["*", "X-Own"]))
    assert "x-own" in names
    assert "authorization" not in names
    assert limits != ()
    assert named_headers(Policy(origins=["https://a.example"], request_headers=["X-Own"])) == (("x-own",), ())


def test_methods_and_ages() -> None:
    names, limits = named_methods(Policy(origins="*", public=True, methods="*"))
    assert "PATCH" in names
    assert "PATCH" in limits[0]
    assert lower_case_lost(("GET", "Odd")) == (
        "The method Odd cannot be granted: the library writes methods in upper case.",
    )
    assert no_zero_age(Policy(max_age=-1)) != ()
    assert no_zero_age(Policy(max_age=5)) == ()
    assert no_zero_age(Policy()) == ()
