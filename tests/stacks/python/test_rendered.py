"""What is rendered, beyond the matrix: hostile expressions stay texts, and what is left out is told."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

import pytest
from tests.middleware.wire import ask
from tests.stacks.python.test_executed import SITES, rendered

from corsage.server import Policy
from corsage.stacks import Stack, find_stack
from corsage.stacks.origins import origins_of
from corsage.stacks.parts import LOOKUP_LOST
from corsage.stacks.python import STACKS
from corsage.stacks.python.literals import quoted, raw
from corsage.stacks.python.regexes import alternatives, anchored

if TYPE_CHECKING:
    from collections.abc import Iterator

A: Final = "https://app.example"
HOSTILE: Final = (
    r"https://[a-z\"']+\.example",
    "https://[a-z\\\"'`]{1,9}\\.example",
    "https://\"\"\"|https://'''",
    r"https://a\.example(?:\\)?",
    "https://a\\.example\n?",
    "https://a\\.example\\\\",
    r"https://{pwned}\.example",
    "https://${HOME}\\.example|https://%s\\.example",
    "(?i)https://A[.]example|b",
    "(?x) https://a\\.example # comment",
    r"https://(?P<name>a|b)\.(?P=name)\.example",
    r"https://(a|b)\.\1\.example",
    "https://a\\.example|",
    "https://\N{LATIN SMALL LETTER E WITH ACUTE}\\.example",
)
SAMPLES: Final = (
    "https://a.example",
    "https://b.example",
    "HTTPS://A.EXAMPLE",
    "https://a.a.example",
    "https://a.b.example",
    "https://a.example.evil.com",
    "https://evil.com",
    "https://a.example\\",
    "b",
    "https://{pwned}.example",
    "null",
    'https://"""',
)  # fmt: skip


def policies() -> Iterator[Policy]:
    for expression in HOSTILE:
        try:
            yield Policy(origins=[A], origin_regexes=[expression])
        except ValueError:
            continue
    yield Policy(origins=[A], origin_regexes=[r"https://(a|b)\.\1\.example", r"https://(c|d)\.\1\.example"])


HARD: Final = tuple(policies())


def texts_in(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def shape(code: str) -> str:
    """Return the code without its texts: what would be executed."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            node.value = 0
    return ast.dump(tree)


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
def test_hostile_expressions_stay_texts(stack: Stack) -> None:
    tame = stack.render(Policy(origins=[A], origin_regexes=[r"https://a\.example"])).files
    for policy in HARD:
        made = stack.render(policy)
        if any("is left out" in limit for limit in made.limits) or len(policy.origin_regexes) > 1:
            continue
        for file, plain in zip(made.files, tame, strict=True):
            if file.language == "python":
                assert shape(file.text) == shape(plain.text)


@pytest.mark.parametrize("policy", HARD, ids=range(len(HARD)))
def test_anchored_expressions_mean_what_they_meant(policy: Policy) -> None:
    origins = origins_of(policy)
    made = anchored(origins)
    one = alternatives(origins, beside_others=True)
    if len(made.kept) == len(origins.expressions):
        for expression, safe in zip(origins.expressions, made.kept, strict=True):
            for sample in SAMPLES:
                assert bool(re.match(safe, sample)) == bool(re.fullmatch(expression, sample))
    for sample in SAMPLES:
        if any(re.fullmatch(whole, sample) for whole in one.kept):
            assert any(re.fullmatch(each, sample) for each in origins.expressions)
    if not one.limits:
        for sample in SAMPLES:
            if any(re.fullmatch(each, sample) for each in origins.expressions):
                assert any(re.fullmatch(whole, sample) for whole in one.kept)


def test_what_counts_groups_is_left_out_where_others_stand_before_it() -> None:
    made = alternatives(origins_of(HARD[-1]))
    assert made.kept == (r"(?:https://(a|b)\.\1\.example)",)
    assert len(made.limits) == 1


@pytest.mark.parametrize(
    "text", ["", "a", '"', "'", "\\", "\\\\", 'a"', "a\nb", "\x00", "r'\"", "é", "\ud800"]
)
def test_quoting(text: str) -> None:
    assert ast.literal_eval(quoted(text)) == text
    assert ast.literal_eval(raw(text)) == text


MANY: Final = Policy(
    origins=[A],
    origin_lookup=lambda _: False,
    methods=["PUT"],
    request_headers=["Content-Type"],
    max_age=-1,
    timing=True,
    resource_policy="same-site",
    private_network=True,
    preflight_status=201,
    guard_websockets=True,
)


@pytest.mark.parametrize("site", SITES)
def test_the_rest_is_done_or_told(site: str) -> None:
    stack = find_stack(site.partition(" ")[0])
    assert stack is not None
    limits = " ".join(stack.render(MANY).limits)
    preflight = (
        ("Origin", A),
        ("Access-Control-Request-Method", "PUT"),
        ("Access-Control-Request-Private-Network", "true"),
    )
    with SITES[site](rendered(site, MANY)) as url:
        actual = ask(url, "GET", "/ok", (("Origin", A),)).headers
        asked = ask(url, "OPTIONS", "/ok", preflight)
    assert LOOKUP_LOST in limits
    assert (actual.get("timing-allow-origin") == A) != ("Timing-Allow-Origin" in limits)
    assert (actual.get("cross-origin-resource-policy") == "same-site") != ("Resource-Policy" in limits)
    granted = asked.headers.get("access-control-allow-private-network") == "true"
    assert granted != ("Private Network Access" in limits)
    assert (asked.status == MANY.preflight_status) != ("status of preflights" in limits)
    assert asked.headers.get("access-control-max-age") == ("1" if site == "django" else "0")
    assert ("1 is written" in limits) == (site == "django")
    if site != "quart":
        assert "WebSocket handshakes are not checked" in limits


@pytest.mark.parametrize("site", ["fastapi", "starlette", "flask", "litestar", "quart"])
def test_all_methods_are_some(site: str) -> None:
    stack = find_stack(site)
    assert stack is not None
    made = stack.render(Policy(origins=[A], methods="*"))
    assert any("All methods are not to be had" in limit for limit in made.limits)


def test_methods_that_flask_cors_cannot_write() -> None:
    stack = find_stack("flask")
    assert stack is not None
    made = stack.render(Policy(origins=[A], methods=["patch"]))
    assert any("patch is left out" in limit for limit in made.limits)
    assert "patch" not in made.files[0].text


@pytest.mark.parametrize("site", ["fastapi", "starlette", "litestar"])
def test_an_age_that_is_not_said_is_the_browsers_own(site: str) -> None:
    stack = find_stack(site)
    assert stack is not None
    made = stack.render(Policy(origins=[A]))
    assert "max_age=5," in made.files[0].text
    assert any("Without max_age" in limit for limit in made.limits)


def test_preflights_that_the_application_wants() -> None:
    stack = find_stack("aiohttp")
    assert stack is not None
    made = stack.render(Policy(origins=[A], preflight_continue=True))
    assert any("the application does not see them" in limit for limit in made.limits)


@pytest.mark.parametrize(("name", "words"), [(stack.name, stack.words) for stack in STACKS])
def test_names_and_words_find_a_stack(name: str, words: tuple[str, ...]) -> None:
    for word in (name, *words):
        found = find_stack(word)
        assert found is not None
        assert found.name == name
        assert word == word.lower()
        assert len(word) >= 3
