"""What users found wrong in the diagnosis: short evidence, and the rule that comes first."""

import pytest

from corsage.clients.pasted import read_pasted
from corsage.clients.structured import read_structured
from corsage.diagnosis import Diagnosis, diagnose
from corsage.diagnosis.report import report_of
from corsage.model import Cause, HeaderList
from corsage.model.evidence import Answer, Evidence, Message, Probe, Speaker
from corsage.rules.report import report

APP = "https://app.example.com"
API = "https://api.example.com/items"
BLOCKED = f"Access to fetch at '{API}' from origin '{APP}' has been blocked by CORS policy: "
MISSING = f"{BLOCKED}No 'Access-Control-Allow-Origin' header is present on the requested resource."
NO_AUTHORIZATION = (
    f"{BLOCKED}Request header field authorization is not allowed by Access-Control-Allow-Headers in "
    "preflight response."
)


def of_text(text: str) -> Diagnosis:
    return diagnose(read_pasted(text).evidence)


def codes(found: Diagnosis) -> list[str]:
    return [finding.rule.code for finding in found.findings]


def first(found: Diagnosis) -> str:
    return codes(found)[0]


# -- 1 and 11: lines of logs


@pytest.mark.parametrize(("status", "code"), [(405, "CORS405"), (404, "CORS404"), (401, "CORS401")])
@pytest.mark.parametrize(
    "line",
    [
        'INFO: 127.0.0.1:53912 - "OPTIONS /items HTTP/1.1" {} Refused',
        '127.0.0.1 - - [10/Oct/2025:13:55:36] "OPTIONS /items HTTP/1.1" {} 153 "http://localhost:3000/" "Mozilla"',
        "OPTIONS /items {} 0.312 ms - 12",
    ],
)
def test_a_preflight_in_a_log_is_one(line: str, status: int, code: str) -> None:
    assert first(of_text(line.format(status))) == code


def test_of_many_preflights_in_a_log_the_one_that_failed_counts() -> None:
    assert first(of_text("OPTIONS /a 204 0.1 ms - 0\nOPTIONS /items 405 0.1 ms - 0")) == "CORS405"


def test_a_preflight_that_passed_leaves_the_message_to_the_response() -> None:
    assert first(of_text(f"OPTIONS {API} 204 (No Content)\n{MISSING}")) == "CORS201"


def test_successes_alone_complain_of_nothing() -> None:
    found = of_text("OPTIONS /items 204 0.1 ms - 0\nGET /items 200 1.2 ms - 12")
    assert not found.findings
    assert found.is_cors_problem is None


# -- 2 and 6: caches


def _checked(
    *, hops: tuple[Answer, ...], actual: Answer, fresh: Answer, method: str = "GET", ends_at: str = API
) -> Evidence:
    first_url = "https://api.example.com/old" if hops else ""
    missing = Message(
        MISSING, Speaker.CHROMIUM, Cause.MISSING_ALLOW_ORIGIN, url=ends_at, first_url=first_url, origin=APP
    )
    return Evidence(
        messages=(missing,),
        method=method,
        url=first_url or API,
        origin=APP,
        mode="cors",
        actual=actual,
        hops=hops,
        probes=(Probe("fresh", fresh, "past every cache"),),
    )


BARE = Answer(200, HeaderList([("Content-Type", "text/html")]), whole=True)
NAMED = Answer(200, HeaderList([("Access-Control-Allow-Origin", APP)]), whole=True)


@pytest.mark.parametrize(
    ("location", "code"), [(API, "CORS421"), ("https://login.example.com/authorize", "CORS422")]
)
def test_past_the_caches_the_first_hop_is_asked_not_the_last(location: str, code: str) -> None:
    hop = Answer(302, HeaderList([("Access-Control-Allow-Origin", APP), ("Location", location)]), whole=True)
    found = diagnose(_checked(hops=(hop,), actual=BARE, fresh=hop, ends_at=location))
    assert first(found) == code
    assert "CORS431" not in codes(found)


def test_past_the_caches_a_response_without_redirect_is_compared() -> None:
    assert first(diagnose(_checked(hops=(), actual=BARE, fresh=NAMED))) == "CORS431"


def test_a_get_past_the_caches_tells_nothing_of_a_put() -> None:
    assert "CORS431" not in codes(diagnose(_checked(hops=(), actual=BARE, fresh=NAMED, method="PUT")))


def _answered(**headers: str) -> Diagnosis:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return diagnose(read_structured(report(origin=APP, url=API, actual=(200, named))))


def test_nginx_is_no_cache() -> None:
    found = _answered(
        Server="nginx/1.24.0", Access_Control_Allow_Origin="https://other.example", Vary="Origin"
    )
    assert first(found) == "CORS204"
    assert "CORS431" not in codes(found)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (f"{APP}/", "CORS205"),
        (f"https://other.example/, {APP}", "CORS203"),
        (f"https://other.example, {APP}", "CORS203"),
    ],
)
def test_a_list_or_a_slash_is_no_strangers(value: str, code: str) -> None:
    found = _answered(Server="cloudflare", Access_Control_Allow_Origin=value)
    assert first(found) == code
    assert "CORS431" not in codes(found)


# -- 3: not on the list


