"""Ordinary good policies: no errors, no warnings."""

from typing import Any

import pytest

from corsage.model.rule import Severity
from corsage.server import Policy


def lookup(origin: str) -> bool:
    return origin == "https://tenant.example.com"


GOOD: list[dict[str, Any]] = [
    {},
    {"environment": "production"},
    {"environment": "staging"},
    {"origins": "*"},
    {"origins": ["*"]},
    {"origins": "*", "public": True, "environment": "production"},
    {"origins": "*", "methods": "*", "request_headers": "*", "exposed_headers": "*"},
    {"origins": "*", "request_headers": ["*", "authorization"]},
    {"origins": "*", "timing": True, "resource_policy": "cross-origin"},
    {"origins": ["https://example.com"]},
    {"origins": ("https://example.com",), "credentials": True},
    {"origins": {"https://a.example.com", "https://b.example.com"}},
    {"origins": ["https://example.com", "https://www.example.com", "https://*.example.com"]},
    {"origins": ["https://*.example.com"], "credentials": True, "environment": "production"},
    {"origins": ["https://+.example.co.uk"], "credentials": True},
    {"origins": ["https://*.shop.github.io"], "credentials": True},
    {"origins": ["https://shop.github.io"], "credentials": True, "environment": "production"},
    {"origins": ["https://example.com:8443", "https://*.example.com:8443"]},
    {"origins": ["http://localhost:3000", "http://127.0.0.1:5173"], "credentials": True},
    {"origins": ["http://localhost:*", "http://[::1]:*", "http://app.localhost:*"], "credentials": True},
    {"origins": ["http://intranet", "http://192.168.1.10:8080"]},
    {"origins": ["capacitor://localhost", "ionic://localhost", "http://localhost"], "credentials": True},
    {"origins": ["capacitor://localhost", "tauri://localhost"], "environment": "production"},
    {"origins": ["app://-", "chrome-extension://aaaabbbbccccddddeeeeffffgggghhhh"], "credentials": True},
    {"origins": ["moz-extension://6b0a1f4e-0000-4000-8000-5f3f1f1f1f1f", "vscode-webview://abc"]},
    {"origins": ["https://xn--bcher-kva.example", "https://my_host.example.com", "https://example.com."]},
    {"origins": ["https://example.com"], "methods": ["PUT", "PATCH", "DELETE", "PROPFIND", "QUERY"]},
    {"origins": ["https://example.com"], "methods": ["put", "delete", "options"]},
    {"origins": ["https://example.com"], "methods": ["GET", "HEAD", "POST", "PUT"]},
    {"origins": ["https://example.com"], "request_headers": ["Content-Type", "Authorization", "X-Token"]},
    {"origins": ["https://example.com"], "request_headers": ["accept", "content-type", "range"]},
    {
        "origins": ["https://example.com"],
        "request_headers": ["X-HTTP-Method-Override", "If-Match", "traceparent"],
    },
    {
        "origins": ["https://example.com"],
        "exposed_headers": ["ETag", "X-Total-Count", "Location", "Content-Length"],
    },
    {"origins": ["https://example.com"], "max_age": 0},
    {"origins": ["https://example.com"], "max_age": -1},
    {"origins": ["https://example.com"], "max_age": 86_400},
    {"origins": ["https://example.com"], "max_age": None},
    {"origins": ["https://example.com"], "preflight_status": 200},
    {"origins": ["https://example.com"], "preflight_status": None},
    {"origins": ["https://example.com"], "preflight_continue": True},
    {"origins": ["https://example.com"], "resource_policy": "same-origin"},
    {"origins": ["https://example.com"], "resource_policy": "same-site", "timing": True},
    {"origins": ["https://example.com"], "guard_websockets": True, "credentials": True},
    {"origins": ["https://example.com"], "private_network": True},
    {"guard_websockets": True},
    {"resource_policy": "same-origin"},
    {"origin_lookup": lookup, "credentials": True},
    {"origin_lookup": lookup, "origin_lookup_seconds": 0},
    {"origins": ["https://example.com"], "origin_lookup": lookup, "origin_lookup_seconds": 5},
    {"dangerously_allow_null_origin": True},
    {"origins": ["null"], "dangerously_allow_null_origin": True},
    {"origins": ["file://", "content://"], "dangerously_allow_file_origins": True},
    {"origins": ["http://shop.example.com"], "credentials": True, "dangerously_allow_insecure_origins": True},
    {"origins": ["https://*.github.io"], "credentials": True, "dangerously_allow_public_suffixes": True},
    {
        "origins": ["http://localhost:*"],
        "environment": "production",
        "dangerously_allow_loopback_in_production": True,
    },
    {"origin_regexes": [r"https://[a-z0-9-]+\.example\.com"], "credentials": True},
    {
        "origins": ["https://example.com"],
        "origin_regexes": [r"https://pr-\d+\.preview\.example\.com"],
        "credentials": True,
        "environment": "production",
    },
]


@pytest.mark.parametrize("fields", GOOD, ids=",".join)
def test_a_good_policy_is_accepted_in_silence(fields: dict[str, Any]) -> None:
    policy = Policy.of(fields)
    assert [each.says for each in policy.warnings if each.severity is not Severity.NOTE] == []


def test_nothing_is_worth_no_note() -> None:
    assert Policy().warnings == ()
