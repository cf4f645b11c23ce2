"""PHP's own server with the rendered text, plain and as WordPress' plugin."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

import pytest
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.more_policies import EVERYTHING, MORE_POLICIES
from tests.stacks.serving import program, running

from corsage.clients.live import LiveTransport
from corsage.model import HeaderList, WireKind, WireRequest, WireResponse, parse_url
from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks import find_stack

if TYPE_CHECKING:
    from pathlib import Path

RUN: Final = {**POLICIES, **MORE_POLICIES, "everything": EVERYTHING}
SITE: Final = """<?php
function add_action($name, $function, $priority = 10) { $function(); }
function remove_filter($name, $function) { return true; }
require __DIR__ . '/cors.php';
switch (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
    case '/ok':
        header('X-Total: 1');
        echo 'ok';
        break;
    case '/boom':
        throw new Exception('boom');
    case '/moved':
        header('Location: /ok', true, 302);
        break;
    default:
        http_response_code(404);
}
"""


def command(stack: str, policy: Policy, folder: Path, port: int) -> list[str]:
    found = find_stack(stack)
    assert found is not None
    (file,) = found.render(policy).files
    (folder / "cors.php").write_text(file.text)
    (folder / "site.php").write_text(SITE)
    php = program("php", "php-cli")
    return [php, "-n", "-d", "display_errors=0", "-d", "log_errors=0", "-S", f"127.0.0.1:{port}", "site.php"]


@pytest.mark.parametrize("name", RUN)
@pytest.mark.parametrize("stack", ["php", "wordpress"])
def test_it_does_what_the_policy_says(stack: str, name: str, tmp_path: Path) -> None:
    policy = RUN[name]
    with running(lambda port: command(stack, policy, tmp_path, port), cwd=tmp_path) as url:
        found = complaints(url, policy)
    # PHP's own server knows no such method, and answers it itself.
    assert [each for each in found if not each.startswith("a bad method")] == []


WHOLE: Final = Policy(
    origins=["https://a.example"],
    origin_regexes=["https://['~/]+\\.example", "https://\\$x\\.b\\.example"],
    methods=["X'Y", "M-$a"],
    request_headers=["x'y", "x-$b"],
    exposed_headers=["z-'$c"],
    credentials=True,
    max_age=0,
    private_network=True,
    timing=True,
    resource_policy="cross-origin",
    preflight_status=200,
)


def ask(url: str, method: str, *headers: tuple[str, str]) -> WireResponse:
    parsed = parse_url(url)
    assert parsed is not None
    with LiveTransport() as transport:
        answer = transport(WireRequest(WireKind.PREFLIGHT, method, parsed, HeaderList(headers)))
    assert isinstance(answer, WireResponse)
    return answer


def test_every_part_of_a_policy_is_written_and_stays_text(tmp_path: Path) -> None:
    origin = ("Origin", "https://a.example")
    asked = (
        origin,
        ("Access-Control-Request-Method", "PUT"),
        ("Access-Control-Request-Private-Network", "true"),
    )
    with running(lambda port: command("php", WHOLE, tmp_path, port), cwd=tmp_path) as url:
        preflight = ask(f"{url}/ok", "OPTIONS", *asked)
        actual = ask(f"{url}/ok", "GET", origin)
        stranger = ask(f"{url}/ok", "GET", ("Origin", "https://~.example.evil.com"))
    assert preflight.status == 200
    assert preflight.headers.get("access-control-allow-methods") == "X'Y, M-$a"
    assert preflight.headers.get("access-control-allow-headers") == "x'y, x-$b"
    assert preflight.headers.get("access-control-max-age") == "0"
    assert preflight.headers.get("access-control-allow-private-network") == "true"
    assert actual.headers.get("access-control-expose-headers") == "z-'$c"
    assert actual.headers.get("timing-allow-origin") == "https://a.example"
    assert actual.headers.get("cross-origin-resource-policy") == "cross-origin"
    assert stranger.headers.get("access-control-allow-origin") is None


def test_preflights_can_go_on_to_the_application(tmp_path: Path) -> None:
    policy = Policy(origins=["https://a.example"], methods=["PUT"], preflight_continue=True)
    asked = (("Origin", "https://a.example"), ("Access-Control-Request-Method", "PUT"))
    with running(lambda port: command("php", policy, tmp_path, port), cwd=tmp_path) as url:
        answer = ask(f"{url}/ok", "OPTIONS", *asked)
    assert answer.body == b"ok"
    assert answer.headers.get("access-control-allow-methods") == "PUT"


def test_its_answers_are_recognised(tmp_path: Path) -> None:
    with running(lambda port: command("php", POLICIES["public"], tmp_path, port), cwd=tmp_path) as url:
        answer = ask(f"{url}/missing", "GET")
    php = find_stack("php")
    assert php is not None
    assert next(sign.why for sign in php.signs(Answer(404, answer.headers))).startswith("X-Powered-By: PHP/")


@pytest.mark.parametrize("policy", [*POLICIES.values(), WHOLE])
@pytest.mark.parametrize("stack", ["laravel", "wordpress", "php", "symfony"])
def test_php_can_read_it(stack: str, policy: Policy, tmp_path: Path) -> None:
    found = find_stack(stack)
    assert found is not None
    path = tmp_path / "it.php"
    path.write_text(
        next(file.text for file in found.render(policy).files[::-1] if file.language in {"php", "yaml"})
    )
    done = subprocess.run(
        [program("php", "php-cli"), "-n", "-l", str(path)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
