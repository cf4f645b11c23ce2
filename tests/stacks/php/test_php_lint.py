"""Pitfalls of PHP's stacks."""

from __future__ import annotations

from typing import Final

import pytest
from tests.stacks.linting import check_all_tried, check_hostile, check_own_texts, check_pitfall

STACKS: Final = ("php", "wordpress", "laravel", "symfony")
PLAIN: Final = """
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
if (in_array($origin, ['https://app.example'], true)) {
    header('Access-Control-Allow-Origin: ' . $origin);
    header('Access-Control-Allow-Credentials: true');
}
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
    header('Access-Control-Allow-Methods: PUT');
    exit;
}
"""
LARAVEL: Final = """
'paths' => ['api/*', 'sanctum/csrf-cookie'],
'allowed_origins' => ['https://app.example'],
'allowed_origins_patterns' => ['~\\Ahttps://[a-z]+\\.example\\.com\\z~'],
'supports_credentials' => true,
"""
SYMFONY: Final = "origin_regex: true\nallow_origin: ['^https://app\\.example$', '%env(CORS_ALLOW_ORIGIN)%']\n"
CASES: Final = {
    ("php", "reflected"): (
        "header(\"Access-Control-Allow-Origin: {$_SERVER['HTTP_ORIGIN']}\");",
        PLAIN,
    ),
    ("php", "several-origins"): (
        "header('Access-Control-Allow-Origin: https://a.example, https://b.example');",
        PLAIN,
    ),
    ("php", "trailing-slash"): ("header('Access-Control-Allow-Origin: https://a.example/');", PLAIN),
    ("php", "star-with-credentials"): (
        "header('Access-Control-Allow-Origin: *');\nheader('Access-Control-Allow-Credentials: true');",
        PLAIN,
    ),
    ("php", "preflight-not-answered"): (
        "header('Access-Control-Allow-Origin: *');\nheader('Access-Control-Allow-Methods: PUT, OPTIONS');",
        PLAIN,
    ),
    ("wordpress", "own-headers-stay"): (
        "add_action('rest_api_init', function () { header('Access-Control-Allow-Origin: https://a.example'); });",
        "remove_filter('rest_pre_serve_request', 'rest_send_cors_headers');\nadd_filter('rest_pre_serve_request',"
        " function () { header('Access-Control-Allow-Origin: https://a.example'); });",
    ),
    ("laravel", "star-with-credentials"): (
        "'allowed_origins' => ['*'],\n'supports_credentials' => true,",
        LARAVEL,
    ),
    ("laravel", "trailing-slash"): ("'allowed_origins' => ['https://a.example/'],", LARAVEL),
    ("laravel", "pattern-without-delimiters"): (
        "'allowed_origins_patterns' => ['https://*.example.com'],",
        LARAVEL,
    ),
    ("laravel", "empty-pattern"): ("'allowed_origins_patterns' => [''],", LARAVEL),
    ("laravel", "paths-too-narrow"): ("'paths' => ['api/*'],", LARAVEL),
    ("laravel", "headers-beside-the-library"): (
        "return $next($request)->header('Access-Control-Allow-Origin', '*');",
        LARAVEL,
    ),
    ("symfony", "open-expression"): ("origin_regex: true\nallow_origin: ['https?://.*example.com']", SYMFONY),
    ("symfony", "default-environment"): (
        "CORS_ALLOW_ORIGIN='^https?://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?$'",
        "CORS_ALLOW_ORIGIN='^https://app\\.example$'",
    ),
    ("symfony", "trailing-slash"): ("allow_origin: ['https://a.example/']", SYMFONY),
}


@pytest.mark.parametrize(("stack", "pitfall"), CASES)
def test_it_is_seen(stack: str, pitfall: str) -> None:
    check_pitfall(stack, pitfall, *CASES[stack, pitfall])


def test_all_are_tried() -> None:
    check_all_tried(STACKS, CASES)


@pytest.mark.parametrize("stack", STACKS)
def test_what_we_write_has_none(stack: str) -> None:
    check_own_texts(stack)
    check_hostile(stack)
