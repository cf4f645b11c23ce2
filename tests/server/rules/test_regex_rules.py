"""CORS14x: what expressions accept beyond what was meant, each with a witness that they really accept."""

import re
from itertools import product
from typing import Any

import pytest

from corsage.model import parse_url
from corsage.model.rule import Severity
from corsage.server import Policy, compile_policy, problems_of, split_serialized_origin

# Expressions that accept what they say and nothing else: silent even with credentials and in production.
GOOD = [
    r"https://[a-z0-9-]+\.example\.com",
    r"https://pr-\d+\.preview\.example\.com",
    r"^https://([a-z0-9-]+\.)?example\.com$",
    r"https://([a-z0-9-]+\.)*example\.com",
    r"https://(?:[^.]+\.)+example\.com",
    r"https://.*\.example\.com",
    r"https://.+\.example\.co\.uk",
    r"\Ahttps://[^/]+\.example\.com\Z",
    r"https://([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+example\.com",
    r"https://(app|www)\.(example|partner)\.(com|co\.uk)",
    r"https://(?:app|admin)(?:-staging)?\.example\.com",
    r"https://example\.com|https://example\.org",
    r"https://example[12]\.com",
    r"https://example\.com(/.*)?",
    r"https://example\.com/?",
    r"https://pr-..\.example\.com",
    r"https://v.\.example\.com",
    r"https://(?!admin)[a-z]+\.example\.com",
    r"https://(?!.*evil)[a-z.]+\.example\.com",
    r"(?i)https://App\.Example\.com",
    r"https://.*\.corp\.internal",
    r"https://.*\.test",
    r"chrome-extension://(abcdefghijklmnop){2}",
    r"capacitor://.*",
    r"capacitor://localhost|https://app\.example\.com",
    r"https://xn--bcher-kva\.example",
    r"https://my_host\.example\.com:8443",
    r"https://shop-\w+\.example\.github\.io",
    r"https://(shop\.)?\.?example\.com",
    r"https://example\.com\.?",
    r"https://.*(?<=\.example\.com)",
    r"https://(?=[a-z]+\.example\.com).*\.example\.com",
    r"https://[a-z]{,10}\.example\.com",
    r"https://[^.]+\.[^.]+\.[^.]+\.[^.]+\.example\.com",
    r"https://[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{12}\.example\.com",
    r"https://[a-z0-9-]+--[a-z0-9-]+\.example\.com",
    r"https://.*\..*\.example\.com",
    r"https://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}example\.com",
    r"https://(?:(?:app|www|api|m)\.){0,3}example\.com",
]

PREFIXES = [
    "", r"www\.", r"(?:www\.)?", r"[^.]+\.", r".*\.", r"(.+\.)?", r"(?:[\w-]+\.)*", r"[a-z]{1,63}\.", r"(a|b-\d+)\.",
    r"pr-[0-9]+\.", r"[a-z0-9]([a-z0-9-]*[a-z0-9])?\.", r"\S+?\.",
]  # fmt: skip
DOMAINS = [
    r"example\.com",
    r"example[.]co\.uk",
    r"my-shop\.github\.io",
    r"(?:one|two)\.(?:de|org)",
    r"xn--bcher-kva\.example",
]
PORTS = ["", r":8443", r"(:\d+)?", r"(?::[0-9]{1,5})?", "/?"]
ENDS = [("", ""), ("^", "$"), (r"\A", r"\Z"), ("(?:", ")")]

