"""Words of everyday are no code; mistakes in configurations point to causes; hints that people give are heard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.clients.pasted.reader import read_pasted
from corsage.diagnosis import diagnose
from corsage.model.evidence import Evidence, Slip
from corsage.rules import DIAGNOSIS_RULES, Case, confidence
from corsage.rules.mistakes import MAYBE, MISTAKES, names_of
from corsage.rules.words import find_words, plain_code, plain_words
from corsage.stacks import all_stacks

MISSING = "No 'Access-Control-Allow-Origin' header is present"
# These only open a hole, or break nothing that a browser would call CORS.
TELLS_NO_CAUSE = """
    any-origin any-pattern-with-credentials empty-list every-origin-with-credentials everything-by-default
    expression-for-all expression-open-at-its-end no-token null-origin old-client open-expression open-proxy
    origin-reflected part-of-origin prefix reflected reflected-with-credentials reflects-every-origin
    reflects-with-credentials regex-without-anchors star strict-preflight version-2 websocket-check-off websocket-open
    websocket-unguarded xsrf-check-off
"""


def found_in(text: str) -> list[str]:
    return [each.rule.code for each in diagnose(read_pasted(text).evidence).findings]


def says(text: str, phrase: str) -> bool:
    return find_words(plain_words(text), plain_code(text), (phrase,)) is not None


@pytest.mark.parametrize(
    ("phrase", "code", "prose"),
    [
        ("!== 'post'", 'if (req.method!=="POST")', "I post items"),
        ("'true'", "allowCredentials: `true`", "true colors"),
        ("location ~", "location ~ \\.woff$ {", "the location header"),
        ("<img>", 'an <img src="a.png"> shows it', "i use img tags"),
        ("[authorize]", "[Authorize] public class", "I authorize it"),
        ("?v=", "app.css?v=3", "v 3"),
        ("resources=", 'CORS(app, resources = {"/api": 1})', "many resources are blocked"),
        ("'paths'", '"paths" => ["api/*"]', "two paths lead there"),
        (".json", "the file data.json", "I send json"),
        ("cors(", "app.use(cors())", "cors fails"),
    ],
)
def test_what_has_marks_of_code_is_found_in_code_and_not_in_prose(phrase: str, code: str, prose: str) -> None:
    assert says(code, phrase)
    assert not says(prose, phrase)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [("socket.io", "Socket.IO 4"), ("doesn't return", "it doesn't return"), ("req.user", "req.user is null")],
)
def test_dots_and_apostrophes_inside_of_words_part_them_as_ever(phrase: str, text: str) -> None:
    assert says(text, phrase)


def test_a_phrase_of_code_begins_where_a_word_begins() -> None:
    assert not says("my_resources=1", "resources=")
    assert says("my_resources=1, resources=2", "resources=")


@given(st.text(max_size=200), st.text(max_size=20))
def test_nothing_that_is_looked_for_fails(text: str, phrase: str) -> None:
    says(text, phrase)


@pytest.mark.parametrize("text", ["I post items", "origins: 5 true colors", "i use img tags"])
def test_words_of_everyday_point_to_no_cause(text: str) -> None:
    case = Case(read_pasted(text).evidence)
    assert [rule.code for rule in DIAGNOSIS_RULES if confidence(rule.weigh(case)) > 0] == []


def test_every_mistake_that_a_stack_knows_points_to_a_cause_or_is_listed() -> None:
    known = {pitfall.name for stack in all_stacks() for pitfall in stack.pitfalls}
    told = {name for rule in DIAGNOSIS_RULES for _, names in names_of(rule.code) for name in names}
    assert sorted(known - told) == sorted(TELLS_NO_CAUSE.split())
    assert sorted(told - known) == []


def test_the_tables_name_rules_that_there_are() -> None:
    assert MISTAKES.keys() | MAYBE.keys() <= {rule.code for rule in DIAGNOSIS_RULES}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("origin-with-slash", "CORS205"),
        ("slash-or-path", "CORS205"),
        ("text-for-list", "CORS442"),
        ("single-text-origin", "CORS442"),
        ("origin-without-scheme", "CORS442"),
        ("middleware-too-low", "CORS441"),
        ("in-a-group", "CORS441"),
        ("no-options", "CORS403"),
        ("no-vary", "CORS431"),
        ("origin-not-in-the-key", "CORS431"),
        ("doubled", "CORS202"),
        ("header-add", "CORS202"),
        ("default-methods", "CORS223"),
    ],
)
def test_a_mistake_reaches_its_rule(name: str, code: str) -> None:
    case = Case(Evidence(slips=(Slip("nginx", name, "It goes wrong.", ""),)))
    told = {rule.code: [each.why for each in rule.weigh(case)] for rule in DIAGNOSIS_RULES}
    assert "in the configuration, nginx: It goes wrong" in told[code]


@pytest.mark.parametrize("printed", ["", MISSING])
@pytest.mark.parametrize(
    ("hint", "codes"),
    [
        ("only above 1 MB", {"CORS412"}),
        ("only after login", {"CORS422", "CORS232", "CORS233"}),
        ("works in Postman", {"CORS201"}),
        ("works with cache disabled", {"CORS431"}),
        ("an image on S3, works with cache disabled", {"CORS431"}),
    ],
)
def test_a_hint_of_a_few_words_is_heard(hint: str, codes: set[str], printed: str) -> None:
    assert found_in(f"{hint}\n{printed}")[0] in codes


def test_a_login_is_asked_about() -> None:
    assert diagnose(Evidence(notes="fails only after login")).ask


NODE = """fetch("https://api.example.com/me", {"headers": {"accept": "*/*", "cookie": "sid=1",
  "origin": "https://app.example.com"}, "body": null, "method": "GET"});"""


def test_what_our_readers_say_is_not_what_the_reporter_says() -> None:
    evidence = read_pasted(NODE).evidence
    assert evidence.notes == ""
    assert any("forbidden request header" in each for each in evidence.observed)
    found = diagnose(evidence)
    assert "CORS211" not in [each.rule.code for each in found.findings]
    reasons = [reason for each in found.findings for reason in each.reasons]
    assert "the snippet sets the forbidden request header cookie" in reasons


def test_an_unverified_certificate_is_seen_and_not_said() -> None:
    found = diagnose(read_pasted("curl --insecure https://api.example.com/me").evidence)
    assert found.findings[0].rule.code == "CORS461"
    assert "curl was told not to verify the certificate (--insecure)" in found.findings[0].reasons
