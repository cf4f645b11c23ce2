"""curl's command lines: as browsers copy them for bash and cmd, and as people write them."""

import pytest

from corsage.clients.snippets import find_snippets, read_snippet

CHROME_BASH = r"""curl 'https://api.example.com/v1/items?x=\[1\]' \
  -X 'PUT' \
  -H 'accept: */*' \
  -H 'accept-language: en-US,en;q=0.9' \
  -H 'authorization: Bearer abc' \
  -H 'cache-control: no-cache' \
  -H 'content-type: application/json' \
  -b 'sid=1; x=2' \
  -H 'origin: https://app.example.com' \
  -H 'pragma: no-cache' \
  -H 'priority: u=1, i' \
  -H 'referer: https://app.example.com/page' \
  -H 'sec-ch-ua: "Chromium";v="140"' \
  -H 'sec-fetch-dest: empty' \
  -H 'sec-fetch-mode: cors' \
  -H 'user-agent: Mozilla/5.0 (X11; Linux x86_64)' \
  --data-raw $'{"name":"it\'s \u0021"}' ;
"""
CHROME_CMD = r"""curl ^"https://api.example.com/v1?a=1^&b=2^" ^
  -X ^"PATCH^" ^
  -H ^"accept: */*^" ^
  -H ^"X-Token: a^%^20b^" ^
  -H ^"sec-fetch-mode: cors^" ^
  --data-raw ^"^{^\^"name^\^":^\^"x y^\^",^

^\^"p^\^":^\^"c:^\^\dir^\^"^}^"
"""
CHROME_CMD_OLD = r"""curl "https://api.example.com/v1?a=1&b=2" ^
  -H "X-Token: 100^%" ^
  --data-raw "{\"name\":\"x\"}" ^
  --compressed ^
  --insecure
"""
FIREFOX = r"""curl 'https://api.example.com/v1' --compressed \
  -X POST \
  -H 'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' \
  -H 'Accept: application/json, text/plain, */*' \
  -H 'Accept-Language: en-US,en;q=0.5' \
  -H 'Accept-Encoding: gzip, deflate, br, zstd' \
  -H 'Content-Type: application/x-www-form-urlencoded;charset=utf-8' \
  -H 'Origin: http://localhost:3000' \
  -H 'Connection: keep-alive' \
  -H 'Referer: http://localhost:3000/' \
  -H 'X-CSRF-Token: a' \
  -H 'TE: trailers' \
  --data-raw 'a=1&b=2'
"""
SAFARI = r"""curl 'https://api.example.com/v1' \
-X 'DELETE' \
-H 'Accept: */*' \
-H 'Origin: https://app.example.com' \
-H 'Accept-Language: en-GB,en;q=0.9' \
-H 'User-Agent: Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15' \
-H 'Referer: https://app.example.com/' \
-H 'X-Requested-With: XMLHttpRequest'
"""


def test_chromes_for_bash() -> None:
    found = read_snippet(CHROME_BASH)
    assert found is not None
    assert (found.method, found.url) == ("PUT", "https://api.example.com/v1/items?x=[1]")
    assert (found.origin, found.page) == ("https://app.example.com", "https://app.example.com/page")
    assert (found.mode, found.credentials, found.body) == ("cors", "include", '{"name":"it\'s !"}')
    assert found.request_headers.names() == ["authorization", "content-type"]
    assert found.observed == ()


def test_chromes_for_cmd() -> None:
    found = read_snippet(CHROME_CMD)
    assert found is not None
    assert (found.method, found.url) == ("PATCH", "https://api.example.com/v1?a=1&b=2")
    assert found.request_headers.pairs == (("X-Token", "a%20b"),)
    assert found.body == '{"name":"x y",\n"p":"c:\\dir"}'


def test_chromes_for_cmd_of_old() -> None:
    found = read_snippet(CHROME_CMD_OLD)
    assert found is not None
    assert (found.method, found.url) == ("POST", "https://api.example.com/v1?a=1&b=2")
    assert found.request_headers.pairs == (("X-Token", "100%"),)
    assert found.body == '{"name":"x"}'
    assert found.observed == ("curl was told not to verify the certificate (--insecure)",)


def test_firefoxes() -> None:
    found = read_snippet(FIREFOX)
    assert found is not None
    assert (found.method, found.origin, found.body) == ("POST", "http://localhost:3000", "a=1&b=2")
    assert found.request_headers.names() == ["accept", "x-csrf-token"]
    assert found.credentials == ""


def test_safaris() -> None:
    found = read_snippet(SAFARI)
    assert found is not None
    assert (found.method, found.url, found.origin) == (
        "DELETE",
        "https://api.example.com/v1",
        "https://app.example.com",
    )
    assert found.request_headers.names() == ["x-requested-with"]


