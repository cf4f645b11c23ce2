"""Exchanges as people paste them: raw HTTP, developer tools in all their layouts, Postman, failures."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.clients.exchanges import read_exchange
from corsage.model import FailureKind
from corsage.model.evidence import Evidence

CHROME_OLD = """General
Request URL: https://api.example.com/v1/x
Request Method: OPTIONS
Status Code: 403 Forbidden
Remote Address: 192.0.2.4:443
Referrer Policy: strict-origin-when-cross-origin
Response Headers
View source
content-length: 20
date: Sat, 21 Nov 2026 20:02:48 GMT
server: nginx
Request Headers
Provisional headers are shown
:authority: api.example.com
:method: OPTIONS
accept: */*
access-control-request-headers: authorization,content-type
access-control-request-method: PUT
origin: https://app.example.com
referer: https://app.example.com/page
sec-fetch-mode: cors
user-agent: Mozilla/5.0

I do not know why.
"""
CHROME_BELOW = """Request URL:
https://api.example.com/v1/x
Request Method:
POST
Status Code:
500 Internal Server Error
Remote Address:
127.0.0.1:8000
Referrer Policy:
strict-origin-when-cross-origin
access-control-allow-origin:
*
content-type:
text/html; charset=utf-8
date:
Sat, 21 Nov 2026 20:02:48 GMT
accept:
application/json, text/plain, */*
accept-encoding:
gzip, deflate, br
authorization:
Bearer abc
origin:
http://localhost:3000
"""
CHROME_NEW = CHROME_BELOW.replace(":\n", "\n")
SAFARI = """Summary
URL: https://api.example.com/v1/x
Status: 500 Internal Server Error
Source: Network
Address: 192.0.2.4:443

Request
POST /v1/x HTTP/1.1
Accept: application/json
Authorization: Bearer abc
Origin: http://localhost:3000

Response
HTTP/1.1 500 Internal Server Error
Access-Control-Allow-Origin: *
Content-Type: text/html; charset=utf-8
Date: x
"""
FIREFOX = """POST

scheme
\thttps
host
\tapi.example.com
filename
\t/v1/x
Address
\t192.0.2.4:443
Status
500
VersionHTTP/2
Transferred1.2 kB (3 kB size)
Referrer Policystrict-origin-when-cross-origin

\t
access-control-allow-origin
\t*
content-type
\ttext/html; charset=utf-8
date
\tSat, 21 Nov 2026 20:02:48 GMT
Accept
\tapplication/json
Authorization
\tBearer abc
Origin
\thttp://localhost:3000
"""
RAW = """OPTIONS /v1/x HTTP/1.1
Host: api.example.com
Origin: https://app.example.com
Access-Control-Request-Method: PUT

HTTP/1.1 204 No Content
Date: x
Access-Control-Allow-Origin: https://app.example.com
Access-Control-Allow-Methods: PUT

PUT /v1/x HTTP/1.1
Host: api.example.com
Origin: https://app.example.com
Content-Type: application/json

{"a": 1}

HTTP/1.1 413 Request Entity Too Large
Server: nginx
Content-Type: text/html

<html>too large</html>

