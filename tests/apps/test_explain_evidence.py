"""``corsage explain`` with evidence: whatever one has, from wherever, in every form."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from importlib import resources
from typing import TYPE_CHECKING, Any

import pyperclip
import pytest
from tests.apps.json_schema import problems
from tests.apps.loopback import CORSAGE, Run, finished
from tests.apps.test_check_golden import agree

from corsage import __version__

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA: dict[str, Any] = json.loads(
    (resources.files("corsage.apps.cli.diagnosing") / "diagnosis.schema.json").read_text(encoding="utf-8")
)
MISSING = (
    "Access to fetch at 'https://api.example.com/v1' from origin 'https://app.example.com' has been blocked by CORS "
    "policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."
)
FIREFOX = (
    "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at "
    "https://api.example.com/v1. (Reason: CORS header 'Access-Control-Allow-Origin' missing). Status code: 200."
)
SAFARI = "Origin https://app.example.com is not allowed by Access-Control-Allow-Origin. Status code: 200"
CERTIFICATE = "GET https://api.example.com/v1 net::ERR_CERT_AUTHORITY_INVALID"
WHOLE = """\
fetch("https://api.example.com/me", {credentials: "include"})

HTTP/1.1 200 OK
Server: nginx
Content-Type: application/json
Access-Control-Allow-Origin: *

{"name": "a"}
"""
CURL = "curl 'https://api.example.com/me' -H 'Origin: https://app.example.com' -H 'Authorization: Bearer x'"
HOSTILE = """\
fetch("https://api.example.com/a?b=*c*&d=[e](f)", {credentials: "omit"})

