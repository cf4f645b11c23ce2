"""JavaScript: what calls of web APIs ask for, as far as they say it literally."""

import pytest

from corsage.clients.snippets import read_snippet

CHROME = """fetch("https://api.example.com/v1/items", {
  "headers": {
    "accept": "*/*",
    "accept-language": "en-US,en;q=0.9",
    "content-type": "application/json",
    "sec-ch-ua": "\\"Chromium\\";v=\\"120\\"",
    "sec-fetch-dest": "empty",
    "sec-fetch-mode": "cors",
    "x-token": "a"
  },
  "referrer": "https://app.example.com/page",
  "referrerPolicy": "strict-origin-when-cross-origin",
  "body": "{\\"a\\":1}",
  "method": "PUT",
  "mode": "cors",
  "credentials": "include"
});"""
CHROME_NODE = """fetch("https://api.example.com/n", {
  "headers": {
    "accept": "*/*",
    "cookie": "a=b",
    "Referer": "https://app.example.com/",
    "Referrer-Policy": "strict-origin-when-cross-origin"
  },
  "body": null,
  "method": "GET"
});"""
FIREFOX = """await fetch("https://api.example.com/x", {
    "credentials": "omit",
    "headers": {
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:120.0)",
        "Accept": "*/*",
        "Accept-Language": "en-US,en;q=0.5",
        "X-Custom": "1"
    },
    "referrer": "http://localhost:3000/",
    "method": "GET",
    "mode": "cors"
});"""


def test_chromes_copy() -> None:
    found = read_snippet(CHROME)
    assert found is not None
    assert (found.method, found.url, found.mode) == ("PUT", "https://api.example.com/v1/items", "cors")
    assert (found.origin, found.page) == ("https://app.example.com", "https://app.example.com/page")
    assert (found.credentials, found.body, found.observed) == ("include", '{"a":1}', ())
    assert found.request_headers.names() == ["content-type", "x-token"]


def test_chromes_include_is_no_proof_beside_authorization() -> None:
    # DevTools write it for cookies and for Authorization alike.
    found = read_snippet(CHROME.replace("x-token", "authorization"))
    assert found is not None
    assert found.credentials == ""


def test_chromes_copy_for_node() -> None:
    found = read_snippet(CHROME_NODE)
    assert found is not None
    assert (found.origin, found.credentials, found.observed) == ("https://app.example.com", "include", ())
    assert not found.request_headers


def test_firefoxes_copy() -> None:
    found = read_snippet(FIREFOX)
    assert found is not None
    assert (found.method, found.origin, found.credentials) == ("GET", "http://localhost:3000", "")
    assert found.request_headers.pairs == (("X-Custom", "1"),)


