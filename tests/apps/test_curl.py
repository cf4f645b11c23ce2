"""The ``curl`` lines survive a shell, and send what was sent."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.loopback import Api, Run, finished, http

from corsage.apps.cli.checking.curl import LONGEST_BODY, curl_line, quoted
from corsage.clients.live import LiveOptions
from corsage.model import HeaderList, WireKind, WireRequest, parse_url

POST = "curl -i -X POST http://a.test/"
BASH = shutil.which("bash")
CURL = shutil.which("curl")
needs_bash = pytest.mark.skipif(BASH is None, reason="bash is not installed")
needs_curl = pytest.mark.skipif(BASH is None or CURL is None, reason="curl is not installed")
bytes_as_text = st.text(st.characters(min_codepoint=1, max_codepoint=0xFF), max_size=60)


def wire(
    url: str = "http://a.test/", method: str = "GET", body: bytes | None = None, **headers: str
) -> WireRequest:
    parsed = parse_url(url)
    assert parsed is not None
    pairs = HeaderList((name.replace("_", "-"), value) for name, value in headers.items())
    return WireRequest(WireKind.ACTUAL, method, parsed, pairs, body)


@needs_bash
@given(text=bytes_as_text)
def test_the_shell_gives_back_every_byte(text: str) -> None:
    line = f"printf '%s' {quoted(text)}"
    assert line.isascii()
    assert line.isprintable()
    found = finished(str(BASH), "-c", line, env={"LC_ALL": "C"})
    assert found.stdout == text.encode("latin-1")


@pytest.mark.parametrize(
    ("request_", "line"),
    [
        (wire(), "curl -i http://a.test/"),
        (wire(method="HEAD"), "curl -i --head http://a.test/"),
        (wire(method="DELETE"), "curl -i -X DELETE http://a.test/"),
        (wire(X_Empty=""), "curl -i http://a.test/ -H 'X-Empty;'"),
        (wire("http://a.test/?q=[1]&b='"), "curl -i --globoff 'http://a.test/?q=[1]&b=%27'"),
        (wire(X="$(reboot) `id` \"'\\"), "curl -i http://a.test/ -H 'X: $(reboot) `id` \"'\"'\"'\\'"),
        (wire(X="a\tb"), "curl -i http://a.test/ -H $'X: a\\tb'"),
        (wire(method="POST", body=b"@x"), f"{POST} -H Content-Type: --data-raw @x"),
        (wire(method="POST", body=b"", Content_Type="a/b"), f"{POST} -H 'Content-Type: a/b' --data-raw ''"),
        (wire(method="POST", body=b"\0", Content_Type="a/b"), f"{POST} -H 'Content-Type: a/b' --data-binary @BODY"),
    ],
)  # fmt: skip
def test_lines(request_: WireRequest, line: str) -> None:
    assert curl_line(request_, LiveOptions()) == line


def test_a_long_body_stays_out_of_the_line() -> None:
    line = curl_line(wire(method="POST", body=b"x" * (LONGEST_BODY + 1)), LiveOptions())
    assert line.endswith("--data-binary @BODY")


def test_network_options_come_along() -> None:
    options = LiveOptions(
        insecure=True, resolve=("a.test:80:127.0.0.1",), proxy="http://p.test:1", ca_file="/a b"
    )
    assert curl_line(wire(), options) == (
        "curl -i --insecure --cacert '/a b' --proxy http://p.test:1 --resolve a.test:80:127.0.0.1 http://a.test/"
    )


@needs_curl
@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("-X", "PUT", "-d", "it's\nhere", "-H", "X-Token: é'$(id)"),
        ("-d", "@not-a-file"[1:], "--body-type", "arraybuffer"),
        ("--credentials", "include", "--cookie", "sid=a b; Path=/"),
    ],
)
def test_curl_sends_what_the_browser_sent(api: Api, check: Run, arguments: tuple[str, ...]) -> None:
    answer = http(
        "200 OK",
        "Access-Control-Allow-Origin: http://localhost:3000",
        "Access-Control-Allow-Credentials: true",
        "Access-Control-Allow-Methods: PUT",
        "Access-Control-Allow-Headers: x-token",
    )
    output = check(api.on("/thing", answer), *arguments).stdout
    sent, lines = list(api.seen), [line for line in output.splitlines() if line.startswith("  curl ")]
    assert len(lines) == len(sent)
    api.seen.clear()
    for line in lines:
        assert finished(str(BASH), "-c", f"{line} --silent --noproxy '*'").returncode == 0
    transport = {"user-agent", "host", "accept-encoding", "connection"}
    for ours, theirs in zip(sent, api.seen, strict=True):
        assert (ours.method, ours.path, ours.body) == (theirs.method, theirs.path, theirs.body)
        assert _set(ours.headers, transport) == _set(theirs.headers, transport)


def _set(headers: tuple[tuple[str, str], ...], without: set[str]) -> set[tuple[str, str]]:
    return {(name.lower(), value) for name, value in headers if name.lower() not in without}
