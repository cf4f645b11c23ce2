"""``corsage check --diagnose``: what is asked beside the request, and what comes of it."""

from __future__ import annotations

import json
import socket
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
from tests.apps.json_schema import problems
from tests.apps.loopback import PAGE, Api, Run, Seen, http
from tests.apps.test_check_json import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

ALLOW = f"Access-Control-Allow-Origin: {PAGE}"
ONE: dict[str, Any] = json.loads(
    (resources.files("corsage.apps.cli.diagnosing") / "diagnosis.schema.json").read_text(encoding="utf-8")
)


def refuses_origins(seen: Seen) -> bytes:
    return http("403 Forbidden", body=b"") if seen.header("origin") else http()


def knows_one_header(seen: Seen) -> bytes:
    """Drop every CORS header where one that is asked for is not allowed, as several libraries do."""
    if seen.method != "OPTIONS":
        return http("200 OK", ALLOW, "Vary: Origin")
    if "x-token" in (seen.header("access-control-request-headers") or ""):
        return http("200 OK", body=b"")
    return http("204 No Content", ALLOW, "Access-Control-Allow-Methods: PUT", "Vary: Origin", body=b"")


def knows_one_method(seen: Seen) -> bytes:
    if seen.header("access-control-request-method") == "DELETE":
        return http("200 OK", body=b"")
    return http("204 No Content", ALLOW, "Access-Control-Allow-Methods: PUT", "Vary: Origin", body=b"")


CACHED = http("200 OK", "Access-Control-Allow-Origin: https://other.example", "Age: 30", "X-Cache: HIT")
FRESH = http("200 OK", ALLOW)
TWICE = http("200 OK", ALLOW, "Access-Control-Allow-Origin: *")


@pytest.fixture
def answering(api: Api, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Seen], bytes]], str]:
    """Let the server answer everything by one function, which sees the query, too."""

    def set_up(answer: Callable[[Seen], bytes]) -> str:
        def answered(seen: Seen) -> bytes:
            api.seen.append(seen)
            return answer(seen)

        monkeypatch.setattr(api, "answer", answered)
        return f"{api.url}/item"

    return set_up


def kinds(api: Api) -> list[tuple[str, str | None]]:
    return [(each.method, each.header("origin")) for each in api.seen]


@pytest.mark.parametrize(
    ("answer", "arguments", "rule", "probes"),
    [
        (refuses_origins, (), "CORS211", ["without Origin: 200", "as a stranger: 403", "past every cache: 403"]),
        (
            lambda seen: FRESH if "?" in seen.path else CACHED,
            (),
            "CORS431",
            ["without Origin: 200", "as a stranger: 200", f"past every cache: 200, Access-Control-Allow-Origin {PAGE}"],
        ),
        (lambda _: TWICE, (), "CORS202", [f"as a stranger: 200, Access-Control-Allow-Origin {PAGE}, *"]),
        (
            knows_one_header,
            ("-X", "PUT", "-H", "X-Token: 1"),
            "CORS221",
            [f"a preflight that asks for no header: 204, Access-Control-Allow-Origin {PAGE}"],
        ),
        (
            knows_one_method,
            ("-X", "DELETE"),
            "CORS223",
            [f"a preflight for POST: 204, Access-Control-Allow-Origin {PAGE}"],
        ),
    ],
    ids=["403 with Origin", "a cache without Vary", "two headers", "one header not allowed", "one method not allowed"],
)  # fmt: skip
def test_what_decides(
    check: Run,
    api: Api,
    answering: Callable[..., str],
    answer: Callable[[Seen], bytes],
    arguments: tuple[str, ...],
    rule: str,
    probes: list[str],
) -> None:
    url = answering(answer)
    text = " ".join(check(url, *arguments, "--diagnose").stdout.split())
    asked = list(kinds(api))
    own = 1 if asked[0][0] == "GET" else sum(method in ("OPTIONS", "PUT") for method, _ in asked[:1])
    assert len(asked) - own <= 5
    assert {method for method, _ in asked} <= {"GET", "HEAD", "OPTIONS"}
    assert {origin for _, origin in asked} <= {PAGE, None, "https://stranger.example"}
    beside = text.partition("What was asked beside it")[2].partition("Cause: ")[0]
    assert beside.count("· ") == len(asked) - own
    assert all(each in beside for each in probes)
    assert text.partition("Cause: ")[2].startswith(f"{rule} ")


def test_json_fits_the_schema(check: Run, answering: Callable[..., str]) -> None:
    result = check(answering(refuses_origins), "--diagnose", "--stack", "nginx", "--json")
    document = json.loads(result.stdout)
    assert problems(document, SCHEMA, SCHEMA) == []
    assert result.stdout.isascii()
    assert document["diagnosis"]["findings"][0]["rule"] == "CORS211"
    assert "nginx" in {each["stack"] for each in document["diagnosis"]["stacks"]}
    document["diagnosis"]["more"] = 1
    assert problems(document, SCHEMA, SCHEMA)