That is all. Note: it works for small ones.
"""


def read(text: str) -> Evidence:
    found = read_exchange(text)
    assert found is not None
    return found


def test_chromes_panel_of_old_with_a_preflight() -> None:
    found = read(CHROME_OLD)
    assert (found.method, found.url) == ("PUT", "https://api.example.com/v1/x")
    assert (found.origin, found.page, found.mode) == (
        "https://app.example.com",
        "https://app.example.com/page",
        "cors",
    )
    assert found.request_headers.names() == ["authorization", "content-type"]
    assert found.actual is None
    assert found.preflight is not None
    assert (found.preflight.status, found.preflight.whole) == (403, True)
    assert found.preflight.headers.names() == ["content-length", "date", "server"]


def test_the_method_behind_a_preflight_may_stay_unknown() -> None:
    found = read(
        "Request URL: http://localhost:8000/\nRequest Method: OPTIONS\nStatus Code: 405 Method Not Allowed\n"
    )
    assert (found.method, found.url, found.actual) == ("", "http://localhost:8000/", None)
    assert found.preflight is not None
    assert found.preflight.status == 405


def test_within_markdown() -> None:
    found = read(
        "Request URL: http://localhost:8000/\nRequest Method: GET\nStatus Code: 500\n\n**Response headers**\n```http\n"
        "server: uvicorn\n```\nWhat now: any idea?"
    )
    assert found.actual is not None
    assert (found.actual.status, found.actual.headers.pairs) == (500, (("server", "uvicorn"),))
    found = read("It sends\n`POST /x HTTP/1.1\nHost: localhost:5000\nSec-Fetch-Mode: cors`")
    assert found.mode == "cors"


def test_firefoxes_status_with_its_phrase_below() -> None:
    found = read(FIREFOX.replace("500\n", "500\nInternal Server Error\n"))
    assert found.actual is not None
    assert found.actual.headers.names() == ["access-control-allow-origin", "content-type", "date"]


def test_a_hosts_configuration_is_no_response() -> None:
    assert read_exchange("/*\n  Access-Control-Allow-Origin: *\n") is None


@pytest.mark.parametrize("text", [CHROME_BELOW, CHROME_NEW, SAFARI, FIREFOX])
def test_the_same_request_in_every_layout(text: str) -> None:
    found = read(text)
    assert (found.method, found.url, found.origin) == (
        "POST",
        "https://api.example.com/v1/x",
        "http://localhost:3000",
    )
    assert found.request_headers.names() == ["accept", "authorization"]
    assert found.actual is not None
    assert (found.actual.status, found.actual.whole) == (500, True)
    assert found.actual.headers.names() == ["access-control-allow-origin", "content-type", "date"]
    assert found.actual.headers.get("access-control-allow-origin") == "*"


def test_two_panels() -> None:
    found = read(CHROME_OLD.partition("\n\nI do")[0] + "\n" + CHROME_BELOW)
    assert found.preflight is not None
    assert found.actual is not None
    assert (found.preflight.status, found.actual.status, found.method) == (403, 500, "POST")


def test_raw_http_with_preflight_bodies_and_prose() -> None:
    found = read(RAW)
    assert (found.method, found.url, found.body) == ("PUT", "https://api.example.com/v1/x", '{"a": 1}')
    assert found.preflight is not None
    assert found.actual is not None
    assert (found.preflight.status, found.actual.status) == (204, 413)
    assert found.actual.body == "<html>too large</html>"


def test_quoted_in_mail() -> None:
    found = read("\n".join(f"> {line}" for line in RAW.splitlines()))
    assert found.actual is not None
    assert found.actual.status == 413


def test_a_request_line_without_version() -> None:
    found = read(
        "POST /api/x\nHost: localhost:5000\nOrigin: http://localhost:3000\nContent-Type: application/json\n"
    )
    assert (found.method, found.url, found.origin) == (
        "POST",
        "http://localhost:5000/api/x",
        "http://localhost:3000",
    )
    assert found.actual is None


def test_response_headers_alone() -> None:
    found = read("I see\naccess-control-allow-origin: *\naccess-control-allow-headers: x-a\nin the tab")
    assert found.actual is not None
    assert (found.actual.whole, found.actual.headers.names()) == (
        False,
        ["access-control-allow-origin", "access-control-allow-headers"],
    )


def test_headers_that_were_cut_are_not_whole() -> None:
    found = read("HTTP/2 200\nserver: nginx\n...\naccess-control-allow-origin: *\n")
    assert found.actual is not None
    assert found.actual.whole is False


def test_with_and_without_origin() -> None:
    text = """$ curl -sv https://a.example