HTTP/1.1 200 OK
Server: <img src=x onerror=alert(2)>\x1b[2J
Access-Control-Allow-Origin: <script>alert(3)</script>**bold** [a](javascript:alert(4)) @everybody
Access-Control-Allow-Methods: `PUT`, \u202e<b>
Vary: </pre></svg><script>alert(5)</script>
"""


def explained(run: Run, *arguments: str, **options: object) -> dict[str, Any]:
    """Run with ``--json``; return the document once it fits the schema."""
    result = run("explain", *arguments, "--json", **options)
    assert result.exit_code in (0, 1), result.output
    document: dict[str, Any] = json.loads(result.stdout)
    assert problems(document, SCHEMA, SCHEMA) == []
    assert document["exit_code"] == result.exit_code
    assert document["version"] == __version__
    assert result.stdout.isascii()
    return document


def first(document: dict[str, Any]) -> str:
    return str(document["findings"][0]["rule"])


def flat(text: str) -> str:
    return " ".join(text.split())


# Where it comes from


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (MISSING, "CORS201"),
        (FIREFOX, "CORS201"),
        (SAFARI, "CORS201"),
        (f"app.js:12 {MISSING}\n    at App (app.js:12:3)", "CORS201"),
        (CERTIFICATE, "CORS461"),
        (f"{MISSING}\n{CERTIFICATE}", "CORS461"),
        (WHOLE.replace("\n\nHTTP", "\nOrigin: https://app.example.com\n\nHTTP"), "CORS231"),
        (f"{CURL}\n\n{MISSING}", "CORS201"),
        ("small uploads work, big files fail with 413 Request Entity Too Large", "CORS412"),
    ],
)
def test_what_is_read(run: Run, tmp_path: Path, text: str, rule: str) -> None:
    """By argument, from standard input with and without its name, and from a file: it is all the same."""
    document = explained(run, text)
    assert first(document) == rule
    assert document["is_cors_problem"] is not None
    file = tmp_path / "what"
    file.write_text(text, encoding="utf-8")
    for arguments, options in (((), {"input": text}), (("-",), {"input": text}), ((str(file),), {})):
        assert explained(run, *arguments, **options) == document


def test_words_without_quotes_are_one_text(run: Run) -> None:
    assert explained(run, *MISSING.split()) == explained(run, MISSING)


@pytest.mark.parametrize("text", [b"\xff\xfe\x00", b"\x00" * 100, MISSING.encode("utf-16")])
def test_bytes_that_are_no_text_are_no_error(run: Run, text: bytes) -> None:
    result = run("explain", "-", input=text)
    assert result.exit_code in (1, 2)
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    ("arguments", "text", "says"),
    [
        (("-",), "", "Standard input is empty"),
        (("-",), " \n", "Standard input is empty"),
        (("",), None, "The text is empty"),
        (("/no/such.har",), None, "There is no file /no/such.har"),
        (("report.txt",), None, "There is no file report.txt"),
        (("--evidence", "/no/such.jsonl"), None, "cannot be read: No such file"),
        (("--evidence", "/"), None, "cannot be read: Is a directory"),
        ((MISSING, "--html", "/no/such/page.html"), None, "cannot be written: No such file"),
    ],
)
def test_what_is_not_there(run: Run, arguments: tuple[str, ...], text: str | None, says: str) -> None:
    result = run("explain", *arguments, input=text)
    assert result.exit_code == 2
    assert says in flat(result.stderr)
    assert result.stdout == ""


def test_a_file_that_is_too_long_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"x" * 4_000_001)
    result = run("explain", str(file))
    assert result.exit_code == 2
    assert "is longer than 4,000,000 bytes and no HAR file" in flat(result.stderr)


def test_what_was_not_read_of_a_long_text_is_said(run: Run) -> None:
    result = run("explain", "-", input=f"{MISSING}\n" + "a word and another\n" * 150_000)
    assert result.exit_code == 1
    assert "only the first 2097152 characters were read" in result.stderr


# The clipboard


def test_the_clipboard(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyperclip, "paste", lambda: MISSING)
    assert explained(run, "--clipboard") == explained(run, MISSING)
    monkeypatch.setattr(pyperclip, "paste", lambda: " ")
    result = run("explain", "--clipboard")
    assert result.exit_code == 2
    assert "The clipboard is empty" in result.stderr


def test_without_a_clipboard_another_way_is_named(tmp_path: Path) -> None:
    found = finished(*CORSAGE, "explain", "--clipboard", env={"PATH": str(tmp_path), "HOME": str(tmp_path)})
    if found.returncode != 2:
        pytest.skip("this system has a clipboard without a display or a program for it")
    assert b"The clipboard cannot be read here." in found.stderr
    assert b"corsage explain -, then Ctrl-D" in found.stderr
    assert b"Traceback" not in found.stderr


# What the user adds


def test_stacks_that_the_user_names(run: Run) -> None:
    document = explained(run, MISSING, "--stack", "nginx", "--stack", "django")
    named = {each["stack"]: each["why"] for each in document["stacks"]}
    assert named["nginx"] == named["django"] == "you name it"
    assert document["policy"] == {"origins": ["https://app.example.com"]}
    assert document["policy_proven"] is True
    assert document["snippets"][0]["files"][0]["text"]
    text = run("explain", MISSING, "--stack", "django").stdout
    assert "For Django" in text
    assert "run by our tests with Django" in flat(text)


@pytest.mark.parametrize(
    ("names", "advice"),
    [
        (["ngnix"], "--stack ngnix: there is no such stack; did you mean nginx?"),
        (["qqqq", "djangoo"], "--stack djangoo: there is no such stack; did you mean django?"),
    ],
)
def test_stacks_that_are_misspelt(run: Run, names: list[str], advice: str) -> None:
    result = run("explain", MISSING, *(word for name in names for word in ("--stack", name)))
    assert result.exit_code == 2
    assert advice in flat(result.stderr)
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (
            ["qqqq"],
            "--stack qqqq: there is no such stack, and nothing is written for it; 'corsage policy render",
        ),
        (["nginx", "\x1b[2J"], "--stack \\x1b[2J: there is no such stack"),
        (["azure"], "it may be azure-"),
        (["gunicorn", "sam"], "--stack gunicorn or sam: there is no such stack"),
        ([""], "there is no such stack"),
    ],
)
def test_stacks_that_nobody_knows_are_no_obstacle(run: Run, names: list[str], says: str) -> None:
    result = run("explain", MISSING, *(word for name in names for word in ("--stack", name)))
    assert result.exit_code == 1
    assert says in flat(result.stderr)
    assert "CORS201" in result.stdout


@pytest.mark.parametrize(
    ("words", "stack"),
    [("spring boot 3", "spring-boot"), ("nginx 1.25", "nginx"), ("FastAPI app", "fastapi")],
)
def test_stacks_are_recognised_by_what_people_call_them(run: Run, words: str, stack: str) -> None:
    result = run("explain", MISSING, "--json", "--stack", words)
    assert result.stderr == ""
    assert stack in {each["stack"] for each in json.loads(result.stdout)["stacks"]}


def test_origin_url_and_notes(run: Run) -> None:
    message = "No 'Access-Control-Allow-Origin' header is present on the requested resource."
    known = ("--origin", "https://app.example.com", "--url", "https://api.example.com/v1")
    assert "curl -si" not in run("explain", message).stdout
    assert "curl -si -H 'Origin: https://app.example.com' 'https://api.example.com/v1'" in (
        run("explain", message, *known).stdout
    )
    noted = explained(
        run, message, *known, "--note", "works with the cache disabled", "--note", "behind a CDN"
    )
    assert "CORS431" in {each["rule"] for each in noted["findings"]}


def test_what_is_tried_and_should_not_be(run: Run) -> None:
    document = explained(run, f"{MISSING}\nI tried mode: 'no-cors', --disable-web-security and cors-anywhere")
    assert len(document["warnings"]) == 3
    assert "Do not" in run("explain", MISSING, "--note", "no-cors").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("https://api.example.com/v1",), "corsage check 'https://api.example.com/v1' --origin ORIGIN"),
        (
            ("https://api.example.com/';rm", "--origin", "https://app.example.com"),
            "corsage check 'https://api.example.com/'\\'';rm' --origin 'https://app.example.com'",
        ),
        (("wss://api.example.com/",), "Paste what the console prints."),
    ],
)
def test_a_url_alone_is_no_evidence(run: Run, arguments: tuple[str, ...], says: str) -> None:
    result = run("explain", *arguments)
    assert result.exit_code == 2
    assert "A URL alone is no evidence" in result.stderr
    assert says in result.stderr
    assert run("explain", input=arguments[0]).exit_code == 2
    assert run("explain", *arguments, "--note", "works in Postman").exit_code == 1


# The forms


@pytest.mark.parametrize(
    ("name", "arguments", "text"),
    [
        ("explain-message", (), MISSING),
        (
            "explain-exchange",
            ("--origin", "https://app.example.com", "--verbose"),
            WHOLE.replace("Server: nginx\n", ""),
        ),
        ("explain-certificate", ("--markdown",), CERTIFICATE),
    ],
)
def test_reports_word_for_word(run: Run, name: str, arguments: tuple[str, ...], text: str) -> None:
    result = run("explain", *arguments, input=text)
    assert result.exit_code == 1
    agree(name, result.output)


def test_verbose_says_more(run: Run) -> None:
    brief = run("explain", "--origin", "https://app.example.com", input=WHOLE).stdout
    whole = run("explain", "--origin", "https://app.example.com", "-v", input=WHOLE).stdout
    for heading in ("Why", "The engine's reasoning", "Read on"):
        assert f"\n{heading}\n" in whole
        assert f"\n{heading}\n" not in brief


def test_nothing_wrong_ends_with_0(run: Run) -> None:
    text = WHOLE.replace(
        "Origin: *", "Origin: https://app.example.com\nAccess-Control-Allow-Credentials: true"
    )
    result = run("explain", "--origin", "https://app.example.com", input=text)
    assert result.exit_code == 0
    assert result.stdout.startswith("No: with these answers every browser lets the page read the response.\n")
    assert explained(run, "--origin", "https://app.example.com", input=text)["is_cors_problem"] is False


@pytest.mark.parametrize("stack", ["caddy", "nginx", "gin", "express", "ingress-nginx"])
def test_tabs_of_configurations_are_kept(run: Run, tmp_path: Path, stack: str) -> None:
    page = tmp_path / "page.html"
    arguments = (MISSING, "--stack", stack, "--html", str(page))
    for output in (run("explain", *arguments).stdout, run("explain", *arguments, "--markdown").stdout):
        assert "\\x09" not in output
    assert "\\x09" not in page.read_text(encoding="utf-8")


KNOWN = set(
    "html head meta title style body main h1 h2 p ul li dl dt dd pre div svg g text line path footer".split()  # noqa: SIM905 - easier to read
)


class Page(HTMLParser):
    """What is in a page: its elements with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("text", [WHOLE, HOSTILE, MISSING, "nothing"])
def test_the_page(run: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "page.html"
    arguments = ("--origin", "https://app.example.com", "--html", str(path))
    result = run("explain", *arguments, input=text)
    assert result.exit_code == 1
    assert result.stderr.endswith("page.html written\n")
    page = Page(path.read_text(encoding="utf-8"))
    assert {tag for tag, _ in page.elements} <= KNOWN
    assert all(
        not name.startswith("on") and name not in ("src", "href")
        for _, each in page.elements
        for name in each
    )
    assert ("svg" in {tag for tag, _ in page.elements}) == (text in (WHOLE, HOSTILE))
    assert all(char.isprintable() or char == "\n" for char in page.text)


def test_what_strangers_wrote_is_escaped_everywhere(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    arguments = ("--origin", "https://app.example.com", "--stack", "nginx", "-v")
    plain = run("explain", *arguments, "--html", str(path), input=HOSTILE)
    markdown = run("explain", *arguments, "--markdown", input=HOSTILE)
    for output in (plain.output, markdown.output):
        assert all(char.isprintable() or char == "\n" for char in output)
    outside = re.sub(r"(?ms)^(`{3,}).*?^\1$", "", markdown.stdout)
    assert not re.search(r"(?<!\\)[<@]", outside)
    assert "<script>alert" not in path.read_text(encoding="utf-8")
    explained(run, *arguments[:-1], input=HOSTILE)


def test_a_fence_holds_what_looks_like_one(run: Run) -> None:
    text = WHOLE.replace("Origin: *", "Origin: ```\n").replace("/me", "/```")
    lines = run(
        "explain", "--origin", "https://app.example.com", "--markdown", input=text
    ).stdout.splitlines()
    fences = [line for line in lines if line.startswith("```")]
    assert fences
    assert len(fences) % 2 == 0


def test_colours(run: Run) -> None:
    assert "\x1b[" in run("explain", MISSING, "--color", "always").stdout
    assert "\x1b[" not in run("explain", MISSING).stdout


# Lines of evidence, for programs

REPORT = {
    "console_message": MISSING,
    "request": {
        "method": "GET",
        "url": "https://api.example.com/v1",
        "client_origin": "https://app.example.com",
    },
    "server_response_facts": {
        "actual": {"status": 502, "headers": {"Server": "nginx"}, "status_reported": True}
    },
    "stack": ["nginx", "fastapi"],
    "reporter_notes": "only when the upstream is down",
}
LINE = {"is_cors_problem", "findings", "fix", "verify", "ask"}


@pytest.mark.parametrize("source", ["file", "stdin"])
def test_lines_of_evidence(run: Run, tmp_path: Path, source: str) -> None:
    file = tmp_path / "reports.jsonl"
    text = f"{json.dumps(REPORT)}\n\n{json.dumps({'reporter_notes': 'help'})}\n{{}}\n"
    file.write_text(text, encoding="utf-8")
    result = run("explain", "--evidence", str(file) if source == "file" else "-", "--json", input=text)
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == 3
    assert all(set(answer) == LINE for answer in answers)
    finding = answers[0]["findings"][0]
    assert set(finding) == {"rule", "root_cause", "layer", "confidence", "why"}
    assert finding["rule"].startswith("CORS4")
    assert answers[1]["ask"]
    assert answers[2]["findings"] == []


def test_bad_lines_are_named_and_the_rest_is_answered(run: Run) -> None:
    lines = [
        "nonsense \x1b[2J",
        json.dumps(REPORT),
        "[1]",
        '"text"',
        "{" * 100_000,
        "\ufeff" + json.dumps(REPORT),
    ]
    result = run("explain", "--evidence", "-", input="\n".join(lines))
    assert result.exit_code == 1
    assert result.stdout.isascii()
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer.get("line") for answer in answers] == [1, None, 3, 4, 5, None]
    for answer in answers:
        assert set(answer) == (LINE if "findings" in answer else {"line", "problem"})
    assert answers[2]["problem"] == "not a JSON object"
    assert answers[0]["problem"].startswith("not JSON: ")


@pytest.mark.parametrize(
    "report", [{"console_message": 5}, {"request": [], "stack": "x"}, {"console_message": "\ud800\x1b"}]
)
def test_reports_of_any_shape_are_answered(run: Run, report: object) -> None:
    result = run("explain", "--evidence", "-", input=json.dumps(report))
    assert result.exit_code == 0
    assert set(json.loads(result.stdout)) == LINE


def test_secrets_of_urls_are_in_no_report(run: Run, tmp_path: Path) -> None:
    """Reports are pasted in public issues; programs get what was given."""
    page = tmp_path / "page.html"
    given = WHOLE.replace("/me", "/me?token=hush-hush&page=2")
    asked = ("--origin", "https://app.example.com")
    assert "hush-hush" in given
    for text in (given, MISSING.replace("/v1'", "/v1?token=hush-hush&page=2'")):
        shown = run("explain", *asked, "-v", "--html", str(page), input=text).stdout
        for report in (
            shown,
            run("explain", *asked, "--markdown", input=text).stdout,
            page.read_text("utf-8"),
        ):
            assert "hush-hush" not in report
            assert "token=…" in report.replace("\\", "")
            assert "Values that look secret are written as …" in flat(report)
    assert "hush-hush" in run("explain", *asked, "--json", input=given).stdout


def test_mistakes_of_configurations_are_in_the_json(run: Run) -> None:
    pasted = "server { add_header Access-Control-Allow-Origin *; add_header Access-Control-Allow-Credentials true; }"
    document = explained(run, f"{MISSING}\n{pasted}", "--stack", "nginx")
    assert document["mistakes"]
    assert {each["stack"] for each in document["mistakes"]} == {"nginx"}
    report = flat(run("explain", f"{MISSING}\n{pasted}", "--stack", "nginx").stdout)
    assert "In your configuration" in report
    assert flat(document["mistakes"][0]["says"]) in report
    assert explained(run, MISSING)["mistakes"] == []
