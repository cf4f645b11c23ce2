"""CORS15x, CORS16x, CORS17x: methods, request headers, exposed headers."""

from typing import Any

import pytest

from corsage.server import problems_of

BASE: dict[str, Any] = {"origins": ["https://example.com"]}

CASES: list[tuple[str, list[str], dict[str, str | None]]] = [
    # What is written; what is found, by place and with the proposal.
    ("methods", ["PUT", "PATCH", "DELETE", "OPTIONS", "X-Y", "put"], {"[5] CORS104": None}),
    ("methods", ["PUT, DELETE"], {"[0] CORS150": '["PUT", "DELETE"]'}),
    ("methods", ["PUT DELETE"], {"[0] CORS150": '["PUT", "DELETE"]'}),
    ("methods", [" PUT"], {"[0] CORS150": "PUT"}),
    ("methods", ["'PUT'"], {}),
    ("methods", ['"PUT"'], {"[0] CORS150": "PUT"}),
    ("methods", [""], {"[0] CORS150": None}),
    ("methods", ["Ü", "PUT\r\nX: 1"], {"[0] CORS150": None, "[1] CORS150": '["PUT", "X"]'}),
    (
        "methods",
        ["CONNECT", "trace", "Track"],
        {"[0] CORS151": None, "[1] CORS151": None, "[2] CORS151": None},
    ),
    ("methods", ["patch"], {"[0] CORS152": "PATCH"}),
    ("methods", ["Query", "QUERY"], {"[0] CORS152": "QUERY"}),
    ("methods", ["delete", "Put"], {}),
    ("methods", ["get", "HEAD", "POST"], {"[0] CORS153": None, "[1] CORS153": None, "[2] CORS153": None}),
    ("methods", ["X" * 64], {}),
    ("methods", ["X" * 65, "Y" * 5000], {"[0] CORS150": None, "[1] CORS150": None}),
    ("request_headers", ["x" * 256], {}),
    ("request_headers", ["x" * 257, "y" * 9000], {"[0] CORS160": None, "[1] CORS160": None}),
    ("exposed_headers", ["x" * 256], {}),
    ("exposed_headers", ["x" * 257], {"[0] CORS170": None}),
    ("methods", ["*"], {}),
    ("methods", ["*", "PUT"], {"[1] CORS155": None}),
    ("request_headers", ["X-Token", "content-type", "Range", "Authorization", "User-Agent"], {}),
    ("request_headers", ["X-HTTP-Method-Override", "Access-Control-Anything"], {}),
    ("request_headers", ["X Token"], {"[0] CORS160": "X-Token"}),
    ("request_headers", ["X-Token: 1"], {"[0] CORS160": "X-Token"}),
    ("request_headers", ["X-A, X-B"], {"[0] CORS160": '["X-A", "X-B"]'}),
    ("request_headers", ["", "é"], {"[0] CORS160": None, "[1] CORS160": None}),
    (
        "request_headers",
        ["Cookie", "ORIGIN", "host", "Sec-Fetch-Mode", "proxy-authorization", "content-length"],
        {
            "[0] CORS161": "credentials = true instead",
            **{f"[{number}] CORS161": None for number in range(1, 6)},
        },
    ),
    ("request_headers", ["Access-Control-Request-Method"], {"[0] CORS161": None}),
    ("request_headers", ["Access-Control-Allow-Origin"], {"[0] CORS162": None}),
    ("request_headers", ["access-control-max-age"], {"[0] CORS162": None}),
    ("request_headers", ["Accept", "accept-language"], {"[0] CORS163": None, "[1] CORS163": None}),
    ("request_headers", ["*", "Authorization"], {}),
    ("request_headers", ["*", "Authorization", "X-A"], {"[2] CORS155": None}),
    ("exposed_headers", ["ETag", "X-Total", "Server-Timing"], {}),
    ("exposed_headers", ["X Total"], {"[0] CORS170": "X-Total"}),
    ("exposed_headers", ["Set-Cookie", "set-cookie2"], {"[0] CORS171": None, "[1] CORS171": None}),
    ("exposed_headers", ["Access-Control-Allow-Origin"], {"[0] CORS172": None}),
    ("exposed_headers", ["Origin"], {"[0] CORS172": None}),
    ("exposed_headers", ["Content-Type", "ETag"], {"[0] CORS173": None}),
    ("exposed_headers", ["*", "X-A"], {"[1] CORS155": None}),
]


@pytest.mark.parametrize(("field", "names", "expected"), CASES, ids=lambda case: str(case)[:60])
def test_names(field: str, names: list[str], expected: dict[str, str | None]) -> None:
    found = problems_of({**BASE, field: names})
    assert {f"{each.field.removeprefix(field)} {each.code}": each.suggestion for each in found} == expected


def test_cookies_need_no_advice_where_there_are_credentials() -> None:
    (problem,) = problems_of({**BASE, "credentials": True, "request_headers": ["cookie"]})
    assert problem.suggestion is None
