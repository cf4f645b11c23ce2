"""CORS11x and CORS12x: each misspelling has its rule, and the right spelling is proposed."""

import json

import pytest

from corsage.server import Policy, parse_origin_pattern, problems_of

# What is written, the codes, what is proposed.
MISSPELT = [
    ("https://example.com/", {"CORS114"}, "https://example.com"),
    ("https://*.example.com:8080/", {"CORS114"}, "https://*.example.com:8080"),
    ("chrome-extension://abc/", {"CORS114"}, "chrome-extension://abc"),
    ("https://example.com/*", {"CORS115"}, "https://example.com"),
    ("https://example.com/a/b?c=d#e", {"CORS115"}, "https://example.com"),
    ("https://example.com?x", {"CORS115"}, "https://example.com"),
    ("https://example.com#x", {"CORS115"}, "https://example.com"),
    ("https://example.com\\", {"CORS115", "CORS122"}, None),
    ("https://me@example.com", {"CORS116"}, "https://example.com"),
    ("https://me:secret@example.com/", {"CORS114", "CORS116"}, "https://example.com"),
    ("https://Example.com", {"CORS117"}, "https://example.com"),
    ("HTTPS://example.com", {"CORS117"}, "https://example.com"),
    ("HTTPS://EXAMPLE.COM:443/", {"CORS114", "CORS117", "CORS118"}, "https://example.com"),
    ("https://example.com:443", {"CORS118"}, "https://example.com"),
    ("http://example.com:80", {"CORS118"}, "http://example.com"),
    ("https://*.example.com:443", {"CORS118"}, "https://*.example.com"),
    ("https://bücher.example", {"CORS119"}, "https://xn--bcher-kva.example"),
    ("https://*.bücher.example", {"CORS119"}, "https://*.xn--bcher-kva.example"),
    ("https://BÜCHER.example", {"CORS117", "CORS119"}, "https://xn--bcher-kva.example"),
    ("https://ex%61mple.com", {"CORS119"}, "https://example.com"),
    ("http://[0:0:0:0:0:0:0:1]:3000", {"CORS120"}, "http://[::1]:3000"),
    ("http://[::FFFF]", {"CORS117"}, "http://[::ffff]"),
    ("http://::1", {"CORS120"}, "http://[::1]"),
    ("http://127.1:8080", {"CORS120"}, "http://127.0.0.1:8080"),
    ("http://0x7f.1", {"CORS120"}, "http://127.0.0.1"),
    ("http://127.0.0.01", {"CORS120"}, "http://127.0.0.1"),
    ("http://2130706433", {"CORS120"}, "http://127.0.0.1"),
    ("example.com", {"CORS113"}, "https://example.com"),
    ("*.example.com", {"CORS113"}, "https://*.example.com"),
    ("//example.com", {"CORS113"}, "https://example.com"),
    ("://example.com", {"CORS113"}, "https://example.com"),
    ("https:/example.com", {"CORS113"}, "https://example.com"),
    ("http:example.com", {"CORS113"}, "http://example.com"),
    ("https//example.com", {"CORS113"}, "https://example.com"),
    ("example.com:8443/", {"CORS113", "CORS114"}, "https://example.com:8443"),
    ("localhost", {"CORS113"}, "http://localhost"),
    ("localhost:3000", {"CORS113"}, "http://localhost:3000"),
    ("192.168.1.4:8080", {"CORS113"}, "http://192.168.1.4:8080"),
    ("[::1]:3000", {"CORS113"}, "http://[::1]:3000"),
    ("https://*example.com", {"CORS121"}, "https://*.example.com"),
    ("https://*-example.co.uk", {"CORS121"}, "https://*.example.co.uk"),
    ("https://*.*.example.com", {"CORS121"}, "https://*.example.com"),
    ("https://a.*.example.com", {"CORS121"}, r'origin_regexes = ["https://a\\.[a-z0-9-]+\\.example\\.com"]'),
    ("https://pr-*.example.com", {"CORS121"}, r'origin_regexes = ["https://pr-[a-z0-9-]+\\.example\\.com"]'),
    ("https://example.*", {"CORS121"}, "https://example.com"),
    ("https://example.com*", {"CORS121"}, "https://example.com"),
    ("http*://example.com", {"CORS121"}, "https://example.com"),
    ("*://example.com", {"CORS121"}, "https://example.com"),
    ("https://*", {"CORS121"}, "*"),
    ("chrome-extension://*", {"CORS121"}, None),
    ("https://*.127.0.0.1", {"CORS121"}, "https://127.0.0.1"),
    ("https://example.com:80*", {"CORS121"}, "https://example.com:*"),
    (r"https://.*\.example\.com", {"CORS122"}, r'origin_regexes = ["https://.*\\.example\\.com"]'),
    ("https?://example.com", {"CORS122"}, 'origin_regexes = ["https?://example.com"]'),
    ("^https://example.com$", {"CORS122"}, 'origin_regexes = ["^https://example.com$"]'),
    ("https://(a|b).example.com", {"CORS122"}, 'origin_regexes = ["https://(a|b).example.com"]'),
    ("https://.*", {"CORS122"}, 'origin_regexes = ["https://.*"]'),
    ("null", {"CORS123"}, None),
    ("NULL", {"CORS123"}, None),
    ("file://x", {"CORS124"}, None),
    ("FILE://", {"CORS124"}, None),
    ("APP://", {"CORS117"}, "app://"),
    # Safari's extensions are shown so, and send their origin in lower case.
    (
        "safari-web-extension://7688F751-D970-497E-A0CE-AA99C144279B",
        {"CORS117"},
        "safari-web-extension://7688f751-d970-497e-a0ce-aa99c144279b",
    ),
    ("http://xn--f", {"CORS110"}, None),
    (f"https://*.{'a' * 50}.{'b' * 50}.{'c' * 50}.{'d' * 50}.{'e' * 48}", {"CORS110"}, None),
    ("https://[::ffff:127.127.127.127]", {"CORS120"}, "https://[::ffff:7f7f:7f7f]"),
    ("file:///home/me/index.html", {"CORS124"}, None),
    (" https://example.com", {"CORS111"}, "https://example.com"),
    ("https://example.com\n", {"CORS111"}, "https://example.com"),
    ("https://example.com\u200b", {"CORS111"}, "https://example.com"),
    ("https://exa mple.com", {"CORS111"}, "https://example.com"),
    ('"https://example.com"', {"CORS111"}, "https://example.com"),
    ("'*'", {"CORS111"}, "*"),
    ("`https://example.com/`", {"CORS111", "CORS114"}, "https://example.com"),
    ("", {"CORS110"}, None),
    ("   ", {"CORS110", "CORS111"}, None),
    ("https://", {"CORS110"}, None),
    ("https://a..example.com", {"CORS110"}, None),
    ("https://-a.example.com", {"CORS110"}, None),
    ("https://" + "a" * 64 + ".example.com", {"CORS110"}, None),
    ("https://example.com:", {"CORS110"}, "https://example.com"),
    ("https://example.com:0", {"CORS110"}, None),
    ("https://example.com:70000", {"CORS110"}, None),
    ("https://example.com:0443", {"CORS118"}, "https://example.com"),
    ("https://example.com:08443", {"CORS110"}, "https://example.com:8443"),
    ("https://example.com:port", {"CORS110"}, None),
    ("http://[::1", {"CORS110"}, None),
    ("http://[fe80::1%25eth0]", {"CORS110"}, None),
    ("http://1.2.3.256", {"CORS110"}, None),
    ("data:text/html,hello", {"CORS110"}, None),
    ("blob:https://example.com/1", {"CORS110"}, None),
    ("any", {"CORS110"}, "*"),
    ("x" * 5000, {"CORS110"}, None),
]