def test_the_schema_of_the_diagnosis_is_that_of_explain() -> None:
    body = SCHEMA["$defs"]["diagnosis"]
    head = {"schema", "version", "exit_code"}
    assert body["properties"] == {name: each for name, each in ONE["properties"].items() if name not in head}
    assert body["required"] == [name for name in ONE["required"] if name not in head]
    assert all(SCHEMA["$defs"][name] == each for name, each in ONE["$defs"].items())


def test_the_fix_is_written_for_the_stack(check: Run, answering: Callable[..., str]) -> None:
    text = check(answering(lambda _: http()), "--diagnose", "--stack", "django").stdout
    assert "For Django" in text
    assert PAGE in text.partition("For Django")[2]
    assert "What to change" not in text


def test_what_is_fine_is_not_diagnosed(check: Run, api: Api, answering: Callable[..., str]) -> None:
    result = check(answering(lambda _: http("200 OK", ALLOW, "Vary: Origin")), "--diagnose")
    assert result.exit_code == 0
    assert len(api.seen) == 1
    assert "What was asked beside it" not in result.stdout
    assert "Cause: " not in result.stdout


def test_where_nobody_answers_nobody_is_asked_again(check: Run) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))  # bound and not listening: whoever connects is refused
        url = f"http://localhost:{reserved.getsockname()[1]}/ping"
        result = check(url, "--diagnose")
        brief = check(url)
    assert result.exit_code == 3
    assert "Cause: CORS462" in result.stdout
    assert "What was asked beside it" not in result.stdout
    assert "--diagnose asks the server" not in brief.stdout


def test_what_is_never_sent_is_not_probed(check: Run, api: Api) -> None:
    mixed = check("http://api.example.com/ping", "--diagnose", origin="https://app.example.com")
    assert "Cause: CORS241" in mixed.stdout
    thrown = check(f"{api.url}/ping", "-X", "TRACE", "--diagnose")
    assert thrown.exit_code == 1
    assert api.seen == []


def test_requests_that_change_something_are_not_repeated(
    check: Run, api: Api, answering: Callable[..., str]
) -> None:
    check(answering(lambda _: http()), "-d", "a=1", "--diagnose")
    assert [each.method for each in api.seen].count("POST") == 1
    api.seen.clear()
    answer = http("200 OK", "Access-Control-Allow-Methods: PUT", ALLOW.replace("3000", "3001"))
    allowed = http("204 No Content", ALLOW, "Access-Control-Allow-Methods: PUT", body=b"")
    check(
        answering(lambda seen: allowed if seen.method == "OPTIONS" else answer),
        "-X",
        "PUT",
        "-d",
        "x",
        "--diagnose",
    )
    assert [each.method for each in api.seen].count("PUT") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--stack", "nginx"), "--stack is for --diagnose"),
        (("--diagnose", "--stack", "ngnix"), "did you mean nginx?"),
        (("--diagnose", "-X", "GET", "-X", "PUT"), "--diagnose looks at one request"),
    ],
)
def test_usage(check: Run, api: Api, arguments: tuple[str, ...], says: str) -> None:
    result = check(f"{api.url}/ping", *arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert api.seen == []


def test_a_stack_that_nobody_knows_is_no_obstacle(check: Run, api: Api) -> None:
    result = check(f"{api.url}/ping", "--diagnose", "--stack", "\x1b[2J")
    assert result.exit_code != 2
    assert "note: --stack \\x1b[2J: there is no such stack" in result.stderr
    assert api.seen != []


def test_what_servers_wrote_is_escaped(check: Run, answering: Callable[..., str]) -> None:
    evil = http("200 OK", "Access-Control-Allow-Origin: \x1b[2J<b>", "Server: \x9b\x07nginx", body=b"\x1b[2J")
    result = check(answering(lambda _: evil), "--diagnose")
    assert result.exit_code == 1
    assert all(char.isprintable() or char == "\n" for char in result.stdout)


def test_the_certificate_that_was_refused_is_shown(check: Run, secure_api: Api) -> None:
    url = secure_api.on("/ping", http("200 OK", ALLOW))
    text = " ".join(check(url, "-H", "X-Token: secret", "--diagnose").stdout.split())
    beside = text.partition("What was asked beside it")[2].partition("Cause: ")[0]
    assert "the peer's certificate: " in beside
    assert "for localhost, until " in beside
    assert "Cause: CORS461" in text
    [asked] = secure_api.seen
    assert (asked.method, asked.path) == ("HEAD", "/")
    assert asked.header("x-token") is None
    assert asked.header("origin") is None


def test_a_server_that_is_less_public_than_the_page_is_told_of(check: Run, api: Api) -> None:
    url = api.on("/ping", http())
    assert "the server's address" not in check(url, "--diagnose").stdout
    public = " ".join(check(url, "--diagnose", origin="https://app.example.com").stdout.split())
    assert "the server's address: 127.0.0.1, this machine" in public