> GET / HTTP/2
> Host: a.example
>
< HTTP/2 200
< content-type: text/html
<
$ curl -sv -H "Origin: https://b.example" https://a.example
> GET / HTTP/2
> Host: a.example
> Origin: https://b.example
>
< HTTP/2 403
< content-type: text/html
<
"""
    found = read(text)
    assert found.actual is not None
    assert (found.origin, found.actual.status) == ("https://b.example", 403)
    assert [(probe.name, probe.answer.status) for probe in found.probes] == [("without-origin", 200)]


def test_what_is_absent_from_an_answer_to_no_origin_says_little() -> None:
    found = read(
        "> GET / HTTP/1.1\n> Host: a.example\n> User-Agent: curl/8\n>\n< HTTP/1.1 200 OK\n< Date: x\n<\n"
    )
    assert found.actual is not None
    assert found.actual.whole is False
    assert [(probe.name, probe.answer.whole) for probe in found.probes] == [("without-origin", True)]


def test_a_cached_status_is_noted() -> None:
    found = read(CHROME_OLD.replace("403 Forbidden", "200 OK (from disk cache)").replace("OPTIONS", "GET"))
    assert "from disk cache" in found.notes


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("curl: (6) Could not resolve host: x", FailureKind.NAME_NOT_RESOLVED),
        (
            "curl: (7) Failed to connect to localhost port 3000: Connection refused",
            FailureKind.CONNECTION_REFUSED,
        ),
        ("curl: (28) Operation timed out after 1000 milliseconds", FailureKind.TIMED_OUT),
        ("curl: (35) OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number", FailureKind.TLS),
        ("curl: (52) Empty reply from server", FailureKind.CONNECTION_CLOSED),
        ("curl: (56) Recv failure: Connection reset by peer", FailureKind.CONNECTION_CLOSED),
        (
            "curl: (60) SSL certificate problem: unable to get local issuer certificate\nMore details here: https://curl.se",
            FailureKind.TLS_UNKNOWN_ISSUER,
        ),
        ("curl: (60) SSL certificate problem: certificate has expired", FailureKind.TLS_EXPIRED),
        (
            "curl: (60) SSL: no alternative certificate subject name matches target host name 'localhost'",
            FailureKind.TLS_WRONG_NAME,
        ),
        ("wget: unable to resolve host address 'x.example'", FailureKind.NAME_NOT_RESOLVED),
        ("ERROR: The certificate of 'localhost' is not trusted.", FailureKind.TLS_UNKNOWN_ISSUER),
        ("http: error: ConnectionError: … [Errno 111] Connection refused)", FailureKind.CONNECTION_REFUSED),
    ],
)
def test_failures(line: str, kind: FailureKind) -> None:
    found = read(line)
    assert found.actual is not None
    assert found.actual.failure is kind
    assert line.partition("\n")[0] in found.notes


def test_a_refused_address_before_one_that_answers() -> None:
    found = read(
        "*   Trying [::1]:80...\n* connect to ::1 port 80 failed: Connection refused\n*   Trying 127.0.0.1:80...\n"
        "* Connected to localhost (127.0.0.1) port 80\n"
        "> GET / HTTP/1.1\n> Host: localhost\n>\n< HTTP/1.1 200 OK\n< Date: x\n<\n"
    )
    assert found.actual is not None
    assert (found.actual.status, found.actual.failure, found.url) == (200, None, "http://localhost/")


def test_postmans_collection() -> None:
    request = {
        "method": "PUT",
        "header": [{"key": "X-A", "value": "b"}, {"key": "X-C", "value": "d", "disabled": True}],
        "url": {"raw": "https://a.example/x"},
        "body": {"mode": "raw", "raw": "{}"},
    }
    response = {"code": 404, "header": [{"key": "Date", "value": "x"}], "body": "no"}
    items = [{"name": "folder", "item": [{"request": request, "response": [response]}]}]
    found = read(json.dumps({"info": {"schema": "https://schema.getpostman.com/"}, "item": items}))
    assert (found.method, found.url, found.body) == ("PUT", "https://a.example/x", "{}")
    assert found.request_headers.names() == ["x-a"]
    assert found.actual is not None
    assert (found.actual.status, found.actual.body) == (404, "no")


def test_postmans_console() -> None:
    parts = {"Request Headers": {"x-a": "b"}, "Response Headers": {"date": "x"}, "Response Body": "ok"}
    found = read(f"POST https://a.example/x: {json.dumps(parts, indent=2)}")
    assert (found.method, found.url) == ("POST", "https://a.example/x")
    assert found.actual is not None
    assert found.actual.body == "ok"


def test_firefoxes_json() -> None:
    headers = [{"name": "access-control-allow-origin", "value": "*"}]
    asked = [{"name": "Origin", "value": "https://b.example"}, {"name": "X-A", "value": "b"}]
    parts = {
        "GET": {"scheme": "https", "host": "a.example", "filename": "/x"},
        "Status": "200OK",
        "Response Headers (333 B)": {"headers": headers},
        "Request Headers (2 kB)": {"headers": asked},
    }
    found = read(json.dumps(parts))
    assert (found.method, found.url, found.origin) == ("GET", "https://a.example/x", "https://b.example")
    assert found.actual is not None
    assert (found.actual.status, found.actual.headers.get("access-control-allow-origin")) == (200, "*")


@pytest.mark.parametrize(
    "prose",
    [
        "",
        "* item: one\n* item two",
        "Note: this.\nStatus: open",
        "URL: https://a.example",
        "{}",
        "[1]",
        "Host: me",
        "GET it",
    ],
)
def test_prose_is_no_exchange(prose: str) -> None:
    assert read_exchange(prose) is None


_WORDS = r"""HTTP/1.1 200 OK|GET / HTTP/1.1|: |a: b|access-control-allow-origin: *|> |< |* |Request URL:|Request URL
|Status Code|Response Headers|Request Headers|General|{|}|[|"|curl: (7) |scheme|host|:method: GET
|--2026-11-21 20:02:48--  http://x|POST https://a.example: {"Request Headers": {"a": 1}}|Status: 3|...|content-length: 3
| |Origin: x|Host: [::1|OPTIONS * HTTP/1.1"""


@given(
    st.lists(
        st.sampled_from([*_WORDS.split("|"), "\n", "\n", "\r\n"]) | st.text(max_size=3), max_size=40
    ).map("".join)
)
def test_no_text_is_too_odd(text: str) -> None:
    found = read_exchange(text)
    if found is not None:
        f"{found!r}".encode()


_REPEATED = r"""HTTP/1.1 200 OK\n|a: b\n|\n|> |* x\n|Request URL: x\n|Request URL:\n|access-control-allow-origin: *\n
|GET / HTTP/1.1\n\n{|HTTP/1.1 200 OK\n\n{\n|access-control-a: x\n\n[\n|General\n|POST http://x: {|{"item":[|HTTP/1.1 200
|< HTTP/1.1 302 x\n< Location: y\n"""


@pytest.mark.parametrize("piece", _REPEATED.split("|"))
def test_much_of_anything_is_read_at_once(piece: str) -> None:
    piece = piece.replace("\\n", "\n")
    text = piece * (200_000 // len(piece))
    began = time.process_time()
    read_exchange(text)
    # Quadratic readers take much longer; the limit leaves room for slow machines.
    assert time.process_time() - began < 3
