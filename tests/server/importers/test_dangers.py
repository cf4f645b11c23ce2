"""What an importer calls a danger is one: the peer lets the witness in, and the new policy does not."""

from __future__ import annotations

from typing import Any

import pytest
from tests.server.importers.replayed import RUN

from corsage.server import compile_policy, decide
from corsage.server.importers import IMPORTERS, Imported, Remark

ROWS: list[tuple[str, dict[str, Any]]] = [
    ("starlette", {"allow_origins": "https://example.com"}),
    ("starlette", {"allow_origins": "https://a.example,https://b.example", "allow_credentials": True}),
    ("starlette", {"allow_origins": "https://*.example.com", "allow_credentials": True}),
    ("starlette", {"allow_origins": ["*"], "allow_credentials": True}),
    ("starlette", {"allow_origins": ["https://a.example", "null"]}),
    ("starlette", {"allow_origin_regex": r"https://.*.example.com", "allow_credentials": True}),
    ("starlette", {"allow_origin_regex": r".*", "allow_credentials": True}),
    ("starlette", {"allow_origin_regex": r"https://.*example\.com"}),
    ("starlette", {"allow_origins": ["http://a.example"], "allow_credentials": True}),
    (
        "starlette",
        {
            "allow_origins": ["https://a.example"],
            "allow_origin_regex": r"https?://x\.example",
            "allow_credentials": True,
        },
    ),
    ("flask-cors", {"supports_credentials": True}),
    ("flask-cors", {"CORS_SUPPORTS_CREDENTIALS": True, "CORS_ORIGINS": "*"}),
    ("flask-cors", {"origins": ["https://*.example.com"], "supports_credentials": True}),
    ("flask-cors", {"origins": "http://localhost:*"}),
    ("flask-cors", {"origins": r"https://.*\.example\.com", "supports_credentials": True}),
    ("flask-cors", {"origins": [r"^https://a\.example$", r"https://b\.example(:\d+)?"]}),
    ("flask-cors", {"origins": ["https://a.example", "null"]}),
    ("django-cors-headers", {"CORS_ALLOW_ALL_ORIGINS": True, "CORS_ALLOW_CREDENTIALS": True}),
    ("django-cors-headers", {"CORS_ORIGIN_ALLOW_ALL": True, "CORS_ALLOW_CREDENTIALS": True}),
    (
        "django-cors-headers",
        {"CORS_ALLOWED_ORIGIN_REGEXES": [r"https://\w+\.example\.com"], "CORS_ALLOW_CREDENTIALS": True},
    ),
    (
        "django-cors-headers",
        {"CORS_ALLOWED_ORIGIN_REGEXES": [r"^https://.*example\.com$"], "CORS_ALLOW_CREDENTIALS": True},
    ),
    ("django-cors-headers", {"CORS_ALLOWED_ORIGINS": ["null", "https://a.example"]}),
    ("aiohttp-cors", {"*": {"allow_credentials": True}}),
    ("aiohttp-cors", {"null": {}, "https://a.example": {}}),
    ("litestar", {"allow_origins": ["https://example.*"]}),
    ("litestar", {"allow_origins": ["https://*example.com"], "allow_credentials": True}),
    ("litestar", {"allow_origins": "https://*.example.com"}),
    ("litestar", {"allow_origin_regex": r"https://a\.example"}),
    (
        "litestar",
        {"allow_origins": [], "allow_origin_regex": r"https://a.example.com", "allow_credentials": True},
    ),
    ("express", {"origin": True, "credentials": True}),
    ("express", {"origin": {"regex": r"example\.com$"}}),
    ("express", {"origin": [{"regex": r"\.example\.com$"}], "credentials": True}),
    ("express", {"origin": [{"regex": r"https://a\.example"}]}),
    ("express", {"origin": {"regex": r"^https://a.example.com$"}, "credentials": True}),
    ("express", {"origin": ["https://a.example", True], "credentials": True}),
    ("express", {"origin": ["null", "https://a.example"]}),
    ("express", {"origin": {"regex": "null"}}),
    ("express", {"origin": {"regex": "foo"}}),
    ("express", {"origin": {"regex": r"localhost:\d+$"}, "credentials": True}),
    ("express", {"origin": {"regex": "localhost"}}),
    ("express", {"origin": {"regex": r":\/\/(.+\.)?example.com$"}, "credentials": True}),
    ("express", {"origin": {"regex": r"example\.com$|\.other\.org$"}}),
    ("express", {"origin": [{"regex": r"example\.com|other\.org"}, {"regex": r"\.example\.net"}]}),
    ("express", {"origin": {"regex": r"https://a\.example$|foo|(a|b)\.example\.com"}}),
    ("flask-cors", {"origins": [r"(?i)https://A\.EXAMPLE"]}),
    ("django-cors-headers", {"CORS_ALLOWED_ORIGIN_REGEXES": [r"(?i)https://A\.EXAMPLE", "null"]}),
    ("django-cors-headers", {"CORS_ALLOWED_ORIGINS": ["a.example"]}),
    ("starlette", {"allow_origin_regex": "null"}),
    ("starlette", {"allow_origin_regex": r"null|https://a\.example"}),
    ("litestar", {"allow_origins": [], "allow_origin_regex": "null"}),
]


