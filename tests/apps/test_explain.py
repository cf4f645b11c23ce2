"""``corsage explain``: pages in the terminal, the list, JSON, and what is not there."""

import json
import sys
from pathlib import Path

import pytest
from tests.apps.loopback import Run, finished

from corsage.apps.cli.explaining.rules import all_rules, find_rule
from corsage.model.rule import Rule
from corsage.rules import DiagnosisRule

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("text", ["CORS145", "cors145", "145", "regex-open-start", " CORS145 "])
def test_a_rule_is_found_by_code_and_name(run: Run, text: str) -> None:
    result = run("explain", text)
    assert result.exit_code == 0
    assert result.output == (GOLDEN / "explain-regex-open-start.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_has_a_page(run: Run, rule: Rule) -> None:
    result = run("explain", rule.code)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{rule.code} {rule.name}: {rule.severity}\n")
    headings = ["What it finds", "Why it matters", "What to do"]
    if isinstance(rule, DiagnosisRule):
        headings += [
            "How to verify",
            "Root cause",
            "For example",
            "What is said",
            "Of another cause, or none",
        ]
    else:
        headings += ["For example", "What is said", "Mended"]
    rows = result.stdout.splitlines()
    places = [next(at for at, row in enumerate(rows) if row.startswith(each)) for each in headings]
    assert places == sorted(places)


@pytest.mark.parametrize("arguments", [(), ("--list",), ("--list", "CORS145")])
def test_all_are_listed(run: Run, arguments: tuple[str, ...]) -> None:
    result = run("explain", *arguments)
    assert result.exit_code == 0
    rows = result.stdout.splitlines()
    assert [row.split()[0] for row in rows if not row.startswith(" ")] == [rule.code for rule in all_rules()]
    text = " ".join(result.stdout.split())
    assert all(" ".join(rule.what.split()) in text for rule in all_rules())
    assert "error; the proxy in front of the application A development proxy passes" in text


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("trailing-slash", "CORS114 (origin-trailing-slash)"),
        ("CORS1145", "CORS114 (origin-trailing-slash)"),
        ("CORS199", "CORS195 (environment-name)"),
        ("CORS9999", "'corsage explain --list' names all of them"),
        ("cors0", "There is no rule cors0"),
        ("allow-origin-mising", "CORS201 (allow-origin-missing)"),
    ],
)
def test_an_unknown_rule_exits_with_2_and_names_the_nearest(run: Run, text: str, near: str) -> None:
    result = run("explain", text)
    assert result.exit_code == 2
    assert near in " ".join(result.stderr.split())
    assert result.stdout == ""


@pytest.mark.parametrize("text", ["qqqqqqqq", "cross-origin", "\x1b[31m", "x" * 10_000, "preflight", "cors"])
def test_words_that_name_no_rule_are_evidence(run: Run, text: str) -> None:
    result = run("explain", text)
    assert result.exit_code == 1
    assert "What would decide" in result.stdout
    assert all(char.isprintable() or char == "\n" for char in result.output)


def test_json_of_one(run: Run) -> None:
    result = run("explain", "CORS144", "--json")
    document = json.loads(result.stdout)
    assert document["exit_code"] == 0
    (rule,) = document["rules"]
    assert list(rule) == [
        "code",
        "name",
        "severity",
        "what",
        "why",
        "fix",
        "sources",
        "bad",
        "problems",
        "good",
    ]
    assert rule["problems"][0]["witness"] == "https://appxexample.com"
    assert rule["bad"]["language"] == "toml"
    assert rule["bad"]["text"].startswith("[cors]\n")


def test_json_of_a_cause(run: Run) -> None:
    (rule,) = json.loads(run("explain", "CORS201", "--json").stdout)["rules"]
    assert rule["root_cause"] == "ACAO_MISSING"
    assert rule["layer"] == "app"
    assert rule["bad"]["language"] == "json"
    assert json.loads(rule["bad"]["text"])
    assert any(each["code"] == "CORS201" for each in rule["problems"])


def test_json_of_all(run: Run) -> None:
    document = json.loads(run("explain", "--json").stdout)
    assert [rule["code"] for rule in document["rules"]] == [rule.code for rule in all_rules()]
    assert all(list(rule)[:4] == ["code", "name", "severity", "what"] for rule in document["rules"])
    layers = {rule["code"]: rule.get("layer") for rule in document["rules"]}
    assert layers["CORS201"] == "app"
    assert layers["CORS101"] is None


def test_nothing_invisible_reaches_the_terminal(run: Run) -> None:
    for rule in all_rules():
        output = run("explain", rule.code, "--color", "never").stdout
        assert all(char.isprintable() or char == "\n" for char in output)


def test_colours(run: Run) -> None:
    assert "\x1b[" in run("explain", "CORS110", "--color", "always").stdout


def test_help_imports_no_rules() -> None:
    script = (
        "import sys\nsys.argv = ['corsage', 'explain', '--help']\n"
        "from corsage.apps.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('modules:', *sorted(sys.modules))"
    )
    found = finished(sys.executable, "-c", script)
    modules = set(found.stdout.decode().rpartition("modules:")[2].split())
    assert not modules & {"corsage.server", "rich", "ada_url", "publicsuffixlist"}


def test_a_rule_that_is_none() -> None:
    assert find_rule("") is None