@pytest.mark.parametrize(
    ("text", "codes", "mended"),
    MISSPELT,
    ids=lambda case: "+".join(sorted(case)) if isinstance(case, set) else str(case)[:40],
)
def test_a_misspelling_is_named_and_mended(text: str, codes: set[str], mended: str | None) -> None:
    assert parse_origin_pattern(text) is None
    found = problems_of({"origins": ["https://first.example.com", text]})
    named = {problem.code for problem in found}
    assert named & codes
    assert named <= codes
    assert all(problem.field == "origins[1]" for problem in found)
    if mended is not None:
        assert {problem.suggestion for problem in found} == {mended}
        assert mended == "*" or "regexes" in mended or parse_origin_pattern(mended)


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("https://a.com,https://b.com", ["https://a.com", "https://b.com"]),
        ("https://a.com, b.com/", ["https://a.com", "https://b.com"]),
        ("https://a.com https://B.com", ["https://a.com", "https://b.com"]),
        ("https://a.com;https://b.com", ["https://a.com", "https://b.com"]),
        ("https://a.com|https://b.com", ["https://a.com", "https://b.com"]),
        ('["https://a.com", "https://b.com"]', ["https://a.com", "https://b.com"]),
        ("['https://a.com']", ["https://a.com"]),
        ("http://web http://api", ["http://web", "http://api"]),
        ("https://a.com, *", ["https://a.com", "*"]),
    ],
)
def test_several_origins_in_one_text_are_taken_apart(text: str, origins: list[str]) -> None:
    (problem,) = problems_of({"origins": [text]})
    assert problem.code == "CORS112"
    assert problem.suggestion is not None
    assert json.loads(problem.suggestion) == origins


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("htps://example.com", "https://example.com"),
        ("htttp://localhost:3000", "http://localhost:3000"),
        ("httsp://example.com", "https://example.com"),
        ("wss://example.com", "https://example.com"),
        ("ws://localhost:3000", "http://localhost:3000"),
    ],
)
def test_a_slip_in_the_scheme(text: str, right: str) -> None:
    (problem,) = problems_of({"origins": [text]})
    assert (problem.code, problem.suggestion) == ("CORS125", right)