def origins_of(remark: Remark) -> str:
    assert remark.witness.startswith("Origin: "), remark
    return remark.witness.removeprefix("Origin: ")


def allowed(found: Imported, origin: str) -> tuple[bool, bool]:
    """Whether the new policy lets *origin* in, and whether with cookies."""
    assert found.policy is not None
    decision = decide(compile_policy(found.policy), "GET", [("Origin", origin)])
    return decision.allowed, decision.allowed and found.policy.credentials


@pytest.mark.parametrize(("peer", "options"), ROWS)
def test_the_peer_lets_the_witness_in_and_we_do_not(peer: str, options: dict[str, Any]) -> None:
    found = IMPORTERS[peer](options)
    assert found.dangers
    for remark in found.dangers:
        origin = origins_of(remark)
        answer = RUN[peer](options, "GET", "/", [("Origin", origin)])
        assert answer.allows(origin), remark
        ours, with_cookies = allowed(found, origin)
        assert not with_cookies, remark
        assert not ours or not found.policy or "*" in found.policy.origins, remark


def test_litestar_reflects_whoever_has_a_cookie() -> None:
    options = {"allow_credentials": True}
    found = IMPORTERS["litestar"](options)
    (danger,) = found.dangers
    assert "a Cookie" in danger.witness
    asked = [("Origin", "https://evil.com"), ("Cookie", "a=b")]
    assert RUN["litestar"](options, "GET", "/", asked).allows_cookies("https://evil.com")
    assert found.values["origins"] == ["*"]
    assert "credentials" not in found.values


@pytest.mark.parametrize(
    ("peer", "options", "path", "pattern"),
    [
        ("flask-cors", {"resources": r"/api/*"}, "/apix", "/api/*"),
        ("flask-cors", {"resources": {r"/api/.*": {}, "/login": {}}}, None, "/api/*"),
        ("flask-cors", {"resources": [r"/api/v1*"], "origins": "https://a.example"}, None, None),
        (
            "django-cors-headers",
            {"CORS_URLS_REGEX": r"^/api", "CORS_ALLOW_ALL_ORIGINS": True},
            "/apix",
            "/api/*",
        ),
        (
            "django-cors-headers",
            {"CORS_URLS_REGEX": r"^/api/.*$", "CORS_ALLOW_ALL_ORIGINS": True},
            None,
            "/api/*",
        ),
    ],
)
def test_paths_beside_the_pattern(
    peer: str, options: dict[str, Any], path: str | None, pattern: str | None
) -> None:
    found = IMPORTERS[peer](options)
    witnesses = [remark.witness for remark in found.dangers]
    assert witnesses == ([] if path is None else [f"GET {path}"])
    if path is not None:
        assert RUN[peer](options, "GET", path, [("Origin", "https://x.example")]).allows("https://x.example")
    if pattern is not None:
        assert pattern in found.paths
        assert found.policies is not None
        assert found.policies.select("/api/x") is not None
        assert found.policies.select("/apix") is None
