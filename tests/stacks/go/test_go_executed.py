"""Go libraries with the rendered text: built, started, and asked everything."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

import pytest
from tests.stacks.go.probe import PACKAGES, installed, serving
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.more_policies import EVERYTHING, MORE_POLICIES
from tests.stacks.serving import program

from corsage.clients.live import LiveTransport
from corsage.model import HeaderList, WireKind, WireRequest, WireResponse, parse_url
from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks import find_stack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corsage.stacks import Stack

QUIRKS: Final[Mapping[str, frozenset[str]]] = {
    "go": frozenset({"preflight-status"}),
    "chi": frozenset({"preflight-status"}),
    "gin": frozenset(),
    "echo": frozenset(),
}
RUN: Final = {**POLICIES, **MORE_POLICIES}
# Compared without regard to case. No browser sends an origin in upper case.
SHOUTED: Final = "HTTPS://APP.EXAMPLE"
HOSTILE: Final = Policy(
    origin_regexes=["https://`\"\\\\'[a-z]+\\.example", "https://(?P<a>x)\\.example", "null|x"],
    methods=["M-`$", "*lower"],
    request_headers=["x-`'$|"],
)


def rendering(name: str) -> Stack:
    stack = find_stack(name)
    assert stack is not None
    return stack


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    policies = {**RUN, "hostile": HOSTILE, "everything": EVERYTHING}
    texts = {
        f"{stack}_{policy}": rendering(stack).render(policies[policy]).files[0].text
        for stack in PACKAGES
        if installed(stack)
        for policy in policies
    }
    with serving(texts, tmp_path_factory.mktemp("go")) as found:
        yield found


@pytest.mark.parametrize("policy", RUN)
@pytest.mark.parametrize("stack", PACKAGES)
def test_it_does_what_the_policy_says(stack: str, policy: str, urls: Mapping[str, str]) -> None:
    if not installed(stack):
        pytest.skip(f"{PACKAGES[stack]} is not installed")
    found = complaints(urls[f"{stack}_{policy}"], RUN[policy], quirks=QUIRKS[stack])
    assert [each for each in found if SHOUTED not in each] == []
    assert found == [] or stack in {"go", "chi"}


@pytest.mark.parametrize("stack", ["gin", "echo"])
def test_everything_is_everything(stack: str, urls: Mapping[str, str]) -> None:
    found = complaints(urls[f"{stack}_everything"], EVERYTHING, quirks=QUIRKS[stack])
    # The routers answer a method that they have no route for in their own ways.
    assert [each for each in found if not each.startswith("a bad method")] == []


@pytest.mark.parametrize("stack", ["go", "chi"])
def test_everything_is_less_where_it_would_be_more(stack: str, urls: Mapping[str, str]) -> None:
    found = complaints(urls[f"{stack}_everything"], EVERYTHING, quirks=QUIRKS[stack])
    assert found != []
    less = (": refused, not ", "no Access-Control-Allow-Origin", "Access-Control-Max-Age: None")
    more = [each for each in found if not any(words in each for words in less)]
    assert [each for each in more if not each.startswith("a bad method")] == []


def ask(url: str) -> WireResponse:
    parsed = parse_url(url)
    assert parsed is not None
    with LiveTransport() as transport:
        answer = transport(WireRequest(WireKind.ACTUAL, "GET", parsed, HeaderList()))
    assert isinstance(answer, WireResponse)
    return answer


@pytest.mark.parametrize("stack", ["go", "echo", "gin"])
def test_its_own_pages_are_recognised(stack: str, urls: Mapping[str, str]) -> None:
    answer = ask(f"{urls[f'{stack}_public']}/missing")
    seen = Answer(answer.status, answer.headers, body=(answer.body or b"").decode())
    assert [each for each in PACKAGES if list(rendering(each).signs(seen))] == [stack]


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("stack", [*PACKAGES, "go-jub0bs"])
def test_it_is_formatted(stack: str, policy: str) -> None:
    gofmt = program("gofmt", "golang-go")
    text = rendering(stack).render(POLICIES[policy]).files[0].text
    done = subprocess.run([gofmt], input=text, capture_output=True, text=True, check=True)
    assert done.stdout == text
