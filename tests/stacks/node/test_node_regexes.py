"""Python's expressions as JavaScript's: the same origins match, and nothing breaks out of the slashes."""

from __future__ import annotations

import json
import re
from typing import Final

import pytest
from tests.stacks.node.programs import printed
from tests.stacks.policies import ORIGINS

from corsage.server import split_serialized_origin
from corsage.server.regexes import compile_regex
from corsage.stacks.node.javascript import quoted
from corsage.stacks.node.regexes import regex_literal

REGEXES: Final = (
    r"https://app\.example",
    r"https?://(?:www\.)?app\.example",
    r"https://pr-[0-9]+\.preview\.example",
    r"https://(red|blue)\.example|https://app\.example",
    r"https://[\w-]+\.one\.example",
    r"https://[\w.-]+\.deep\.example(:\d{2,5})?",
    r"https:\/\/x\.deep\.example",
    r"(?i)HTTPS://APP\.EXAMPLE",
    r"(?x) https:// app \. example  # as it is written",
    r"\Ahttps://app\.example\Z",
    r"^https://app\.example$",
    r"(?P<scheme>https?)://localhost(?P<port>:\d+)?",
    r"[a-z]+",
    r".*",
    r"https://[^/.]+\.one\.example",
    r"https://[a-z]{1,}?\.deep\.example",
    r"https://[^a-wyz]\.deep\.example",
    r"https://x\.(?:deep|(?:one))\.example",
    r"capacitor://localhost",
    r"https://a/;process\.exit\(1\)//",
    r"https://[]/;x]",
    r"https://x`${process}`'\"",
    "https://x\n/;process.exit(1);/x",
    r"https://x\
y",
    "https://ü\u2028",
    r"\x68ttps://app\.example",
    r"https://\S+\.example",
    r"https://[[:alpha:]]\.example",
    r"https://{,3}app\.example",
    r"https://a{2}b{0,3}c{1,}\.example|https://app.example",
    r"(?s:.)ttps://app\.example",
    r"https://app\.example(?i:X)?",
    r"x*",
    r"",
)
UNEQUAL: Final = (
    r"https://(?=app)app\.example",
    r"https://(?!evil)[a-z]+\.example",
    r"https://(a)\1\.example",
    r"https://(?<=//)app\.example",
)
MORE: Final = (
    "https://aabc.example",
    "https://aac.example",
    "https://www.app.example",
    "https://APP.example",
    "https://xdeep.example",
    "x",
    "https://x",
)
ASKED: Final = (*ORIGINS, *MORE)
SCRIPT: Final = """
const regexes = [{literals}];
const origins = JSON.parse(process.argv[2]);
console.log(JSON.stringify(regexes.map((regex) => origins.map((origin) => regex.test(origin)))));
"""


def test_the_same_origins_match_in_javascript() -> None:
    literals = [regex_literal(each) for each in REGEXES]
    assert None not in literals
    script = SCRIPT.replace("{literals}", ",\n".join(filter(None, literals)))
    found = json.loads(printed(script, json.dumps(ASKED)))
    for regex, literal, row in zip(REGEXES, literals, found, strict=True):
        compiled = compile_regex(regex)
        pages = [each for each in ASKED if split_serialized_origin(each) is not None or each == "null"]
        seen = [origin for origin in pages if row[ASKED.index(origin)]]
        # `null` is no origin that a policy asks its expressions about.
        wanted = [each for each in pages if compiled.fullmatch(each) is not None and each != "null"]
        assert seen == wanted, (regex, literal)


@pytest.mark.parametrize("regex", UNEQUAL)
def test_what_has_no_equal_is_left_out(regex: str) -> None:
    assert regex_literal(regex) is None


def test_readable_ones_stay_as_they_were_written() -> None:
    assert (
        regex_literal(r"https://pr-[0-9]+\.preview\.example") == r"/^https:\/\/pr-[0-9]+\.preview\.example$/"
    )


@pytest.mark.parametrize("regex", REGEXES)
def test_a_literal_is_one_line_of_ascii(regex: str) -> None:
    literal = regex_literal(regex)
    assert literal is not None
    assert re.fullmatch(r"[ -~]+", literal)


TEXTS: Final = (
    "a'b",
    'a"b',
    "a\\",
    "${x}",
    "`",
    "</script>",
    "a\nb",
    "\u2028",
    "ü",
    "\U0001f600",
    "\ud800",
    "\x7f",
)


def test_texts_are_what_they_were() -> None:
    literals = ", ".join(map(quoted, TEXTS))
    found = json.loads(printed(f"console.log(JSON.stringify([{literals}]))"))
    assert found == list(TEXTS)
    assert literals.isascii()
