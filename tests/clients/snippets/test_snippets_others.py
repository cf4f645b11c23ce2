"""PowerShell and HTTPie, and what hostile texts do to all readers of snippets."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.clients.snippets import read_snippet

POWERSHELL = """$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent = "Mozilla/5.0 (X11)"
$session.Cookies.Add((New-Object System.Net.Cookie("sid", "a`$b", "/", "api.example.com")))
Invoke-WebRequest -UseBasicParsing -Uri "https://api.example.com/v1/x" `
-Method "PUT" `
-WebSession $session `
-Headers @{
"authority"="api.example.com"
  "method"="PUT"
  "accept"="*/*"
  "accept-language"="en-US,en;q=0.9"
  "authorization"="Bearer `"q`""
  "origin"="https://app.example.com"
  "sec-fetch-mode"="cors"
} `
-ContentType "application/json" `
-Body "{`"a`":`"$([char]228)`"}"
"""


def test_powershell_copied() -> None:
    found = read_snippet(POWERSHELL)
    assert found is not None
    assert (found.method, found.url, found.origin) == (
        "PUT",
        "https://api.example.com/v1/x",
        "https://app.example.com",
    )
    assert (found.mode, found.credentials, found.body) == ("cors", "include", '{"a":"ä"}')
    assert found.request_headers.pairs == (
        ("authorization", 'Bearer "q"'),
        ("Content-Type", "application/json"),
    )


@pytest.mark.parametrize(
    ("line", "method", "url", "headers"),
    [
        ("iwr https://a.example | Select Content", "GET", "https://a.example", {}),
        (
            "$h = @{ 'X-A' = 'b''c'; Authorization = \"Bearer $token\" }\n"
            "Invoke-RestMethod http://localhost:5000/x -Method Post -Headers $h -Body (@{a=1} | ConvertTo-Json)",
            "POST",
            "http://localhost:5000/x",
            {"X-A": "b'c", "Authorization": "Bearer $token"},
        ),
        ("http :8080/x X-A:b", "GET", "http://localhost:8080/x", {"X-A": "b"}),
        ("http --form POST :/x k=v", "POST", "http://localhost/x", {}),
        (
            "http a.example k=v n:=1 q==2",
            "POST",
            "http://a.example?q=2",
            {"Content-Type": "application/json"},
        ),
        (
            "$ https -a me:x DELETE a.example/x",
            "DELETE",
            "https://a.example/x",
            {"Authorization": "Basic (set)"},
        ),
    ],
)
def test_hand_written(line: str, method: str, url: str, headers: dict[str, str]) -> None:
    found = read_snippet(line)
    assert found is not None
    assert (found.method, found.url) == (method, url)
    assert dict(found.request_headers.pairs) == headers


def test_httpies_origin_and_preflight() -> None:
    found = read_snippet(
        "http -v --verify=no OPTIONS :80/x Origin:https://a.example Access-Control-Request-Method:PUT"
    )
    assert found is not None
    assert (found.method, found.origin) == ("PUT", "https://a.example")
    assert "certificate" in found.observed[0]


@pytest.mark.parametrize(
    "prose", ["http requests are blocked", "https is needed here: a=b", "http 200 for that", "iwr x"]
)
def test_prose_is_no_command(prose: str) -> None:
    assert read_snippet(prose) is None


_WORDS = r"""curl|
-H |-X |'|"|$'|\|^|`| |https://a.example|fetch(|{|}|(|)|[|]|a: b|,|headers|:|axios.post(|iwr |@{|=|http
|x.open('GET',|/*|//|${|new Headers(|.set(|const a = |+|“|-|--data |$([char]55555)|\ud800|&|<|>"""
_PIECES = st.sampled_from(_WORDS.split("|"))


@given(st.lists(_PIECES | st.text(max_size=3), max_size=40).map("".join))
def test_no_text_is_too_odd(text: str) -> None:
    found = read_snippet(text)
    if found is not None:
        f"{found!r}".encode()


_REPEATED = r"""curl -H 'a|curl "|curl “|curl <|curl ^"|curl https://x\
|fetch(|fetch('|fetch({|fetch("\"|fetch(/[|const a = |const a=[|x.open('GET',|api.get<|fetch(a.set('x','y').|iwr @{a=@{
|iwr "`"|iwr (()()|
http :8 a:|
http GET :8 a\|a| |
|$|curl 'x' -|`"""


@pytest.mark.parametrize("piece", _REPEATED.split("|"))
def test_much_of_anything_is_read_at_once(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    began = time.process_time()
    read_snippet(text)
    # Quadratic readers take much longer; the limit leaves room for slow machines.
    assert time.process_time() - began < 3
