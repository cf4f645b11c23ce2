"""Reports: no surer than the evidence, the stack is asked for, and what nobody tried is not said to help."""

import shlex
from dataclasses import replace

import pytest

from corsage.clients.pasted import read_pasted
from corsage.diagnosis import diagnose
from corsage.diagnosis.asking import check_line
from corsage.diagnosis.cautions import cautions
from corsage.diagnosis.curl import curl_line
from corsage.diagnosis.report import Code, Items, Report, Text, report_of
from corsage.model import HeaderList, WireKind, WireRequest, WireResponse, parse_url
from corsage.model.evidence import Answer, Evidence, Probe
from corsage.rules import Case

APP = "https://app.example.com"
API = "https://api.example.com/items"


def pasted(text: str, **fields: object) -> Report:
    evidence = read_pasted(text).evidence
    for name, value in fields.items():
        object.__setattr__(evidence, name, value)
    return report_of(diagnose(evidence))


def chapter(report: Report, title: str) -> str:
    blocks = [block for each in report.chapters if each.title == title for block in each.blocks]
    return "\n".join(block.text for block in blocks if isinstance(block, Text | Code))


def test_a_doubtful_no_is_no_no() -> None:
    assert pasted("TypeError: Failed to fetch").verdict.startswith("Perhaps")
    assert pasted("GET http://localhost:8000/ net::ERR_CONNECTION_REFUSED").verdict.startswith(
        "No, it is not"
    )


def test_an_error_that_hides_cors_is_told_as_one() -> None:
    answer = Answer(500, HeaderList([("Content-Type", "text/html")]), whole=True)
    report = report_of(diagnose(Evidence(url=API, origin=APP, method="GET", actual=answer)))
    assert report.verdict.startswith("Another error comes first")


def test_who_names_no_stack_is_told_to() -> None:
    says = "No 'Access-Control-Allow-Origin' header is present on the requested resource"
    assert "--stack fastapi" in chapter(pasted(says), "For your stack")
    assert not chapter(pasted(f"{says} Origin 'null' is therefore not allowed access."), "For your stack")
    assert not chapter(pasted(says, products=("express",)), "For your stack")


def test_a_framework_stands_for_what_it_brings() -> None:
    answer = Answer(200, HeaderList([]), whole=True)
    found = diagnose(
        Evidence(url=API, origin=APP, method="GET", actual=answer, products=("fastapi", "starlette"))
    )
    assert [each.stack for each in found.snippets] == ["fastapi"]


def test_a_null_origin_that_may_read_is_no_finding() -> None:
    answer = Answer(200, HeaderList([("Access-Control-Allow-Origin", "*")]), whole=True)
    found = diagnose(Evidence(url=API, origin="null", method="GET", actual=answer))
    assert found.findings == ()
    assert found.is_cors_problem is False


def test_a_server_seen_to_reflect_strangers_is_warned_of() -> None:
    def warnings(named: str) -> tuple[str, ...]:
        headers = HeaderList(
            [("Access-Control-Allow-Origin", named), ("Access-Control-Allow-Credentials", "true")]
        )
        probe = Probe("other-origin", Answer(200, headers, whole=True), "as a stranger")
        refused = Answer(405, HeaderList([("Access-Control-Allow-Origin", APP)]), whole=True)
        return diagnose(
            Evidence(url=API, origin=APP, method="PUT", preflight=refused, probes=(probe,))
        ).warnings

    assert "asked as a stranger" in warnings("https://stranger.example")[0]
    assert warnings(APP) == ()


def test_the_line_that_asks_keeps_secrets_to_itself() -> None:
    headers = HeaderList([("Authorization", "Bearer abc"), ("X-Api-Key", "k"), ("X-Page", "it's 2")])
    case = Case(Evidence(url=API, origin=f"{APP}/", method="post", request_headers=headers))
    assert check_line(case) == (
        f"corsage check '{API}' --origin '{APP}' -X POST -H 'Authorization: x' -H 'X-Api-Key: x'"
        r" -H 'X-Page: it'\''s 2' --diagnose"
    )
    assert check_line(Case(Evidence(url="/items", origin=APP))) is None


def test_headers_that_nobody_told_of_are_asked_for() -> None:
    says = (
        f"Access to fetch at '{API}' from origin '{APP}' has been blocked by CORS policy: Method PUT is not "
    )
    told = f"{says}allowed by Access-Control-Allow-Methods in preflight response."
    assert "Nobody said which headers" in chapter(pasted(told, products=("express",)), "For Express")
    known = HeaderList([("Content-Type", "application/json")])
    assert "Nobody said" not in chapter(
        pasted(told, products=("express",), request_headers=known), "For Express"
    )