# With credentials: the expression, the code, a witness, what is proposed.
BAD = [
    (r"https://app.example.com", "CORS144", "https://appxexample.com", r"https://app\.example\.com"),
    (r"https://a.b.example.co.uk", "CORS144", "https://a.bxexample.co.uk", r"https://a\.b\.example\.co\.uk"),
    (r"https://.*.example.com", "CORS144", "https://evilexample.com", r"https://.*\.example\.com"),
    (r"https://[a-z]+.example\.com", "CORS144", "https://evilexample.com", r"https://[a-z]+\.example\.com"),
    (r"https://(www.)?example\.com", "CORS144", "https://wwwxexample.com", r"https://(www\.)?example\.com"),
    (r"https://(?:app|www).example\.com", "CORS144", None, r"https://(?:app|www)\.example\.com"),
    (
        r"https://.*example\.com",
        "CORS145",
        "https://evilexample.com",
        r"https://(?:[a-z0-9-]+\.)*example\.com",
    ),
    (
        r"^https://.+example\.com$",
        "CORS145",
        "https://evilexample.com",
        r"^https://(?:[a-z0-9-]+\.)*example\.com$",
    ),
    (
        r"https://[\w.-]+example\.com",
        "CORS145",
        "https://evilexample.com",
        r"https://(?:[a-z0-9-]+\.)*example\.com",
    ),
    (
        r"https://(.*)example\.de",
        "CORS145",
        "https://evilexample.de",
        r"https://(?:[a-z0-9-]+\.)*example\.de",
    ),
    (r"https://(?!evil).*example\.com", "CORS145", None, None),
    (r"https://(?!evil)(?!x)[a-z]+example\.com", "CORS145", None, None),
    (r"https://[a-z]+app\.com", "CORS145", "https://evilapp.com", r"https://(?:[a-z0-9-]+\.)*app\.com"),
    (r"https://example\.com.*", "CORS146", "https://example.com.evil.com", r"https://example\.com"),
    (r"^https://example\.com.+$", "CORS146", "https://example.com.evil.com", None),
    (
        r"https://www\.example\.com(.*)",
        "CORS146",
        "https://www.example.com.evil.com",
        r"https://www\.example\.com",
    ),
    (r"https://.*", "CORS147", "https://evil.com", None),
    (r".*", "CORS147", "https://evil.com", None),
    (r"https?://[^/]+", "CORS147", "https://evil.com", None),
    (r"https://[a-z0-9.-]+(:\d+)?", "CORS147", "https://evil.com", None),
    (r"https://example\.[a-z]+", "CORS148", None, None),
    (r"https://.*com", "CORS148", None, None),
    (r"https://[0-9.]+", "CORS148", "https://203.0.113.7", None),
    (r"https://(app|admin)?\.?example\.com", "CORS145", "https://appexample.com", None),
    (r"https://(www)?\.?example\.com", "CORS145", "https://wwwexample.com", None),
    (r"https://(www)?example\.com", "CORS145", "https://wwwexample.com", None),
    (r"https://(www[.]?)?example\.com", "CORS145", "https://wwwexample.com", None),
    (r"https://(www)?(\.|)example\.com", "CORS145", "https://wwwexample.com", None),
    (r"https://[a-z]*\.*example\.com", "CORS145", "https://evilexample.com", None),
    (r"https://(?=.*example\.com).*", "CORS145", "https://evilexample.com", None),
    (r"https://(?=.*example\.com).*", "CORS146", "https://example.com.evil.com", None),
    (r"https://(?=example\.com).*", "CORS146", "https://example.com.evil.com", None),
    (r"https://(?=www\.example\.com).+", "CORS146", "https://www.example.com.evil.com", None),
    (r"https://www(?=\.example\.com).+", "CORS146", None, None),
    (r"(?=https://example\.com).*", "CORS146", "https://example.com.evil.com", None),
    (r"https://.*(?<=example\.com)", "CORS145", "https://evilexample.com", None),
    (r"https://.*(?<=\.com)", "CORS133", "https://evil.com", None),
    (r"https://(?!.*evil).*", "CORS148", None, None),
    (r"https://.*\.amazonaws\.com", "CORS133", "https://evil.s3.amazonaws.com", None),
    (r"https://(.+\.)?us-east-1\.amazonaws\.com", "CORS133", None, None),
    (r"https://shop-[a-z.-]+\.amazonaws\.com", "CORS133", None, None),
    (
        r"chrome-extension://.*",
        "CORS148",
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
        None,
    ),
    (
        r"chrome-extension://[a-p]{32}",
        "CORS148",
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
        None,
    ),
    (r"https://.*\.com", "CORS133", "https://evil.com", None),
    (r"https://.*\.github\.io", "CORS133", "https://evil.github.io", None),
    (r"https://shop-.*\.vercel\.app", "CORS133", "https://shop-evil.vercel.app", None),
    (r"https://.*-team\.vercel\.app", "CORS133", "https://evil-team.vercel.app", None),
    (r"https?://example\.com", "CORS132", "http://example.com", r"https://example\.com"),
    (r".*\.example\.com", "CORS132", "http://x.example.com", r"https://.*\.example\.com"),
    (r"(http|https)://example\.com", "CORS132", "http://example.com", r"https://example\.com"),
    (
        r"http://192\.168\.\d+\.\d+(:\d+)?",
        "CORS132",
        "http://192.168.1.1",
        r"https://192\.168\.\d+\.\d+(:\d+)?",
    ),
]

