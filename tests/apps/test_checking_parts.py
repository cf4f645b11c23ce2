"""The small parts of ``corsage check``, each alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.apps.cli.checking.canvas import NARROWEST, WIDEST, Canvas
from corsage.apps.cli.checking.deciding import deciding_header
from corsage.apps.cli.checking.hints import hints
from corsage.apps.cli.checking.replay import NotRecorded, Replay
from corsage.apps.cli.checking.urls import with_scheme
from corsage.apps.cli.checking.verdict import Kind, exit_code
from corsage.apps.cli.checking.words import CAUSES, NETWORK, WARNINGS
from corsage.apps.cli.terminal import ASCII_GLYPHS, Glyphs
from corsage.apps.cli.text import escaped, listed, shown
from corsage.browser.local_network import PROMPT_WARNING
from corsage.browser.mixed_content import MIXED_CONTENT_UPGRADED
from corsage.model import (
    Cause,
    FailureKind,
    HeaderList,
    NetworkFailure,
    Outcome,
    Refusal,
    WireKind,
    WireRequest,
    WireResponse,
    parse_url,
)

# --- text ---


@given(st.text())
def test_escaped_text_is_printable(text: str) -> None:
    assert escaped(text).isprintable()


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert escaped(text) == text


@pytest.mark.parametrize(
    ("text", "escape"),
    [("\x1b[0m", r"\x1b[0m"), ("\u202e", r"\u202e"), ("\U000e0001", r"\U000e0001"), ("\ud800", r"\ud800")],
)
def test_escapes(text: str, escape: str) -> None:
    assert escaped(text) == escape


def test_long_text_is_cut_with_a_note() -> None:
    assert shown("x" * 1_300, 100) == "x" * 100 + "… (1,200 more characters)"


def test_lists_of_words() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


# --- words ---


@pytest.mark.parametrize(
    "cause", [cause for cause in Cause if not cause.value.endswith(("NetworkFailure", "InvalidResponse"))]
)
def test_every_cause_has_its_words(cause: Cause) -> None:
    words = CAUSES[cause].format(origin="o", url="u", status=200, value="v", method="m", host="h")
    assert "{" not in words
    assert words.rstrip()[-1] in ".v"


@pytest.mark.parametrize("kind", FailureKind)
def test_every_network_failure_has_its_words(kind: FailureKind) -> None:
    what, advice = (text.format(host="h") for text in NETWORK[kind])
    assert "h" in what
    assert advice.endswith(".")


@pytest.mark.parametrize("code", [PROMPT_WARNING, MIXED_CONTENT_UPGRADED, "AuthorizationCoveredByWildcard"])
def test_every_warning_has_its_words(code: str) -> None:
    assert WARNINGS[code].endswith(".")


# --- which header decided ---


def refusal(cause: Cause, **more: object) -> Refusal:
    url = parse_url("http://api.test/")
    assert url is not None
    return Refusal(cause=cause, url=url, first_url=url, origin="http://page.test:3000", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("cause", [cause for cause in Cause if cause.is_cors])
def test_every_cors_refusal_points_at_a_line(cause: Cause) -> None:
    wanted = cause is not Cause.NO_CORS_REDIRECT_MODE
    assert (deciding_header(Outcome(None, refusal=refusal(cause))) is not None) is wanted


# --- hints ---


def one(name: str, value: str = "*") -> HeaderList:
    return HeaderList([(name, value)])


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        (refusal(Cause.MISSING_ALLOW_ORIGIN, headers=one("Access-Control-Allow-Origins")), "a misspelling?"),
        (refusal(Cause.MISSING_ALLOW_ORIGIN, headers=one("Access-Control-Request-Method")), "belongs in requests"),
        (refusal(Cause.MISSING_ALLOW_ORIGIN, status=502), "The status is 502: find that error first."),
        (refusal(Cause.PREFLIGHT_INVALID_STATUS, status=401), "a login before CORS"),
        (refusal(Cause.PREFLIGHT_INVALID_STATUS, status=405), "no answer to OPTIONS"),
        (refusal(Cause.ALLOW_ORIGIN_MISMATCH, parameter="http://page.test:3000/"), "must be written http://page.test:3000"),
        (refusal(Cause.ALLOW_ORIGIN_MISMATCH, parameter="http://page.test:4000"), "Only the port differs."),
        (refusal(Cause.ALLOW_ORIGIN_MISMATCH, parameter="https://page.test:3000"), "Only the scheme differs."),
        (refusal(Cause.ALLOW_ORIGIN_MISMATCH, parameter="http://www.page.test:3000"), "Only the host differs"),
        (refusal(Cause.ALLOW_ORIGIN_MISMATCH, parameter="http://b.test", headers=one("Age", "60")), "60 seconds old"),
    ],
)  # fmt: skip
def test_hints(given_: Refusal, words: str) -> None:
    assert words in " ".join(hints(given_))


@pytest.mark.parametrize(
    "quiet",
    [
        refusal(Cause.MISSING_ALLOW_ORIGIN, status=200, headers=one("Access-Control-Max-Age", "1")),
        refusal(Cause.ALLOW_ORIGIN_MISMATCH, parameter="https://elsewhere.test"),
        refusal(Cause.ALLOW_ORIGIN_MISMATCH, parameter="null"),
        refusal(Cause.MIXED_CONTENT),
    ],
)
def test_no_hint_where_there_is_nothing_to_go_by(quiet: Refusal) -> None:
    assert list(hints(quiet)) == []


# --- urls and exit codes ---


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("localhost:8080", "http://localhost:8080"),
        ("127.0.0.1/x", "http://127.0.0.1/x"),
        ("intranet", "http://intranet"),
        ("example.com", "https://example.com"),
        ("example.com:8443", "http://example.com:8443"),
        ("a b", None),
        ("/path", None),
        ("ftp://x", None),
        ("", None),
    ],
)
def test_the_scheme_that_was_probably_meant(text: str, meant: str | None) -> None:
    assert with_scheme(text) == meant


def test_a_block_outweighs_a_network_failure() -> None:
    assert exit_code([]) == 0
    assert exit_code([Kind.READABLE, Kind.NETWORK_FAILURE]) == 3
    assert exit_code([Kind.NETWORK_FAILURE, Kind.OPAQUE, Kind.LOADED]) == 1


# --- replay ---


def wire(kind: WireKind, method: str, path: str = "/") -> WireRequest:
    url = parse_url(f"http://api.test{path}")
    assert url is not None
    return WireRequest(kind, method, url, HeaderList())


def test_replay_answers_in_order_and_repeats_the_last() -> None:
    asked = wire(WireKind.ACTUAL, "GET")
    replay = Replay([(asked, WireResponse(301)), (asked, WireResponse(200))])
    answers = [replay(wire(WireKind.ACTUAL, "GET", "/#fragment")) for _ in range(3)]
    assert [answer.status for answer in answers if isinstance(answer, WireResponse)] == [301, 200, 200]


def test_replay_tells_a_preflight_from_an_options_request() -> None:
    replay = Replay([(wire(WireKind.PREFLIGHT, "OPTIONS"), WireResponse(204))])
    with pytest.raises(NotRecorded):
        replay(wire(WireKind.ACTUAL, "OPTIONS"))


@pytest.mark.parametrize(
    ("kind", "method"), [(WireKind.PREFLIGHT, "OPTIONS"), (WireKind.ACTUAL, "GET"), (WireKind.ACTUAL, "HEAD")]
)
def test_replay_sends_what_is_harmless(kind: WireKind, method: str) -> None:
    failure = NetworkFailure(FailureKind.TIMED_OUT)
    assert Replay([], lambda _: failure)(wire(kind, method)) is failure
    with pytest.raises(NotRecorded):
        Replay([])(wire(kind, method))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get"])
def test_replay_never_sends_what_could_change_something(method: str) -> None:
    with pytest.raises(NotRecorded):
        Replay([], lambda _: WireResponse(200))(wire(WireKind.ACTUAL, method))


# --- canvas ---


@given(
    columns=st.integers(24, 200),
    words=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=300),
    ascii_=st.booleans(),
)
def test_no_row_is_wider_than_the_terminal_and_no_word_is_lost(
    columns: int, words: str, *, ascii_: bool
) -> None:
    canvas = Canvas(columns, ASCII_GLYPHS if ascii_ else Glyphs())
    canvas.heads()
    for draw in (canvas.page_asks, canvas.request, canvas.text):
        draw(words)
    canvas.response(words, "red", "x")
    canvas.page_gets(words, "green")
    assert all(len(row) <= columns for row in canvas.rows)
    drawn = "".join("".join(char for char in row.plain if char in words) for row in canvas.rows)
    assert all(drawn.count(char) >= 5 * words.count(char) for char in set(words) - set(" -+|<>"))


@pytest.mark.parametrize("columns", [NARROWEST, 80, WIDEST, 200])
def test_lifelines_are_straight(columns: int) -> None:
    canvas = Canvas(columns, Glyphs())
    canvas.page_asks("a")
    canvas.request("b")
    canvas.text("c", "bold", "x")
    canvas.response("d", "bold")
    canvas.page_gets("e", "green")
    assert len({len(row) for row in canvas.rows}) == 1
    for column in (3, 13, min(columns, WIDEST) - 4):
        assert all(row.plain[column] in "│├┤" for row in canvas.rows)