def test_behind_a_redirect_the_answer_at_fault_is_named_and_asked_for() -> None:
    def asked(url: str) -> WireRequest:
        parsed = parse_url(url)
        assert parsed is not None
        return WireRequest(WireKind.ACTUAL, "GET", parsed, HeaderList([("Origin", APP)]))

    moved = WireResponse(302, HeaderList([("Location", "/new"), ("Access-Control-Allow-Origin", APP)]))
    new = "https://api.example.com/new"
    evidence = Evidence(
        url=API,
        origin=APP,
        method="GET",
        exchanges=((asked(API), moved), (asked(new), WireResponse(200, HeaderList([])))),
    )
    report = report_of(diagnose(evidence))
    assert f"response of {new}: Access-Control-Allow-Origin: {APP}" in chapter(report, "Change")
    assert "curl -siL " in chapter(report, "How to verify")


def test_a_list_of_origins_stays_one() -> None:
    headers = HeaderList(
        [("Access-Control-Allow-Origin", f"{APP}, https://b.example.com, *, null, http://x/y")]
    )
    answer = Answer(200, headers, whole=True)
    found = diagnose(Evidence(url=API, origin=APP, method="GET", actual=answer, products=("nginx",)))
    assert found.remedy is not None
    assert found.remedy.policy.values() == {"origins": [APP, "https://b.example.com"]}


@pytest.mark.parametrize(
    ("notes", "warned"),
    [
        ("CORS_ALLOW_ALL_ORIGINS=True and CORS_ALLOW_CREDENTIALS=True", "Reflecting"),
        ('allow_origins=["*"], allow_credentials=True', "Reflecting"),
        ('.allowedOriginPatterns("*").allowCredentials(true)', "Reflecting"),
        ('setAllowedOriginPatterns(List.of("*")); setAllowCredentials(true)', "Reflecting"),
        (
            "add_header Access-Control-Allow-Origin $http_origin; add_header Access-Control-Allow-Credentials true;",
            "Reflecting",
        ),
        ("I set Access-Control-Allow-Origin: null", "null is the origin"),
        ("header('Access-Control-Allow-Origin', 'null')", "null is the origin"),
        ("CORS_ALLOW_ALL_ORIGINS=False and CORS_ALLOW_CREDENTIALS=True", ""),
        ('allow_origins=["https://a.example"], allow_credentials=True', ""),
        (
            "map $http_origin $cors { } add_header Access-Control-Allow-Origin $cors; "
            "add_header Access-Control-Allow-Credentials true;",
            "",
        ),
    ],
)
def test_what_opens_a_hole_is_warned_of(notes: str, warned: str) -> None:
    found = cautions(Case(Evidence(notes=notes)))
    assert [each[: len(warned)] for each in found] == ([warned] if warned else [])


def test_what_is_wrong_in_a_configuration_is_listed_with_what_to_do() -> None:
    says = "No 'Access-Control-Allow-Origin' header is present on the requested resource."
    told = chapter_items(
        pasted(says, notes='CORS_ALLOWED_ORIGINS = ["localhost:3000"]', products=("django",)),
        "In your configuration",
    )
    assert [each.startswith("An origin has no scheme.") and "https://" in each for each in told] == [True]
    assert chapter_items(pasted(says, products=("django",)), "In your configuration") == []


def chapter_items(report: Report, title: str) -> list[str]:
    blocks = [block for each in report.chapters if each.title == title for block in each.blocks]
    return [item for block in blocks if isinstance(block, Items) for item in block.items]


def test_curl_asks_for_one_url_and_nothing_else() -> None:
    hostile = "https://api.example.com/[1-100000]?{a,b}='$(id)'"
    line = curl_line(Case(Evidence(url=hostile, origin=APP, method="GET"))) or ""
    words = shlex.split(line)
    assert words[:3] == ["curl", "-si", "-g"]
    assert words[-1].startswith("https://api.example.com/[1-100000]?{a,b}=")
    assert (
        curl_line(Case(Evidence(url=API, origin=APP, method="GET"))) == f"curl -si -H 'Origin: {APP}' '{API}'"
    )


SOCKET = "WebSocket connection to 'wss://api.example.com/socket' failed: Unexpected response code: 403"


@pytest.mark.parametrize(
    ("product", "stacks"),
    [
        ("flask-socketio", ["python-socketio"]),
        ("tornado", ["tornado"]),
        ("jupyter server", ["jupyter"]),
        ("nginx", []),
        ("django", []),
    ],
)
def test_the_list_of_origins_of_websockets_is_written_where_there_is_one(
    product: str, stacks: list[str]
) -> None:
    """What other stacks write is CORS, which does not apply to WebSockets."""
    evidence = replace(
        read_pasted(SOCKET).evidence,
        origin="https://app.example.com",
        notes="the server log says: request origin not allowed, in the handshake of the websocket",
        products=(product,),
    )
    diagnosis = diagnose(evidence)
    assert diagnosis.findings[0].rule.code == "CORS265"
    assert [each.stack for each in diagnosis.snippets] == stacks
    report = str(report_of(diagnosis))
    assert ("the page may open the WebSocket" in report) == bool(stacks)
    assert ("--stack socketio, python-socketio, tornado or jupyter" in report) != bool(stacks)
    written = "".join(each.text for snippet in diagnosis.snippets for each in snippet.rendered.files)
    assert ("app.example.com" in written.replace("\\", "")) == bool(stacks)
