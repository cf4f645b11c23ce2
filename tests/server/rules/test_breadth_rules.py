"""CORS13x: who is let in, and at what risk."""

from typing import Any

import pytest

from corsage.model.rule import Severity
from corsage.server import problems_of

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
Found = list[tuple[str, str, Severity]]


def found(**fields: Any) -> Found:
    return [
        (each.code, each.field, each.severity) for each in problems_of(fields) if each.severity is not NOTE
    ]


CASES: list[tuple[dict[str, Any], Found]] = [
    ({"origins": "*", "credentials": True}, [("CORS130", "origins", ERROR)]),
    (
        {"origins": ["https://a.com", "*"], "credentials": True},
        [("CORS127", "origins[1]", WARNING), ("CORS130", "origins[1]", ERROR)],
    ),
    # A star for names is a name where there are credentials.
    (
        {"origins": ["https://a.com"], "credentials": True, "methods": "*", "exposed_headers": ["ETag", "*"]},
        [("CORS131", "methods", ERROR), ("CORS131", "exposed_headers[1]", ERROR)],
    ),
    # http with credentials: an error but on this machine, or where it is meant.
    ({"origins": ["http://a.com"]}, []),
    ({"origins": ["http://a.com"], "credentials": True}, [("CORS132", "origins[0]", ERROR)]),
    ({"origins": ["http://*.a.com:*"], "credentials": True}, [("CORS132", "origins[0]", ERROR)]),
    ({"origins": ["http://10.0.0.1"], "credentials": True}, [("CORS132", "origins[0]", ERROR)]),
    ({"origins": ["http://a.com"], "credentials": True, "dangerously_allow_insecure_origins": True}, []),
    ({"origins": ["http://localhost", "http://a.localhost", "http://127.0.0.9"], "credentials": True}, []),
    (
        {"origin_regexes": [r"https?://a\.com"], "credentials": True},
        [("CORS132", "origin_regexes[0]", ERROR)],
    ),
    ({"origin_regexes": [r"https?://a\.com"]}, []),
    ({"origin_regexes": [r"https?://localhost(:\d+)?"], "credentials": True}, []),
    ({"origin_regexes": [r".*\.a\.com"], "credentials": True}, [("CORS132", "origin_regexes[0]", ERROR)]),
    # Public suffixes: an error with credentials, otherwise a warning.
    ({"origins": ["https://*.com"]}, [("CORS133", "origins[0]", WARNING)]),
    ({"origins": ["https://*.github.io"], "credentials": True}, [("CORS133", "origins[0]", ERROR)]),
    ({"origins": ["https://+.co.uk:*"], "credentials": True}, [("CORS133", "origins[0]", ERROR)]),
    ({"origins": ["https://*.amazonaws.com"], "credentials": True}, [("CORS133", "origins[0]", ERROR)]),
    ({"origins": ["https://+.amazonaws.com"], "credentials": True}, []),
    ({"origins": ["https://*.co.uk"], "dangerously_allow_public_suffixes": True}, []),
    ({"origins": ["https://*.a.co.uk", "https://github.io"], "credentials": True}, []),
    ({"origin_regexes": [r"https://.*\.vercel\.app"]}, [("CORS133", "origin_regexes[0]", WARNING)]),
    (
        {"origin_regexes": [r"https://pr-\d+-us\.vercel\.app"], "credentials": True},
        [("CORS133", "origin_regexes[0]", ERROR)],
    ),
    ({"origin_regexes": [r"https://.*\.vercel\.app"], "dangerously_allow_public_suffixes": True}, []),
    # What is broad must be meant in production.
    ({"origins": "*", "environment": "production"}, [("CORS134", "origins", ERROR)]),
    ({"origins": "*", "environment": "production", "public": True}, []),
    ({"origins": "*", "environment": "staging"}, []),
    (
        {"origins": ["http://localhost:*", "https://[::1]"], "environment": "production"},
        [("CORS135", "origins[0]", ERROR), ("CORS135", "origins[1]", ERROR)],
    ),
    (
        {"origin_regexes": [r"https?://localhost:\d+"], "environment": "production"},
        [("CORS135", "origin_regexes[0]", ERROR)],
    ),
    *(
        (
            {"origins": [origin], "environment": "production"},
            [("CORS135", "origins[0]", ERROR)],
        )
        for origin in (
            "http://0.0.0.0:3000",
            "https://0.0.0.0",
            "http://[::]:8080",
            "http://[::ffff:7f00:1]",
            "http://[::ffff:0:0]",
            "http://127.9.8.7",
            "https://app.localhost",
            "https://*.localhost",
            "http://+.localhost:*",
        )
    ),
    *(
        (
            {"origin_regexes": [pattern], "environment": "production"},
            [("CORS135", "origin_regexes[0]", ERROR)],
        )
        for pattern in (
            r"https://[a-z]+\.localhost",
            r"http://127\.0\.0\.5:\d+",
            r"http://127\.\d+\.\d+\.[2-9]",
            r"http://localhost:4711",
            r"http://0\.0\.0\.0:3000",
            r"http://\[::ffff:7f00:1\]",
            r"http://\[::\]:1234",
            r"https://(example\.com|localhost:5678)",
            r"https://(?!app)[a-z]+\.localhost",
        )
    ),
    ({"origins": ["http://[::ffff:a00:1]", "http://[2001:db8::1]"], "environment": "production"}, []),
    ({"origin_regexes": [r"https://localhost\.example\.com"], "environment": "production"}, []),
    ({"origin_regexes": [r"capacitor://localhost"], "environment": "production"}, []),
    ({"origins": ["capacitor://localhost"], "environment": "production"}, []),
    (
        {
            "origins": ["http://localhost:3000"],
            "environment": "production",
            "dangerously_allow_loopback_in_production": True,
        },
        [],
    ),
    (
        {"dangerously_allow_null_origin": True, "environment": "production"},
        [("CORS136", "dangerously_allow_null_origin", WARNING)],
    ),
    ({"origins": ["https://a.com:*"]}, []),
    ({"origins": ["https://a.com:*"], "environment": "production"}, [("CORS137", "origins[0]", WARNING)]),
    (
        {
            "origins": ["http://localhost:*"],
            "environment": "production",
            "dangerously_allow_loopback_in_production": True,
        },
        [],
    ),
    *(
        (
            {"origin_regexes": [pattern], "environment": "production", "credentials": True},
            [("CORS137", "origin_regexes[0]", WARNING)],
        )
        for pattern in (
            r"https://example\.com:\d+",
            r"https://example\.com(:\d{4})?",
            r"https://example\.com:[0-9]{5}",
            r"https://[\w.-]+\.example\.com(:\d+)?",
            r"https://[^.]+\.example\.com(?::[0-9]{1,5})?",
        )
    ),
    ({"origin_regexes": [r"https://example\.com:\d+"]}, []),
    ({"origin_regexes": [r"https://example\.com:80[0-9]{2}"], "environment": "production"}, []),
    (
        {
            "origin_regexes": [r"http://(localhost|127\.0\.0\.1):\d+"],
            "environment": "production",
            "dangerously_allow_loopback_in_production": True,
        },
        [],
    ),
    (
        {"origin_regexes": ["https://.*"], "environment": "production"},
        [("CORS147", "origin_regexes[0]", ERROR)],
    ),
    ({"origin_regexes": ["https://.*"]}, [("CORS147", "origin_regexes[0]", WARNING)]),
]


@pytest.mark.parametrize(("fields", "expected"), CASES, ids=lambda case: str(case)[:80])
def test_breadth(fields: dict[str, Any], expected: Found) -> None:
    assert found(**fields) == expected


def test_a_public_suffix_has_a_witness() -> None:
    (problem,) = problems_of({"origins": ["https://*.github.io:8443"], "credentials": True})
    assert problem.witness == "https://evil.github.io:8443"