def test_a_preflight_with_all_but_the_origin_is_for_others() -> None:
    answer = {
        "Vary": "Origin",
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Allow-Methods": "PUT",
    }
    evidence = read_structured(report(method="PUT", origin=APP, url=API, preflight=(204, answer)))
    assert first(diagnose(evidence)) == "CORS204"


def test_a_response_that_varies_by_origin_and_names_none_is_for_others() -> None:
    answer = Answer(200, HeaderList([("Vary", "Accept, Origin")]), whole=True)
    assert (
        first(diagnose(Evidence(method="GET", url=API, origin=APP, mode="cors", actual=answer))) == "CORS204"
    )


def test_a_response_with_nothing_of_cors_is_not_configured() -> None:
    assert first(diagnose(Evidence(method="GET", url=API, origin=APP, mode="cors", actual=BARE))) == "CORS201"


def test_an_origin_that_is_good_enough_for_fewer_headers_is_on_the_list() -> None:
    refused = Answer(200, HeaderList([("Vary", "Origin")]), whole=True)
    evidence = Evidence(
        method="GET",
        url=API,
        origin=APP,
        mode="cors",
        request_headers=HeaderList([("X-Token", "1")]),
        preflight=refused,
        probes=(Probe("preflight-plain", NAMED, "fewer headers"),),
    )
    assert first(diagnose(evidence)) == "CORS221"


# -- 8: a star and Authorization


def test_a_star_in_the_answer_does_not_cover_authorization() -> None:
    listed = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
    assert first(diagnose(read_structured(report(NO_AUTHORIZATION, preflight=(204, listed))))) == "CORS222"


@pytest.mark.parametrize(
    "notes",
    [
        "add_header 'Access-Control-Allow-Headers' '*';",
        'res.setHeader("Access-Control-Allow-Headers", "*")',
        'headers: {"Access-Control-Allow-Headers": "*"}',
        "the answer has Access-Control-Allow-Headers: *",
    ],
)
def test_a_star_that_was_pasted_does_not_cover_authorization(notes: str) -> None:
    assert first(diagnose(read_structured(report(NO_AUTHORIZATION, notes=notes)))) == "CORS222"


def test_a_list_without_authorization_is_a_list() -> None:
    listed = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "Content-Type"}
    assert first(diagnose(read_structured(report(NO_AUTHORIZATION, preflight=(204, listed))))) == "CORS221"


# -- 9: nginx's if


@pytest.mark.parametrize("test", ["= 'OPTIONS'", "= OPTIONS", '= "OPTIONS"', "~* ^OPTIONS$"])
def test_headers_inside_of_an_if_for_options_are_on_preflights_alone(test: str) -> None:
    notes = (
        f"location /api {{ if ($request_method {test}) {{ add_header 'Access-Control-Allow-Origin' '*'; return 204; }} "
        "proxy_pass http://app:3000; }"
    )
    found = diagnose(read_structured(report(MISSING, notes=notes, stack=["nginx"])))
    assert first(found) == "CORS206"
    assert found.findings[0].layer == "proxy"
    assert "CORS226" not in codes(found)


def test_headers_that_stand_outside_of_it_too_are_on_both() -> None:
    notes = (
        "location /api { if ($request_method = OPTIONS) { add_header Access-Control-Allow-Origin *; return 204; } "
        "add_header Access-Control-Allow-Origin *; proxy_pass http://app:3000; }"
    )
    found = diagnose(read_structured(report(MISSING, notes=notes, stack=["nginx"])))
    assert first(found) != "CORS206"
    assert "allow-origin-only-for-options" not in {slip.name for slip in found.evidence.slips}


# -- 12: null


@pytest.mark.parametrize("what", ["fetch", "XMLHttpRequest", "font", "script"])
def test_null_is_a_file_before_it_is_a_sandbox(what: str) -> None:
    found = of_text(MISSING.replace("fetch", what).replace(APP, "null"))
    assert first(found) == "CORS245"


def test_null_in_a_frame_is_a_sandbox() -> None:
    evidence = read_structured(report(MISSING.replace(APP, "null"), notes="inside a sandboxed iframe"))
    assert first(diagnose(evidence)) == "CORS246"


def test_no_fix_allows_null() -> None:
    found = of_text(MISSING.replace(APP, "null"))
    allowing = [each for each in found.findings if each.rule.code == "CORS201"]
    assert allowing
    assert all("Never allow null" in each.fix for each in allowing)


# -- 13: blocked ports


def test_a_blocked_port_wants_another_port() -> None:
    found = of_text("GET http://localhost:6000/ net::ERR_UNSAFE_PORT")
    assert first(found) == "CORS462"
    assert "another port" in found.fix
    assert "Start the server" not in found.fix


# -- frames


@pytest.mark.parametrize(
    "text",
    [
        f'SecurityError: Blocked a frame with origin "{APP}" from accessing a cross-origin frame.',
        f'Uncaught DOMException: Blocked a frame with origin "{APP}" from accessing a cross-origin frame.\n at a.js:1',
    ],
)
def test_a_frame_is_out_of_reach_and_not_by_cors(text: str) -> None:
    found = of_text(text)
    assert found.is_cors_problem is False
    assert not found.findings
    assert "postMessage" in found.fix
    assert found.ask is None
    said = report_of(found)
    assert said.verdict.startswith("No, it is not CORS")
    assert [chapter.title for chapter in said.chapters] == ["Change"]
