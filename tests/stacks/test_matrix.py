"""The matrix complains where it must, and nowhere else: tried on small servers that are wrong on purpose."""

from __future__ import annotations

import sys

import pytest
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.policies import ORIGINS
from tests.stacks.serving import NotStartedError, free_port, program, running
from tests.stacks.upstream import OWN_CORS, upstream
from tests.stacks.wrong_servers import QUIRKY, WRONG, Wrong, rightly, strangers_out, wrongly

from corsage.server import compile_policy


@pytest.mark.parametrize("name", POLICIES)
def test_a_right_server_is_praised(name: str) -> None:
    with wrongly(POLICIES[name], rightly) as url:
        assert complaints(url, POLICIES[name]) == []


def test_there_are_origins_for_every_policy() -> None:
    for name, policy in POLICIES.items():
        allowed = [each for each in ORIGINS if compile_policy(policy).allows_listed(each)]
        assert bool(allowed) == (name != "nothing"), name


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__)
def test_a_wrong_server_is_complained_of(wrong: Wrong) -> None:
    with wrongly(POLICIES["exact"], wrong) as url:
        found = complaints(url, POLICIES["exact"])
    for expected in WRONG[wrong]:
        assert any(expected in complaint for complaint in found), (expected, found)


def test_servers_may_refuse_strangers_outright() -> None:
    with wrongly(POLICIES["exact"], strangers_out) as url:
        assert complaints(url, POLICIES["exact"]) == []


@pytest.mark.parametrize(("quirk", "wrong"), QUIRKY.items(), ids=list(QUIRKY))
def test_a_quirk_is_overlooked(quirk: str, wrong: Wrong) -> None:
    policy = POLICIES["exact"]
    with wrongly(policy, wrong) as url:
        assert complaints(url, policy, quirks=frozenset({quirk})) == []
        assert complaints(url, policy) != []


def test_no_such_quirk() -> None:
    with pytest.raises(ValueError, match="no such quirk"):
        complaints("http://127.0.0.1:1", POLICIES["nothing"], quirks=frozenset({"sloppy"}))


def test_nobody_there() -> None:
    found = complaints(f"http://127.0.0.1:{free_port()}", POLICIES["nothing"])
    assert any("no answer: connection-refused" in each for each in found)


def test_an_application_with_its_own_headers_is_complained_of() -> None:
    with upstream(OWN_CORS) as url:
        found = complaints(url, POLICIES["exact"])
    assert any("for a stranger" in each for each in found)


def test_programs_that_do_not_listen_say_why() -> None:
    command = [sys.executable, "-c", "raise SystemExit('no such option')"]
    with pytest.raises(NotStartedError, match="no such option"), running(lambda _: command):
        raise AssertionError


def test_programs_that_are_not_there_are_skipped() -> None:
    with pytest.raises(pytest.skip.Exception, match="no-such-program is not installed"):
        program("no-such-program")


def test_a_program_runs() -> None:
    def command(port: int) -> list[str]:
        return [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]

    with running(command) as url:
        assert url.startswith("http://127.0.0.1:")
