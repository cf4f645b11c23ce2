"""The other remarks of the importers are true of the peers that are installed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.server.importers.replayed import RUN, Pairs

from corsage.server.importers import IMPORTERS

A = "https://a.example"
EVIL = "https://evil.com"


def ask(peer: str, options: dict[str, Any], method: str, headers: Pairs, path: str = "/") -> dict[str, str]:
    answer = RUN[peer](options, method, path, headers)
    return answer.headers | {":status": str(answer.status)}


def preflight(origin: str, method: str, *headers: str) -> Pairs:
    asked = [("Origin", origin), ("Access-Control-Request-Method", method)]
    return [*asked, ("Access-Control-Request-Headers", ",".join(headers))] if headers else asked


def says(peer: str, options: dict[str, Any]) -> str:
    found = IMPORTERS[peer](options)
    return "\n".join(f"{remark.says} {remark.instead}" for remark in found.report)


def test_starlette() -> None:
    options = {
        "allow_origins": [A],
        "allow_methods": ["GET"],
        "allow_headers": ["X-Token"],
        "allow_credentials": True,
    }
    assert ask("starlette", options, "OPTIONS", preflight(A, "POST", "x-token"))[":status"] == "400"
    assert (
        ask("starlette", options, "OPTIONS", preflight(A, "GET", "accept", "content-type"))[":status"]
        == "200"
    )
    assert "access-control-allow-credentials" in ask("starlette", options, "GET", [("Origin", EVIL)])
    wild = {"allow_origins": [A], "allow_methods": ["*"]}
    assert ask("starlette", wild, "OPTIONS", preflight(A, "PURGE"))[":status"] == "400"
    assert ask("starlette", wild, "OPTIONS", preflight(A, "QUERY"))[":status"] == "200"
    dead = {"allow_origins": ["https://*.example.com"]}
    assert "access-control-allow-origin" not in ask(
        "starlette", dead, "GET", [("Origin", "https://x.example.com")]
    )
    text = {"allow_origins": [A], "allow_headers": "X-Token", "allow_methods": "GET, PUT"}
    found = ask("starlette", text, "OPTIONS", preflight(A, "PUT"))
    assert found["access-control-allow-methods"].startswith("G, E, T")
    assert "X-Token" not in found["access-control-allow-headers"]
    assert "letter by letter" in says("starlette", text)
    assert "a POST was answered 400" not in says(
        "starlette", options | {"allow_methods": ["GET", "POST", "HEAD"]}
    )


def test_litestar() -> None:
    options = {"allow_origins": [A], "allow_methods": ["PUT"], "allow_headers": ["X-Token"]}
    assert ask("litestar", options, "OPTIONS", preflight(A, "POST"))[":status"] == "400"
    assert (
        ask("litestar", options, "OPTIONS", preflight(A, "PUT", "accept", "content-type"))[":status"] == "204"
    )
    assert ask("litestar", options, "OPTIONS", [("Origin", A)])[":status"] == "204"
    assert "vary" not in ask("litestar", options, "GET", [("Origin", EVIL)])
    odd = "https://evil.com/.example.com"
    wild = {"allow_origins": ["https://*.example.com"]}
    assert ask("litestar", wild, "GET", [("Origin", odd)])["access-control-allow-origin"] == odd
    port = {"allow_origins": ["http://localhost:*"]}
    assert "access-control-allow-origin" not in ask("litestar", port, "GET", [("Origin", "http://localhost")])
    assert "http://localhost is allowed, too" in says("litestar", port)
    letters = {"allow_origins": A}
    assert "access-control-allow-origin" not in ask("litestar", letters, "GET", [("Origin", A)])
    everyone = {"allow_credentials": True}
    assert ask("litestar", everyone, "OPTIONS", preflight(A, "PUT"))["access-control-allow-origin"] == "*"


def test_flask() -> None:
    options = {"origins": A, "supports_credentials": True, "methods": ["GET", "PUT"]}
    found = ask("flask-cors", options, "GET", [])
    assert found["access-control-allow-origin"] == A
    assert "vary" not in found
    assert "vary" not in ask("flask-cors", options, "GET", [("Origin", A)])
    assert "access-control-allow-methods" in ask("flask-cors", options, "OPTIONS", preflight(A, "PU"))
    assert "access-control-allow-headers" not in ask(
        "flask-cors", options, "OPTIONS", preflight(A, "POST", "x-a")
    )
    lower = {"origins": A, "methods": ["purge"]}
    assert (
        ask("flask-cors", lower, "OPTIONS", preflight(A, "PURGE"))["access-control-allow-methods"] == "PURGE"
    )
    assert "access-control-max-age" not in ask("flask-cors", {"max_age": 0}, "OPTIONS", preflight(A, "PUT"))
    star = {"methods": ["*"]}
    assert "access-control-allow-methods" not in ask("flask-cors", star, "OPTIONS", preflight(A, "PUT"))
    several = {"origins": "https://a.example, https://b.example"}
    assert "access-control-allow-origin" not in ask("flask-cors", several, "GET", [("Origin", A)])
    dead = {"origins": ["https://+.example.com"]}
    assert "access-control-allow-origin" not in ask(
        "flask-cors", dead, "GET", [("Origin", "https://x.example.com")]
    )
    refused = {"origins": ["https://*.example.com"]}
    assert "access-control-allow-origin" not in ask(
        "flask-cors", refused, "GET", [("Origin", "https://sub.example.com")]
    )
    with pytest.raises(ValueError, match="supports_credentials"):
        ask("flask-cors", {"supports_credentials": True, "send_wildcard": True}, "GET", [])


def test_django() -> None:
    options = {"CORS_ALLOWED_ORIGINS": [A], "CORS_ALLOW_CREDENTIALS": True, "CORS_PREFLIGHT_MAX_AGE": 0}
    odd = f"{A}/evil?x"
    assert ask("django-cors-headers", options, "GET", [("Origin", odd)])["access-control-allow-origin"] == odd
    found = ask("django-cors-headers", options, "OPTIONS", preflight(A, "PUT"))
    assert "access-control-max-age" not in found
    assert found["vary"] == "origin"
    assert found["access-control-allow-methods"] == "DELETE, GET, OPTIONS, PATCH, POST, PUT"
    swallowed = ask("django-cors-headers", options, "OPTIONS", [("Access-Control-Request-Method", "PUT")])
    assert swallowed["content-length"] == "0"
    for entry, origin in (
        ("https://*.a.example", "https://x.a.example"),
        (f"{A}:443", A),
        ("https://A.example", A),
    ):
        dead = {"CORS_ALLOWED_ORIGINS": [entry]}
        assert "access-control-allow-origin" not in ask(
            "django-cors-headers", dead, "GET", [("Origin", origin)]
        )
    star = options | {"CORS_ALLOW_HEADERS": ["*"]}
    assert (
        ask("django-cors-headers", star, "OPTIONS", preflight(A, "PUT"))["access-control-allow-headers"]
        == "*"
    )
    assert "It granted nothing" in says("django-cors-headers", star).replace("it granted", "It granted")


LOWER: dict[str, dict[str, Any]] = {
    "starlette": {"allow_origins": [A], "allow_methods": ["put"]},
    "litestar": {"allow_origins": [A], "allow_methods": ["put"]},
    "django-cors-headers": {"CORS_ALLOWED_ORIGINS": [A], "CORS_ALLOW_METHODS": ["put"]},
    "express": {"origin": [A], "methods": "put"},
}


@pytest.mark.parametrize("peer", LOWER)
def test_methods_in_lower_case(peer: str) -> None:
    found = ask(peer, LOWER[peer], "OPTIONS", preflight(A, "PUT"))
    assert found[":status"] == "400" or found["access-control-allow-methods"] == "put"
    assert "Browsers ask for PUT in upper case" in says(peer, LOWER[peer])
    upper = json.loads(json.dumps(LOWER[peer]).replace("put", "PUT"))
    assert "Browsers ask for PUT" not in says(peer, upper)


def test_names_in_a_text_of_flask_cors() -> None:
    options = {"origins": A, "allow_headers": "X-A, X-B"}
    found = ask("flask-cors", options, "OPTIONS", preflight(A, "PUT", "x-a"))
    assert "access-control-allow-headers" not in found
    assert "A text is one name here" in says("flask-cors", options)
    one = {"origins": A, "allow_headers": "X-A"}
    found = ask("flask-cors", one, "OPTIONS", preflight(A, "PUT", "x-a"))
    assert found["access-control-allow-headers"] == "x-a"
    assert "A text is one name here" not in says("flask-cors", one)


@pytest.mark.parametrize(
    ("options", "granted", "values"),
    [
        ({"allowedHeaders": []}, None, None),
        ({"allowedHeaders": [], "headers": ["x-a"]}, None, None),
        ({"allowedHeaders": ""}, "x-a", ["*", "authorization"]),
        ({"allowedHeaders": "", "headers": "x-a"}, "x-a", ["x-a"]),
        ({"allowedHeaders": None, "headers": []}, None, None),
        ({}, "x-a", ["*", "authorization"]),
    ],
)
def test_no_header_names_of_express(
    options: dict[str, Any], granted: str | None, values: list[str] | None
) -> None:
    found = ask("express", options, "OPTIONS", preflight(A, "PUT", "x-a"))
    assert found.get("access-control-allow-headers") == granted
    assert IMPORTERS["express"](options).values.get("request_headers") == values


@pytest.mark.parametrize("methods", ["", []])
def test_no_methods_of_express(methods: object) -> None:
    options = {"methods": methods}
    assert "access-control-allow-methods" not in ask("express", options, "OPTIONS", preflight(A, "PUT"))
    assert "methods" not in IMPORTERS["express"](options).values


@pytest.mark.parametrize(
    ("peer", "options"),
    [
        ("starlette", {"allow_origin_regex": "https?://.*"}),
        ("starlette", {"allow_origin_regex": "https?://.*", "allow_credentials": True}),
        ("flask-cors", {"origins": ["https?://.*"]}),
        ("express", {"origin": {"regex": "^https?://"}}),
    ],
)
def test_null_is_of_the_star_and_of_no_scheme(peer: str, options: dict[str, Any]) -> None:
    assert ask(peer, options, "GET", [("Origin", "null")]).get("access-control-allow-origin") in {
        None,
        "false",
    }
    found = IMPORTERS[peer](options)
    if found.values.get("origins") == ["*"]:
        assert "Origin: null" in [remark.witness for remark in found.report]


def test_null_is_of_every_text() -> None:
    found = IMPORTERS["starlette"]({"allow_origin_regex": ".*"})
    assert found.values["origins"] == ["*"]
    assert "Origin: null" not in [remark.witness for remark in found.report]


def test_aiohttp() -> None:
    options = {A: {"allow_headers": ["X-A"], "allow_methods": ["PUT"]}}
    assert ask("aiohttp-cors", options, "OPTIONS", preflight(A, "POST"))[":status"] == "403"
    assert ask("aiohttp-cors", options, "OPTIONS", preflight(A, "GET", "x-a"))[":status"] == "200"
    assert "vary" not in ask("aiohttp-cors", options, "GET", [("Origin", A)])
    assert "access-control-allow-origin" not in ask("aiohttp-cors", options, "GET", [("Origin", A)], "/none")
    everyone = {"*": {}, A: {"allow_credentials": True}}
    assert ask("aiohttp-cors", everyone, "GET", [("Origin", EVIL)])["access-control-allow-origin"] == EVIL
    assert "access-control-allow-credentials" in ask("aiohttp-cors", everyone, "GET", [("Origin", A)])
    with pytest.raises(ValueError, match="must be boolean"):
        ask("aiohttp-cors", {A: {"allow_credentials": 1}}, "GET", [])


def test_express() -> None:
    options = {"origin": A, "credentials": True}
    assert ask("express", options, "GET", [("Origin", EVIL)])["access-control-allow-origin"] == A
    assert "access-control-allow-credentials" in ask("express", options, "GET", [("Origin", EVIL)])
    found = ask("express", options, "OPTIONS", preflight(EVIL, "PUT", "x-anything"))
    assert found["access-control-allow-headers"] == "x-anything"
    assert found["access-control-allow-methods"] == "GET,HEAD,PUT,PATCH,POST,DELETE"
    assert ask("express", options, "OPTIONS", [])[":status"] == "204"
    assert "access-control-allow-origin" not in ask("express", {"origin": ["*"]}, "GET", [("Origin", A)])
    assert "access-control-allow-origin" not in ask("express", {"origin": False}, "GET", [("Origin", A)])
    assert "access-control-allow-credentials" not in ask(
        "express", {"credentials": "true"}, "GET", [("Origin", A)]
    )
    assert ask("express", {"credentials": True}, "GET", [("Origin", A)])["access-control-allow-origin"] == "*"