# Shapes of expressions that people write, with what is found in them where there are credentials.
IN_THE_WILD: list[tuple[str, dict[str, str | None]]] = [
    (r"http://(localhost|127\.0\.0\.1):\d+", {}),
    (r"^https?://(localhost|127\.0\.0\.1)(:\d+)?$", {}),
    (r"^https?:\/\/(?:(?:[^:]+\.)?localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$", {}),
    (r"^https?:\/\/localhost", {}),
    (r"^.*\.localhost:\d+$", {}),
    (r"^http://127.0.0.1:\d+$", {}),
    (r"^https:\/\/.*\.example\.in$", {}),
    (r"^https://([a-z0-9]+[.])*example[.]com$", {}),
    (r"^https://(.+\.)?example\.com(:\d{1,5})?$", {}),
    (r"https://example-[0-9a-f]{8}\.example\.app", {}),
    (r"https://[a-z0-9]{8}\.example\.pages\.dev", {}),
    (r"https://\S+\.example\.com", {}),
    (r"https://example\.com(:443)?", {}),
    (r"^http://10\.\d+\.\d+\.\d+$", {"CORS132": r"^https://10\.\d+\.\d+\.\d+$"}),
    (
        r"https?://(localhost|192\.168\.\d{1,3}\.\d{1,3}):5173",
        {"CORS132": r"https://(localhost|192\.168\.\d{1,3}\.\d{1,3}):5173"},
    ),
    (
        r"^https?:\/\/(.*\.)?example\.com\.uy(\/.*)?$",
        {"CORS132": r"^https:\/\/(.*\.)?example\.com\.uy(\/.*)?$"},
    ),
    (r"^(https?://)?(\w+\.)?example\.com$", {"CORS132": r"^https://(\w+\.)?example\.com$"}),
    (
        r"^(https?://)?local.example.io:?[\d]*?$",
        dict.fromkeys(("CORS132", "CORS144", "CORS146"), r"^https://local\.example\.io(?::[0-9]+)?$"),
    ),
    (r".*\.example\.com.*", dict.fromkeys(("CORS132", "CORS146"), r"https://.*\.example\.com")),
    (r"^https://.*\.vercel\.app$", {"CORS133": None}),
    (r"^https:\/\/shop-dql2-.*\.vercel\.app$", {"CORS133": None}),
    (r"^https:\/\/shop-pr-\d+\.herokuapp\.com$", {"CORS133": None}),
    (r"https://.*\.ngrok-free\.app|https://.*\.loca\.lt", {"CORS133": None}),
    (
        r"^https?://(localhost:3000|.*\.example\.com|.*\.vercel\.app)$",
        {"CORS132": r"^https://(localhost:3000|.*\.example\.com|.*\.vercel\.app)$", "CORS133": None},
    ),
    (r"https://[^/]*\.?example\.com", {"CORS145": r"https://(?:[a-z0-9-]+\.)*example\.com"}),
    (r"https://*.example.com", {"CORS128": 'origins = ["https://*.example.com"]', "CORS144": None}),
    (r"^localhost:\d+$", {"CORS142": r"https://localhost:\d+"}),
    (r"example\.com$", {"CORS142": r"https://example\.com"}),
    (r"^https://.*\\.vercel\\.app$", {"CORS142": None}),
    (r"*", {"CORS140": 'origins = "*"'}),
]


