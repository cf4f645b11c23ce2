"""The classic situations, word for word. ``CORSAGE_UPDATE_GOLDEN=1`` writes what is printed now."""

import os
import socket
from pathlib import Path

import pytest
from tests.apps.loopback import PAGE, Api, Run, http, normal

GOLDEN = Path(__file__).parent / "golden"
ALLOW = f"Access-Control-Allow-Origin: {PAGE}"
STAR = "Access-Control-Allow-Origin: *"


def agree(name: str, output: str) -> None:
    path = GOLDEN / f"{name}.txt"
    text = normal(output)
    if os.environ.get("CORSAGE_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_no_cors_headers(api: Api, check: Run) -> None:
    result = check(api.on("/ping", http()))
    assert result.exit_code == 1
    agree("no-cors-headers", result.output)


def test_preflight_without_an_answer(api: Api, check: Run) -> None:
    url = api.on("/ping", http("200 OK", ALLOW, "Vary: Origin"), "PUT")
    result = check(url, "-X", "PUT", "-H", "X-Token: 1")
    assert result.exit_code == 1
    agree("preflight-404", result.output)


def test_credentials_with_a_wildcard(api: Api, check: Run) -> None:
    result = check(api.on("/me", http("200 OK", STAR, "Set-Cookie: sid=1")), "--credentials", "include")
    assert result.exit_code == 1
    agree("credentials-wildcard", result.output)


def test_method_not_allowed(api: Api, check: Run) -> None:
    answer = http("200 OK", ALLOW, "Access-Control-Allow-Methods: GET, POST", "Vary: Origin")
    result = check(api.on("/item", answer), "-X", "DELETE")
    assert result.exit_code == 1
    agree("method-not-allowed", result.output)


def test_header_not_allowed(api: Api, check: Run) -> None:
    answer = http("204 No Content", ALLOW, "Access-Control-Allow-Headers: content-type", body=b"")
    api.on("/json", answer, "OPTIONS")
    arguments = ("-d", "{}", "-H", "Content-Type: application/json", "-H", "Authorization: Bearer s3cret")
    result = check(f"{api.url}/json", *arguments)
    assert result.exit_code == 1
    agree("header-not-allowed", result.output)


def test_header_not_exposed(api: Api, check: Run) -> None:
    answer = http("200 OK", STAR, "Content-Type: application/json", "X-Request-Id: 7", "ETag: 1")
    result = check(api.on("/page", answer))
    assert result.exit_code == 0
    agree("header-not-exposed", result.output)


def test_redirect_without_cors_at_its_end(api: Api, check: Run) -> None:
    api.on("/new", http())
    result = check(api.on("/old", http("301 Moved Permanently", "Location: /new", STAR, body=b"")))
    assert result.exit_code == 1
    agree("redirect", result.output)


def test_mixed_content(check: Run) -> None:
    result = check("http://api.example.com/ping", origin="https://app.example.com")
    assert result.exit_code == 1
    agree("mixed-content", result.output)


def test_nobody_listens(check: Run) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))  # bound and not listening: whoever connects is refused
        result = check(f"http://localhost:{reserved.getsockname()[1]}/ping")
    assert result.exit_code == 3
    agree("refused", result.output)


def test_preflighted_and_readable(api: Api, check: Run) -> None:
    preflight = http("204 No Content", ALLOW, "Access-Control-Allow-Methods: PUT", "Vary: Origin", body=b"")
    api.on("/item", preflight, "OPTIONS")
    api.on("/item", http("200 OK", ALLOW, "Vary: Origin"), "PUT")
    result = check(f"{api.url}/item", "-X", "PUT", "-d", "new")
    assert result.exit_code == 0
    agree("preflighted", result.output)


def test_a_thrown_exception(api: Api, check: Run) -> None:
    result = check(f"{api.url}/ping", "-X", "TRACE")
    assert result.exit_code == 1
    assert api.seen == []
    agree("thrown", result.output)


def test_a_matrix(api: Api, check: Run) -> None:
    named = api.on("/named", http("200 OK", ALLOW, "Vary: Origin"))
    public = api.on("/public", http("200 OK", STAR))
    result = check(
        named, public, "--origin", "http://localhost:4000", "--origin", "null", "-X", "GET", "-X", "PUT"
    )
    assert result.exit_code == 1
    agree("matrix", result.output)


@pytest.mark.parametrize("columns", ["30", "50", "120"])
def test_other_widths(api: Api, check: Run, columns: str) -> None:
    result = check(api.on("/ping", http()), "-X", "PUT", env={"COLUMNS": columns})
    assert result.exit_code == 1
    agree(f"width-{columns}", result.output)