@pytest.mark.parametrize(
    ("line", "method", "url", "headers", "body"),
    [
        ("curl localhost:3000/x?a=1&b=2", "GET", "localhost:3000/x?a=1&b=2", {}, None),
        (
            "$ curl -sSLX DELETE -H'X-A: 1' https://a.example | jq .",
            "DELETE",
            "https://a.example",
            {"X-A": "1"},
            None,
        ),
        ("curl -I https://a.example", "HEAD", "https://a.example", {}, None),
        ("curl -T file.png https://a.example/f", "PUT", "https://a.example/f", {}, None),
        ("curl -G https://a.example -d q=1 -d r=2", "GET", "https://a.example?q=1&r=2", {}, None),
        ("curl -d a=1 --data b=2 --url https://a.example", "POST", "https://a.example", {}, "a=1&b=2"),
        ("curl -d @body.json https://a.example", "POST", "https://a.example", {}, "(body.json)"),
        ("curl -F f=@x.png https://a.example", "POST", "https://a.example", {}, None),
        ("curl --header=X-A:1 https://a.example", "GET", "https://a.example", {"X-A": "1"}, None),
        ("curl -H 'X-A;' -H 'Accept:' https://a.example", "GET", "https://a.example", {"X-A": ""}, None),
        (
            "curl -u me:secret https://a.example",
            "GET",
            "https://a.example",
            {"Authorization": "Basic (set)"},
            None,
        ),
        ("curl https://a.example > out.txt 2>&1", "GET", "https://a.example", {}, None),
        ("curl https://a.example # comment -X PUT", "GET", "https://a.example", {}, None),
        (
            "curl -X POST https://a.example\n  -H 'X-A: 1'\nand so on",
            "POST",
            "https://a.example",
            {"X-A": "1"},
            None,
        ),
        ("curl -X PUT https://a.example \\\r\n -H 'X-A: 1'", "PUT", "https://a.example", {"X-A": "1"}, None),
        ("curl https://a.example\\\n-X PUT", "PUT", "https://a.example", {}, None),
        ("I ran `curl -X PUT https://a.example/x` twice", "PUT", "https://a.example/x", {}, None),
        ("user@host:~$ curl https://a.example", "GET", "https://a.example", {}, None),
        (
            r'PS C:\> curl.exe -d "{\"a\":1}" http://localhost:80',
            "POST",
            "http://localhost:80",
            {},
            '{"a":1}',
        ),
        ("curl “https://a.example” -H “X-A: 1”", "GET", "https://a.example", {"X-A": "1"}, None),
        (
            "curl -H 'Authorization: Bearer <token>' <url>/x",
            "GET",
            "<url>/x",
            {"Authorization": "Bearer <token>"},
            None,
        ),
        ("curl $API_URL/items -X POST", "POST", "$API_URL/items", {}, None),
        (
            "curl --oauth2-bearer t https://a.example",
            "GET",
            "https://a.example",
            {"Authorization": "Bearer t"},
            None,
        ),
    ],
)
def test_hand_written(line: str, method: str, url: str, headers: dict[str, str], body: str | None) -> None:
    found = read_snippet(line)
    assert found is not None
    assert (found.method, found.url, found.body) == (method, url, body)
    assert dict(found.request_headers.pairs) == headers


def test_json_sets_two_headers() -> None:
    found = read_snippet("curl --json '{\"a\": 1}' https://a.example")
    assert found is not None
    assert found.request_headers.pairs == (
        ("Content-Type", "application/json"),
        ("Accept", "application/json"),
    )


def test_several_addresses_are_remarked() -> None:
    found = read_snippet("curl https://a.example https://b.example")
    assert found is not None
    assert (found.url, found.observed) == ("https://a.example", ("curl also asked https://b.example",))


def test_a_preflight_made_by_hand_is_about_what_it_announces() -> None:
    found = read_snippet(
        "curl -i -X OPTIONS https://a.example -H 'Origin: https://b.example' -H 'Access-Control-Request-Method: PUT'"
        " -H 'Access-Control-Request-Headers: x-a, content-type'"
    )
    assert found is not None
    assert (found.method, found.origin) == ("PUT", "https://b.example")
    assert found.request_headers.pairs == (("x-a", "(set)"), ("content-type", "(set)"))


def test_response_headers_on_the_request_are_remarked() -> None:
    found = read_snippet("curl https://a.example -H 'Access-Control-Allow-Origin: *'")
    assert found is not None
    assert "Access-Control-Allow-Origin on the request" in found.observed[0]


def test_several_commands_are_found_where_they_stand() -> None:
    text = "first\ncurl https://a.example\nthen\n$ curl -X PUT https://b.example; echo\n"
    found = list(find_snippets(text))
    assert [text[each.start : each.end] for each in found] == [
        "curl https://a.example",
        "curl -X PUT https://b.example",
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "",
        "curl",
        "curl: (7) Failed to connect to a.example",
        "I used curl to test it",
        "curl is a tool, see https://a.example",
    ],
)
def test_prose_is_no_command(prose: str) -> None:
    assert read_snippet(prose) is None