@pytest.mark.parametrize(
    ("code", "method", "url", "credentials", "headers"),
    [
        ("fetch('https://a.example')", "GET", "https://a.example", "same-origin", {}),
        ("fetch(`${API}/x/${id}`, {method: 'delete'})", "delete", "${API}/x/${id}", "same-origin", {}),
        ("fetch(API + '/x', { credentials: 'include' })", "GET", "${API}/x", "include", {}),
        (
            "const url = 'http://localhost:3000/api'\nconst o = {method: 'PUT', headers: new Headers({'X-A': 'b'})}\n"
            "fetch(url + '/x', o)",
            "PUT",
            "http://localhost:3000/api/x",
            "same-origin",
            {"X-A": "b"},
        ),
        (
            "fetch('https://a.example', {headers: [['X-A', 'b'], ['X-C', `${d}`]]}) // comment )",
            "GET",
            "https://a.example",
            "same-origin",
            {"X-A": "b", "X-C": "${d}"},
        ),
        ("fetch('https://a.example', { ...rest })", "", "https://a.example", "", {}),
        (
            "fetch('https://a.example', {method: isNew ? 'POST' : 'PUT'})",
            "",
            "https://a.example",
            "same-origin",
            {},
        ),
        ("new Request('https://a.example', {method: 'PUT'})", "PUT", "https://a.example", "same-origin", {}),
        (
            "axios.get('https://a.example', {withCredentials: true})",
            "GET",
            "https://a.example",
            "include",
            {},
        ),
        (
            "axios.post('https://a.example', {a: 1}, {headers: {'X-A': 'b'}})",
            "POST",
            "https://a.example",
            "same-origin",
            {"X-A": "b", "Content-Type": "application/json"},
        ),
        ("axios({method: 'put', url: 'https://a.example'})", "PUT", "https://a.example", "same-origin", {}),
        (
            "axios.defaults.withCredentials = true;\naxios.get('https://a.example')",
            "GET",
            "https://a.example",
            "include",
            {},
        ),
        (
            "const api = axios.create({baseURL: 'https://a.example/v1/', withCredentials: true});\napi.get('/users')",
            "GET",
            "https://a.example/v1/users",
            "include",
            {},
        ),
        (
            "$.ajax({url: 'https://a.example', type: 'POST', contentType: 'application/json',\n"
            "xhrFields: {withCredentials: true}})",
            "POST",
            "https://a.example",
            "include",
            {"Content-Type": "application/json"},
        ),
        ("jQuery.post('https://a.example', 'a=1')", "POST", "https://a.example", "same-origin", {}),
        ("$.getJSON('https://a.example', function (d) {})", "GET", "https://a.example", "same-origin", {}),
        (
            "var r = new XMLHttpRequest();\nr.withCredentials = true;\nr.open('get', 'https://a.example');\n"
            "r.setRequestHeader('X-A', 'b');\nr.send();",
            "GET",
            "https://a.example",
            "include",
            {"X-A": "b"},
        ),
        (
            "return this.http.post<User[]>('https://a.example', {}, {headers: new HttpHeaders().set('X-A', 'b')});",
            "POST",
            "https://a.example",
            "same-origin",
            {"X-A": "b", "Content-Type": "application/json"},
        ),
        ("this.http.request('PUT', 'https://a.example')", "PUT", "https://a.example", "same-origin", {}),
        ("$http({method: 'GET', url: '/k'})", "GET", "/k", "same-origin", {}),
        (
            "ky.post('https://a.example', {json: {a: 1}, credentials: 'include'}).json()",
            "POST",
            "https://a.example",
            "include",
            {"Content-Type": "application/json"},
        ),
        ("new WebSocket('wss://a.example')", "GET", "wss://a.example", "include", {}),
        (
            "new EventSource('https://a.example', {withCredentials: true})",
            "GET",
            "https://a.example",
            "include",
            {},
        ),
    ],
)
def test_calls(code: str, method: str, url: str, credentials: str, headers: dict[str, str]) -> None:
    found = read_snippet(f"Here is my code:\n\n{code}\n\nWhat is wrong?")
    assert found is not None
    assert (found.method, found.url, found.credentials) == (method, url, credentials)
    assert dict(found.request_headers.pairs) == headers


def test_modes_and_bodies() -> None:
    found = read_snippet(
        "fetch('https://a.example', {mode: 'no-cors', body: JSON.stringify({a: 1, b: [x, null]})})"
    )
    assert found is not None
    assert (found.mode, found.body) == ("no-cors", '{"a": 1, "b": ["${x}", null]}')
    assert found.observed == ("the snippet sets mode: 'no-cors'",)


def test_what_pages_cannot_set_is_remarked_and_not_believed() -> None:
    found = read_snippet(
        "fetch('https://a.example', {headers: {Origin: 'https://b.example', Cookie: 'a=b',"
        " 'Access-Control-Allow-Origin': '*',"
        " 'User-Agent': 'x'}})"
    )
    assert found is not None
    assert (found.origin, found.credentials) == ("", "same-origin")
    assert found.request_headers.names() == ["access-control-allow-origin", "user-agent"]
    assert list(found.observed) == [
        "the snippet sets the forbidden request header Origin",
        "the snippet sets the forbidden request header Cookie",
        "the snippet sends Access-Control-Allow-Origin on the request; it belongs on the response",
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "fetch (the thing) was blocked",
        "TypeError: Failed to fetch(…)",
        "fetch(url)",
        "the http.get( call",
        "axios(",
        "api.get('/users', (req, res) => res.json())",
        "api.get('/users', async (req, res) => res.json())",
        "new Request(",
    ],
)
def test_calls_that_say_nothing_are_left_out(prose: str) -> None:
    assert read_snippet(prose) is None
