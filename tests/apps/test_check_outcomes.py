"""Verdicts, exit codes and what goes over the wire."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.apps.loopback import CORSAGE, PAGE, Api, Run, finished, http

ALLOW = f"Access-Control-Allow-Origin: {PAGE}"
STAR = "Access-Control-Allow-Origin: *"
ANY_METHOD = "Access-Control-Allow-Methods: *"
ANY_HEADER = "Access-Control-Allow-Headers: *"


def result_of(check: Run, *arguments: str, **options: object) -> dict[str, Any]:
    found = check(*arguments, "--json", **options)
    assert found.stdout, found.output
    [result] = json.loads(found.stdout)["results"]
    return dict(result) | {"exit_code": found.exit_code}


@pytest.mark.parametrize(
    ("answer", "arguments", "verdict", "code"),
    [
        (http("200 OK", STAR), (), "readable", 0),
        (http("500 Internal Server Error", STAR), (), "readable", 0),
        (http(), (), "blocked", 1),
        (http(), ("--mode", "no-cors"), "opaque", 1),
        (http(), ("--mode", "same-origin"), "blocked", 1),
        (http("302 Found", "Location: /x", STAR), ("--redirect", "manual"), "opaque", 1),
        (http("302 Found", "Location: /x", STAR), ("--redirect", "error"), "blocked", 1),
        (http("200 OK", STAR, ANY_METHOD), ("-X", "PUT"), "readable", 0),
        (http("200 OK", STAR), ("-X", "CONNECT"), "thrown", 1),
        (http("200 OK", STAR), ("-X", "GET", "-d", "body"), "thrown", 1),
        (http("200 OK", STAR), ("-H", "X: \u20ac"), "thrown", 1),
        (http("200 OK", STAR), ("--cache", "only-if-cached"), "thrown", 1),
        (http("200 OK", "Content-Type: image/png"), ("--element", "img"), "loaded", 0),
        (http("200 OK", STAR), ("--element", "img", "--crossorigin", "anonymous"), "loaded", 0),
        (http("200 OK", STAR), ("--element", "img", "--crossorigin", "use-credentials"), "blocked", 1),
        (http("404 Not Found", "Content-Type: text/javascript"), ("--element", "script"), "unusable", 1),
        (http("200 OK", "Cross-Origin-Resource-Policy: same-origin"), ("--element", "script"), "blocked", 1),
        (b"", (), "network-failure", 3),
        (b"nonsense\r\n\r\n", (), "network-failure", 3),
    ],
)
def test_verdicts(
    api: Api, check: Run, answer: bytes, arguments: tuple[str, ...], verdict: str, code: int
) -> None:
    url = api.on("/thing", answer)
    found = result_of(check, url, *arguments)
    assert (found["verdict"], found["exit_code"]) == (verdict, code)
    assert check(url, *arguments).exit_code == code


@pytest.mark.parametrize(
    ("arguments", "content_type", "body"),
    [
        (("-d", "a=1"), "text/plain;charset=UTF-8", b"a=1"),
        (
            ("-d", "a=1", "--body-type", "urlsearchparams"),
            "application/x-www-form-urlencoded;charset=UTF-8",
            b"a=1",
        ),
        (("-d", "{}", "--body-type", "blob", "--blob-type", "text/csv"), "text/csv", b"{}"),
        (("-d", "{}", "--body-type", "blob"), None, b"{}"),
        (("-d", "{}", "--body-type", "arraybuffer"), None, b"{}"),
        (("-d", "é"), "text/plain;charset=UTF-8", "é".encode()),
        (("-d", "{}", "-H", "Content-Type: application/json"), "application/json", b"{}"),
    ],
)
def test_bodies(
    api: Api, check: Run, arguments: tuple[str, ...], content_type: str | None, body: bytes
) -> None:
    url = api.on("/form", http("200 OK", STAR, ANY_HEADER, ANY_METHOD))
    assert check(url, *arguments).exit_code == 0
    post = next(seen for seen in api.seen if seen.method == "POST")
    assert (post.header("content-type"), post.body) == (content_type, body)


def test_a_form_is_sent_as_multipart(api: Api, check: Run) -> None:
    url = api.on("/form", http("200 OK", STAR))
    assert check(url, "-d", 'a=1&b"=%C3%A9', "--body-type", "formdata").exit_code == 0
    [post] = api.seen
    boundary = (post.header("content-type") or "").partition("boundary=")[2].encode()
    assert post.body.count(boundary) == 3
    assert b'name="a"\r\n\r\n1\r\n' in post.body
    assert 'name="b%22"\r\n\r\né\r\n'.encode() in post.body


def test_a_body_from_standard_input_or_a_file(api: Api, check: Run, tmp_path: Path) -> None:
    url = api.on("/form", http("200 OK", STAR))
    (tmp_path / "body").write_bytes(b"\x00\xff")
    assert check(url, "-d", "@-", input="typed").exit_code == 0
    assert check(url, "-d", f"@{tmp_path / 'body'}").exit_code == 0
    assert [seen.body for seen in api.seen] == [b"typed", b"\x00\xff"]


def test_another_browser_may_come_to_another_verdict(api: Api, check: Run) -> None:
    url = api.on("/ping", http("200 OK", STAR))
    result = check(url, origin="https://app.example.com")
    assert result.exit_code == 0
    assert "Not so in Safari: blocked (MixedContent)." in result.output
    assert check(url, "--profile", "safari", origin="https://app.example.com").exit_code == 1


def test_other_browsers_are_replayed_and_not_asked_again(api: Api, check: Run) -> None:
    url = api.on("/item", http("200 OK", ALLOW, ANY_METHOD))
    assert check(url, "-X", "PUT").exit_code == 0
    assert [seen.method for seen in api.seen] == ["OPTIONS", "PUT"]


def test_a_browser_that_sends_more_is_asked_only_what_is_harmless(api: Api, check: Run) -> None:
    # User-Agent: Chromium ignores it and sends no preflight; the two others ask first.
    url = api.on("/item", http("200 OK", STAR, ANY_HEADER))
    assert check(url, "-d", "x", "-H", "User-Agent: mine").exit_code == 0
    assert [seen.method for seen in api.seen].count("POST") == 1
    assert "OPTIONS" in [seen.method for seen in api.seen]


def test_a_browser_that_would_send_what_was_not_sent_is_not_guessed_at(api: Api, check: Run) -> None:
    # Under the standard's profile the preflight fails for User-Agent; Chromium would go straight to the POST.
    url = api.on("/item", http("200 OK", STAR))
    result = check(url, "-d", "x", "-H", "User-Agent: mine", "--profile", "standard")
    assert result.exit_code == 1
    assert f"Chrome: not known: it would send POST {url}" in " ".join(result.output.split())
    assert [seen.method for seen in api.seen] == ["OPTIONS"]


def test_a_cookie_is_sent_with_credentials_and_otherwise_missed(api: Api, check: Run) -> None:
    url = api.on("/me", http("200 OK", ALLOW, "Access-Control-Allow-Credentials: true"))
    with_credentials = check(url, "--cookie", "sid=s3cret", "--credentials", "include")
    assert api.seen[0].header("cookie") == "sid=s3cret"
    assert "Cookie: sid" in with_credentials.output
    without = check(url, "--cookie", "sid=s3cret")
    assert "No cookie was sent: the request's credentials mode is same-origin." in without.output


def test_a_withheld_cookie_is_explained(api: Api, check: Run) -> None:
    url = api.on("/me", http("200 OK", STAR))
    result = check(
        url,
        "--cookie",
        "sid=1",
        "--element",
        "img",
        "--address-space",
        "loopback",
        origin="http://app.example.com",
    )
    assert "Cookie sid withheld: SameSite=Lax on a cross-site request." in result.output


def test_a_header_that_scripts_cannot_set_is_pointed_out(api: Api, check: Run) -> None:
    result = check(api.on("/me", http("200 OK", STAR)), "-H", "Cookie: sid=1")
    assert "The browser drops the header Cookie" in result.output
    assert api.seen[0].header("cookie") is None


def test_missing_vary_is_pointed_out(api: Api, check: Run) -> None:
    assert "Vary: Origin" in check(api.on("/a", http("200 OK", ALLOW))).output
    result = check(api.on("/b", http("200 OK", ALLOW, "Vary: Accept, origin")))
    assert "does not say Vary: Origin" not in result.output


@pytest.mark.parametrize(
    ("arguments", "origin", "sent"),
    [
        ((), "null", "null"),
        (("--sandboxed",), PAGE, "null"),
        (("--page", f"{PAGE}/a/b"), None, PAGE),
        (("--page", f"{PAGE}/a/b"), PAGE, PAGE),
        (("--page", f"{PAGE}/a/b"), "null", "null"),
        ((), "capacitor://localhost", "capacitor://localhost"),
        ((), "chrome-extension://abcdefghijklmnop", "chrome-extension://abcdefghijklmnop"),
        ((), "file:///home/me/page.html", "null"),
        (("--address-space", "local"), "http://bücher.localhost", "http://xn--bcher-kva.localhost"),
        ((), "http://localhost:80", "http://localhost"),
    ],
)
def test_origins(api: Api, check: Run, arguments: tuple[str, ...], origin: str | None, sent: str) -> None:
    found = result_of(check, api.on("/ping", http("200 OK", STAR)), *arguments, origin=origin)
    assert found["verdict"] == "readable"
    assert found["origin"] == sent
    assert api.seen[0].header("origin") == sent


def test_local_network_access(api: Api, check: Run) -> None:
    url = api.on("/ping", http("200 OK", STAR))
    insecure = result_of(check, url, origin="http://app.example.com")
    assert insecure["code"] == "InsecureLocalNetwork"
    denied = result_of(check, url, "--local-network-permission", "denied", origin="https://app.example.com")
    assert denied["code"] == "LocalNetworkAccessPermissionDenied"
    near = result_of(check, url, "--address-space", "loopback", origin="http://app.example.com")
    assert near["verdict"] == "readable"


def test_an_upload_listener_asks_first(api: Api, check: Run) -> None:
    url = api.on("/up", http("200 OK", STAR))
    assert check(url, "--xhr", "-d", "x").exit_code == 0
    assert check(url, "--xhr", "-d", "x", "--upload-listener").exit_code == 0
    assert [seen.method for seen in api.seen] == ["POST", "OPTIONS", "POST"]


def test_a_network_failure_does_not_hide_a_block(api: Api, run: Run) -> None:
    blocked, dead = api.on("/blocked", http()), api.on("/dead", b"")
    assert run("check", dead, dead, "--origin", PAGE).exit_code == 3
    assert run("check", dead, blocked, "--origin", PAGE).exit_code == 1


def test_colours_are_for_terminals_and_for_who_asks(api: Api, check: Run) -> None:
    url = api.on("/ping", http())
    assert "\x1b[" not in check(url).stdout
    assert "\x1b[" in check(url, "--color", "always").stdout
    assert "\x1b[" in check(url, "--color", "always", env={"NO_COLOR": "1"}).stdout
    assert "\x1b[" not in check(url, "--color", "never", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[" not in check(url, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout


def test_verbose_adds_every_step_and_the_times(api: Api, check: Run) -> None:
    output = check(api.on("/ping", http("200 OK", STAR)), "-v").output
    assert "Every step" in output
    assert "https://fetch.spec.whatwg.org/#concept-cors-check" in output
    assert "first byte" in output
    assert "from 127.0.0.1" in output


def test_ascii_where_the_encoding_has_nothing_else(api: Api) -> None:
    command = (*CORSAGE, "check", api.on("/ping", http()), "--origin", PAGE)
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    found = finished(*command, env=environment)
    assert found.returncode == 1
    assert found.stdout.isascii()
    assert found.stdout.startswith(b"x Blocked: the page at http://localhost:3000 cannot read the response.")