def test_the_place_is_named_as_its_writer_sees_it() -> None:
    values = {"origins": "https://example.com/"}
    assert [problem.field for problem in problems_of(values)] == ["origins", "origins"]


def test_null_is_not_mistaken_where_it_is_allowed() -> None:
    values = {"origins": ["Null"], "dangerously_allow_null_origin": True}
    (problem,) = problems_of(values)
    assert (problem.code, problem.suggestion) == ("CORS123", "null")


@pytest.mark.parametrize(
    ("origins", "needless"),
    [
        (["https://*.example.com", "https://a.example.com", "https://b.a.example.com"], [1, 2]),
        (["https://+.example.com", "https://a.example.com", "https://b.a.example.com"], [1]),
        (["https://a.example.com", "https://*.example.com"], [0]),
        (["https://*.example.com", "https://*.a.example.com", "https://+.example.com"], [1, 2]),
        (["https://*.example.com", "https://example.com", "http://a.example.com"], []),
        (["http://localhost:*", "http://localhost", "http://localhost:3000"], [1, 2]),
        (["https://*.example.com:*", "https://*.example.com:8443", "https://a.example.com"], [1, 2]),
        (["https://*.example.com", "https://*.example.com:8443"], []),
        (["https://example.com:*", "https://*.example.com"], []),
    ],
)
def test_what_another_entry_covers(origins: list[str], needless: list[int]) -> None:
    found = [problem.field for problem in problems_of({"origins": origins}) if problem.code == "CORS126"]
    assert sorted(found) == [f"origins[{number}]" for number in needless]


@pytest.mark.parametrize(
    "values",
    [
        {"origins": ["https://example.com", "*"]},
        {"origins": ["*", "https://*.example.com"]},
        {"origins": "*", "origin_regexes": [r"https://.*\.example\.com"]},
    ],
)
def test_a_star_beside_others(values: dict[str, object]) -> None:
    assert [problem.code for problem in problems_of(values)] == ["CORS127"]


def test_repeats() -> None:
    values = {
        "origins": ["https://a.example.com", "https://b.example.com", "https://a.example.com"],
        "methods": ["PUT", "put", "PATCH"],
        "request_headers": ["X-A", "x-b", "x-a"],
        "exposed_headers": ["etag", "ETag"],
        "origin_regexes": [r"https://a\.example\.com", r"https://a\.example\.com"],
    }
    found = problems_of(values)
    assert {problem.code for problem in found} == {"CORS104"}
    assert [problem.field for problem in found] == [
        "origins[2]",
        "origin_regexes[1]",
        "methods[1]",
        "request_headers[2]",
        "exposed_headers[1]",
    ]


HOSTLESS = [
    ("app://", {}, ["warning CORS129"]),
    ("ionic://", {"environment": "production", "credentials": True}, ["warning CORS129"]),
    ("file://", {}, ["error CORS124"]),
    ("content://", {"dangerously_allow_null_origin": True}, ["error CORS124"]),
    ("file://", {"dangerously_allow_file_origins": True}, []),
    ("content://", {"dangerously_allow_file_origins": True, "credentials": True}, []),
    (
        "file://",
        {"dangerously_allow_file_origins": True, "environment": "production"},
        ["warning CORS124"],
    ),
    ("https://a.example", {"dangerously_allow_file_origins": True}, ["note CORS194"]),
    ("file:///x", {"dangerously_allow_file_origins": True}, ["note CORS194", "error CORS124"]),
]


@pytest.mark.parametrize(("text", "fields", "expected"), HOSTLESS)
def test_origins_without_a_host(text: str, fields: dict[str, object], expected: list[str]) -> None:
    found = problems_of({"origins": [text], **fields})
    assert sorted(f"{each.severity} {each.code}" for each in found) == sorted(expected)


@pytest.mark.parametrize("origin", ["app://", "ionic://", "file://", "content://"])
def test_an_origin_without_a_host_is_allowed_where_it_is_listed_alone(origin: str) -> None:
    fields = {"dangerously_allow_file_origins": True} if origin in {"file://", "content://"} else {}
    policy = Policy.of({"origins": [origin], **fields})
    explanation = policy.explain(origin=origin)
    assert explanation.allowed
    assert explanation.findings[0].entry == f"origins[0] {origin}"
    assert explanation.actual is not None
    assert ("Access-Control-Allow-Origin", origin) in explanation.actual.headers
    for other in (f"{origin}x", f"{origin}/", "null", "https://a.example", origin.upper()):
        assert not policy.explain(origin=other).allowed
    stranger = Policy(origins=["https://a.example"]).explain(origin=origin)
    assert stranger.sentences[0] == f"{origin} is not allowed: the only entry is not for it."
