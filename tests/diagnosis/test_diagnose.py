"""Diagnosis: replay of whole answers, the remedy that is proven, warnings, the question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.clients.said import read_said
from corsage.diagnosis import diagnose
from corsage.diagnosis.remedy import PLACEHOLDER
from corsage.model import HeaderList
from corsage.model.evidence import Answer, Evidence
from corsage.model.root_cause import RootCause

APP = "https://app.example.com"
API = "https://api.example.com/items"


def answer(status: int, **headers: str) -> Answer:
    pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Answer(status, HeaderList(pairs), whole=True)


def evidence(**fields: object) -> Evidence:
    return Evidence(**({"url": API, "origin": APP} | fields))  # type: ignore[arg-type]


def test_whole_answers_are_replayed_and_the_engine_names_the_fault() -> None:
    found = diagnose(evidence(method="GET", actual=answer(200)))
    assert found.replay is not None
    assert found.evidence.messages[0].says.value == "MissingAllowOriginHeader"
    assert found.findings[0].root_cause is RootCause.ACAO_MISSING
    assert found.is_cors_problem


def test_where_every_browser_lets_it_through_nothing_is_wrong() -> None:
    found = diagnose(evidence(method="GET", actual=answer(200, Access_Control_Allow_Origin=APP)))
    assert found.findings == ()
    assert found.is_cors_problem is False


def test_a_request_that_needs_three_changes_gets_all_three() -> None:
    found = diagnose(
        evidence(
            method="PUT",
            credentials="include",
            request_headers=HeaderList([("X-Token", "1")]),
            preflight=answer(200, Access_Control_Allow_Origin="*"),
            actual=answer(200),
        )
    )
    assert found.repair is not None
    assert found.repair.proven
    changed = {(change.preflight, change.header): change.new for change in found.repair.changes}
    assert changed[True, "Access-Control-Allow-Origin"] == APP
    assert changed[True, "Access-Control-Allow-Methods"] == "PUT"
    assert changed[True, "Access-Control-Allow-Headers"] == "x-token"
    assert changed[False, "Access-Control-Allow-Credentials"] == "true"


def test_the_smallest_policy_is_proven_and_written_for_the_stack() -> None:
    found = diagnose(
        evidence(
            method="DELETE",
            request_headers=HeaderList([("Authorization", "Bearer x")]),
            preflight=answer(405),
            products=("express",),
        )
    )
    assert found.remedy is not None
    assert found.remedy.proven
    assert found.remedy.policy.values() == {
        "origins": [APP],
        "methods": ["DELETE"],
        "request_headers": ["authorization"],
    }
    assert [snippet.stack for snippet in found.snippets] == ["express"]
    assert "'DELETE'" in found.snippets[0].rendered.files[0].text


def test_without_an_origin_a_placeholder_says_so() -> None:
    found = diagnose(Evidence(method="PUT", preflight=Answer(405), products=("nginx",)))
    assert found.remedy is not None
    assert found.remedy.guessed
    assert found.remedy.policy.origins == (PLACEHOLDER,)
    assert found.remedy.proven is None


@pytest.mark.parametrize("origin", ["null", "file:///C:/page.html", "content://x"])
def test_no_policy_for_origins_that_nobody_should_allow(origin: str) -> None:
    found = diagnose(Evidence(url=API, origin=origin, method="GET", preflight=Answer(405)))
    assert found.remedy is None


@pytest.mark.parametrize("origin", ["https://*.com", "https://%2a.com", "https://+.app.example", "app://*.x"])
def test_an_origin_that_a_policy_takes_for_many_is_never_written(origin: str) -> None:
    found = diagnose(
        Evidence(url=API, origin=origin, method="PUT", preflight=Answer(405), products=("nginx",))
    )
    assert found.remedy is not None
    assert found.remedy.policy.origins == (PLACEHOLDER,)
    assert found.remedy.guessed
    assert found.remedy.proven is None


@pytest.mark.parametrize(
    "says",
    [
        "Request header field * is not allowed by Access-Control-Allow-Headers in preflight response.",
        'Refused to get unsafe header "*"',
    ],
)
def test_a_star_of_strangers_never_stands_for_all_headers(says: str) -> None:
    messages, _ = read_said(
        f"Access to fetch at '{API}' from origin '{APP}' has been blocked by CORS policy: {says}"
    )
    found = diagnose(evidence(messages=messages or read_said(says)[0], products=("nginx",)))
    assert found.findings
    assert found.remedy is None


@pytest.mark.parametrize(
    ("notes", "word"),
    [
        ("I tried mode: 'no-cors'", "opaque"),
        ("works with --disable-web-security", "throw-away profile"),
        ("a CORS unblock extension helps", "extension"),
        ("check_origin = lambda *_: True mended it", "session"),
        ("origin: true, credentials: true", "list"),
        ("it works through cors-anywhere", "proxy"),
        ("we allow the null origin now", "sandboxed"),
    ],
)
def test_what_should_never_be_done_is_said_with_what_to_do_instead(notes: str, word: str) -> None:
    warnings = diagnose(evidence(method="GET", actual=answer(200), notes=notes)).warnings
    assert any(word in warning for warning in warnings)


def test_no_fix_advises_what_should_never_be_done() -> None:
    from corsage.rules import DIAGNOSIS_RULES

    for rule in DIAGNOSIS_RULES:
        advice = f"{rule.fix} {rule.verify}".lower()
        assert "disable-web-security" not in advice
        assert "use no-cors" not in advice
        assert "mode: 'no-cors'" not in advice


def test_evidence_without_anything_asks_for_the_message() -> None:
    found = diagnose(Evidence())
    assert found.findings == ()
    assert found.is_cors_problem is None
    assert found.ask is not None


words = st.text(max_size=60)


@given(notes=words, url=words, origin=words, method=words, products=st.lists(words, max_size=3))
def test_it_never_raises(notes: str, url: str, origin: str, method: str, products: list[str]) -> None:
    diagnose(
        Evidence(
            notes=notes,
            url=url,
            origin=origin,
            method=method,
            products=tuple(products),
            preflight=Answer(500, whole=True),
            actual=Answer(200, whole=True),
        )
    )