@pytest.mark.parametrize(("pattern", "expected"), IN_THE_WILD)
def test_what_people_write(pattern: str, expected: dict[str, str | None]) -> None:
    found = problems_of({"origin_regexes": [pattern], "credentials": True})
    assert {problem.code: problem.suggestion for problem in found} == expected


@pytest.mark.parametrize("pattern", GOOD)
def test_a_good_expression_is_silent(pattern: str) -> None:
    for environment in (None, "production"):
        values = {"origin_regexes": [pattern], "credentials": True, "environment": environment}
        assert [problem.says for problem in problems_of(values)] == []


@pytest.mark.parametrize("ends", ENDS, ids=str)
def test_everything_made_of_good_parts_is_silent(ends: tuple[str, str]) -> None:
    for prefix, domain, port in product(PREFIXES, DOMAINS, PORTS):
        pattern = f"{ends[0]}https://{prefix}{domain}{port}{ends[1]}"
        assert problems_of({"origin_regexes": [pattern], "credentials": True}) == (), pattern


@pytest.mark.parametrize(("pattern", "code", "witness", "proposed"), BAD)
def test_a_bad_expression_is_refused_with_a_witness(
    pattern: str, code: str, witness: str | None, proposed: str | None
) -> None:
    found = problems_of({"origin_regexes": [pattern], "credentials": True})
    assert code in {problem.code for problem in found}
    problem = next(each for each in found if each.code == code)
    assert problem.severity is Severity.ERROR
    assert problem.field == "origin_regexes[0]"
    assert problem.witness is not None
    assert witness is None or problem.witness == witness
    if proposed is not None:
        assert problem.suggestion == proposed


@pytest.mark.parametrize("pattern", [row[0] for row in BAD])
def test_every_witness_is_a_real_origin_that_the_policy_allows(pattern: str) -> None:
    policy = Policy(
        origin_regexes=[pattern],
        dangerously_allow_public_suffixes=True,
        dangerously_allow_insecure_origins=True,
    )
    compiled = compile_policy(policy)
    for problem in problems_of({"origin_regexes": [pattern], "credentials": True}):
        assert problem.witness is not None
        assert split_serialized_origin(problem.witness) is not None
        url = parse_url(f"{problem.witness}/")
        assert url is not None
        # The URL standard leaves the origins of browsers' own schemes to them.
        assert url.origin.serialized == problem.witness or problem.witness.startswith("chrome-extension:")
        assert re.fullmatch(pattern, problem.witness)
        assert compiled.allows_listed(problem.witness)


@pytest.mark.parametrize("pattern", [row[0] for row in BAD])
def test_what_is_proposed_is_good(pattern: str) -> None:
    proposals = {
        problem.suggestion for problem in problems_of({"origin_regexes": [pattern], "credentials": True})
    }
    for proposal in proposals - {None}:
        assert problems_of({"origin_regexes": [proposal], "credentials": True}) == ()


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        (r"https://app.example.com", "CORS144"),
        (r"https://.*example\.com", "CORS145"),
        (r"https://x\.com.*", "CORS146"),
    ],
)
def test_without_credentials_it_is_a_warning(pattern: str, code: str) -> None:
    (problem,) = problems_of({"origin_regexes": [pattern]})
    assert (problem.code, problem.severity) == (code, Severity.WARNING)


