"""`CompiledPolicy`: what the hot path asks, and that it is worked out once."""

from __future__ import annotations

from typing import Any

import pytest

from corsage.server import CompiledPolicy, Policy, Reason, compile_policy

PAGE = "https://example.com"


def compiled(**values: Any) -> CompiledPolicy:
    return compile_policy(Policy.of(values))


@pytest.mark.parametrize(
    ("values", "exact", "needs_more"),
    [
        ({}, set(), False),
        ({"origins": [PAGE, "http://localhost:3000"]}, {PAGE, "http://localhost:3000"}, False),
        ({"origins": [PAGE, "https://*.example.com"]}, {PAGE}, True),
        ({"origins": ["https://+.example.com"]}, set(), True),
        ({"origins": ["http://localhost:*"]}, set(), True),
        ({"origins": [PAGE], "origin_regexes": [r"https://a\.example"]}, {PAGE}, True),
        ({"origins": [PAGE], "origin_lookup": lambda _: True}, {PAGE}, True),
        ({"origins": [PAGE], "dangerously_allow_null_origin": True}, {PAGE, "null"}, False),
    ],
)
def test_exact_origins_and_whether_there_are_others(
    values: dict[str, Any], exact: set[str], *, needs_more: bool
) -> None:
    policy = compiled(**values)
    assert policy.exact == exact
    assert policy.needs_more == needs_more
    assert not policy.any_origin
    assert policy.vary == ("Origin",)
    for origin in exact:
        assert policy.allows_listed(origin)


def test_for_everyone_nothing_varies() -> None:
    policy = compiled(origins="*", exposed_headers="*", timing=True)
    assert policy.any_origin
    assert policy.vary == ()
    assert policy.preflight_vary == ("Access-Control-Request-Method", "Access-Control-Request-Headers")
    assert policy.always == (
        ("Access-Control-Allow-Origin", "*"),
        ("Timing-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", "*"),
    )


OWNED = {
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-expose-headers",
    "access-control-max-age",
    "access-control-allow-private-network",
}


def test_what_the_application_may_not_say_itself() -> None:
    assert compiled(origins=[PAGE]).owned == OWNED
    # Headers that the policy does not speak of stay the application's.
    assert compiled(origins=[PAGE], timing=True).owned == OWNED | {"timing-allow-origin"}
    assert compiled(origins=[PAGE], resource_policy="same-site").owned == OWNED | {
        "cross-origin-resource-policy"
    }
    assert compiled(origins="*", exposed_headers="*").owned == OWNED


def test_regexes_must_match_the_whole_and_are_asked_about_origins_alone() -> None:
    policy = compiled(origin_regexes=[r"https://[a-z]+\.example\.com"])
    assert policy.allows_listed("https://a.example.com")
    for origin in (
        "https://a.example.com.evil.com",
        "https://a.example.com:8443",
        "xhttps://a.example.com",
        "https://a.example.com\n",
        "https://A.example.com",
        "https://evil.com/https://a.example.com",
    ):
        assert not policy.allows_listed(origin)
    # Not even one that would match anything.
    loose = compiled(origin_regexes=[r"https://(?s:.*)example\.com"], dangerously_allow_public_suffixes=True)
    for origin in (
        "https://evil.com/.example.com",
        "https://x@a.example.com",
        "https://a\n.example.com",
        "null",
        "",
    ):
        assert not loose.allows_listed(origin)


def test_a_regex_of_upper_case_letters_matches_nothing() -> None:
    policy = compiled(origin_regexes=[r"(?i)https://EXAMPLE\.com"])
    assert policy.allows_listed("https://example.com")
    assert not policy.allows_listed("https://EXAMPLE.com")
    assert not policy.allows_listed("https://e\u017fample.com")


def test_why_an_origin_is_refused() -> None:
    policy = compiled(origins=[PAGE])
    assert policy.refused_origin("null") is Reason.ORIGIN_NULL
    assert policy.refused_origin("https://other.example") is Reason.ORIGIN_NOT_ALLOWED
    assert policy.refused_origin("https://other.example/") is Reason.ORIGIN_MALFORMED
    assert policy.refused_origin("x" * 70_000) is Reason.ORIGIN_MALFORMED


@pytest.mark.parametrize(
    ("values", "method", "headers", "refused"),
    [
        ({}, "GET", "", None),
        ({}, "POST", "", None),
        ({}, "PUT", "", (Reason.METHOD_NOT_ALLOWED, "PUT")),
        ({}, "GET", "x-a", (Reason.HEADER_NOT_ALLOWED, "x-a")),
        ({"methods": ["put"]}, "PUT", "", None),
        ({"methods": ["put"]}, "put", "", (Reason.METHOD_NOT_ALLOWED, "put")),
        ({"methods": "*"}, "PURGE", "", None),
        ({"methods": "*"}, "*", "", None),
        ({"methods": "*"}, "PU RGE", "", (Reason.METHOD_MALFORMED, "PU RGE")),
        ({"request_headers": ["X-A"]}, "GET", "X-A,x-a", None),
        ({"request_headers": "*"}, "GET", "x-a,x-b", None),
        ({"request_headers": "*"}, "GET", "authorization", (Reason.HEADER_NOT_ALLOWED, "authorization")),
        ({"request_headers": ["*", "authorization"]}, "GET", "authorization,x-a", None),
        ({"request_headers": ["x-a"]}, "GET", "x-a;x-b", (Reason.HEADERS_MALFORMED, "x-a;x-b")),
        ({"request_headers": ["x-a"]}, "GET", "a" * 70_000, (Reason.HEADERS_MALFORMED, "a" * 128)),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_a_preflight_lacks(
    values: dict[str, Any], method: str, headers: str, refused: tuple[Reason, str] | None
) -> None:
    assert compiled(origins=[PAGE], **values).refused_preflight(method, headers) == refused


def test_ten_thousand_origins_of_each_kind() -> None:
    exact = [f"https://customer-{number}.example" for number in range(10_000)]
    wild = [f"https://*.tenant-{number}.example" for number in range(10_000)]
    policy = compiled(origins=[*exact, *wild])
    assert len(policy.exact) == 10_000
    assert policy.allows_listed("https://customer-9999.example")
    assert policy.allows_listed("https://a.b.tenant-9999.example")
    assert not policy.allows_listed("https://tenant-9999.example")
