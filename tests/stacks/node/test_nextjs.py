"""What is rendered for Next.js, started and asked everything."""

from __future__ import annotations

import pytest
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.node.asking import ask
from tests.stacks.node.next_server import APPLICATION, served

from corsage.stacks.node.nextjs import NextJs


@pytest.mark.parametrize("name", ["exact", "regex"])
def test_nextjs_does_what_the_policy_says(name: str) -> None:
    policy = POLICIES[name]
    with served(NextJs().render(policy).files[0].text) as url:
        assert complaints(url, policy) == []


def test_nextjs_answers_everyone_where_everyone_is_meant() -> None:
    with served(NextJs().render(POLICIES["public"]).files[0].text) as url:
        for answer in (ask(f"{url}/ok"), ask(f"{url}/boom", Origin="https://x.example")):
            assert answer.headers.lines("access-control-allow-origin") == ["*"]
        preflight = ask(
            f"{url}/ok", "OPTIONS", Origin="https://x.example", Access_Control_Request_Method="PUT"
        )
    assert preflight.status == 204
    assert preflight.headers.get("access-control-allow-methods") == "GET, HEAD, POST, PUT, DELETE"


def test_the_page_of_a_404_loses_vary() -> None:
    """What a limit says of it; the day it does not, the limit goes."""
    without = {name: text for name, text in APPLICATION.items() if "path" not in name}
    with served(NextJs().render(POLICIES["exact"]).files[0].text, without) as url:
        missing = ask(f"{url}/missing", Origin="https://app.example")
    assert missing.headers.get("access-control-allow-origin") == "https://app.example"
    assert "origin" not in (missing.headers.get("vary") or "").lower().split(", ")
    assert any("Vary: Origin" in limit for limit in NextJs().render(POLICIES["exact"]).limits)
    assert NextJs().render(POLICIES["public"]).limits == ()