@pytest.mark.parametrize("scheme", ["moz-extension", "safari-web-extension"])
def test_extensions_whose_names_cannot_be_listed_are_a_warning(scheme: str) -> None:
    for pattern in (f"{scheme}://.*", f"{scheme}://[0-9a-f-]{{36}}"):
        (problem,) = problems_of({"origin_regexes": [pattern], "credentials": True})
        assert (problem.code, problem.severity) == ("CORS148", Severity.WARNING)
        assert problem.witness == f"{scheme}://01234567-89ab-4cde-8f01-23456789abcd"


@pytest.mark.parametrize(
    ("pattern", "witness"),
    [
        (r"https://app\.example.com", "https://app.examplexcom"),
        (r"https://a.b\.example\.com", "https://axb.example.com"),
        (r"https://example.com", "https://examplexcom"),
    ],
)
def test_a_dot_that_lets_in_nobody_who_could_have_the_name_is_a_warning(pattern: str, witness: str) -> None:
    (problem,) = problems_of({"origin_regexes": [pattern], "credentials": True})
    assert (problem.code, problem.severity, problem.witness) == ("CORS144", Severity.WARNING, witness)


@pytest.mark.parametrize(
    ("pattern", "suggestion"),
    [
        (r"example\.com", r"https://example\.com"),
        (r"https://Example\.com", r"https://example\.com"),
        (r"https://example\.com/", r"https://example\.com"),
        (r"^Example\.com/$", r"https://example\.com"),
        (r"https://example\.com:443", r"https://example\.com"),
        (r"https://example\.com/.+", None),
        (r"null", None),
        (r"", None),
        (r"https://", None),
        (r"https://example\.com:70000", None),
    ],
)
def test_never_matches(pattern: str, suggestion: str | None) -> None:
    found = [
        each
        for each in problems_of({"origin_regexes": [pattern], "credentials": True})
        if each.code == "CORS142"
    ]
    assert [problem.severity for problem in found] == [Severity.WARNING]
    if suggestion is not None:
        assert found[0].suggestion == suggestion


@pytest.mark.parametrize(
    ("pattern", "suggestion"),
    [
        (r"https://a\.com|b\.com", r"https://(?:a\.com|b\.com)"),
        (r"^https://a\.com|b\.com$", r"^https://(?:a\.com|b\.com)$"),
        (r"https://a\.com|b\.com|[a-z]+\.c\.com", r"https://(?:a\.com|b\.com|[a-z]+\.c\.com)"),
        (r"https://a\.com|null", None),
    ],
)
def test_a_dead_alternative(pattern: str, suggestion: str | None) -> None:
    (problem,) = problems_of({"origin_regexes": [pattern], "credentials": True})
    assert (problem.code, problem.suggestion) == ("CORS143", suggestion)


INVALID: list[tuple[str, str]] = [
    ("(", "missing )"),
    ("[a", "unterminated"),
    ("a**", "multiple repeat"),
    ("a{99999999999}", "too large"),
    (r"\p{L}", "bad escape"),
    ("(?L)a", "inline flags"),
    ("(?u)a", "incompatible"),
    ("(" * 400 + ")" * 400, ""),
    ("a" * 1001, "1,001 characters"),
]


@pytest.mark.parametrize(("pattern", "says"), INVALID, ids=lambda case: case[:20])
def test_invalid(pattern: str, says: str) -> None:
    found = problems_of({"origin_regexes": [pattern]})
    if not says:
        return  # how deep groups may be is Python's to say
    assert [problem.code for problem in found] == ["CORS140"]
    assert says in found[0].reason


def test_compiled_expressions_are_read_as_their_text() -> None:
    values: dict[str, Any] = {"origin_regexes": [re.compile(r"https://app.example.com")]}
    assert [problem.code for problem in problems_of(values)] == ["CORS144"]
