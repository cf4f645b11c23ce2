"""RabbitMQ's management API, executed with the rendered settings."""

from __future__ import annotations

import base64
import shutil
import time
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from tests.stacks.asking import ask
from tests.stacks.matrix import POLICIES
from tests.stacks.serving import free_port, program, running

from corsage.server import compile_policy
from corsage.stacks.services.rabbitmq import RabbitMq

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPMessage

BROKER: Final = "/usr/lib/rabbitmq/bin/rabbitmq-server"  # the one in PATH changes the user
POLICY: Final = POLICIES["exact"]
STRANGERS: Final = (
    "https://evil.com",
    "null",
    "https://app.example.evil.com",
    "http://app.example",
    "https://app.example/",
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not Path(BROKER).exists():
        pytest.skip("rabbitmq-server is not installed (Debian: rabbitmq-server)")
    epmd = program("epmd", "erlang-base")
    folder = tmp_path_factory.mktemp("rabbitmq")
    names, distribution, amqp = free_port(), free_port(), free_port()

    def prepare(port: int) -> list[str]:
        shutil.rmtree(folder / "data", ignore_errors=True)
        settings = RabbitMq().render(POLICY).files[0].text
        listeners = f"listeners.tcp.1 = 127.0.0.1:{amqp}\nmanagement.tcp.ip = 127.0.0.1\nmanagement.tcp.port = {port}\n"
        (folder / "rabbitmq.conf").write_text(listeners + settings, encoding="utf-8")
        (folder / "plugins").write_text("[rabbitmq_management].\n", encoding="utf-8")
        # Erlang's name server would stay behind as a daemon: one of our own, in our group of processes, does not.
        return ["sh", "-c", f"{epmd} -address 127.0.0.1 -port {names} & exec {BROKER}"]

    env = {
        "HOME": str(folder),
        "ERL_EPMD_PORT": str(names),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODENAME": f"corsage{names}@localhost",
        "RABBITMQ_DIST_PORT": str(distribution),
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_PID_FILE": str(folder / "pid"),
    }
    with running(prepare, env=env, cwd=folder, patience=120) as started:
        answers_as_it_will(started)
        yield started


def answers_as_it_will(base: str) -> None:
    """Ask until it knows its own paths: it listens before it does."""
    deadline = time.monotonic() + 60
    while asked(base, "/api/overview")[0] != HTTPStatus.OK:
        assert time.monotonic() < deadline, "the management API does not answer"


def asked(
    base: str, path: str, method: str = "GET", *, login: bool = True, **headers: str
) -> tuple[int, HTTPMessage]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if login:
        sent["Authorization"] = "Basic " + base64.b64encode(b"guest:guest").decode()
    return ask(base, path, method, sent)


@pytest.mark.parametrize("origin", POLICY.origins)
def test_listed_origins_may_read_answers_and_errors(base: str, origin: str) -> None:
    for path, login, status in (
        ("/api/overview", True, 200),
        ("/api/overview", False, 401),
        ("/api/nonsense", True, 404),
    ):
        answered, headers = asked(base, path, login=login, Origin=origin)
        assert answered == status
        assert headers.get_all("Access-Control-Allow-Origin") == [origin]
        assert headers["Access-Control-Allow-Credentials"] == "true"
        assert "origin" in headers["Vary"]


@pytest.mark.parametrize("origin", STRANGERS)
def test_strangers_get_nothing(base: str, origin: str) -> None:
    assert not compile_policy(POLICY).allows_listed(origin)
    for method in ("GET", "OPTIONS"):
        _, headers = asked(base, "/api/overview", method, Origin=origin, Access_Control_Request_Method="PUT")
        assert "Access-Control-Allow-Origin" not in headers
        assert "origin" in headers["Vary"]


def test_preflights_need_no_login_and_are_granted(base: str) -> None:
    origin = POLICY.origins[0]
    status, headers = asked(
        base,
        "/api/queues/%2F/x",
        "OPTIONS",
        login=False,
        Origin=origin,
        Access_Control_Request_Method="PUT",
        Access_Control_Request_Headers="authorization,content-type",
    )
    assert status == 200
    assert headers["Access-Control-Allow-Origin"] == origin
    assert "PUT" in headers["Access-Control-Allow-Methods"]
    assert headers["Access-Control-Allow-Headers"] == "authorization,content-type"


def test_without_origin_answers_vary_as_well(base: str) -> None:
    _, headers = asked(base, "/api/overview")
    assert "Access-Control-Allow-Origin" not in headers
    assert "origin" in headers["Vary"]


def test_it_is_recognised_by_its_answers(base: str) -> None:
    from corsage.model import HeaderList
    from corsage.model.evidence import Answer

    status, headers = asked(base, "/api/overview", login=False)
    answer = Answer(status, HeaderList(headers.items()))
    assert max(sign.sure for sign in RabbitMq().signs(answer)) > 0.9
