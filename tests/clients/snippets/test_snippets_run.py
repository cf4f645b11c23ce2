"""The readers against the real thing: bash parts words as we do, and Node.js calls what we say is called."""

import json
import shutil
import subprocess

import pytest

from corsage.clients.snippets import read_snippet
from corsage.clients.snippets.words import posix_words

COMMAND_LINES = [
    r"""'a b' "c d" e\ f g""",
    r"""$'it\'s \u0021 \x41 \101 \\ \n \t x'""",
    r'''"a\"b \$x \` \\ c\d"''',
    r"""a'b'"c"d""",
    r"""-H'X: y' --data '{"a": "b"}'""",
    "a \\\n b c\\\nd",
    r"""'' "" x""",
    "a#b",
    "$'\\e[0m' \"x\\\ny\"",
    r"""x\"y '"' "'" """,
    "é $'\\u00e9\\U0001F600'",
    "a=1\\&b=2 'x;y' \"p|q\"",
]
CALLS = [
    "fetch('https://a.example/x')",
    "fetch(\"https://a.example/\\u0041\\x42\", {method: 'PUT', body: 'a\\nb\\'c'})",
    "const base = 'https://a.example'\nfetch(base + '/x' + \"?y\", {headers: {'X-A': \"b\", 'X-C': 'd' + 'e',},"
    " credentials: 'include'})",
    "const o = {method: 'PATCH', /* why */ mode: 'cors', // so\n"
    " body: JSON.stringify({a: [1, 2.5, true, null], 'b c': {d: ''}})};\nfetch('https://a.example', o)",
    "fetch('https://a.example', {method: ('PUT'), headers: [['X-A', 'b']]})",
]


@pytest.mark.parametrize("line", COMMAND_LINES)
def test_words_are_those_of_bash(line: str) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    done = subprocess.run(
        [bash, "-c", f"LC_ALL=C.UTF-8; printf '%s\\0' {line}"], capture_output=True, check=True
    )
    assert posix_words(line).words == done.stdout.decode().split("\0")[:-1]


def test_calls_are_those_of_node() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    stub = "function fetch(url, o) { console.log(JSON.stringify([url, o || {}])); return {then() {}} }\n"
    blocks = "\n".join(f"{{\n{call}\n}}" for call in CALLS)
    done = subprocess.run([node, "-e", stub + blocks], capture_output=True, text=True, check=True)
    for call, line in zip(CALLS, done.stdout.splitlines(), strict=True):
        url, options = json.loads(line)
        found = read_snippet(call)
        assert found is not None
        headers = options.get("headers", {})
        assert found.url == url
        assert found.method == options.get("method", "GET")
        assert found.credentials == options.get("credentials", "same-origin")
        assert dict(found.request_headers.pairs) == dict(headers)
        body = options.get("body")
        same = found.body == body or (body is not None and json.loads(found.body or "") == json.loads(body))
        assert same
